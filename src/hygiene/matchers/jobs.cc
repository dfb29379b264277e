#include "hygiene/matchers/families.h"

namespace hfscan {

std::span<const FileMatcher> job_matchers() { return {}; }

}  // namespace hfscan
