// Text as a gzip stream, for tests of what unpacks it.
#pragma once

#include <string>
#include <string_view>

namespace hfscan::test {

std::string gzip_of(std::string_view text);

}  // namespace hfscan::test
