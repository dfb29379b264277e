#include "hygiene/matchers/families.h"

namespace hfscan {

std::span<const FileMatcher> container_matchers() { return {}; }

}  // namespace hfscan
