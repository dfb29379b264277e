// What the stores of GitHub and of the Hub say of secrets: names and dates, asked of the user's own `gh` and `hf`. Only when
// the user wants it, as it goes over the network.
//
// The programs run outside of the repository, which is told to them by name, so that no setting of it takes part. What they say
// is untrusted: bounded, read as JSON, masked. No value of a secret is asked for, and neither store gives one away.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/diagnostic.h"
#include "inventory/use_place.h"

namespace hfscan {

struct RemoteRequest {
  std::string github;                  // "github.com/OWNER/NAME"; empty: the repository has no remote there
  std::set<std::string> names;         // of secrets that are used; others are listed when their name is one of a token
  std::set<std::string> environments;  // of GitHub
  std::set<std::string> spaces;        // USER/SPACE
  std::string organisation = {};       // of GitHub; empty: not asked
};

struct RemoteUses {
  std::vector<UsePlace> places;         // in place_order
  std::vector<Diagnostic> diagnostics;  // a program that is missing or fails, and the next step
};

RemoteUses find_remote_uses(const RemoteRequest& request);

// More environments or Spaces are not asked about, which a diagnostic says.
constexpr std::size_t kMostRemoteQuestions = 20;

}  // namespace hfscan
