#include "hygiene/matchers/families.h"

namespace hfscan {

std::span<const FileMatcher> hub_matchers() { return {}; }

}  // namespace hfscan
