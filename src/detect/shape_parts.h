// What the shapes of the grammar have in common. Internal to the grammar.
#pragma once

#include <cstddef>
#include <string_view>

#include "detect/credential.h"

namespace hfscan {

// Whether a letter or a digit stands directly before `begin` that does not end an escape (`\n`, `%20`): part of another word.
[[nodiscard]] bool is_glued(std::string_view text, std::size_t begin);

// Length of three dot-joined base64url parts of at least 10 characters each at `position`, or 0.
[[nodiscard]] std::size_t web_token_length(std::string_view text, std::size_t position);

// A credential that stands in the text as it is; `canonical` are its own bytes.
Credential plain_credential(std::string_view text, ByteSpan span, std::string_view canonical, CredentialKind kind);

}  // namespace hfscan
