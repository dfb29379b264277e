// JSON web tokens (RFC 7519) read offline: what a token says of itself, without asking anybody and without a clock.
//
// Of its claims only those are kept that say what the token can do and until when. Whoever wrote the token chose its text, so
// every name is held against a short list of characters, and no user name, address or other claim is looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hfscan {

// What a scope or a permission lets its bearer do; docs/detection.md has the table.
enum class Access { read, write, admin };
Access access_of(std::string_view scope);

struct JwtClaims {
  struct Grant {
    std::string name;  // "write-repos"
    Access access = Access::write;
  };
  std::string_view noun = "scopes";  // or "permissions": which claim the grants come from
  std::vector<Grant> grants;         // in the order of the claim, at most kMaxGrants
  std::size_t unnamed_grants = 0;    // whose names are not fit to be shown, or beyond kMaxGrants
  std::string audience;
  std::optional<std::int64_t> lifetime;  // exp - iat, in seconds
  std::optional<std::int64_t> expires;   // exp, in seconds since 1970-01-01T00:00:00Z

  static constexpr std::size_t kMaxGrants = 64;
};

// Takes three base64url parts, after a prefix such as hf_oauth_ if there is one. Nothing when header and payload are not both
// JSON objects, or when the payload is longer than 16 KiB, the limit of Hugging Face's own log redactor.
std::optional<JwtClaims> decode_jwt(std::string_view credential);

// Whether the token says that it can only read; a token that says nothing may do anything.
[[nodiscard]] bool is_read_only(const JwtClaims& claims);

// "write scopes write-repos; read scopes openid; audience x; valid for 8 h; expires 2026-01-02T03:04:05Z", or empty: one line
// of at most some 600 bytes. The instant comes last, so that a report can say more about it.
std::string describe(const JwtClaims& claims);

// "90 s", "45 min", "8 h", "30 days"; the largest unit that is exact, or the two largest: "1 h 30 min".
std::string duration_text(std::int64_t seconds);

}  // namespace hfscan
