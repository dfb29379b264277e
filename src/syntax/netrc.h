// Reader of .netrc and _netrc: which machine gets which login and password (ftp(1); curl and Python read the same).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "syntax/gave_up.h"

namespace hfscan {

struct NetrcEntry {
  std::string_view machine;  // empty for `default`
  std::string_view login;
  std::string_view password;  // pieces of the input, without quotes; escapes inside stay as they are
  std::string_view account;
  ByteSpan password_span;
  ByteSpan span;  // from `machine` or `default` to the last token
};

struct NetrcFile {
  std::vector<NetrcEntry> entries;
  std::optional<GaveUp> gave_up;
};

constexpr std::size_t kNetrcEntryLimit = 200'000;

// Never fails. The entries point into `text`. Macros (macdef, up to an empty line) and comments are passed over.
NetrcFile read_netrc(std::string_view text);

}  // namespace hfscan
