// Tested by tests/unit/remedy/record_test.cc.
#include "remedy/record.h"

#include <algorithm>
#include <array>

#include "base/mask.h"
#include "base/text.h"
#include "base/time.h"
#include "remedy/journal_facts.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostRows = 100;

// Text from outside in a cell of a table: one line, nothing that Markdown would take for its own.
std::string cell(std::string_view text) {
  std::string result;
  for (const char c : escape_for_display(text)) {
    if (c == '|' || c == '`' || c == '<' || c == '*' || c == '[') result += '\\';
    result += c;
  }
  return result;
}

std::string row(std::initializer_list<std::string> cells) {
  std::string text = "|";
  for (const std::string& one : cells) text += cat(" ", one, " |");
  return text + "\n";
}

std::string table(std::initializer_list<std::string> heads) {
  std::string text = row(heads) + "|";
  for (std::size_t i = 0; i < heads.size(); ++i) text += "---|";
  return text + "\n";
}

std::string joined(const std::vector<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += cat(list.empty() ? "" : ", ", text);
  return list;
}

// Without the folders of this machine.
std::string name_of_repository(const Incident& incident) {
  const bool is_path = incident.remote_url.empty() || incident.remote_url.starts_with('/');
  return is_path ? file_name(incident.repository) : incident.remote_url;
}

std::string summary(const RecordInputs& inputs) {
  const Incident& incident = inputs.incident;
  const StepStatus* next = inputs.status.next();
  std::string text = cat("# Incident ", incident.id, "\n\n- Repository: ", cell(name_of_repository(incident)), "\n");
  text += cat("- How far it got: ", to_string(incident.leak_class), ", remote ", to_string(incident.visibility), "\n");
  text += cat("- State: ", next == nullptr ? "everything is done" : cat("open, next step '", next->step->name, "'"), "\n");
  return text + cat("- Written: ", instant_text(inputs.now), " by ", inputs.tool, "\n");
}

std::string exposure(const RecordInputs& inputs, const LeakedSecret& secret) {
  const std::optional<ProofOfDeath> proof = proof_of_death(inputs.journal, secret);
  const std::string begin = secret.first_date.empty() ? "an unknown day" : secret.first_date;
  return cat("from ", begin, proof ? cat(" to ", proof->first_401) : std::string(" on, and not proven to be over"));
}

std::string secrets_section(const RecordInputs& inputs) {
  std::string text = "\n## Secrets\n\n" + table({"id", "shape", "kind", "may", "exposed", "rules"});
  for (const LeakedSecret& secret : inputs.incident.secrets) {
    const JournalEntry* asked = last_answer(inputs.journal, secret);
    const std::string answer = asked == nullptr ? "" : json_text(json_member(asked->data, "whoami"), "role");
    const std::string role = answer.empty() ? "unknown" : answer;
    text += row({secret.short_id(), cell(secret.masked), cell(secret.kind), cell(role), exposure(inputs, secret),
                 cell(joined(secret.rules))});
  }
  return text +
         "\nThe id is the beginning of the SHA-256 of the secret. Exposure counts from the author's date of the first "
         "commit.\n";
}

// An account is personal data: it stands here only when both the question and the record were asked for it.
std::string owners_section(const RecordInputs& inputs) {
  if (inputs.identities == Identities::hidden) return "";
  std::string text = "\n## Owners\n\n" + table({"id", "account"});
  for (const LeakedSecret& secret : inputs.incident.secrets) {
    const JournalEntry* asked = last_answer(inputs.journal, secret);
    const std::string account = asked == nullptr ? "" : json_text(json_member(asked->data, "whoami"), "account");
    text += row({secret.short_id(), account.empty() ? "not asked ('revoke --ask-only --include-identity')" : cell(account)});
  }
  return text;
}

std::string timeline_section(const RecordInputs& inputs) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const LeakedSecret& secret : inputs.incident.secrets) {
    if (!secret.first_date.empty())
      lines.emplace_back(secret.first_date,
                         cat(secret.short_id(), " enters the history with commit ", secret.first_commit.substr(0, 12)));
  }
  for (const JournalEntry& entry : inputs.journal.entries()) {
    if (std::string said = entry_text(entry); !said.empty()) lines.emplace_back(instant_text(entry.time), std::move(said));
  }
  std::stable_sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string text = "\n## Timeline (UTC)\n\n" + table({"time", "what"});
  for (const auto& [time, said] : lines) text += row({time, cell(said)});
  return text;
}

std::string places_section(const RecordInputs& inputs) {
  std::string text = "\n## Where it stood\n\n" + table({"id", "place", "what", "dress", "object", "since commit", "refs"});
  std::size_t rows = 0;
  std::size_t all = 0;
  for (const LeakedSecret& secret : inputs.incident.secrets) {
    for (const LeakPlace& place : secret.places) {
      if (++all > kMostRows) continue;
      ++rows;
      const std::string line = place.line == 0 ? "" : cat(":", std::to_string(place.line));
      const std::string since = place.introduced.empty() ? "" : place.introduced.front().substr(0, 12);
      std::string refs;
      for (std::size_t i = 0; i < place.refs.size() && i < 3; ++i) refs += cat(i == 0 ? "" : ", ", place.refs[i]);
      if (const std::uint64_t more = place.refs.size() - std::min<std::size_t>(3, place.refs.size()) + place.other_refs;
          more != 0)
        refs += cat(" and ", with_thousands(more), " more");
      text += row({secret.short_id(), cell(place.path + line), to_string(place.kind), cell(place.encoding),
                   cell(place.blob.substr(0, 12)), cell(since), cell(refs)});
    }
  }
  if (all > rows) text += cat("\n", count_of(all - rows, "more place", "more places"), " in incident.json.\n");
  return text;
}

std::string rotation_section(const RecordInputs& inputs) {
  std::string text = "\n## Rotation\n\n";
  const Json& places = json_member(inputs.inventory, "places");
  if (!places.is_array()) return text + "No inventory was taken.\n";
  text += table({"place", "kind", "name", "old token", "set"});
  for (const Json& place : places) {
    text += row({cell(json_text(place, "path")), cell(json_text(place, "kind")), cell(json_text(place, "name")),
                 cell(json_text(place, "holds_leaked")), cell(json_text(place, "updated_at"))});
  }
  return text;
}

std::string rewrite_section(const RecordInputs& inputs) {
  std::string text = "\n## Rewrite\n\n";
  const RewriteDecision decision = rewrite_decision(inputs.journal);
  const JournalEntry* rewritten = inputs.journal.last("rewritten");
  if (rewritten == nullptr || decision.choice == RewriteChoice::skip)
    return text + cat("The history was not rewritten", decision.reason.empty() ? "" : ": ", cell(decision.reason), ".\n");
  const Json& data = rewritten->data;
  text +=
      cat(with_thousands(json_number(data, "commits")), " of ", count_of(json_number(data, "of_commits"), "commit", "commits"),
          " made again by git-filter-repo, ", count_of(json_number(data, "signatures"), "signature", "signatures"), " lost. ");
  text += inputs.journal.last("proved") == nullptr
              ? "It is NOT proven that nothing else changed.\n"
              : "Every commit, tree and file was compared with the backup: every changed byte lies in a token.\n";
  const Json& tips = json_member(data, "tips");
  if (!tips.is_array() || tips.empty()) return text;
  text += "\n" + table({"ref", "old tip", "new tip"});
  for (const Json& tip : tips)
    text += row({cell(json_text(tip, "ref")), cell(json_text(tip, "old")), cell(json_text(tip, "new"))});
  if (const std::uint64_t all = json_number(data, "refs"); all > tips.size())
    text += cat("\n", count_of(all - tips.size(), "more ref", "more refs"), " moved.\n");
  return text;
}

void add_list(std::string& text, std::string_view head, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) text += cat("- ", head, " ", cell(line), "\n");
}

std::string residue_section(const RecordInputs& inputs) {
  if (!inputs.incident.is_pushed()) return "";
  std::string text = "\n## Residue on the server\n\n";
  const JournalEntry* verified = inputs.journal.last("verified");
  if (verified == nullptr) return text + "The server was not looked at after a push.\n";
  text += cat("Looked at ", instant_text(verified->time), ": ", cell(json_text(verified->data, "result")), ".\n\n");
  add_list(text, "leads to a secret:", json_texts(verified->data, "still_bad"));
  add_list(text, "of the host, leads to a secret:", json_texts(verified->data, "pull_requests"));
  add_list(text, "can still be fetched by its id: commit", json_texts(verified->data, "fetchable"));
  return text + "- Ticket of the host: (number, or none)\n";
}

std::string cause_section(const RecordInputs& inputs) {
  std::string text = "\n## Root cause\n\n";
  for (const LeakedSecret& secret : inputs.incident.secrets) {
    const std::string place = secret.places.empty() ? "an unknown place" : cell(secret.places.front().path);
    const std::string since = secret.first_commit.empty() ? "" : cat(" with commit ", secret.first_commit.substr(0, 12));
    text += cat("- ", secret.short_id(), " came in", since, ", in ", place, "; rules ", joined(secret.rules), " find it.\n");
  }
  return text + "- Why nothing stopped it: (no hook, no scan in CI, ...)\n";
}

std::string steps_section(const RecordInputs& inputs) {
  std::string text = "\n## Steps\n\n" + table({"step", "state", "what was seen"});
  for (const StepStatus& one : inputs.status.steps)
    text += row({std::string(one.step->name), to_string(one.state), cell(one.evidence)});
  return text;
}

std::string unproven_section(const RecordInputs& inputs) {
  std::vector<std::string> lines;
  for (const StepStatus& one : inputs.status.steps) {
    if (one.attested) lines.push_back(cat("'", one.step->name, "' rests on somebody's word."));
    if (one.state == StepState::unknown) lines.push_back(cat("'", one.step->name, "' could not be measured: ", one.evidence));
  }
  if (!inputs.incident.complete) lines.emplace_back("The scan was incomplete: there may be more places and more secrets.");
  if (inputs.incident.without_id != 0)
    lines.push_back(
        cat(count_of(inputs.incident.without_id, "finding has", "findings have"), " no identity and are not followed here."));
  if (!inputs.journal.problem().empty()) lines.push_back(inputs.journal.problem());
  lines.emplace_back("Clones, forks, caches, logs and backups of others cannot be seen from here.");
  std::string text = "\n## What is not proven\n\n";
  for (const std::string& line : lines) text += cat("- ", cell(line), "\n");
  return text;
}

}  // namespace

std::string record_text(const RecordInputs& inputs) {
  std::string text = summary(inputs) + timeline_section(inputs) + secrets_section(inputs) + owners_section(inputs) +
                     places_section(inputs) + cause_section(inputs) + rotation_section(inputs) + rewrite_section(inputs) +
                     residue_section(inputs) + steps_section(inputs) + unproven_section(inputs);
  text += cat("\n---\n\nplan.json sha256 ", inputs.plan_digest, "  \njournal.jsonl sha256 of the last line ",
              inputs.journal.digest(), "\n");
  return mask_token_shapes(text);
}

}  // namespace hfscan
