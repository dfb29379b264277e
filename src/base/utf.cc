#include "base/utf.h"

namespace hfscan {
namespace {

unsigned byte_at(std::string_view text, std::size_t i) { return static_cast<unsigned char>(text[i]); }

struct LeadByte {
  std::size_t length;   // 0: never a lead byte
  unsigned second_low;  // range of the second byte (Unicode 15, table 3-7)
  unsigned second_high;
  unsigned payload;
};

LeadByte classify(unsigned lead) {
  if (lead >= 0xC2 && lead <= 0xDF) return {2, 0x80, 0xBF, lead & 0x1FU};
  if (lead >= 0xE0 && lead <= 0xEF) {
    return {3, lead == 0xE0 ? 0xA0U : 0x80U, lead == 0xED ? 0x9FU : 0xBFU, lead & 0x0FU};
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    return {4, lead == 0xF0 ? 0x90U : 0x80U, lead == 0xF4 ? 0x8FU : 0xBFU, lead & 0x07U};
  }
  return {0, 0, 0, 0};
}

char32_t unit_at(std::string_view bytes, std::size_t i, ByteOrder order) {
  const unsigned first = byte_at(bytes, i);
  const unsigned second = byte_at(bytes, i + 1);
  return order == ByteOrder::little ? (second << 8U | first) : (first << 8U | second);
}

bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

}  // namespace

DecodedCharacter decode_utf8(std::string_view text, std::size_t position) {
  const unsigned lead = byte_at(text, position);
  if (lead < 0x80) return {lead, 1, true};
  const LeadByte kind = classify(lead);
  if (kind.length == 0) return {kReplacementCharacter, 1, false};
  char32_t value = kind.payload;
  unsigned low = kind.second_low;
  unsigned high = kind.second_high;
  for (std::size_t k = 1; k < kind.length; ++k) {
    if (position + k >= text.size()) return {kReplacementCharacter, k, false};
    const unsigned next = byte_at(text, position + k);
    if (next < low || next > high) return {kReplacementCharacter, k, false};
    value = value << 6U | (next & 0x3FU);
    low = 0x80;
    high = 0xBF;
  }
  return {value, kind.length, true};
}

void append_utf8(std::string& out, char32_t character) {
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xC0U | character >> 6U);
    put(0x80U | (character & 0x3FU));
  } else if (character < 0x10000) {
    put(0xE0U | character >> 12U);
    put(0x80U | (character >> 6U & 0x3FU));
    put(0x80U | (character & 0x3FU));
  } else {
    put(0xF0U | character >> 18U);
    put(0x80U | (character >> 12U & 0x3FU));
    put(0x80U | (character >> 6U & 0x3FU));
    put(0x80U | (character & 0x3FU));
  }
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCharacter next = decode_utf8(text, i);
    if (!next.valid) return false;
    i += next.length;
  }
  return true;
}

std::string to_valid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCharacter next = decode_utf8(text, i);
    append_utf8(out, next.value);
    i += next.length;
  }
  return out;
}

std::uint64_t utf16_length(std::string_view text) {
  std::uint64_t units = 0;
  for (std::size_t i = 0; i < text.size();) {
    const DecodedCharacter next = decode_utf8(text, i);
    units += next.value >= 0x10000 ? 2 : 1;
    i += next.length;
  }
  return units;
}

std::string utf16_to_utf8(std::string_view bytes, ByteOrder order) {
  std::string out;
  out.reserve(bytes.size() / 2);
  std::size_t i = 0;
  while (i + 1 < bytes.size()) {
    char32_t value = unit_at(bytes, i, order);
    i += 2;
    if (is_high_surrogate(value) && i + 1 < bytes.size() && is_low_surrogate(unit_at(bytes, i, order))) {
      value = 0x10000 + ((value - 0xD800) << 10U) + (unit_at(bytes, i, order) - 0xDC00);
      i += 2;
    } else if (is_high_surrogate(value) || is_low_surrogate(value)) {
      value = kReplacementCharacter;
    }
    append_utf8(out, value);
  }
  if (i < bytes.size()) append_utf8(out, kReplacementCharacter);
  return out;
}

}  // namespace hfscan
