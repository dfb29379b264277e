// Texts made of other texts by random edits, told the way a pack tells them: what is copied from where, the rest is new.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/delta_object.h"
#include "support/random_text.h"

namespace hfscan::test {

class EditedText {
 public:
  explicit EditedText(std::string_view base) : base_(base) {}

  // Clipped to the base.
  void copy(std::size_t begin, std::size_t size) {
    begin = std::min(begin, base_.size());
    size = std::min(size, base_.size() - begin);
    const bool joins =
        !copies_.empty() && end_of(copies_.back()) == text_.size() && copies_.back().base_begin + copies_.back().size == begin;
    if (joins)
      copies_.back().size += static_cast<std::uint32_t>(size);
    else
      copies_.push_back(
          {static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(size), static_cast<std::uint32_t>(begin)});
    text_.append(base_, begin, size);
  }
  void insert(std::string_view text) { text_.append(text); }

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::vector<CopiedRun> runs() const {
    std::vector<CopiedRun> runs = copies_;
    std::erase_if(runs, [](const CopiedRun& run) { return run.size < kShortestRun; });
    return runs;
  }

 private:
  static std::size_t end_of(const CopiedRun& run) { return std::size_t{run.begin} + run.size; }

  std::string base_;
  std::string text_;
  std::vector<CopiedRun> copies_;
};

// Mostly in the order of the base, as an editor leaves a text; now and then a piece is dropped, doubled or moved.
inline EditedText randomly_edited(RandomText& random, std::string_view base, const std::function<std::string()>& new_text) {
  EditedText edited(base);
  for (std::size_t at = 0, pieces = 1 + random.below(30); pieces > 0; --pieces) {
    const std::size_t size = random.below(random.below(4) == 0 ? 20 : base.size() / 8 + 2);
    edited.copy(random.below(6) == 0 ? random.below(base.size() + 1) : at, size);
    at += size + random.below(random.below(3) == 0 ? 100 : 3);
    if (random.below(3) > 0) edited.insert(new_text());
  }
  return edited;
}

}  // namespace hfscan::test
