#include "hygiene/matchers/families.h"

namespace hfscan {

std::span<const FileMatcher> infrastructure_matchers() { return {}; }

}  // namespace hfscan
