// What the rotation policy says of the places of an inventory: which token is due or too old, which may do more than its place
// allows, which could be spared. A pure function: roles and dates come from whoami and from the stores, the time from the
// caller.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/rotation.h"
#include "inventory/use_place.h"

namespace hfscan {

// Of one token, as the Hub's whoami says it.
struct TokenFacts {
  std::string role;        // "read", "write", "fineGrained"; any other kind of token ends by itself and has no age here
  std::string created_at;  // RFC 3339; may be empty
};

enum class RotationProblem { overdue, due, role_too_wide, prefers_trusted_publisher };
const char* to_string(RotationProblem problem);

struct RotationIssue {
  std::size_t place = 0;  // number in the list of places
  RotationProblem problem = RotationProblem::due;
  int age_days = 0;     // of overdue and due
  int most_days = 0;    // of overdue and due
  std::string message;  // one line, without the place
};

// By a token's shown digits (UsePlace::secret_ids).
using FactsByToken = std::map<std::string, TokenFacts, std::less<>>;

// Places without a date and without a known token have no age: nothing is said of them. `now` in seconds since
// 1970-01-01T00:00:00Z. In the order of the places.
std::vector<RotationIssue> check_rotation(const RotationPolicy& policy, std::span<const UsePlace> places,
                                          const FactsByToken& facts, std::int64_t now);

}  // namespace hfscan
