// What the Hub says of the owner of a live token, read from an answer that may be anything. Separate so that personal data has
// one door: the account's name and the token's own name are in a part of their own, which is only shown when it was asked for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace hfscan {

// Texts are safe to show: one line, bounded, token shapes masked. Empty: the answer does not say.
struct WhoAmI {
  std::string type;        // of the owner: "user", "org", "app"
  std::string role;        // "read", "write", "fineGrained"
  std::string created_at;  // as the Hub spells it, RFC 3339
  std::string expires_at;
  std::uint64_t organisations = 0;
  std::string scopes;  // "global: a, b; 2 repositories or organisations: c, d"

  struct Identity {
    std::string account;
    std::string token_name;
  };
  Identity identity;
};

enum class Identities { hidden, shown };

// The body of a 200 of GET /api/whoami-v2; nothing when it is not of that shape, so that a page of a proxy that answers 200 to
// everything makes no token live.
std::optional<WhoAmI> read_whoami(std::string_view body);

// Without empty members.
Json to_json(const WhoAmI& who, Identities identities);

}  // namespace hfscan
