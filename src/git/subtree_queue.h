// Work stealing between the workers of a pack walk. A worker that has run out asks here; a busy one looks at asked() between
// two objects and hands over the largest subtree it has not begun. Nothing is locked while everybody is busy.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace hfscan {

template <typename Subtree>
class SubtreeQueue {
 public:
  explicit SubtreeQueue(unsigned workers) : workers_(workers) {}

  // Whether somebody waits.
  [[nodiscard]] bool asked() const { return requests_.load(std::memory_order_relaxed) > 0; }

  void give(Subtree subtree) {
    const std::lock_guard lock(mutex_);
    subtrees_.push_back(std::move(subtree));
    if (requests_.load(std::memory_order_relaxed) > 0) requests_.fetch_sub(1, std::memory_order_relaxed);
    changed_.notify_one();
  }

  // Blocks until there is one; nothing once all workers wait, for then there will be none.
  std::optional<Subtree> take() {
    std::unique_lock lock(mutex_);
    ++waiting_;
    while (subtrees_.empty()) {
      if (waiting_ == workers_) {
        changed_.notify_all();
        return std::nullopt;
      }
      requests_.fetch_add(1, std::memory_order_relaxed);
      changed_.wait(lock);
    }
    --waiting_;
    std::optional<Subtree> subtree(std::move(subtrees_.back()));
    subtrees_.pop_back();
    return subtree;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Subtree> subtrees_;
  std::atomic<unsigned> requests_ = 0;  // changed under the mutex, read without
  unsigned waiting_ = 0;
  unsigned workers_;
};

}  // namespace hfscan
