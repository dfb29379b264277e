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
    const bool has_role = asked != nullptr && asked->data.contains("whoami") && asked->data.at("whoami").is_object();
    const std::string role = has_role ? data_text(asked->data.at("whoami"), "role") : "unknown";
    std::string rules;
    for (const std::string& rule : secret.rules) rules += cat(rules.empty() ? "" : ", ", rule);
    text += row({secret.short_id(), cell(secret.masked), cell(secret.kind), cell(role), exposure(inputs, secret), cell(rules)});
  }
  return text +
         "\nThe id is the beginning of the SHA-256 of the secret. Exposure counts from the author's date of the first "
         "commit.\n";
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
  const bool has_places =
      inputs.inventory.is_object() && inputs.inventory.contains("places") && inputs.inventory.at("places").is_array();
  if (!has_places) return text + "No inventory was taken.\n";
  text += table({"place", "kind", "name", "old token", "set"});
  for (const Json& place : inputs.inventory.at("places")) {
    text += row({cell(data_text(place, "path")), cell(data_text(place, "kind")), cell(data_text(place, "name")),
                 cell(data_text(place, "holds_leaked")), cell(data_text(place, "updated_at"))});
  }
  return text;
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
  std::string text = summary(inputs) + timeline_section(inputs) + secrets_section(inputs) + places_section(inputs) +
                     rotation_section(inputs) + steps_section(inputs) + unproven_section(inputs);
  text += cat("\n---\n\nplan.json sha256 ", inputs.plan_digest, "  \njournal.jsonl sha256 of the last line ",
              inputs.journal.digest(), "\n");
  return mask_token_shapes(text);
}

}  // namespace hfscan
