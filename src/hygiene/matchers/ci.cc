#include "hygiene/matchers/families.h"

namespace hfscan {

std::span<const FileMatcher> ci_matchers() { return {}; }

}  // namespace hfscan
