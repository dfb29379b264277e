// Names under which Hugging Face tokens are kept, and texts that stand for a token. One place, because every rule asks.
//
// Source of the names: the variables that huggingface_hub, its MCP server and the libraries around it read; the expressions are
// those of rules/macros.toml.
#pragma once

#include <string_view>

namespace hfscan {

// HF_TOKEN, HUGGINGFACEHUB_API_TOKEN, my_hf_api_key, hfToken ...: the whole text is such a name. Not HF_TOKEN_PATH, MAX_TOKENS.
[[nodiscard]] bool is_token_name(std::string_view name);

// Also the names that say "token" without saying whose: token, access_token, auth_token, api_key, hub_token, use_auth_token.
[[nodiscard]] bool is_generic_token_name(std::string_view name);

// Whether a text holds a reference to a variable of such a name, or to a secret of a workflow: $HF_TOKEN, ${HF_TOKEN:-x},
// %HF_TOKEN%, $env:HF_TOKEN, ${{ secrets.HF_TOKEN }}, $(cat ~/.cache/huggingface/token), or a token itself.
[[nodiscard]] bool holds_token_value(std::string_view text);

// Whether a text holds a plausible token itself, and not a placeholder.
[[nodiscard]] bool holds_token_literal(std::string_view text);

// Whether a value is written to be replaced: <your-token>, hf_xxx, hf_****, {{ token }}, "...", YOUR_TOKEN, changeme.
[[nodiscard]] bool is_placeholder_value(std::string_view value);

}  // namespace hfscan
