// What every sub-command of `hfscan remediate` works on: an incident whose folder is locked, its journal, and its plan.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "cli/options.h"
#include "core/exit_code.h"
#include "git/layout.h"
#include "remedy/incident_folder.h"
#include "remedy/journal.h"
#include "remedy/plan.h"
#include "remedy/status.h"

namespace hfscan {

// Seconds since 1970-01-01T00:00:00Z.
std::int64_t current_time();

// Where incidents are kept: "hfscan" in XDG_STATE_HOME, or in ~/.local/state; empty when the home is not known.
std::string state_folder();

class IncidentWork {
 public:
  // The incident that the command line names, or the only one that is open.
  static Result<IncidentWork> open(const Options& options);
  // A new one, or the open one of this repository that has a secret of this one: that is brought up to date.
  static Result<IncidentWork> begin(const Options& options, Incident incident);

  [[nodiscard]] const Options& options() const { return *options_; }
  [[nodiscard]] const RemediateOptions& flags() const { return options_->remediate; }
  [[nodiscard]] const Incident& incident() const { return folder_.incident(); }
  [[nodiscard]] const IncidentFolder& folder() const { return folder_; }
  [[nodiscard]] Journal& journal() { return journal_; }
  [[nodiscard]] const Journal& journal() const { return journal_; }
  [[nodiscard]] std::string rewrite_folder() const { return folder_.file("rewrite"); }

  // The repository as it is now; nothing when there is none (any more).
  [[nodiscard]] std::optional<RepositoryLayout> repository() const;

  [[nodiscard]] Plan plan() const;
  // Writes plan.json and plan.md.
  Status write_plan() const;

  Status update(Incident incident) { return folder_.update(std::move(incident)); }

  Status note(std::string_view event, const Json& data) { return journal_.append(event, data, current_time()); }

 private:
  IncidentWork(const Options& options, IncidentFolder folder, Journal journal)
      : options_(&options), folder_(std::move(folder)), journal_(std::move(journal)) {}
  static Result<IncidentWork> in_folder(const Options& options, IncidentFolder folder);
  [[nodiscard]] PlanChoices choices() const;

  const Options* options_;
  IncidentFolder folder_;
  Journal journal_;
};

// Whether the answer is wanted as JSON (-f json); an Error for any other format than text.
Result<bool> wants_json(const Options& options);

}  // namespace hfscan
