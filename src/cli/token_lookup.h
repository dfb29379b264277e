// From what a person calls a finding to the bytes of its token: the current folder is scanned, then the history of its
// repository, and the bytes are read again where the finding stands. Separate from the command that sends them.
#pragma once

#include <string>

#include "base/result.h"
#include "base/secret.h"
#include "cli/options.h"
#include "remedy/leak.h"

namespace hfscan {

struct LookedUpToken {
  LeakedSecret leaked;
  Secret secret;
};

// `name`: the beginning of a finding's fingerprint or of a secret's SHA-256, at least eight hexadecimal digits. An Error when
// no finding or more than one secret has it, or when the bytes cannot be read again.
Result<LookedUpToken> find_token(const Options& options, const std::string& name);

}  // namespace hfscan
