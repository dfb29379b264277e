// Test: tests/unit/core/line_hash_test.cc holds this against published values and against a second, direct implementation.
#include "core/line_hash.h"

#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "base/text.h"
#include "base/utf.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kBase = 37;
constexpr char16_t kEndOfText = 0xFFFF;

constexpr std::uint64_t power(std::uint64_t base, std::size_t exponent) {
  std::uint64_t result = 1;
  for (std::size_t i = 0; i < exponent; ++i) result *= base;
  return result;
}

// What the character that leaves the window still contributes to the hash.
constexpr std::uint64_t kLeaving = power(kBase, LineHasher::kWindow);

void add_character(LineHasher& hasher, char32_t character) {
  if (character < 0x10000) return hasher.add(static_cast<char16_t>(character));
  hasher.add(static_cast<char16_t>(0xD800 + ((character - 0x10000) >> 10U)));
  hasher.add(static_cast<char16_t>(0xDC00 + ((character - 0x10000) & 0x3FFU)));
}

// The hashes of lines 1 to `last`, or of all lines when there are fewer.
std::vector<std::uint64_t> hashes_up_to(std::string_view text, std::uint64_t last) {
  LineHasher hasher;
  for (std::size_t i = 0; i < text.size();) {
    if (hasher.hashes().size() >= last) return hasher.hashes();
    const DecodedCharacter next = decode_utf8(text, i);
    add_character(hasher, next.value);
    i += next.length;
  }
  hasher.finish();
  return hasher.hashes();
}

std::string to_text(std::uint64_t hash, std::uint64_t count) {
  std::array<char, 16> digits{};
  const auto* end = std::to_chars(digits.data(), digits.data() + digits.size(), hash, 16).ptr;
  return cat(std::string_view(digits.data(), static_cast<std::size_t>(end - digits.data())), ":", std::to_string(count));
}

}  // namespace

void LineHasher::roll(char16_t unit) {
  if (line_starts_[slot_]) hashes_.push_back(hash_);
  line_starts_[slot_] = false;
  hash_ = kBase * hash_ + unit - kLeaving * window_[slot_];
  window_[slot_] = unit;
  slot_ = (slot_ + 1) % kWindow;
}

void LineHasher::add(char16_t unit) {
  const bool ends_cr_lf = after_cr_ && unit == u'\n';
  after_cr_ = unit == u'\r';
  if (unit == u' ' || unit == u'\t' || ends_cr_lf) return;
  if (after_cr_) unit = u'\n';
  const std::size_t slot = slot_;
  roll(unit);
  line_starts_[slot] = at_line_start_;
  at_line_start_ = unit == u'\n';
}

void LineHasher::finish() {
  add(kEndOfText);
  for (std::size_t i = 0; i < kWindow; ++i) roll(0);
}

std::vector<std::string> line_hashes(std::string_view text, std::span<const std::uint64_t> lines) {
  std::vector<std::string> result(lines.size());
  if (lines.empty()) return result;
  const std::vector<std::uint64_t> hashes = hashes_up_to(text, *std::max_element(lines.begin(), lines.end()));

  // Only the hashes that are asked for are counted.
  std::unordered_map<std::uint64_t, std::uint64_t> seen;
  std::unordered_map<std::uint64_t, std::string> wanted;  // by line
  for (const std::uint64_t line : lines) {
    if (line == 0 || line > hashes.size()) continue;
    seen[hashes[line - 1]] = 0;
    wanted[line];
  }
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const auto count = seen.find(hashes[i]);
    if (count == seen.end()) continue;
    ++count->second;
    if (const auto entry = wanted.find(i + 1); entry != wanted.end()) entry->second = to_text(hashes[i], count->second);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (const auto entry = wanted.find(lines[i]); entry != wanted.end()) result[i] = entry->second;
  }
  return result;
}

}  // namespace hfscan
