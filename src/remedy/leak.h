// What is known of the secrets that leaked: their identities and where they stand, without any of their bytes. It comes from a
// report in JSON, whether it was saved or just made, and everything else in remedy starts from it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "base/sha256.h"
#include "core/blob.h"
#include "remedy/token_search.h"

namespace hfscan {

// As Occurrence (core/finding.h), and where it begins. Token shapes in the path and the refs are masked.
struct LeakPlace {
  PlaceKind kind = PlaceKind::blob;
  std::string path;
  std::uint64_t line = 0;  // 0: unknown
  std::string blob;        // object id; empty: in no object of git
  std::string encoding;    // "plain", "base64", ...
  bool packed = false;     // in a member of an archive
  std::vector<std::string> introduced;
  std::vector<std::string> removed;
  std::vector<std::string> refs;
  std::uint64_t other_refs = 0;
  bool reachable = true;
};

struct LeakedSecret {
  Sha256Digest id{};
  std::string masked;
  std::string kind;                // as `secret.kind` of the JSON report
  std::vector<std::string> rules;  // ids, sorted
  bool in_head = false;
  bool pushed = false;            // a remote-tracking ref leads to it
  std::string first_commit;       // the oldest commit that has it; empty when no commit has
  std::string first_date;         // of its author, RFC 3339; may be empty
  std::vector<LeakPlace> places;  // sorted by path, blob, line

  // By which it can be looked for; nothing for a secret without a prefix.
  [[nodiscard]] std::optional<KnownSecret> known() const { return known_secret(id, masked); }
  // How people call it: the first twelve digits of the id.
  [[nodiscard]] std::string short_id() const { return to_hex(id).substr(0, 12); }
};

struct Leaks {
  std::string command;                // of the report: history, scan, staged, host, ...
  std::vector<LeakedSecret> secrets;  // sorted by id
  bool complete = true;               // false: the report says that something could not be read
  std::uint64_t without_id = 0;       // findings of secrets that carry no id (their bytes could be guessed)

  // Null when it is not among them.
  [[nodiscard]] const LeakedSecret* find(const Sha256Digest& id) const;
};

// Findings that are no secret, notes and look-alikes are left out, and secrets of which every finding was accepted (ignored,
// baseline).
// From a report in JSON ("hfscan-report/1", docs/json.md); `name` is what errors call it.
Result<Leaks> read_leaks(std::string_view text, std::string_view name);

// What either of them found, by one name: the command is that of `a`.
Leaks merged(Leaks a, const Leaks& b);

Json to_json(const LeakedSecret& secret);
Result<LeakedSecret> leaked_secret_from(const Json& value);

// Those by which secrets can be looked for.
std::vector<KnownSecret> known_secrets(const std::vector<LeakedSecret>& secrets);

}  // namespace hfscan
