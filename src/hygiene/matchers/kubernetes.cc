#include "hygiene/matchers/families.h"

namespace hfscan {

std::span<const FileMatcher> kubernetes_matchers() { return {}; }

}  // namespace hfscan
