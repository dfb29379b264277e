// Buffers for inflated objects, used again and again by one thread. Separate because objects come by the million: fresh memory
// from the system, or filling it with zeros before it is overwritten, would cost as much as rebuilding the object.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/delta_object.h"

namespace hfscan {

class Buffer {
 public:
  explicit Buffer(std::size_t capacity) : data_(std::make_unique_for_overwrite<char[]>(capacity)), capacity_(capacity) {}

  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  void set_size(std::size_t size) { size_ = size; }  // at most capacity(); the bytes are whatever they were
  [[nodiscard]] std::span<char> span() { return {data_.get(), size_}; }
  [[nodiscard]] std::string_view view() const { return {data_.get(), size_}; }
  // Of the object in the buffer: they live as long as its bytes do, also when those are lent.
  [[nodiscard]] Marks& marks() { return marks_; }

 private:
  std::unique_ptr<char[]> data_;
  std::size_t capacity_;
  std::size_t size_ = 0;
  Marks marks_;
};

// One thread at a time. Large buffers are not kept.
class BufferPool {
 public:
  // Shared, because a base may be lent to another thread.
  std::shared_ptr<Buffer> take(std::size_t size) {
    const auto fits = [size](const std::shared_ptr<Buffer>& buffer) { return buffer->capacity() >= size; };
    const auto found = std::find_if(free_.rbegin(), free_.rend(), fits);
    std::shared_ptr<Buffer> buffer;
    if (found == free_.rend()) {
      buffer = std::make_shared<Buffer>(size > kLargestKept ? size : std::bit_ceil(std::max(size, kSmallest)));
    } else {
      std::swap(*found, free_.back());
      buffer = std::move(free_.back());
      free_.pop_back();
    }
    buffer->set_size(size);
    buffer->marks().clear();
    return buffer;
  }

  // `buffer` has no other owner.
  void give_back(std::shared_ptr<Buffer> buffer) {
    if (buffer->capacity() <= kLargestKept && free_.size() < kMostFree) free_.push_back(std::move(buffer));
  }

 private:
  static constexpr std::size_t kSmallest = std::size_t{16} << 10U;
  static constexpr std::size_t kLargestKept = std::size_t{2} << 20U;
  static constexpr std::size_t kMostFree = 12;  // more than the live buffers of any real pack

  std::vector<std::shared_ptr<Buffer>> free_;
};

}  // namespace hfscan
