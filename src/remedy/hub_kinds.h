// What the Hub can tell and do about each kind of credential. A table of its own, because a wrong line here would call a token
// dead that nobody asked the right question about.
#pragma once

#include <optional>
#include <string_view>

#include "core/rule.h"

namespace hfscan {

// What whoami's answers mean for a kind.
enum class WhoamiSays {
  everything,  // 200 alive, 401 dead
  alive_only,  // 200 alive; a 401 may also mean that these bytes are no whole token, or of a kind that it does not know
  nothing,     // it is never asked
};

// Whether POST /api/credentials/revoke takes the kind.
enum class ApiRevocation {
  documented,    // "user access tokens" (hub-docs, security-tokens)
  undocumented,  // sent only when the user asks for it
  never,
};

struct HubKind {
  CredentialKind kind;
  WhoamiSays whoami;
  ApiRevocation api;
  std::string_view by_hand;  // what a person does instead; one line
};

// Every kind has a line.
const HubKind& hub_kind(CredentialKind kind);

// By its prefix and length; nothing for text that is no credential of Hugging Face.
std::optional<CredentialKind> kind_of_token(std::string_view token);

// Whether all bytes are letters, digits, '_', '-' or '.': what every kind that is ever sent is made of, and what needs no
// quoting in a header, in JSON and in a configuration of curl.
[[nodiscard]] bool is_sendable(std::string_view token);

}  // namespace hfscan
