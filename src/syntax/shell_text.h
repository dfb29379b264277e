// The text of one shell word while it is read: a piece of the input as long as that is possible, a mapped text from the first
// gap on.
#pragma once

#include <deque>
#include <string_view>

#include "syntax/shell.h"

namespace hfscan {

// Positions are offsets into the input and never go back. Bytes are taken as they stand unless skip() or spell() say otherwise.
class ShellTextBuilder {
 public:
  void start(std::uint64_t at) {
    slice_ = {at, at};
    open_at_ = at;
    mapped_ = nullptr;
  }

  // Size of the text when the input up to `at` has been taken.
  [[nodiscard]] std::size_t size(std::uint64_t at) const {
    return static_cast<std::size_t>((mapped_ != nullptr ? mapped_->text.size() : slice_.size()) + (at - open_at_));
  }

  // The `count` bytes at `at` are no part of the text.
  void skip(std::string_view input, std::deque<MappedText>& texts, std::uint64_t at, std::uint64_t count) {
    commit(input, texts, at);
    open_at_ = at + count;
  }

  // The input's bytes in `from` stand for `bytes`.
  void spell(std::string_view input, std::deque<MappedText>& texts, std::string_view bytes, ByteSpan from) {
    commit(input, texts, from.begin);
    use_map(input, texts);
    mapped_->append_spelled(bytes, from);
    open_at_ = from.end;
  }

  void finish(std::string_view input, std::deque<MappedText>& texts, std::uint64_t at, ShellWord& word) {
    commit(input, texts, at);
    word.mapped = mapped_;
    word.text_begin = slice_.begin;
    word.text = mapped_ != nullptr ? std::string_view(mapped_->text) : input.substr(slice_.begin, slice_.size());
  }

 private:
  void commit(std::string_view input, std::deque<MappedText>& texts, std::uint64_t at) {
    if (at <= open_at_) return;
    const bool extends_slice = slice_.size() == 0 || slice_.end == open_at_;
    if (mapped_ == nullptr && extends_slice) {
      slice_ = {slice_.size() == 0 ? open_at_ : slice_.begin, at};
    } else {
      use_map(input, texts);
      mapped_->append_copied(input.substr(open_at_, at - open_at_), open_at_);
    }
    open_at_ = at;
  }
  void use_map(std::string_view input, std::deque<MappedText>& texts) {
    if (mapped_ != nullptr) return;
    mapped_ = &texts.emplace_back();
    mapped_->append_copied(input.substr(slice_.begin, slice_.size()), slice_.begin);
  }

  ByteSpan slice_;
  std::uint64_t open_at_ = 0;  // what follows has not been taken yet
  MappedText* mapped_ = nullptr;
};

}  // namespace hfscan
