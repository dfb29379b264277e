// What `git push --porcelain` says, as an outcome. Separate so that answers of hosts can be tried without a host.
#pragma once

#include "process/child.h"
#include "remedy/push.h"

namespace hfscan {

PushReport read_push_answer(const ChildResult& said);

}  // namespace hfscan
