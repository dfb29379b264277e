// How far a scan of a history has come, for whoever shows it.
#pragma once

#include <atomic>
#include <cstdint>

namespace hfscan {

// Written by the scan's threads, read by another one.
struct HistoryProgress {
  std::atomic<std::uint64_t> objects_in_all = 0;  // 0: not known yet
  std::atomic<std::uint64_t> objects = 0;         // done
  std::atomic<std::uint64_t> bytes = 0;           // of those objects, expanded
};

}  // namespace hfscan
