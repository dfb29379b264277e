#include "hygiene/matchers/families.h"

namespace hfscan {

std::span<const FileMatcher> platform_matchers() { return {}; }

}  // namespace hfscan
