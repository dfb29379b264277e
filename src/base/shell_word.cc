// Tested by tests/unit/base/shell_word_test.cc.
#include "base/shell_word.h"

#include <algorithm>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::string_view kPlainBytes = "_-./:@%+=,~";

}  // namespace

std::string shell_word(std::string_view text, std::string_view otherwise) {
  if (text.empty() || text.starts_with('-') || escape_for_display(text) != text) return std::string(otherwise);
  const auto is_plain = [](char c) { return is_alnum_ascii(c) || kPlainBytes.find(c) != std::string_view::npos; };
  if (std::all_of(text.begin(), text.end(), is_plain) && !text.starts_with('~') && !text.starts_with('='))
    return std::string(text);
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

}  // namespace hfscan
