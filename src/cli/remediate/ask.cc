#include "cli/remediate/ask.h"

#include <unistd.h>

#include <iostream>

#include "base/file.h"
#include "base/text.h"
#include "remedy/plan.h"

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

Status consent(std::string_view question, bool yes) {
  if (yes) return {};
  if (!can_ask()) return Error{cat("nobody is there to be asked: ", question, " Add --yes if so")};
  if (ask_yes(question)) return {};
  return Error{"not done, as you said"};
}

Status typed_consent(std::string_view question, std::string_view words, const std::string& given) {
  if (given == words) return {};
  if (!given.empty()) return Error{cat("--confirm does not say ", hfscan::quoted(words), ": nothing was done")};
  if (!can_ask()) return Error{cat("nobody is there to be asked: ", question, " Add --confirm=", shell_word(words), " if so")};
  const std::optional<std::string> answer = ask(cat(question, "\nType ", words, " to go on: "));
  if (answer && *answer == words) return {};
  return Error{"not done, as you said"};
}

}  // namespace hfscan
