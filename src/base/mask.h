// The last line of defence for text that people write around findings: reasons, patterns, paths, names of unknown keys.
//
// Separate from detection, which decides what is a finding: here everything that has the shape of a Hugging Face credential is
// masked, plausible or not, so that no message, baseline or note can carry one onwards.
#pragma once

#include <string>
#include <string_view>

namespace hfscan {

// Every credential shape replaced by its mask, "hf_…(37)"; all other bytes stay as they are. A shape is a known prefix and at
// least 30 letters and digits (JSON web tokens: also dots, dashes and underscores), or a name that introduces the secret of a
// webhook, the signature of a URL or a login cookie, and its value.
std::string mask_token_shapes(std::string_view text);

[[nodiscard]] bool holds_token_shape(std::string_view text);

}  // namespace hfscan
