// remediate plan: from a scan or a report to an incident with its steps.
#include "base/file.h"
#include "base/mask.h"
#include "base/text.h"
#include "cli/output.h"
#include "cli/remediate/commands.h"
#include "cli/remediate/incident_work.h"
#include "cli/remediate/leak_scans.h"
#include "cli/remediate/prose.h"
#include "cli/remediate/rewrite_jobs.h"
#include "cli/targets.h"
#include "git/layout.h"
#include "remedy/remotes.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kMostReport = 512ULL << 20U;

struct Place {
  std::string folder;                      // the work tree, the bare repository, or a folder without git
  std::optional<RepositoryLayout> layout;  // of the repository around it
};

Result<Place> place_of(const Options& options) {
  if (options.arguments.size() > 1) return Error{"one repository at a time; see 'hfscan remediate plan --help'"};
  const std::string typed = options.arguments.empty() ? "." : options.arguments.front();
  const std::string folder = real_path(typed);
  if (folder.empty()) return Error{cat("no such path: ", hfscan::quoted(typed))};
  if (holds_token_shape(folder))
    return Error{"the path of the folder holds a token, and would stand in every command: rename it first"};
  HFSCAN_TRY_ASSIGN(std::optional<RepositoryLayout> layout, find_repository(folder));
  if (!layout) return Place{folder, std::nullopt};
  std::string root = layout->work_tree.empty() ? layout->git_dir : layout->work_tree;
  return Place{std::move(root), std::move(layout)};
}

Result<Leaks> find_leaks(const Options& options, const Place& place) {
  if (!options.remediate.from.empty()) {
    HFSCAN_TRY_ASSIGN(const std::string text, read_file(options.remediate.from, kMostReport));
    return read_leaks(text, options.remediate.from);
  }
  const LeakScans scans(options);
  if (!place.layout) return scans.of_files(place.folder, Accepted::left_out);
  HFSCAN_TRY_ASSIGN(Leaks past, scans.of_history(*place.layout, Accepted::left_out));
  if (place.layout->work_tree.empty()) return past;
  HFSCAN_TRY_ASSIGN(const Leaks files, scans.of_files(place.folder, Accepted::left_out));
  return merged(std::move(past), files);
}

// A bare repository is a server's: what it has was pushed to it.
Status add_remote(Incident& incident, const Place& place, const Options& options) {
  if (!place.layout) return {};
  HFSCAN_TRY_ASSIGN(const std::vector<Remote> remotes, remotes_of(*place.layout));
  HFSCAN_TRY_ASSIGN(const Remote remote, pick_remote(remotes, options.remediate.remote_name));
  if (holds_token_shape(remote.name)) return Error{"the name of the remote holds a token: rename it in .git/config first"};
  incident.git_dir = place.layout->git_dir;
  incident.remote = remote.name;
  incident.remote_url = mask_token_shapes(without_userinfo(remote.url));
  const bool is_server = place.layout->work_tree.empty() && remote.name.empty();
  if (is_server) incident.remote_url = place.layout->git_dir;
  if (is_server) incident.remote = "origin";
  return {};
}

Result<Incident> incident_of(const Options& options, const Place& place, const Leaks& leaks) {
  Incident incident;
  incident.created = current_time();
  incident.repository = place.folder;
  incident.secrets = leaks.secrets;
  incident.complete = leaks.complete;
  incident.without_id = leaks.without_id;
  HFSCAN_TRY(add_remote(incident, place, options));
  incident.leak_class = class_of(leaks, incident.remote_url, place.layout.has_value());
  const bool is_server = incident.remote_url == incident.git_dir && place.layout;
  if (is_server && incident.leak_class == LeakClass::unpushed) incident.leak_class = LeakClass::pushed;
  if (options.remediate.visibility.empty()) return incident;
  const std::optional<Visibility> visibility = visibility_from(options.remediate.visibility);
  if (!visibility) return Error{cat("--visibility is private or public, not ", hfscan::quoted(options.remediate.visibility))};
  incident.visibility = *visibility;
  return incident;
}

Status note_strategy(IncidentWork& work) {
  const std::string& name = work.flags().strategy;
  if (name.empty()) return {};
  if (!strategy_from(name)) return Error{cat("--strategy is auto, revoke-first or replace-first, not ", hfscan::quoted(name))};
  return work.note("strategy", {{"strategy", name}});
}

// Counted in the user's repository, which is only read; a plan does without when that is not possible.
Status count_cost(IncidentWork& work) {
  if (!work.incident().has_commits()) return {};
  const Result<Survey> found = survey(rewrite_job(work), work.incident().git_dir);
  if (found.ok()) return note_cost(work, *found);
  complain(cat("what a rewrite would change is not known: ", found.error().message));
  return {};
}

std::string short_text(const IncidentWork& work, const Plan& plan) {
  std::string text = cat("Incident ", work.incident().id, "\n\n");
  for (const std::string& line : plan.headlines) text += cat("  ", line, "\n");
  if (!plan.advice.empty()) text += cat("\n  Rewriting the history: ", plan.advice, "\n");
  text += "\nSteps:\n";
  std::size_t number = 0;
  for (const Step& step : plan.steps) {
    const std::string count = std::to_string(++number);
    text +=
        cat(count.size() < 2 ? "   " : "  ", count, ". ", step.title, " (", step.name, step.optional ? ", optional)\n" : ")\n");
  }
  text += cat("\nThe plan with every command, danger and criterion: ", escape_for_display(work.folder().file("plan.md")), "\n");
  return text + cat("Next: hfscan remediate            (goes through it with you)\n", "      hfscan remediate status ",
                    work.incident().id, "\n");
}

Result<ExitCode> nothing_to_do(const Place& place, const Leaks& leaks) {
  const std::string_view rest = leaks.without_id == 0 ? "" : "; what was found has no identity to follow, see 'hfscan history'";
  HFSCAN_TRY(print(cat("No leaked secret is known in ", hfscan::quoted(place.folder), ": nothing to remediate", rest, "\n")));
  if (!leaks.complete) complain("the scan was incomplete: see 'hfscan history' for what could not be read");
  return leaks.complete ? ExitCode::clean : ExitCode::incomplete;
}

}  // namespace

Result<ExitCode> make_incident(const Options& options) {
  HFSCAN_TRY_ASSIGN(const bool json, wants_json(options));
  HFSCAN_TRY_ASSIGN(const Place place, place_of(options));
  HFSCAN_TRY_ASSIGN(const Leaks leaks, find_leaks(options, place));
  if (leaks.secrets.empty()) return nothing_to_do(place, leaks);
  HFSCAN_TRY_ASSIGN(Incident incident, incident_of(options, place, leaks));
  HFSCAN_TRY_ASSIGN(IncidentWork work, IncidentWork::begin(options, std::move(incident)));
  HFSCAN_TRY(note_strategy(work));
  HFSCAN_TRY(count_cost(work));
  HFSCAN_TRY(work.write_plan());
  Json object = to_json(work.plan());
  object["incident"] = work.incident().id;
  object["folder"] = work.folder().path();
  HFSCAN_TRY(json ? print(dump_pretty(object)) : print_prose(short_text(work, work.plan())));
  return leaks.complete ? ExitCode::clean : ExitCode::incomplete;
}

ExitCode cmd_remediate_plan(const Options& options) { return exit_code_of(make_incident(options)); }

}  // namespace hfscan
