// The bytes of a secret of which only the identity is kept: read again from where it stands, or from standard input, and
// compared by SHA-256. Separate from those who use them, so that there is one place that ever holds such bytes outside
// detection.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/secret.h"
#include "git/layout.h"
#include "git/object_store.h"
#include "remedy/leak.h"

namespace hfscan {

// Where to look. Nothing of it is changed.
struct SecretPlaces {
  std::string folder = {};                   // that the places' paths are relative to; empty: look at no file
  const ObjectStore* objects = nullptr;      // null: there is no repository
  const RepositoryLayout* layout = nullptr;  // for the names of refs; null: leave them out
};

// Looks at the places that are known, then at the names of refs, then at every object. A secret that stands only in an archive
// or in pieces is not found; the Error says to give it on standard input.
Result<Secret> find_secret(const LeakedSecret& leaked, const SecretPlaces& places);

// One secret of known identity in some bytes: plain, UTF-16, UTF-32, base64, hexadecimal, percent-encoded.
std::optional<Secret> find_in_bytes(const KnownSecret& known, std::string_view bytes);

// The lines of a descriptor until its end, without white space around them, each once; at most 1,000. An Error names a line
// that looks like no token of Hugging Face, and shows nothing of it.
Result<std::vector<Secret>> read_secrets(int fd);

}  // namespace hfscan
