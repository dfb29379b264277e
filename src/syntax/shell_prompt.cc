// Tested by tests/unit/syntax/shell_test.cc.
#include "syntax/shell_prompt.h"

#include <algorithm>
#include <array>

namespace hfscan {
namespace {

constexpr std::array<std::string_view, 5> kPrompts = {"$", "%", "❯", "➜", ">>>"};
// A prompt with the name of a machine and a folder is hardly longer; the rest of a long line is not looked at.
constexpr std::size_t kLongestPrompt = 120;

std::size_t skip_blanks(std::string_view line, std::size_t at) {
  return std::min(line.find_first_not_of(" \t", at), line.size());
}

// After "(venv)" and the blanks around it.
std::size_t skip_environment(std::string_view line) {
  const std::size_t begin = skip_blanks(line, 0);
  if (begin == line.size() || line[begin] != '(') return begin;
  const std::size_t close = line.find(')', begin);
  return close == std::string_view::npos ? begin : skip_blanks(line, close + 1);
}

// `user@host...$ ` and `[user@host folder]# `: to the sign that ends it, else npos.
std::size_t machine_prompt_sign(std::string_view line, std::size_t begin) {
  const std::size_t at = line.find('@', begin);
  const std::size_t blank = line.find(' ', begin);
  if (at == std::string_view::npos || at == begin || at > blank) return std::string_view::npos;
  const std::size_t sign = line.find_first_of("$#%", at);
  if (sign == std::string_view::npos || sign + 1 >= line.size() || line[sign + 1] != ' ') return std::string_view::npos;
  return sign;
}

}  // namespace

bool is_shell_prompt(std::string_view word) { return std::find(kPrompts.begin(), kPrompts.end(), word) != kPrompts.end(); }

std::size_t shell_prompt_length(std::string_view line) {
  line = line.substr(0, kLongestPrompt);
  const std::size_t begin = skip_environment(line);
  for (const std::string_view prompt : kPrompts) {
    const std::string_view rest = line.substr(begin);
    if (rest.starts_with(prompt) && rest.size() > prompt.size() && rest[prompt.size()] == ' ')
      return skip_blanks(line, begin + prompt.size());
  }
  const std::size_t sign = machine_prompt_sign(line, begin);
  return sign == std::string_view::npos ? 0 : skip_blanks(line, sign + 1);
}

}  // namespace hfscan
