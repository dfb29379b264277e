// Fixture macros: how rule examples and tests write credentials without a token-shaped literal standing in any file.
//
//   {{hf_token:NAME}}       a user access token; the same NAME always gives the same token, another NAME another
//   {{api_org_token:NAME}}  a legacy organisation token
//   {{refresh_token:NAME}}  an OAuth refresh token
//   {{app_secret:NAME}}     an OAuth app secret
//   {{app_token:NAME}}      an app token
//   {{jwt:PAYLOAD}}         a JSON web token with this payload, in which macros are expanded first; nobody signed it
//   {{letters:NAME:N}}      N letters made from NAME
//   {{repeat:TEXT:N}}       TEXT, N times
//   {{b64:TEXT}}            base64 of TEXT, in which macros are expanded first; likewise {{b64url:...}} and {{hex:...}}
//   {{}}                    nothing: breaks up a literal that would look like a token
//
// The tokens are made from SHA-256 and belong to nobody.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace hfscan {

// Text in double braces that is no macro name stays as it is (workflow files are full of it).
Result<std::string> expand_fixture(std::string_view text);

}  // namespace hfscan
