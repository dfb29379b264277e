// Questions to the person at the terminal, before something happens that cannot be undone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hfscan {

// Whether somebody is there to answer: standard input and standard error are a terminal.
[[nodiscard]] bool can_ask();

// One line from standard input, without its end; nothing at the end of input. The prompt goes to standard error.
std::optional<std::string> ask(std::string_view prompt);

// A yes counts only when it is typed: y or yes.
[[nodiscard]] bool ask_yes(std::string_view question);

// Consent to the gravest steps: the words themselves have to be typed, or given with --confirm. An Error when they were not, or
// when nobody is there to be asked; `undo` says what then did not happen.
struct TypedQuestion {
  std::string text;
  std::string words;
  std::string_view undo;
};
Status typed_consent(const TypedQuestion& question, const std::string& given);

}  // namespace hfscan
