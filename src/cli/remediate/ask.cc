#include "cli/remediate/ask.h"

#include <unistd.h>

#include <iostream>

#include "base/file.h"
#include "base/shell_word.h"
#include "base/text.h"
#include "cli/consent.h"

namespace hfscan {

bool can_ask() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

std::optional<std::string> ask(std::string_view prompt) {
  static_cast<void>(write_all(STDERR_FILENO, prompt, "standard error"));
  std::string line;
  if (!std::getline(std::cin, line)) return std::nullopt;
  return std::string(trim(line));
}

bool ask_yes(std::string_view question) {
  const std::optional<std::string> answer = ask(cat(question, " [y/N] "));
  return answer && is_one_of(to_lower_ascii(*answer), {"y", "yes"});
}

Status typed_consent(const TypedQuestion& question, const std::string& given) {
  if (!given.empty() && given != question.words)
    return Error{cat("--confirm does not say ", hfscan::quoted(question.words), ": ", question.undo)};
  const std::string automation = cat("--confirm=", shell_word(question.words, "TEXT"));
  return ask_consent({question.text, question.words, question.undo, automation}, given.empty() ? Assumed::no : Assumed::yes);
}

}  // namespace hfscan
