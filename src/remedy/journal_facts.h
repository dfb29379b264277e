// What the journal says of an incident, as facts. Separate from the journal, which knows no events.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "remedy/journal.h"
#include "remedy/leak.h"

namespace hfscan {

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

// Whether the remote may have the new history: a push went through, or began and nobody knows how it ended.
[[nodiscard]] bool may_have_pushed(const Journal& journal);

// The entry as one line for people; empty for entries that say nothing to them.
std::string entry_text(const JournalEntry& entry);

}  // namespace hfscan
