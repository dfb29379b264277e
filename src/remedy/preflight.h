// What must hold before a history is rewritten. Nobody can force past a refusal: each is a way to lose commits or to leave the
// token behind.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "remedy/survey.h"

namespace hfscan {

struct PreflightCheck {
  enum class State { passed, refused, notice };
  std::string name;  // "shallow", stable
  State state = State::passed;
  std::string message;  // one line, with the next step; empty when passed
};

struct Preflight {
  std::vector<PreflightCheck> checks;
  [[nodiscard]] bool passed() const;
};

// About the user's repository, the programs, the disk and the address: before a mirror is taken.
Preflight check_surroundings(const RewriteJob& job);

// About the mirror and its survey; asks the remote whether it moved.
Preflight check_history(const RewriteJob& job, const Survey& survey);

Json to_json(const Preflight& preflight);

}  // namespace hfscan
