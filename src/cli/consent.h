// Asks the person at the terminal before something is done that cannot be undone. Separate from the commands, so that each asks
// in the same way: on the terminal itself, never on standard input, which may carry tokens.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace hfscan {

struct Question {
  std::string text;                  // what will happen; may have several lines
  std::string_view word;             // what has to be typed; "y" also takes "yes"
  std::string_view undo;             // what to say when it was not typed: "nothing was sent"
  std::string automation = "--yes";  // the flag that stands for an answer where nobody is to be asked
};

// Without a terminal, or when something else was typed, an Error; `assumed` stands for --yes.
enum class Assumed { no, yes };
Status ask_consent(const Question& question, Assumed assumed);

}  // namespace hfscan
