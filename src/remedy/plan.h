// What has to be done about an incident, in which order: a function of what is known, without looking at the world. How far it
// is, is measured (remedy/status.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "remedy/incident.h"

namespace hfscan {

enum class StepId {
  unstage,       // take it out of the index and the files
  clean_places,  // take it out of files outside git
  triage,
  revoke,
  rotate,
  audit,
  clean_tree,
  decide,  // whether the history is rewritten
  preflight,
  backup,
  rewrite,
  prove,  // that nothing but the tokens changed
  push,
  residue,
  adopt,  // the rewritten history in one's own clone
  guard,
  close,
};

enum class StepKind { automatic, assisted, manual };  // done by the tool, by both, by the user alone
const char* to_string(StepKind kind);

struct Step {
  StepId id = StepId::revoke;
  StepKind kind = StepKind::automatic;
  std::string_view name;   // as the command line and JSON call it
  std::string_view title;  // what is to be achieved
  std::string_view why;
  std::string_view done;              // what hfscan itself measures
  std::string_view danger;            // empty: none
  std::string_view undo;              // what cannot be undone, and what can
  bool optional = false;              // the incident can be closed without it
  std::vector<std::string> commands;  // to be typed as they are; no secret, and none of them asks for one as an argument
  std::vector<std::string> notes;     // what is special about this case
  std::vector<std::string> by_hand;   // commands for a machine without hfscan
};

enum class RewriteChoice { undecided, go, skip };

// Numbers of a rewrite, for the decision about it; counted in the user's repository, nothing was changed.
struct RewriteCost {
  std::uint64_t commits = 0;
  std::uint64_t rewritten = 0;
  std::uint64_t refs = 0;
  std::uint64_t signatures = 0;  // that are lost
  std::uint64_t pull_requests = 0;
};

enum class Strategy { automatic, revoke_first, replace_first };
std::optional<Strategy> strategy_from(std::string_view name);  // "auto", "revoke-first", "replace-first"
const char* to_string(Strategy strategy);

// What became of the secrets, as far as the Hub has said.
struct SecretFates {
  std::uint64_t dead = 0;      // answered 401 when last asked, or proven dead
  std::uint64_t survived = 0;  // still answer 200 after a revocation
};

struct PlanChoices {
  Strategy strategy = Strategy::automatic;
  RewriteChoice rewrite = RewriteChoice::undecided;
  std::string rewrite_folder = {};  // where the mirror lies, for commands
  std::optional<RewriteCost> cost = {};
  SecretFates fates = {};
};

struct Plan {
  std::vector<std::string> headlines;  // how bad it is, in a few sentences
  std::string advice;                  // whether to rewrite, and why
  RewriteChoice recommended = RewriteChoice::skip;
  std::vector<Step> steps;
};

Plan make_plan(const Incident& incident, const PlanChoices& choices);

// The step of that name; null when there is none.
const Step* find_step(const Plan& plan, std::string_view name);

Json to_json(const Plan& plan);

// In Markdown, for plan.md.
std::string plan_text(const Incident& incident, const Plan& plan);

}  // namespace hfscan
