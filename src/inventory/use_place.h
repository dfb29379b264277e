// A place at which a token, or a variable that holds one, is used: what has to be touched when the token is replaced.
//
// Plain data. It holds no secret: a token that stands at a place is known by the first digits of its SHA-256 only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hfscan {

enum class Where { repository, host, remote };
const char* to_string(Where where);

// Whether one of the leaked tokens stands at the place.
enum class HoldsLeaked { no, yes, unknown };
const char* to_string(HoldsLeaked holds);

struct UsePlace {
  Where where = Where::repository;
  std::string kind;              // of the table in inventory/recipes.h: "github-actions-secret", "dotenv" ...
  std::string name;              // of the variable or secret, HF_TOKEN; empty where a file holds nothing else
  std::string alias_of;          // the variable that gets the value when that has another name
  std::string scope;             // a deployment environment, a Space, the namespace of a cluster; may be empty
  std::string key;               // within a secret that has several: the key of a Kubernetes secret
  std::string path;              // '/'-separated, relative to the root of the tree; of the host "~/.netrc"
  std::uint64_t line = 0;        // of the first use; 0: the place has no lines
  std::uint64_t more_lines = 0;  // further lines of this file with the same use
  HoldsLeaked holds = HoldsLeaked::unknown;
  std::vector<std::string> secret_ids;  // of the tokens that stand there: the first 12 digits of their SHA-256, sorted
  std::string updated_at;               // when the value was last set, as its store says: "2026-01-02T03:04:05Z"; else empty
  std::string command;                  // puts a new token there, the value on a pipe only; some lines of shell
  std::string check;                    // shows that it is done: a command, or a sentence
  std::string caution;                  // what can go wrong; may be empty
  std::string role_place;               // "ci", "local", "production", "training" or a name of the user's own
};

// The order of lists: where, kind, path, line, name, scope.
[[nodiscard]] bool place_order(const UsePlace& a, const UsePlace& b);

// A name from outside as it may be shown and stored: token shapes masked, control characters escaped, at most 1000 bytes.
std::string safe_text(std::string_view text);

// How many digits of a SHA-256 name a token.
constexpr std::size_t kShownDigits = 12;

}  // namespace hfscan
