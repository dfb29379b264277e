// Contents as unpacking needs them: one that remembers what passed by, one over bytes at hand, one that reads some bytes again.
// Each is a few lines around another content; together, so that the walk through archives reads without them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/blob.h"
#include "scan/unpack_budget.h"
#include "sources/container_kind.h"

namespace hfscan {

// As much of what cannot be opened twice (standard input) as is kept to unpack it from memory.
inline constexpr std::size_t kMaxKept = std::size_t{64} << 20U;

enum class Keep { head, everything };

// Hands through, keeps the head, and on request everything up to kMaxKept bytes.
class WatchedContent : public Content {
 public:
  WatchedContent(Content& content, Keep keep) : content_(content), keep_(keep) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    Result<std::size_t> count = content_.read(buffer);
    if (count.ok()) note({buffer.data(), *count});
    return count;
  }
  std::uint64_t skip_zeros() override {
    const std::uint64_t zeros = content_.skip_zeros();
    head_is_over_ = head_is_over_ || zeros != 0;
    return zeros;
  }
  [[nodiscard]] std::uint64_t size_hint() const override { return content_.size_hint(); }
  [[nodiscard]] bool can_seek() const override { return content_.can_seek(); }
  Status seek(std::uint64_t offset) override { return content_.seek(offset); }

  [[nodiscard]] std::string_view head() const { return head_; }
  [[nodiscard]] std::uint64_t bytes_read() const { return bytes_read_; }
  // Nothing when they were not to be kept or are too many.
  [[nodiscard]] std::optional<std::string_view> everything() const {
    if (keep_ == Keep::head || bytes_read_ > kMaxKept) return std::nullopt;
    return kept_;
  }

 private:
  void note(std::string_view bytes) {
    bytes_read_ += bytes.size();
    if (!head_is_over_) head_ += bytes.substr(0, kContainerHead - head_.size());
    head_is_over_ = head_is_over_ || head_.size() == kContainerHead;
    if (keep_ == Keep::head) return;
    if (bytes_read_ <= kMaxKept)
      kept_ += bytes;
    else
      kept_ = std::string();
  }

  Content& content_;
  Keep keep_;
  std::string head_;
  bool head_is_over_ = false;
  std::uint64_t bytes_read_ = 0;
  std::string kept_;
};

// Bytes that somebody else owns.
class BytesContent : public Content {
 public:
  explicit BytesContent(std::string_view bytes) : bytes_(bytes) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    const std::size_t count = std::min(buffer.size(), bytes_.size() - position_);
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(position_), count, buffer.begin());
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
  std::string_view bytes_;
  std::size_t position_ = 0;
};

// A member: what is read of it is taken from the budget.
class MeteredContent : public Content {
 public:
  MeteredContent(Content& content, UnpackBudget& budget, unsigned depth) : content_(content), budget_(budget), depth_(depth) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    HFSCAN_TRY_ASSIGN(const std::size_t count, content_.read(buffer));
    HFSCAN_TRY(budget_.take_bytes(depth_, count));
    return count;
  }
  std::uint64_t skip_zeros() override { return content_.skip_zeros(); }
  [[nodiscard]] std::uint64_t size_hint() const override { return content_.size_hint(); }

 private:
  Content& content_;
  UnpackBudget& budget_;
  unsigned depth_;
};

// What was read of a content to look at it, then the rest of it.
class RereadContent : public Content {
 public:
  // Of `rest` first `zeros` were stepped over, then `begin` was read.
  RereadContent(std::uint64_t zeros, std::string_view begin, Content& rest) : zeros_(zeros), begin_(begin), rest_(rest) {}

  Result<std::size_t> read(std::span<char> buffer) override {
    if (position_ == begin_.size()) {
      rest_was_read_ = true;
      return rest_.read(buffer);
    }
    const std::size_t count = std::min(buffer.size(), begin_.size() - position_);
    std::copy_n(begin_.begin() + static_cast<std::ptrdiff_t>(position_), count, buffer.begin());
    position_ += count;
    return count;
  }
  std::uint64_t skip_zeros() override {
    if (zeros_ != 0) return std::exchange(zeros_, 0);
    return position_ == begin_.size() ? rest_.skip_zeros() : 0;
  }
  [[nodiscard]] std::uint64_t size_hint() const override { return rest_.size_hint(); }

  // Back to `begin`; false when more than that was read.
  [[nodiscard]] bool rewind() {
    if (rest_was_read_) return false;
    position_ = 0;
    return true;
  }

 private:
  std::uint64_t zeros_;
  std::string_view begin_;
  Content& rest_;
  std::size_t position_ = 0;
  bool rest_was_read_ = false;
};

}  // namespace hfscan
