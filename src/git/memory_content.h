// Content of bytes that are in memory already: packed objects, messages, the text of a symlink.
#pragma once

#include <algorithm>
#include <string>

#include "core/blob.h"

namespace hfscan {

class MemoryContent : public Content {
 public:
  explicit MemoryContent(std::string bytes) : bytes_(std::move(bytes)) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min(buffer.size(), bytes_.size() - position_);
    std::copy_n(bytes_.data() + position_, count, buffer.data());
    position_ += count;
    return count;
  }
  [[nodiscard]] std::uint64_t size_hint() const override { return bytes_.size(); }
  [[nodiscard]] bool can_seek() const override { return true; }
  Status seek(std::uint64_t offset) override {
    position_ = static_cast<std::size_t>(std::min<std::uint64_t>(offset, bytes_.size()));
    return {};
  }

 private:
  std::string bytes_;
  std::size_t position_ = 0;
};

}  // namespace hfscan
