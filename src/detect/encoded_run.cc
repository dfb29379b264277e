// Tested by tests/unit/detect/decoder_test.cc.
#include "detect/encoded_run.h"

#include <algorithm>
#include <numeric>

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
  constexpr std::string_view kEnds = "&=\r\n\"'`<\\%";
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
  while (position < ceiling) {
    if (const std::size_t plain = run_length(text, position, alphabet, ceiling - position); plain != 0) {
      append(text.substr(position, plain), position);
      position += plain;
      continue;
    }
    const std::optional<RunCharacter> next = RunReader(text, position, alphabet).next();
    // A comment or an escape may hold the anchor: then the run begins at it.
    const bool missed = next && position <= anchor && next->begin != anchor && next->end > anchor;
    if (next && !missed) {
      append(std::string_view(&next->character, 1), next->begin);
      ends_.back() = static_cast<std::uint32_t>(next->end);
      position = next->end;
      continue;
    }
    if (position > anchor) return;
    clear();
    position = missed ? anchor : position + 1;
  }
  cut_ = true;
}

void EncodedRun::append(std::string_view characters, std::size_t offset) {
  const std::size_t old_size = size();
  characters_.append(characters);
  begins_.resize(size());
  ends_.resize(size());
  std::iota(begins_.begin() + static_cast<std::ptrdiff_t>(old_size), begins_.end(), static_cast<std::uint32_t>(offset));
  std::iota(ends_.begin() + static_cast<std::ptrdiff_t>(old_size), ends_.end(), static_cast<std::uint32_t>(offset + 1));
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

std::size_t EncodedRun::line_end(std::size_t index) {
  if (line_.first <= index && index < line_.last) return line_.last;
  line_ = {index, index + 1};
  while (line_.last < size() && ends_[line_.last - 1] == begins_[line_.last]) ++line_.last;
  return line_.last;
}

DerivedText EncodedRun::decode(Part part, unsigned bits) const {
  const std::size_t count = part.last > part.first ? (part.last - part.first) * bits / 8 : 0;
  DerivedText derived;
  derived.encoding = bits == 6 ? "base64" : "hex";
  derived.bytes.resize(count);
  derived.begins.resize(count);
  derived.ends.resize(count);
  const char* const read = characters_.data();
  char* bytes = derived.bytes.data();
  std::uint32_t* begin = derived.begins.data();
  std::uint32_t* end = derived.ends.data();
  unsigned group = 0;
  unsigned held = 0;  // bits of `group` that are not yet written
  for (std::size_t i = part.first; i < part.last; ++i) {
    group = (group << bits | value_of(read[i], bits)) & 0xFFFFU;
    held += bits;
    if (held < 8) continue;
    held -= 8;
    *bytes++ = static_cast<char>(group >> held & 0xFFU);
    // The first bit of the byte lies 8 + held bits before the end of character i.
    *begin++ = begins_[i - (8 + held - 1) / bits];
    *end++ = ends_[i];
  }
  return derived;
}

}  // namespace hfscan
