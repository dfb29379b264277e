// Tested by tests/unit/base/shell_word_test.cc.
#include "base/shell_word.h"

#include <algorithm>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::string_view kPlainBytes = "_-./:@%+=,~";

std::string quoted_word(std::string_view text) {
  const auto is_plain = [](char c) { return is_alnum_ascii(c) || kPlainBytes.find(c) != std::string_view::npos; };
  const bool plain = !text.empty() && std::all_of(text.begin(), text.end(), is_plain);
  if (plain && !text.starts_with('~') && !text.starts_with('=')) return std::string(text);
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

// Every unusual byte by its number in octal. A substitution drops the newlines at its end.
std::string spelled_word(std::string_view text) {
  std::string numbers;
  const std::size_t end = text.find_last_not_of('\n') + 1;
  for (const char c : text.substr(0, end)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = byte >= 0x20 && byte < 0x7F && c != '\'' && c != '\\' && c != '%';
    if (is_plain) {
      numbers += c;
    } else {
      numbers += {'\\', static_cast<char>('0' + (byte >> 6U)), static_cast<char>('0' + ((byte >> 3U) & 7U)),
                  static_cast<char>('0' + (byte & 7U))};
    }
  }
  const std::string newlines = end == text.size() ? "" : cat("'", text.substr(end), "'");
  return cat("\"$(printf '", numbers, "')\"", newlines);
}

}  // namespace

std::string shell_word(std::string_view text) {
  return escape_for_display(text) == text ? quoted_word(text) : spelled_word(text);
}

std::string shell_word(std::string_view text, std::string_view otherwise) {
  if (text.empty() || text.starts_with('-') || escape_for_display(text) != text) return std::string(otherwise);
  return quoted_word(text);
}

}  // namespace hfscan
