// What the journal says of an incident, as facts. Separate from the journal, which knows no events.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "remedy/journal.h"
#include "remedy/leak.h"

namespace hfscan {

// A member of an entry's data; empty when it is missing or no text.
std::string data_text(const Json& data, const char* name);
std::uint64_t data_number(const Json& data, const char* name);

// What the Hub said of the secret when it was last asked ("whoami"), and what a revocation came to ("dead", "not dead"); null
// when there is no such entry.
const JournalEntry* last_answer(const Journal& journal, const LeakedSecret& secret);
const JournalEntry* last_revocation(const Journal& journal, const LeakedSecret& secret);

// Two 401, some time apart; empty when that was not seen. RFC 3339.
struct ProofOfDeath {
  std::string first_401;
  std::string second_401;
  std::string by;  // the endpoint, when it was not the Hub itself; else empty
};
// "401 at ... and at ...".
std::string to_string(const ProofOfDeath& proof);
std::optional<ProofOfDeath> proof_of_death(const Journal& journal, const LeakedSecret& secret);

// The old ids of the commits in which a secret came first: nobody may push them again. Empty: nothing was rewritten.
std::vector<std::string> first_changed_commits(const Journal& journal);

// What was pushed when the push was done, for the time after the mirror is destroyed. Names are masked.
struct PushedRef {
  std::string name;
  std::string old_id;  // in hexadecimal
  std::string new_id;
};
std::vector<PushedRef> pushed_refs(const Journal& journal);
Json to_json(const std::vector<PushedRef>& refs);

// The entry as one line for people; empty for entries that say nothing to them.
std::string entry_text(const JournalEntry& entry);

}  // namespace hfscan
