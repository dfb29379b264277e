// How long a token may be used before it is replaced, and for which tokens of this host that time is over. Separate from the
// other matchers, because what a token may do is said by another file than the one that holds it.
#pragma once

#include <set>

#include "host/matchers.h"

namespace hfscan {

// Tokens that stored_tokens keeps under a name that says READ.
std::set<Sha256Digest> tokens_named_read(const HostInventory& inventory, const TokenFinder& finder);

// HF9001. A file that was not changed for so many days holds a token that is at least as old.
void match_age(const HostCheck& check);

}  // namespace hfscan
