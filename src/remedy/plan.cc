// Tested by tests/unit/remedy/plan_test.cc.
#include "remedy/plan.h"

#include <algorithm>
#include <map>

#include "base/shell_word.h"
#include "base/text.h"
#include "base/utf.h"
#include "remedy/plan_advice.h"
#include "remedy/safe_commands.h"
#include "remedy/steps.h"

namespace hfscan {
namespace {

constexpr std::string_view kEndpoint = "https://huggingface.co";

bool revoke_comes_first(const Incident& incident, Strategy strategy) {
  if (strategy != Strategy::automatic) return strategy == Strategy::revoke_first;
  return incident.leak_class != LeakClass::unpushed && incident.leak_class != LeakClass::staged;
}

std::vector<StepId> replacing_steps(const Incident& incident, Strategy strategy) {
  using enum StepId;
  if (revoke_comes_first(incident, strategy)) return {revoke, rotate};
  return {rotate, revoke};
}

std::vector<StepId> rewriting_steps(const Incident& incident) {
  using enum StepId;
  if (incident.is_pushed()) return {preflight, backup, rewrite, prove, push, adopt, guard, residue};
  return {preflight, backup, rewrite, prove, adopt, guard};
}

std::vector<StepId> ids_of(const Incident& incident, const PlanChoices& choices) {
  using enum StepId;
  std::vector<StepId> ids;
  const auto add = [&ids](const std::vector<StepId>& more) { ids.insert(ids.end(), more.begin(), more.end()); };
  if (incident.leak_class == LeakClass::staged) add({unstage});
  if (incident.leak_class != LeakClass::staged) add({triage});
  add(replacing_steps(incident, choices.strategy));
  if (incident.is_pushed() || incident.leak_class == LeakClass::outside_git) add({audit});
  if (incident.leak_class == LeakClass::outside_git) add({clean_places});
  if (incident.has_commits()) add({clean_tree, decide});
  if (incident.has_commits() && choices.rewrite != RewriteChoice::skip) add(rewriting_steps(incident));
  add({close});
  return ids;
}

std::string hfscan_command(std::string_view words, const Incident& incident) {
  return cat("hfscan remediate ", words.substr(0, words.find(' ')), " ", incident.id,
             words.find(' ') == std::string_view::npos ? "" : words.substr(words.find(' ')));
}

bool is_revocable(const LeakedSecret& secret) { return secret.kind == "user_access_token"; }

std::vector<std::string> revoke_notes(const Incident& incident) {
  std::vector<std::string> notes;
  const auto others = std::count_if(incident.secrets.begin(), incident.secrets.end(),
                                    [](const LeakedSecret& secret) { return !is_revocable(secret); });
  notes.emplace_back("On the web: https://huggingface.co/settings/tokens -> Manage -> delete, or 'Invalidate and refresh'.");
  if (others != 0) {
    notes.push_back(
        cat(count_of(static_cast<std::uint64_t>(others), "secret is", "secrets are"),
            " of a kind for which the revocation API is not documented: revoke each where it was made, then attest."));
  }
  if (incident.leak_class == LeakClass::staged)
    notes.emplace_back(
        "Not needed while the token has never left this machine, its logs and its backups. When in doubt, do it.");
  notes.push_back(cat("Revoked by hand already? ", hfscan_command("revoke --prove-only --net", incident), " proves it."));
  notes.emplace_back(
      "Is it somebody else's? Whoever holds a leaked token may have it revoked; the owner is mailed and makes a new one. Tell "
      "them where it leaked.");
  return notes;
}

std::vector<std::string> audit_notes(const Incident& incident) {
  std::vector<std::string> notes = {
      "Repositories of the account and its organisations: commits, tags, pull requests, settings and new repositories since "
      "the leak.",
      "Space secrets (names and dates), webhooks, Jobs ('hf jobs ps -a') and the billing page.",
      "Organisations on a Team or Enterprise plan: the audit log, with IP and actor. A personal account has no such log.",
      "A token that reads leaves no trace of reading: take private content as read by others."};
  if (incident.leak_class == LeakClass::hub)
    notes.emplace_back(
        "The Hub scans pushes and mails the owner about verified secrets: look for that mail, it says since when.");
  return notes;
}

std::vector<std::string> residue_notes(const Incident& incident) {
  std::vector<std::string> notes = {
      "Not to be seen from here: forks, other clones, CI logs, caches and artifacts, packages, releases, container images."};
  if (incident.leak_class == LeakClass::hub) {
    notes.emplace_back(
        "On the Hub you can clean pull-request refs yourself: push refs/pr/N anew, or 'Delete ref' of a closed one.");
    notes.emplace_back(
        "refs/convert/parquet and refs/convert/build are made from the data: look again after they were made anew.");
    notes.emplace_back("LFS and Xet files are not in git objects: 'List LFS files' in the settings deletes them for good.");
  } else {
    notes.emplace_back(
        "GitHub keeps refs/pull and cached commits: 'hfscan remediate record --support github' writes the request.");
    notes.emplace_back(
        "GitLab: 'Remove blobs' (Settings > Repository) takes the list of blob ids of the record; then housekeeping.");
  }
  return notes;
}

bool is_in_ref_name(const Incident& incident) {
  return std::any_of(incident.secrets.begin(), incident.secrets.end(), [](const LeakedSecret& secret) {
    return std::any_of(secret.places.begin(), secret.places.end(),
                       [](const LeakPlace& place) { return place.kind == PlaceKind::ref_name; });
  });
}

void add_rewrite_text(Step& step, const Incident& incident, const PlanChoices& choices) {
  const std::string copy = cat(choices.rewrite_folder, "/rewritten.git");
  switch (step.id) {
    case StepId::preflight:
    case StepId::backup:
    case StepId::rewrite:
    case StepId::prove: step.commands = {hfscan_command("rewrite --apply", incident)}; break;
    case StepId::push:
      step.commands = {hfscan_command("push", incident), hfscan_command("push --apply", incident)};
      step.notes = {"The first command only shows what would be pushed. Tell everybody to stop pushing until it is done."};
      break;
    case StepId::residue:
      step.commands = {hfscan_command("verify --remote --net", incident)};
      step.notes = residue_notes(incident);
      break;
    case StepId::adopt:
      step.commands = incident.is_pushed() ? adopt_from_remote(incident.repository, incident.remote)
                                           : adopt_from_mirror(incident.repository, copy);
      if (is_in_ref_name(incident)) step.commands.push_back(delete_refs_with_tokens(incident.repository));
      for (std::string& line : forget_old_objects(incident.repository)) step.commands.push_back(std::move(line));
      step.notes = {"Stashes that hold the token: 'git stash list', 'git stash show -p', then 'git stash drop'.",
                    "Everybody else does the same, or clones anew. Nobody merges old and new history."};
      break;
    default: break;
  }
}

void add_text(Step& step, const Incident& incident, const PlanChoices& choices) {
  const std::string repository = shell_word(incident.repository);
  switch (step.id) {
    case StepId::unstage:
      step.commands = {
          cat("git -C ", repository, " restore --staged ."), cat("hfscan fix ", repository), cat("hfscan scan ", repository),
          cat("git -C ", repository, " gc --prune=now    # 'git add' made an object of it, which stays otherwise")};
      break;
    case StepId::clean_places: step.commands = {hfscan_command("inventory --host", incident)}; break;
    case StepId::triage: step.commands = {hfscan_command("revoke --ask-only --net", incident)}; break;
    case StepId::revoke:
      step.commands = {hfscan_command("revoke --net", incident)};
      step.notes = revoke_notes(incident);
      step.by_hand = revoke_by_hand(kEndpoint);
      step.optional = incident.leak_class == LeakClass::staged;
      break;
    case StepId::rotate:
      step.commands = {hfscan_command("inventory --host", incident)};
      step.notes = {"Each place is listed with its own command. New tokens: fine-grained, one for each place.",
                    "CI needs no token at all where a Trusted Publisher fits (60-minute tokens by OpenID Connect)."};
      step.optional = incident.leak_class == LeakClass::staged;
      break;
    case StepId::audit:
      step.commands = {hfscan_command("status --attest audit --reason 'what you looked at, and what you found'", incident)};
      step.notes = audit_notes(incident);
      break;
    case StepId::clean_tree:
      step.commands = {cat("hfscan fix ", repository), cat("hfscan scan ", repository)};
      step.notes = {"Read the token from the environment or from a secret store, then commit."};
      break;
    case StepId::decide:
      step.commands = {hfscan_command("rewrite", incident), hfscan_command("rewrite --apply", incident),
                       hfscan_command("rewrite --skip --reason 'the token is dead'", incident)};
      step.notes = {"The first command shows what a rewrite would change; the second decides for it, the third against it."};
      for (std::string& line : spelling_notes(incident)) step.notes.push_back(std::move(line));
      break;
    case StepId::guard: step.commands = {hfscan_command("verify --install-guard", incident)}; break;
    case StepId::close:
      step.commands = {hfscan_command("record", incident), hfscan_command("close", incident)};
      if (incident.is_pushed() && choices.rewrite != RewriteChoice::skip)
        step.notes = {"Put back what was lifted for the push: the protection of branches, hooks of the server."};
      break;
    default: add_rewrite_text(step, incident, choices);
  }
}

std::string reach_text(const Incident& incident) {
  const std::string shown = escape_for_display(incident.remote_url);
  switch (incident.leak_class) {
    case LeakClass::staged: return "It is in no commit: nobody else has it yet.";
    case LeakClass::unpushed:
      return "It is in commits, but no remote is known to have them: it has not left this machine by git.";
    case LeakClass::pushed:
      return cat("It was pushed to ", shown.empty() ? "a remote" : shown,
                 incident.visibility == Visibility::open     ? ", which everybody can read: treat it as stolen."
                 : incident.visibility == Visibility::closed ? ": everybody with access can read it, and so can every clone."
                                                             : ": treat it as read by others.");
    case LeakClass::hub: return cat("It was pushed to the Hugging Face Hub (", shown, "): treat it as stolen.");
    case LeakClass::outside_git: return "It stands in files that git does not have.";
  }
  return "";
}

std::string places_text(const LeakedSecret& secret) {
  std::map<std::string, std::uint64_t> paths;
  for (const LeakPlace& place : secret.places) ++paths[place.path];
  const std::string first = secret.places.empty() ? "" : escape_for_display(secret.places.front().path);
  const std::string more = paths.size() > 1 ? cat(" and ", with_thousands(paths.size() - 1), " more") : "";
  const std::string since = secret.first_date.empty() ? "" : cat(", in the history since ", secret.first_date.substr(0, 10));
  return cat(secret.masked, " (id ", secret.short_id(), ", ", secret.kind, ") in ",
             count_of(secret.places.size(), "place", "places"), ": ", first, more, since);
}

std::vector<std::string> headlines_of(const Incident& incident) {
  std::vector<std::string> lines;
  constexpr std::size_t kShown = 10;
  for (const LeakedSecret& secret : incident.secrets) {
    if (lines.size() == kShown) {
      lines.push_back(cat(count_of(incident.secrets.size() - kShown, "more secret", "more secrets"), ", see incident.json"));
      break;
    }
    lines.push_back(places_text(secret));
  }
  lines.push_back(reach_text(incident));
  if (!incident.complete)
    lines.emplace_back("The scan was incomplete: there may be more places, and more secrets, than are named here.");
  if (incident.without_id != 0)
    lines.push_back(cat(count_of(incident.without_id, "finding is a password", "findings are passwords"),
                        " or the like, without an identity to follow: change each by hand."));
  return lines;
}

}  // namespace

std::optional<Strategy> strategy_from(std::string_view name) {
  for (const Strategy strategy : {Strategy::automatic, Strategy::revoke_first, Strategy::replace_first}) {
    if (name == to_string(strategy)) return strategy;
  }
  return std::nullopt;
}

const char* to_string(Strategy strategy) {
  switch (strategy) {
    case Strategy::automatic: return "auto";
    case Strategy::revoke_first: return "revoke-first";
    case Strategy::replace_first: return "replace-first";
  }
  return "";
}

Plan make_plan(const Incident& incident, const PlanChoices& choices) {
  Plan plan;
  plan.headlines = headlines_of(incident);
  for (std::string& line : known_of_secrets(incident, choices.fates)) plan.headlines.push_back(std::move(line));
  add_advice(plan, incident, choices);
  for (const StepId id : ids_of(incident, choices)) {
    Step step = step_of(id);
    add_text(step, incident, choices);
    plan.steps.push_back(std::move(step));
  }
  return plan;
}

const Step* find_step(const Plan& plan, std::string_view name) {
  const auto step = std::find_if(plan.steps.begin(), plan.steps.end(), [name](const Step& one) { return one.name == name; });
  return step == plan.steps.end() ? nullptr : &*step;
}

}  // namespace hfscan
