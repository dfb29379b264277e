// Command lines for people, in which no secret is ever an argument: it is typed unseen (read -rs) and goes through a pipe by
// printf, which shells run themselves, so that no list of processes shows it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hfscan {

// Revocation and its proof by hand, on a machine without hfscan; for bash and zsh. `endpoint` without a '/' at its end.
std::vector<std::string> revoke_by_hand(std::string_view endpoint);

// Takes the rewritten branches and tags from the remote into a clone of it.
std::vector<std::string> adopt_from_remote(std::string_view repository, std::string_view remote);

// The same from the mirror, for commits that no remote has.
std::vector<std::string> adopt_from_mirror(std::string_view repository, std::string_view mirror);

// Refs that are called like a token, in a line in which no token stands.
std::string delete_refs_with_tokens(std::string_view repository);

// Lets go of everything that nothing leads to any more.
std::vector<std::string> forget_old_objects(std::string_view repository);

}  // namespace hfscan
