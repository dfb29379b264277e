// How a claimed credential is reported: severity, confidence and message. Separate from the search, which only says where what
// stands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/finding.h"
#include "detect/jwt.h"

namespace hfscan {

// What is known of a credential beside its kind and place.
struct Evidence {
  enum class Looks {
    real,
    unreal,   // as a placeholder, a hash or a name does
    doubtful  // unreal by so little that its place, which says that a token follows, outweighs it
  };
  Looks looks = Looks::real;
  bool glued = false;      // a letter or digit stands directly before it
  bool companion = false;  // no secret by itself
  std::optional<JwtClaims> claims;
};

struct Verdict {
  Severity severity = Severity::warning;
  Confidence confidence = Confidence::high;
  std::string message;
  std::optional<std::int64_t> expires;  // as Finding::expires
  bool look_alike = false;
};

// The same for the same evidence at any time: whether a token has expired does not count.
Verdict judge(const Rule& rule, const Evidence& evidence);

}  // namespace hfscan
