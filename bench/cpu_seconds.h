// The CPU time of this process: what a benchmark prints on a machine that others use too.
#pragma once

#include <sys/resource.h>

namespace hfscan {

// User and system, of all threads.
inline double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace hfscan
