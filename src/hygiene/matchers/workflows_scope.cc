// HF3003, HF3005, HF3013: what is near the token in a workflow, and what it could do without.
// Tested by tests/unit/hygiene/matchers/workflows_test.cc.
#include <algorithm>
#include <optional>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/workflows.h"
#include "hygiene/matchers/workflows_yaml.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

// Not empty, no placeholder, and no expression that only says whether there is a token.
bool gives_value(const std::string& value) {
  if (trim(value).empty() || is_placeholder_value(value) || value == "false" || value == "true") return false;
  const std::vector<GhaReference> references = find_references(value);
  const bool reads_secrets = std::any_of(references.begin(), references.end(),
                                         [](const GhaReference& reference) { return reference.context == "secrets"; });
  return !reads_secrets || !pasted_secrets(value).empty();
}

std::vector<YamlPair> token_entries(const YamlNode& env) {
  std::vector<YamlPair> entries;
  for (const YamlPair& pair : env.merged_pairs()) {
    if (!pair.value.is_scalar()) continue;
    const std::string value = pair.value.text();
    const std::string key = pair.key.text();
    if ((is_token_name(key) && gives_value(value)) || hands_on_token(key, value)) entries.push_back(pair);
  }
  return entries;
}

bool is_third_party(const YamlNode& uses) {
  if (!uses.is_scalar()) return false;
  const std::string action = to_lower_ascii(uses.text());
  return !action.starts_with("actions/") && !action.starts_with("github/") && !action.starts_with("./") &&
         !action.starts_with("huggingface/");
}

bool reaches_many(const GhaWorkflow& workflow) {
  if (workflow.jobs.size() > 1) return true;
  return std::any_of(workflow.jobs.begin(), workflow.jobs.end(), [](const GhaJob& job) {
    return is_third_party(job.uses) ||
           std::any_of(job.steps.begin(), job.steps.end(), [](const GhaStep& step) { return is_third_party(step.uses); });
  });
}

void report_entry(const FileCheck& check, const Piece& piece, const YamlPair& entry, std::optional<Severity> severity) {
  check.hit(piece, {entry.key.place().begin, std::max(entry.key.place().end, entry.value.place().end)}).severity = severity;
}

// A step that names the variable or calls the command line client needs the token.
bool needs_token(const GhaStep& step, const std::vector<YamlPair>& entries, SearchBudget& budget) {
  static const Regex client(R"(\b(?:hf|huggingface-cli)\s+[a-z])");
  const std::string_view text = step.node.written();
  if (!budget.take(text.size())) return false;
  if (client.search(text)) return true;
  return std::any_of(entries.begin(), entries.end(), [text](const YamlPair& entry) {
    const std::string name = entry.key.text();
    return !name.empty() && text.find(name) != std::string_view::npos;
  });
}

struct JobEnv {
  const GhaJob& job;
  const YamlNode& env;
};

void find_broad_env(const FileCheck& check, const Piece& piece, const JobEnv& scope, SearchBudget& budget) {
  constexpr std::size_t kMostEntries = 16;  // looked for in every step
  std::vector<YamlPair> entries = token_entries(scope.env);
  const std::vector<GhaStep>& steps = scope.job.steps;
  if (entries.empty() || steps.size() < 2) return;
  entries.resize(std::min(entries.size(), kMostEntries));
  const bool all_need_it =
      std::all_of(steps.begin(), steps.end(), [&](const GhaStep& step) { return needs_token(step, entries, budget); });
  if (all_need_it) return;
  for (const YamlPair& entry : entries) report_entry(check, piece, entry, std::nullopt);
}

// Of several permissions in force, the job's own.
bool lacks_permissions(const GhaWorkflow& workflow, const GhaJob& job) {
  const YamlNode permissions = job.permissions ? job.permissions : workflow.permissions;
  return !permissions || permissions.is("write-all");
}

// `permissions: contents: read` before the jobs.
void add_permissions(RuleHit& hit, const Piece& piece, const GhaWorkflow& workflow) {
  if (piece.map != nullptr || workflow.permissions) return;
  for (const YamlPair& pair : workflow.node.pairs()) {
    const std::uint64_t at = pair.key.place().begin;
    const bool at_line_start = at == 0 || piece.text[static_cast<std::size_t>(at) - 1] == '\n';
    if (pair.key.is("jobs") && at_line_start) hit.edits.push_back({{at, at}, "permissions:\n  contents: read\n\n"});
  }
}

// One hit per workflow: the first job that is concerned.
void find_missing_permissions(const FileCheck& check, const Piece& piece, const GhaWorkflow& workflow) {
  const TokenUses uses(check.file().yaml(piece));
  if (!uses.any()) return;
  const bool everywhere = uses.within(workflow.env.span());
  for (const GhaJob& job : workflow.jobs) {
    if ((!everywhere && !uses.within(job.node.span())) || !lacks_permissions(workflow, job)) continue;
    const YamlNode written = job.permissions ? job.permissions : workflow.permissions;
    RuleHit& hit = check.hit(piece, written ? written.place() : job.key.place());
    return add_permissions(hit, piece, workflow);
  }
}

// Places in a job that publish, or download what needs a token.
std::vector<Regex::Hit> publications(std::string_view text) {
  static const Regex publication(
      R"((?m)(?:\b(?:hf|huggingface-cli)[ \t]+(?:repos?[ \t]+)?upload(?:-large-folder)?\b|\bpush_to_hub\b(?:[ \t]*[=: ][ \t]*["']?(?i:false|no|0)\b)?|)"
      R"(\bupload_(?:folder|file|large_folder)\b|\bhuggingface/hub-sync\b|huggingface[-_]?(?:hub[-_])?sync|)"
      R"(\bgit[ \t]+push\b[^\n]*(?:huggingface\.co|\bhf\.co)|)"
      R"(\b(?:hf|huggingface-cli)[ \t]+download[ \t][^\n]*(?i:meta-llama/|google/gemma|mistralai/|black-forest-labs/|gated)))");
  return publication.find_all(text);
}

bool is_comment(std::string_view text, std::size_t at) {
  const std::size_t begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
  const std::size_t first = text.find_first_not_of(" \t", begin);
  return first < at && text[first] == '#';
}

// push_to_hub=false
bool is_switched_off(std::string_view publication) {
  static const Regex off(R"(\Apush_to_hub.*(?i:false|no|0)\z)");
  return off.search(publication);
}

bool has_keyless_login(std::string_view text) {
  return text.find("HF_OIDC_RESOURCE") != std::string_view::npos || text.find("HF_OIDC_ID_TOKEN") != std::string_view::npos;
}

void find_publication(const FileCheck& check, const Piece& piece, ByteSpan job) {
  const std::string_view text = piece.text.substr(static_cast<std::size_t>(job.begin), static_cast<std::size_t>(job.size()));
  if (has_keyless_login(text)) return;
  constexpr std::size_t kMostComments = 100;
  std::size_t looked_at = 0;
  for (const Regex::Hit& hit : publications(text)) {
    if (++looked_at > kMostComments) return check.leaves_out("more commands that are switched off than are read");
    if (is_comment(text, hit.whole.begin) || is_switched_off(text.substr(hit.whole.begin, hit.whole.end - hit.whole.begin)))
      continue;
    check.hit(piece, {job.begin + hit.whole.begin, job.begin + hit.whole.end});
    return;
  }
}

void find_publications_of_workflow(const FileCheck& check, const Piece& piece, const GhaWorkflow& workflow) {
  const TokenUses uses(check.file().yaml(piece));
  if (!uses.any() || has_keyless_login(workflow.env.written())) return;
  const bool everywhere = uses.within(workflow.env.span());
  SearchBudget budget(piece);
  for (const GhaJob& job : workflow.jobs) {
    if (!budget.take(job.node.written().size())) return check.leaves_out("more jobs behind anchors than are read");
    if (everywhere || uses.within(job.node.span())) find_publication(check, piece, job.node.span());
  }
}

// A job of GitLab, where secrets are plain variables.
void find_publications_of_pipeline(const FileCheck& check, const Piece& piece) {
  static const Regex reads_token(R"(\$\{?(?:HF_TOKEN|HUGGING_?FACE_(?:HUB_)?TOKEN|HF_API_TOKEN|HF_WRITE_TOKEN)\b)");
  std::uint64_t done = 0;  // mappings inside one that was looked through are not looked at again
  for (const YamlNode& mapping : check.file().yaml(piece).mappings()) {
    if (mapping.span().begin < done || !mapping.find("script").is_sequence()) continue;
    done = mapping.span().end;
    if (reads_token.search(mapping.written()) && !mapping.find("id_tokens")) find_publication(check, piece, mapping.span());
  }
}

}  // namespace

void token_in_broad_env(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    const GhaWorkflow* workflow = piece.language == Language::yaml ? check.file().workflow(piece) : nullptr;
    if (workflow == nullptr || workflow->kind != GhaKind::workflow) continue;
    const std::optional<Severity> severity = reaches_many(*workflow) ? std::optional(Severity::warning) : std::nullopt;
    for (const YamlPair& entry : token_entries(workflow->env)) report_entry(check, piece, entry, severity);
    SearchBudget budget(piece);
    for (const GhaJob& job : workflow->jobs) {
      find_broad_env(check, piece, {job, job.env}, budget);
      if (job.container) find_broad_env(check, piece, {job, job.container->env}, budget);
    }
  }
}

void missing_permissions(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    const GhaWorkflow* workflow = piece.language == Language::yaml ? check.file().workflow(piece) : nullptr;
    if (workflow != nullptr && workflow->kind == GhaKind::workflow) find_missing_permissions(check, piece, *workflow);
  }
}

void publishes_with_secret(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language != Language::yaml) continue;
    const GhaWorkflow* workflow = check.file().workflow(piece);
    if (workflow != nullptr) {
      find_publications_of_workflow(check, piece, *workflow);
    } else if (TokenUses(check.file().yaml(piece)).any()) {
      find_publication(check, piece, {0, piece.text.size()});
    } else {
      find_publications_of_pipeline(check, piece);
    }
  }
}

}  // namespace hfscan
