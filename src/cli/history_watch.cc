// Tested by tests/unit/cli/history_watch_test.cc.
#include "cli/history_watch.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "base/file.h"
#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::chrono::milliseconds kFirstLine{400};  // a scan that ends sooner shows none
constexpr std::chrono::milliseconds kBetweenLines{100};
constexpr const char* kClearLine = "\r\033[K";  // to the first column, erase to the end (ECMA-48)

bool is_interactive(const Options& options) {
  const auto is_set = [](const char* name) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nothing changes the environment
    return value != nullptr && *value != '\0';
  };
  const char* terminal = std::getenv("TERM");  // NOLINT(concurrency-mt-unsafe)
  const bool moves = terminal != nullptr && std::string_view(terminal) != "dumb";
  return options.verbosity != Verbosity::quiet && moves && ::isatty(STDERR_FILENO) != 0 && !is_set("CI") && !is_set("GIT_DIR");
}

}  // namespace

HistoryWatch::HistoryWatch(const Options& options) : shows_(is_interactive(options)) {
  if (options.timeout) deadline_ = start_ + std::chrono::seconds(*options.timeout);
  if (shows_ || deadline_) thread_ = std::thread([this] { watch(); });
}

void HistoryWatch::end() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_one();
  thread_.join();
  if (shown_) static_cast<void>(write_all(STDERR_FILENO, kClearLine, "standard error"));
}

void HistoryWatch::watch() {
  std::unique_lock lock(mutex_);
  Clock::time_point next = start_ + kFirstLine;
  while (!over_) {
    const Clock::time_point wake = shows_ ? (deadline_ ? std::min(next, *deadline_) : next) : *deadline_;
    if (ended_.wait_until(lock, wake, [this] { return over_; })) return;
    const Clock::time_point now = Clock::now();
    if (shows_ && now >= next) {
      show(now);
      next = now + kBetweenLines;
    }
    if (!deadline_ || now < *deadline_) continue;
    stop_ = true;
    deadline_.reset();
    if (!shows_) return;
  }
}

void HistoryWatch::show(Clock::time_point now) {
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const std::string line = progress_line(progress_.objects, progress_.objects_in_all, progress_.bytes, elapsed);
  static_cast<void>(write_all(STDERR_FILENO, cat(kClearLine, line), "standard error"));
  shown_ = true;
}

std::string progress_line(std::uint64_t objects, std::uint64_t in_all, std::uint64_t bytes, double elapsed) {
  const auto whole = [](double number) { return with_thousands(static_cast<std::uint64_t>(std::llround(number))); };
  const std::string speed = elapsed <= 0 ? "" : cat(", ", whole(static_cast<double>(bytes) / 1e6 / elapsed), " MB/s");
  if (in_all == 0 || objects == 0 || objects > in_all) return cat("hfscan: ", with_thousands(objects), " objects", speed);
  const double share = static_cast<double>(objects) / static_cast<double>(in_all);
  const double left = elapsed / share - elapsed;
  return cat("hfscan: ", whole(share * 100), " %, ", with_thousands(objects), " of ", with_thousands(in_all), " objects", speed,
             ", ", whole(left), " s left");
}

}  // namespace hfscan
