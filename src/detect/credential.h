// One verified occurrence of a credential in a piece of text: the result of the grammar, before any rule has seen it.
#pragma once

#include <string>
#include <string_view>

#include "base/secret.h"
#include "core/location.h"
#include "core/rule.h"
#include "detect/plausibility.h"

namespace hfscan {

struct Credential {
  ByteSpan span;  // in the text that was searched
  Secret secret;  // canonical bytes: plain underscore, joints removed
  CredentialKind kind = CredentialKind::user_access_token;
  std::string encoding;  // how the credential itself is spelled in that text: plain, split, percent, ...
  BodyClass body = BodyClass::token;
  bool glued = false;  // a letter or digit stands directly before it
};

// Whether the bytes may be a word that somebody thought of, so that their hash would give them away to whoever tries words.
constexpr bool is_guessable(CredentialKind kind) { return kind == CredentialKind::webhook_secret; }

// hf_…(37): the public prefix of the kind and the length; nothing of the body.
std::string mask_of(CredentialKind kind, std::string_view canonical);

}  // namespace hfscan
