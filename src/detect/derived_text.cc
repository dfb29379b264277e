// Tested by tests/unit/detect/derived_text_test.cc.
#include "detect/derived_text.h"

#include "base/utf.h"
#include "detect/escapes.h"

namespace hfscan {
namespace {

using std::string_view;

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

void DerivedText::reserve(std::size_t size) {
  bytes.reserve(size);
  begins.reserve(size);
  ends.reserve(size);
}

void DerivedText::append(char byte, std::size_t begin, std::size_t end) {
  bytes.push_back(byte);
  begins.push_back(static_cast<std::uint32_t>(begin));
  ends.push_back(static_cast<std::uint32_t>(end));
}

ByteSpan DerivedText::to_parent(ByteSpan span) const {
  if (whole) return *whole;
  return {begins[static_cast<std::size_t>(span.begin)], ends[static_cast<std::size_t>(span.end - 1)]};
}

std::string_view DerivedText::encoding_of(ByteSpan span, std::string_view parent) const {
  if (encoding != kEscapes) return encoding;
  for (auto i = static_cast<std::size_t>(span.begin); i < span.end; ++i) {
    if (ends[i] - begins[i] == 1) continue;
    if (const std::optional<Escape> escape = escape_at(parent, begins[i])) return name_of(escape->kind);
  }
  return "plain";
}

TextEncoding detect_text_encoding(std::string_view head) {
  if (head.starts_with(string_view("\xff\xfe\0\0", 4))) return TextEncoding::utf32_little;
  if (head.starts_with(string_view("\0\0\xfe\xff", 4))) return TextEncoding::utf32_big;
  if (head.starts_with("\xff\xfe")) return TextEncoding::utf16_little;
  if (head.starts_with("\xfe\xff")) return TextEncoding::utf16_big;
  constexpr std::size_t kHead = 4096;
  constexpr std::size_t kShortest = 8;
  head = head.substr(0, kHead);
  if (head.size() <= kShortest || head.find('\0') == std::string_view::npos) return TextEncoding::bytes;
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
