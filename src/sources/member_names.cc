// libarchive converts the names of members to the encoding of the process's locale, which is ASCII here, since hfscan sets
// none, and drops a name that does not fit. With UTF-8 as the answer names stay the bytes that they are, on every machine: a
// locale could be missing there. libarchive asks nothing else of this function, and nothing else in the program calls it.
#include "sources/member_names.h"

#include <langinfo.h>

namespace hfscan {

void keep_member_names() {}

}  // namespace hfscan

extern "C" char* nl_langinfo(nl_item /*item*/) noexcept {
  static char name[] = "UTF-8";  // NOLINT(modernize-avoid-c-arrays): the signature is POSIX's
  return name;
}
