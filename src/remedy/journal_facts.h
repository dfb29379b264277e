// What the journal says of an incident, as facts. Separate from the journal, which knows no events.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "remedy/journal.h"
#include "remedy/leak.h"

namespace hfscan {

// A member of an entry's data; empty when it is missing or no text.
std::string data_text(const Json& data, const char* name);
std::uint64_t data_number(const Json& data, const char* name);

// The youngest entry of the event about this secret ("asked", "revocation"); null when there is none.
const JournalEntry* last_about(const Journal& journal, std::string_view event, const LeakedSecret& secret);

// Two 401, some time apart; empty when that was not seen. RFC 3339.
struct ProofOfDeath {
  std::string first_401;
  std::string second_401;
};
std::optional<ProofOfDeath> proof_of_death(const Journal& journal, const LeakedSecret& secret);

// The entry as one line for people; empty for entries that say nothing to them.
std::string entry_text(const JournalEntry& entry);

}  // namespace hfscan
