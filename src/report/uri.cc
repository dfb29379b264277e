#include "report/uri.h"

#include "base/encoding.h"
#include "base/text.h"

namespace hfscan {
namespace {

bool is_kept(char c) { return is_alnum_ascii(c) || std::string_view("-._~/").find(c) != std::string_view::npos; }

}  // namespace

std::string path_to_uri(std::string_view path) {
  std::string uri;
  uri.reserve(path.size());
  for (const char c : path) {
    // RFC 3986, section 2.1, asks for upper case; the digits of hex_encode are lower case.
    if (!is_kept(c)) uri += '%';
    if (is_kept(c)) {
      uri += c;
    } else {
      for (const char digit : hex_encode({&c, 1})) uri += static_cast<char>(digit >= 'a' ? digit - 'a' + 'A' : digit);
    }
  }
  return uri;
}

}  // namespace hfscan
