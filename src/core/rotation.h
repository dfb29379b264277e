// How long a token may be used before it is replaced, and what a token may be allowed to do at the place where it is used.
//
// Plain data and the questions that are asked of it, in core so that the rules about tokens that are too old, the configuration
// and the inventory have one source. The periods are in days.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hfscan {

// The roles of a user access token, as the Hub's whoami names them: "read", "write", "fineGrained".
enum class TokenRole { read, write, fine_grained };
const char* to_string(TokenRole role);
std::optional<TokenRole> token_role_from(std::string_view name);

// No standard names a number; these are the usual periods for credentials that can only read, and for the others.
struct RotationPeriods {
  int read = 365;
  int write = 90;
  int fine_grained = 90;

  bool operator==(const RotationPeriods&) const = default;
};

enum class Preference { none, trusted_publisher };

// What holds where a token is used. `match` names the place: "ci", "local", "production", "training", or a name of the user's
// own.
struct RotationPlace {
  std::string match;
  std::vector<std::string> paths =
      {};  // files whose uses belong to the place, as path_matches has it; empty: those of its name
  std::vector<TokenRole> allow_roles = {};  // empty: all
  std::optional<int> max_age = {};
  Preference prefer = Preference::none;

  bool operator==(const RotationPlace&) const = default;
};

// Where several entries speak of one place all of them hold.
struct RotationPolicy {
  RotationPeriods max_age;
  int warn_before = 14;
  std::vector<RotationPlace> places;

  // The shorter of what the role and the place allow. A token whose role is not known has the shortest period of those that may
  // write; a place without a name has none of its own.
  [[nodiscard]] int most_days(std::optional<TokenRole> role, std::string_view place = {}) const;
  [[nodiscard]] bool allows(TokenRole role, std::string_view place) const;
  [[nodiscard]] Preference preference(std::string_view place) const;

  // The place whose `paths` name the file; empty when none does.
  [[nodiscard]] std::string_view place_of_path(std::string_view path) const;
};

// The place that a name speaks of by one of its words: "production" of .env.prod and HF_TOKEN_PROD; empty when it speaks of
// none.
std::string_view place_named_in(std::string_view name);

// Where a token in this file is used, as far as the path tells: "ci" for the files of CI systems, else place_named_in().
std::string_view usual_place_of(std::string_view path);

}  // namespace hfscan
