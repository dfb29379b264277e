#include "scan/gitleaks_baseline.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/json.h"
#include "base/secret.h"
#include "base/text.h"
#include "scan/places.h"

namespace hfscan {
namespace {

struct Alias {
  std::string_view rule;
  std::string_view prefix;
  CredentialKind kind;
};

// gitleaks and betterleaks, cmd/generate/config/rules/huggingface.go.
constexpr std::array<Alias, 2> kAliases = {{
    {"huggingface-access-token", "hf_", CredentialKind::user_access_token},
    {"huggingface-organization-api-token", "api_org_", CredentialKind::org_token},
}};

constexpr std::size_t kBodyLength = 34;  // of both

const Alias* find_alias(std::string_view rule) {
  const auto* const found =
      std::find_if(kAliases.begin(), kAliases.end(), [rule](const Alias& alias) { return alias.rule == rule; });
  return found == kAliases.end() ? nullptr : &*found;
}

// The mark of --redact, or a token cut by --redact=N, is no secret to hash.
bool is_whole(const Secret& secret, const Alias& alias) {
  const std::string_view bytes = secret.expose();
  if (!bytes.starts_with(alias.prefix) || bytes.size() != alias.prefix.size() + kBodyLength) return false;
  return std::all_of(bytes.begin() + static_cast<std::ptrdiff_t>(alias.prefix.size()), bytes.end(), is_alnum_ascii);
}

// All of them: Secret, Match, Line and whatever a template added.
void wipe_strings(Json& value) {
  if (value.is_string()) wipe(value.get_ref<std::string&>());
  if (!value.is_structured()) return;
  for (Json& child : value) wipe_strings(child);
}

const std::string* string_member(const Json& entry, const char* name) {
  const auto found = entry.find(name);
  return found == entry.end() || !found->is_string() ? nullptr : &found->get_ref<const std::string&>();
}

std::string normal_path(const std::string& path) { return path.starts_with("./") ? path.substr(2) : path; }

bool add_entry(GitleaksBaseline& baseline, const Json& entry) {
  if (!entry.is_object()) return false;
  const std::string* rule = string_member(entry, "RuleID");
  const std::string* file = string_member(entry, "File");
  const std::string* value = string_member(entry, "Secret");
  if (rule == nullptr || file == nullptr || value == nullptr) return false;
  const Alias* alias = find_alias(*rule);
  if (alias == nullptr) {
    ++baseline.other_rules;
    return true;
  }
  const Secret secret(*value);
  if (is_whole(secret, *alias)) {
    baseline.known.emplace_back(alias->kind, normal_path(*file), secret.id());
  } else {
    ++baseline.redacted[{alias->kind, normal_path(*file)}];
  }
  return true;
}

Result<GitleaksBaseline> baseline_from(const Json& root, std::string_view name) {
  if (!root.is_array()) return Error{cat(escape_for_display(name), ": not a gitleaks report; a JSON array is expected")};
  GitleaksBaseline baseline;
  baseline.name = name;
  for (std::size_t i = 0; i < root.size(); ++i) {
    if (add_entry(baseline, root[i])) continue;
    return Error{cat(escape_for_display(name), ": entry ", std::to_string(i + 1),
                     " is no gitleaks finding; the strings RuleID, File and Secret are expected")};
  }
  std::sort(baseline.known.begin(), baseline.known.end());
  return baseline;
}

bool is_known(const GitleaksBaseline& baseline, const Finding& finding) {
  return finding.secret->id && all_paths(finding, [&](const std::string& path) {
           const auto wanted = std::make_tuple(finding.secret->kind, path, *finding.secret->id);
           return std::binary_search(baseline.known.begin(), baseline.known.end(), wanted);
         });
}

using Remaining = std::map<GitleaksBaseline::Place, std::uint64_t>;

// Uses up one redacted entry at each place of the finding, if every place has one left.
bool take_redacted(Remaining& remaining, const Finding& finding) {
  std::vector<std::uint64_t*> used;
  const bool all = all_paths(finding, [&](const std::string& path) {
    const auto found = remaining.find({finding.secret->kind, path});
    if (found == remaining.end() || found->second == 0) return false;
    if (std::find(used.begin(), used.end(), &found->second) == used.end()) used.push_back(&found->second);
    return true;
  });
  if (!all) return false;
  for (std::uint64_t* count : used) --*count;
  return true;
}

void add_notes(const GitleaksBaseline& baseline, Report& report) {
  const std::string name = escape_for_display(baseline.name);
  if (!baseline.redacted.empty()) {
    std::uint64_t count = 0;
    for (const auto& [place, entries] : baseline.redacted) count += entries;
    report.notes.push_back(
        cat(count_of(count, "entry of ", "entries of "), name,
            " without a secret (gitleaks --redact): matched by rule and file only, which can hide a new token; "
            "'hfscan baseline create' makes an exact baseline"));
  }
  if (baseline.other_rules != 0) {
    report.notes.push_back(cat(count_of(baseline.other_rules, "entry of ", "entries of "), name,
                               " not used: only those of huggingface-access-token and huggingface-organization-api-token are"));
  }
}

}  // namespace

bool looks_like_gitleaks_report(std::string_view text) {
  text = trim(text.substr(0, 64));
  return text.starts_with('[') || text.starts_with('{');
}

Result<GitleaksBaseline> parse_gitleaks_report(std::string text, std::string_view name) {
  if (text.size() > kMaxGitleaksReportSize) {
    wipe(text);
    return Error{cat(escape_for_display(name), ": larger than ", human_bytes(kMaxGitleaksReportSize),
                     "; 'hfscan baseline create' makes a smaller one")};
  }
  Result<Json> root = parse_json(text, name);
  wipe(text);
  if (!root.ok()) return root.error();
  Result<GitleaksBaseline> baseline = baseline_from(*root, name);
  wipe_strings(*root);
  return baseline;
}

std::uint64_t apply_gitleaks_baseline(const GitleaksBaseline& baseline, Report& report) {
  std::uint64_t count = 0;
  Remaining remaining = baseline.redacted;
  for (Finding& finding : report.findings) {
    if (finding.disposition != Disposition::active || !finding.secret) continue;
    const bool exact = is_known(baseline, finding);
    if (!exact && !take_redacted(remaining, finding)) continue;
    finding.disposition = Disposition::baselined;
    finding.justification = cat("known in ", baseline.name, exact ? "" : " (by rule and file only)");
    ++count;
  }
  add_notes(baseline, report);
  return count;
}

}  // namespace hfscan
