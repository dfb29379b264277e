// Tested by tests/unit/detect/encoded_run_test.cc.
#include "detect/encoded_run.h"

#include <algorithm>

#include "base/encoding.h"
#include "detect/escapes.h"
#include "detect/joints.h"

namespace hfscan {
namespace {

unsigned value_of(char c, unsigned bits) {
  if (bits == 6) return static_cast<unsigned>(base64_value(c));
  return static_cast<unsigned>(c <= '9' ? c - '0' : (c | ' ') - 'a' + 10);
}

// Whether a run that was broken goes on at `position`: some characters, or a last few that end as a line of a run does.
bool goes_on(std::string_view text, std::size_t position, ByteClass alphabet) {
  constexpr std::size_t kSome = 4;
  constexpr std::string_view kEnds = "=\r\n\"'`<\\%";
  const std::size_t length = run_length(text, position, alphabet, kSome);
  if (length == 0 || length == kSome) return length == kSome;
  const std::size_t end = position + length;
  return end == text.size() || kEnds.find(text[end]) != std::string_view::npos;
}

}  // namespace

std::optional<RunCharacter> RunReader::next_after_break() {
  if (const std::optional<Escape> escape = escape_at(text_, position_)) {
    const bool ascii = escape->character < 0x80;
    if (ascii && in_class(static_cast<char>(escape->character), alphabet_)) {
      const std::size_t begin = position_;
      position_ = escape->end;
      return RunCharacter{static_cast<char>(escape->character), begin, position_};
    }
  }
  const std::size_t after = skip_run_break(text_, position_);
  if (after == position_ || !goes_on(text_, after, alphabet_)) return std::nullopt;
  position_ = after + 1;
  return RunCharacter{text_[after], after, position_};
}

EncodedRun::EncodedRun(std::string_view text, std::size_t floor, std::size_t anchor, ByteClass alphabet) {
  std::size_t position = std::max(floor, anchor - std::min(anchor, kRunBefore));
  const std::size_t ceiling = anchor + kRunAfter;
  RunReader reader(text, position, alphabet);
  for (;;) {
    const std::optional<RunCharacter> next = reader.next();
    // A comment or an escape may hold the anchor: then the run begins at it.
    const bool missed = next && position <= anchor && next->begin != anchor && next->end > anchor;
    if (!next || missed) {
      if (position > anchor) return;
      clear();
      position = missed ? anchor : position + 1;
      reader = RunReader(text, position, alphabet);
      continue;
    }
    cut_ = next->begin >= ceiling;
    if (cut_) return;
    characters_.push_back(next->character);
    begins_.push_back(static_cast<std::uint32_t>(next->begin));
    ends_.push_back(static_cast<std::uint32_t>(next->end));
    position = next->end;
  }
}

void EncodedRun::clear() {
  characters_.clear();
  begins_.clear();
  ends_.clear();
}

std::size_t EncodedRun::floor_after() const { return ends_.empty() || cut_ ? 0 : ends_.back(); }

std::optional<std::size_t> EncodedRun::index_of(std::size_t offset) {
  constexpr std::size_t kWhole = std::size_t{4} << 10U;
  if (cursor_ < begins_.size() && begins_[cursor_] > offset) cursor_ = 0;
  while (cursor_ < begins_.size() && begins_[cursor_] < offset) ++cursor_;
  if (cursor_ == begins_.size() || begins_[cursor_] != offset) return std::nullopt;
  if (cut_ && cursor_ + kWhole > begins_.size()) return std::nullopt;
  return cursor_;
}

EncodedRun::Piece EncodedRun::piece_of(std::size_t index) const {
  Piece piece{index, index + 1};
  while (piece.first > 0 && ends_[piece.first - 1] == begins_[piece.first]) --piece.first;
  while (piece.last < size() && ends_[piece.last - 1] == begins_[piece.last]) ++piece.last;
  return piece;
}

DerivedText EncodedRun::decode(Piece characters, unsigned bits) const {
  DerivedText derived;
  derived.encoding = bits == 6 ? "base64" : "hex";
  if (characters.first < characters.last) derived.reserve((characters.last - characters.first) * bits / 8);
  unsigned group = 0;
  unsigned held = 0;  // bits of `group` that are not yet written
  for (std::size_t i = characters.first; i < characters.last; ++i) {
    group = (group << bits | value_of(characters_[i], bits)) & 0xFFFFU;
    held += bits;
    if (held < 8) continue;
    held -= 8;
    // The first bit of the byte lies 8 + held bits before the end of character i.
    const std::size_t from = i - (8 + held - 1) / bits;
    derived.append(static_cast<char>(group >> held & 0xFFU), begins_[from], ends_[i]);
  }
  return derived;
}

}  // namespace hfscan
