#include "hygiene/matchers/families.h"

namespace hfscan {

std::span<const FileMatcher> workflow_matchers() { return {}; }

}  // namespace hfscan
