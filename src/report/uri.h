// Paths as relative URI references (RFC 3986, section 4.2).
#pragma once

#include <string>
#include <string_view>

namespace hfscan {

// Every byte but unreserved characters and '/' percent-encoded, so that any path survives, and none reads as a scheme, an
// authority, a query or a fragment.
std::string path_to_uri(std::string_view path);

}  // namespace hfscan
