#include "hygiene/matchers/families.h"

namespace hfscan {

std::span<const FileMatcher> documentation_matchers() { return {}; }

}  // namespace hfscan
