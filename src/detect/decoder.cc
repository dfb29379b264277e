// Tested by tests/unit/detect/decoder_test.cc.
#include "detect/decoder.h"

#include <algorithm>

#include "detect/byte_list.h"
#include "detect/unescape.h"
#include "detect/wide_run.h"

namespace hfscan {
namespace {

using std::string_view;

// What begins this far before the end of a text that was cut for length is whole all the same.
constexpr std::size_t kWholeTail = std::size_t{4} << 10U;

// Fewer characters than this after an anchor hold no credential: the shortest is an S3 key id of 16 bytes.
constexpr std::size_t kShortestRun = 20;

bool run_goes_on(string_view text, std::size_t position, ByteClass alphabet) {
  RunReader reader(text, position, alphabet);
  for (std::size_t i = 0; i < kShortestRun; ++i) {
    if (!reader.next()) return false;
  }
  return true;
}

ListNotation notation_of(AnchorKind kind) {
  switch (kind) {
    case AnchorKind::octal_list: return ListNotation::octal;
    case AnchorKind::decimal_list: return ListNotation::decimal;
    case AnchorKind::character_list: return ListNotation::characters;
    default: return ListNotation::hex;
  }
}

const char* name_of(ListNotation notation) {
  switch (notation) {
    case ListNotation::hex: return "hex-list";
    case ListNotation::octal: return "octal-list";
    case ListNotation::decimal: return "decimal-list";
    case ListNotation::characters: return "character-list";
  }
  return "hex-list";
}

}  // namespace

std::vector<DerivedText> Decoder::decode_run(const Anchor& anchor, DecodedRun& last, unsigned bits) {
  const auto position = static_cast<std::size_t>(anchor.offset);
  const ByteClass alphabet = bits == 6 ? kBase64Class : kHexClass;
  const unsigned group = bits == 6 ? 4 : 2;
  std::optional<std::size_t> index = last.run.index_of(position);
  if (!index) {
    if (!run_goes_on(text_, position, alphabet)) return {};
    const std::size_t floor = std::max(last.floor, last.run.floor_after());
    last = DecodedRun{EncodedRun(text_, floor, position, alphabet), floor, {}, {}};
    index = last.run.index_of(position);
    if (!index) return {};
  }
  std::vector<DerivedText> texts;
  const std::size_t phase = (*index + group - anchor.phase) % group;
  if (!last.whole.at(phase)) texts.push_back(last.run.decode({phase, last.run.size()}, bits));
  last.whole.at(phase) = true;
  // Lines may be encoded each by itself: then what the next one begins with is no part of a token at the end of this one.
  constexpr std::size_t kLongestToken = 96;
  if (*index < last.lines.at(phase)) return texts;
  const std::size_t end = last.run.line_end(*index);
  if (end == last.run.size() || end - *index < kShortestRun || end - *index > kLongestToken) return texts;
  last.lines.at(phase) = end;
  texts.push_back(last.run.decode({*index - std::min<std::size_t>(*index, anchor.phase), end}, bits));
  return texts;
}

// Escapes stand close together or far apart: the first place undoes a little, places that follow closely ever more.
std::optional<DerivedText> Decoder::decode_escapes(std::size_t position) {
  constexpr std::size_t kBefore = 512;  // context for the rules
  constexpr std::size_t kLeast = 2 * kWholeTail;
  constexpr std::size_t kMost = std::size_t{48} << 10U;  // less than windows overlap
  if (position < undressed_) return std::nullopt;
  const bool close = undress_length_ != 0 && position < undressed_ + 2 * kWholeTail;
  undress_length_ = close ? std::min(2 * undress_length_, kMost) : kLeast;
  std::size_t begin = position - std::min(position, kBefore);
  while (begin < position && begin > 0 && text_[begin - 1] == '\\') ++begin;  // not into the middle of an escape
  const std::size_t end = std::min(text_.size(), position + undress_length_);
  undressed_ = end == text_.size() ? end : end - kWholeTail;
  return undress(text_, begin, end);
}

std::optional<DerivedText> Decoder::decode_list(const Anchor& anchor) {
  auto position = static_cast<std::size_t>(anchor.offset);
  if (string_view("61h").find(text_[position]) == string_view::npos) ++position;  // the `x` or the quote before the first byte
  const ListNotation notation = notation_of(anchor.kind);
  std::size_t& done = listed_.at(static_cast<std::size_t>(notation));
  if (position < done) return std::nullopt;
  DerivedText derived;
  derived.encoding = name_of(notation);
  ByteListReader reader(text_, position, notation);
  const std::size_t ceiling = position + EncodedRun::kRunAfter;
  done = position;
  while (const std::optional<ListByte> byte = reader.next()) {
    if (byte->begin >= ceiling) {
      done = ceiling - kWholeTail;
      break;
    }
    derived.append(byte->byte, byte->begin, byte->end);
    done = byte->end;
  }
  return derived;
}

std::optional<DerivedText> Decoder::decode_wide(std::size_t position) {
  const WideUnits units = wide_units_at(text_, position);
  std::size_t& done = widened_.at((units.width == 4 ? 2U : 0U) + (units.big ? 1U : 0U));
  if (position < done) return std::nullopt;
  DerivedText derived = hfscan::decode_wide(text_, position, units);
  if (!derived.ends.empty()) done = derived.ends.back() - std::min<std::size_t>(derived.ends.back(), kWholeTail);
  return derived;
}

std::optional<DerivedText> Decoder::unpack(const Anchor& anchor) {
  const auto position = static_cast<std::size_t>(anchor.offset);
  if (position < unpacked_) return std::nullopt;
  std::optional<DerivedText> derived =
      anchor.kind == AnchorKind::gzip ? gunzip_.unpack(text_, position) : gunzip_.decode_outer(text_, position);
  if (derived) unpacked_ = static_cast<std::size_t>(derived->whole->end);
  return derived;
}

std::vector<DerivedText> Decoder::decode(const Anchor& anchor) {
  const auto position = static_cast<std::size_t>(anchor.offset);
  const auto at_most_one = [](std::optional<DerivedText> text) {
    std::vector<DerivedText> texts;
    if (text) texts.push_back(std::move(*text));
    return texts;
  };
  switch (anchor.kind) {
    case AnchorKind::base64: return decode_run(anchor, base64_, 6);
    case AnchorKind::hex: return decode_run(anchor, hex_, 4);
    case AnchorKind::escaped: return at_most_one(decode_escapes(position));
    case AnchorKind::hex_list:
    case AnchorKind::octal_list:
    case AnchorKind::decimal_list:
    case AnchorKind::character_list: return at_most_one(decode_list(anchor));
    case AnchorKind::wide: return at_most_one(decode_wide(position));
    case AnchorKind::gzip:
    case AnchorKind::gzip_twice: return at_most_one(unpack(anchor));
    default: return {};
  }
}

}  // namespace hfscan
