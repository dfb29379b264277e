// Tested by tests/unit/detect/derived_text_test.cc.
#include "detect/derived_text.h"

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "detect/byte_classes.h"
#include "detect/escapes.h"

namespace hfscan {
namespace {

using std::string_view;

constexpr std::size_t kMaxRunBefore = 6000;                   // a token may stand at the end of a large encoded document
constexpr std::size_t kMaxRunAfter = std::size_t{24} * 1024;  // and a JWT may be long

// The characters of one encoded run without the white space between them, and where each stands.
struct Run {
  std::string characters;
  std::vector<std::size_t> offsets;
  std::size_t anchor = 0;  // index of the anchor's first character
};

bool is_base64(char c) { return in_class(c, kBase64Class); }

// The line break (with indentation, and JSON's or a shell's `\` before it) between two lines of a wrapped run, ending at
// `position`: the offset where the line before ends, or `position` when there is none.
std::size_t line_break_before(string_view text, std::size_t position) {
  std::size_t i = position;
  while (i > 0 && (text[i - 1] == ' ' || text[i - 1] == '\t')) --i;
  if (i >= 2 && text[i - 1] == 'n' && text[i - 2] == '\\') return i - 2;
  if (i == 0 || text[i - 1] != '\n') return position;
  --i;
  if (i > 0 && text[i - 1] == '\r') --i;
  return i;
}

// The same forwards: the offset where the next line's characters begin, or `position`.
std::size_t line_break_after(string_view text, std::size_t position) {
  std::size_t i = position;
  if (starts_with_at(text, i, "\\n")) {
    i += 2;
  } else {
    if (i < text.size() && text[i] == '\r') ++i;
    if (i >= text.size() || text[i] != '\n') return position;
    ++i;
  }
  while (i < text.size() && (text[i] == ' ' || text[i] == '\t')) ++i;
  constexpr std::size_t kMeansItGoesOn = 4;
  return run_length(text, i, kBase64Class, kMeansItGoesOn) == kMeansItGoesOn ? i : position;
}

void extend_left(string_view text, std::size_t anchor, Run& run) {
  const std::size_t floor = anchor - std::min(anchor, kMaxRunBefore);
  std::size_t i = anchor;
  while (i > floor) {
    if (is_base64(text[i - 1])) {
      // The `n` of a JSON "\n" is a line break, not a character of the run.
      if (text[i - 1] == 'n' && i >= 2 && text[i - 2] == '\\' && i >= 3 && is_base64(text[i - 3])) {
        i -= 2;
        continue;
      }
      --i;
      run.offsets.push_back(i);
      continue;
    }
    const std::size_t end = line_break_before(text, i);
    if (end == i || end <= floor || !is_base64(text[end - 1])) break;
    i = end;
  }
  std::reverse(run.offsets.begin(), run.offsets.end());
  run.anchor = run.offsets.size();
}

void extend_right(string_view text, std::size_t anchor, Run& run) {
  const std::size_t ceiling = std::min(text.size(), anchor + kMaxRunAfter);
  std::size_t i = anchor;
  while (i < ceiling) {
    if (is_base64(text[i])) {
      run.offsets.push_back(i++);
      continue;
    }
    const std::size_t next = line_break_after(text, i);
    if (next == i) break;
    i = next;
  }
}

Run base64_run(string_view text, std::size_t anchor) {
  Run run;
  extend_left(text, anchor, run);
  extend_right(text, anchor, run);
  run.characters.reserve(run.offsets.size());
  for (const std::size_t offset : run.offsets) run.characters.push_back(text[offset]);
  return run;
}

// Decodes from character `first`; each byte remembers the characters that hold its bits.
DerivedText decode_base64(const Run& run, std::size_t first) {
  DerivedText derived;
  derived.encoding = "base64";
  const std::string bytes = base64_decode_lenient(string_view(run.characters).substr(first));
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::size_t from = first + i * 8 / 6;
    const std::size_t to = first + (i * 8 + 7) / 6;
    derived.append(bytes[i], run.offsets[from], run.offsets[to] + 1);
  }
  return derived;
}

// The run may begin with text glued to it by a character that base64 has too, so all four alignments are tried.
std::vector<DerivedText> decode_base64_around(string_view text, std::size_t anchor) {
  constexpr std::size_t kShortestRun = 40;
  const Run run = base64_run(text, anchor);
  if (run.characters.size() < kShortestRun) return {};
  std::vector<DerivedText> candidates;
  for (std::size_t phase = 0; phase < 4; ++phase) candidates.push_back(decode_base64(run, (run.anchor + 4 - phase) % 4));
  return candidates;
}

std::vector<DerivedText> decode_hex_at(string_view text, std::size_t position) {
  DerivedText derived;
  derived.encoding = "hex";
  const std::size_t length = run_length(text, position, kHexClass, kMaxRunAfter) & ~std::size_t{1};
  const std::optional<std::string> bytes = hex_decode(text.substr(position, length));
  if (!bytes) return {};
  for (std::size_t i = 0; i < bytes->size(); ++i) derived.append((*bytes)[i], position + 2 * i, position + 2 * i + 2);
  return {derived};
}

// The start of the notation in front of two hexadecimal digits: of `\x`, `0x`, `%`, `\u00`, `&#x`.
std::size_t notation_start(string_view text, std::size_t digits) {
  static constexpr std::array<string_view, 8> kNotations = {"\\u00", "\\U000000", "\\x", "0x", "0X", "&#x", "&#X", "%"};
  for (const string_view notation : kNotations) {
    if (digits >= notation.size() && text.substr(digits - notation.size(), notation.size()) == notation) {
      return digits - notation.size();
    }
  }
  return digits;
}

std::vector<DerivedText> decode_hex_separated_at(string_view text, std::size_t position) {
  constexpr std::size_t kMaxSeparator = 40;
  DerivedText derived;
  derived.encoding = "hex-escape";
  const std::size_t ceiling = std::min(text.size(), position + kMaxRunAfter);
  std::size_t digits = position + 1;  // the anchor is the character before the first digits
  while (digits + 1 < ceiling && run_length(text, digits, kHexClass, 2) == 2) {
    const std::optional<std::string> byte = hex_decode(text.substr(digits, 2));
    derived.append((*byte)[0], notation_start(text, digits), digits + 2);
    std::size_t next = digits + 2;
    while (next < ceiling && next < digits + 2 + kMaxSeparator && kHexByteSeparators.find(text[next]) != string_view::npos)
      ++next;
    if (next == digits + 2) break;
    digits = next;
  }
  return {derived};
}

struct WideUnits {
  std::size_t width;
  bool big;
};

// Which of the zero bytes belong to which unit. Both readings can be open; then the offset decides, as text is aligned.
WideUnits wide_units_at(string_view text, std::size_t position) {
  const std::size_t width = text[position + 2] == 'f' ? 2 : 4;
  constexpr std::size_t kTokenUnits = 37;
  const auto zeros = [&](std::size_t from) {
    return from + width - 1 <= text.size() && text.substr(from, width - 1) == string_view("\0\0\0", width - 1);
  };
  const bool little = zeros(position + (kTokenUnits - 1) * width + 1);
  const bool big = position >= width - 1 && zeros(position + 1 - width);
  if (little != big) return {width, big};
  return {width, position % width == width - 1};
}

std::vector<DerivedText> decode_wide_at(string_view text, std::size_t position) {
  constexpr std::size_t kUnitsBefore = 512;
  constexpr std::size_t kUnitsAfter = 8192;
  const auto [width, big] = wide_units_at(text, position);
  const std::size_t lead = big ? width - 1 : 0;  // zero bytes of a unit before its significant byte
  const auto significant = [&, w = width](std::size_t at) {
    if (at < lead || at - lead + w > text.size() || text[at] == '\0') return false;
    for (std::size_t i = at - lead; i < at - lead + w; ++i) {
      if (i != at && text[i] != '\0') return false;
    }
    return true;
  };
  std::size_t first = position;
  for (std::size_t n = 0; n < kUnitsBefore && first >= width && significant(first - width); ++n) first -= width;
  DerivedText derived;
  derived.encoding = width == 2 ? (big ? "utf-16be" : "utf-16le") : (big ? "utf-32be" : "utf-32le");
  for (std::size_t at = first; at < position + kUnitsAfter * width && significant(at); at += width) {
    derived.append(text[at], at - lead, at - lead + width);
  }
  return {derived};
}

char32_t wide_character(string_view bytes, std::size_t position, TextEncoding encoding) {
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(bytes[position + i])); };
  switch (encoding) {
    case TextEncoding::utf16_little: return byte(1) << 8U | byte(0);
    case TextEncoding::utf16_big: return byte(0) << 8U | byte(1);
    case TextEncoding::utf32_little: return byte(3) << 24U | byte(2) << 16U | byte(1) << 8U | byte(0);
    case TextEncoding::utf32_big: return byte(0) << 24U | byte(1) << 16U | byte(2) << 8U | byte(3);
    case TextEncoding::bytes: break;
  }
  return byte(0);
}

const char* name_of(TextEncoding encoding) {
  switch (encoding) {
    case TextEncoding::utf16_little: return "utf-16le";
    case TextEncoding::utf16_big: return "utf-16be";
    case TextEncoding::utf32_little: return "utf-32le";
    case TextEncoding::utf32_big: return "utf-32be";
    case TextEncoding::bytes: break;
  }
  return "plain";
}

}  // namespace

void DerivedText::append(char byte, std::size_t begin, std::size_t end) {
  bytes.push_back(byte);
  begins.push_back(static_cast<std::uint32_t>(begin));
  ends.push_back(static_cast<std::uint32_t>(end));
}

ByteSpan DerivedText::to_parent(ByteSpan span) const {
  return {begins[static_cast<std::size_t>(span.begin)], ends[static_cast<std::size_t>(span.end - 1)]};
}

std::vector<DerivedText> decode_around(std::string_view text, const Anchor& anchor) {
  const auto position = static_cast<std::size_t>(anchor.offset);
  switch (anchor.kind) {
    case AnchorKind::base64:
    case AnchorKind::base64_utf16:
    case AnchorKind::base64_twice: return decode_base64_around(text, position);
    case AnchorKind::hex: return decode_hex_at(text, position);
    case AnchorKind::hex_separated: return decode_hex_separated_at(text, position);
    case AnchorKind::wide: return decode_wide_at(text, position);
    default: return {};
  }
}

TextEncoding detect_text_encoding(std::string_view head) {
  if (head.starts_with(string_view("\xff\xfe\0\0", 4))) return TextEncoding::utf32_little;
  if (head.starts_with(string_view("\0\0\xfe\xff", 4))) return TextEncoding::utf32_big;
  if (head.starts_with("\xff\xfe")) return TextEncoding::utf16_little;
  if (head.starts_with("\xfe\xff")) return TextEncoding::utf16_big;
  constexpr std::size_t kHead = 4096;
  constexpr std::size_t kShortest = 8;
  head = head.substr(0, kHead);
  if (head.size() <= kShortest) return TextEncoding::bytes;
  std::size_t zeros[2] = {0, 0};
  for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0' ? 1U : 0U;
  // Text has its zeros on one side only; more than a fifth of all bytes are zero when it is mostly ASCII.
  const auto mostly = [&](std::size_t side) { return zeros[side] * 5 > head.size() && zeros[1 - side] * 50 < zeros[side]; };
  if (mostly(1)) return TextEncoding::utf16_little;
  if (mostly(0)) return TextEncoding::utf16_big;
  return TextEncoding::bytes;
}

DerivedText transcode(std::string_view bytes, TextEncoding encoding) {
  const bool narrow = encoding == TextEncoding::utf16_little || encoding == TextEncoding::utf16_big;
  const std::size_t width = narrow ? 2 : 4;
  DerivedText derived;
  derived.encoding = name_of(encoding);
  std::string utf8;
  for (std::size_t i = 0; i + width <= bytes.size();) {
    std::size_t used = width;
    char32_t character = wide_character(bytes, i, encoding);
    const bool high = character >= 0xD800 && character < 0xDC00;
    if (narrow && high && i + 4 <= bytes.size()) {
      const char32_t next = wide_character(bytes, i + 2, encoding);
      if (next >= 0xDC00 && next < 0xE000) {
        character = 0x10000 + ((character - 0xD800) << 10U) + (next - 0xDC00);
        used = 4;
      }
    }
    if ((character >= 0xD800 && character < 0xE000) || character > 0x10FFFF) character = kReplacementCharacter;
    utf8.clear();
    append_utf8(utf8, character);
    for (const char byte : utf8) derived.append(byte, i, i + used);
    i += used;
  }
  return derived;
}

}  // namespace hfscan
