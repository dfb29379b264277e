#include "hygiene/matchers/families.h"

namespace hfscan {

std::span<const FileMatcher> argument_matchers() { return {}; }

}  // namespace hfscan
