// Text from outside as one word of a command that people copy into a shell. Separate because a word that is quoted wrongly
// runs.
#pragma once

#include <string>
#include <string_view>

namespace hfscan {

// Quoted when it needs to be. What is empty, would be taken for an option, or holds bytes that a terminal should not get, is
// `otherwise` instead: a placeholder for a person to fill in.
std::string shell_word(std::string_view text, std::string_view otherwise);

// Exactly the text, whatever it is: bytes that a terminal should not get are spelled by number. What begins with a dash still
// does.
std::string shell_word(std::string_view text);

}  // namespace hfscan
