// Whether a file speaks of a Hugging Face token at all: the first question to every file, because nearly all rules about unsafe
// configurations are about one. Of a large repository one file in a hundred does.
#pragma once

#include <string_view>

namespace hfscan {

// A name such as HF_TOKEN, hf-token, "Hugging Face API key", a token, or a text that stands for one (hf_xxx, hf_...). Wider
// than is_token_name(): what decides is the rule. Thread-safe; linear.
[[nodiscard]] bool mentions_token(std::string_view text);

}  // namespace hfscan
