// The thread beside a scan of a history: shows how far it is, and ends it when its time is over.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include "cli/options.h"
#include "history/progress.h"

namespace hfscan {

class HistoryWatch {
 public:
  // Progress is shown on standard error when that is a terminal, and not with --quiet or in CI.
  explicit HistoryWatch(const Options& options);
  ~HistoryWatch() { end(); }
  HistoryWatch(const HistoryWatch&) = delete;
  HistoryWatch& operator=(const HistoryWatch&) = delete;
  HistoryWatch(HistoryWatch&&) = delete;
  HistoryWatch& operator=(HistoryWatch&&) = delete;

  [[nodiscard]] const std::atomic<bool>& stop() const { return stop_; }
  [[nodiscard]] HistoryProgress& progress() { return progress_; }

  // Takes the line of the terminal away.
  void end();

 private:
  using Clock = std::chrono::steady_clock;
  void watch();
  void show(Clock::time_point now);

  HistoryProgress progress_;
  std::atomic<bool> stop_ = false;
  Clock::time_point start_ = Clock::now();
  std::optional<Clock::time_point> deadline_;
  bool shows_;
  bool shown_ = false;
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;
  std::thread thread_;
};

// One line: "  42 %  123,456 of 290,000 objects, 312 MB/s, 3 s left". `elapsed` in seconds.
std::string progress_line(std::uint64_t objects, std::uint64_t in_all, std::uint64_t bytes, double elapsed);

}  // namespace hfscan
