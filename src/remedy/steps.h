// The steps there are, as data: what each is for, what it endangers, when it is done.
#pragma once

#include "remedy/plan.h"

namespace hfscan {

// Without commands and notes, which depend on the case.
Step step_of(StepId id);

}  // namespace hfscan
