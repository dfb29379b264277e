// One token in places of different roles: who leaks one of them loses all.
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "hygiene/repository/repository_view.h"
#include "syntax/language.h"

namespace hfscan {
namespace {

using std::string_view;

struct RoleWord {
  string_view word;
  string_view role;
};

// A word of a path, and what it says about the use of what stands there. The first in this order decides.
constexpr std::array<RoleWord, 27> kRoleWords = {{
    {"prod", "production"},
    {"production", "production"},
    {"live", "production"},
    {"staging", "staging"},
    {"stage", "staging"},
    {"preprod", "staging"},
    {"uat", "staging"},
    {"dev", "development"},
    {"development", "development"},
    {"local", "development"},
    {"github", "CI"},
    {"gitlab", "CI"},
    {"circleci", "CI"},
    {"workflows", "CI"},
    {"ci", "CI"},
    {"jenkinsfile", "CI"},
    {"test", "tests"},
    {"tests", "tests"},
    {"testing", "tests"},
    {"server", "server"},
    {"backend", "server"},
    {"api", "server"},
    {"service", "server"},
    {"services", "server"},
    {"deploy", "server"},
    {"k8s", "server"},
    {"helm", "server"},
}};

std::set<std::string> words_of(string_view path) {
  std::set<std::string> words;
  std::string word;
  for (const char c : to_lower_ascii(path) + "/") {
    if (is_alnum_ascii(c)) {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::exchange(word, ""));
    }
  }
  return words;
}

// Empty for documentation, which repeats what stands elsewhere.
string_view role_of(string_view path) {
  const Language language = language_of(path, "");
  if (language == Language::notebook) return "notebook";
  if (language == Language::markdown || language == Language::restructured_text) return "";
  const std::set<std::string> words = words_of(path);
  for (const RoleWord& entry : kRoleWords) {
    if (words.contains(std::string(entry.word))) return entry.role;
  }
  return "application";
}

// HF_TOKEN_DEV in `HF_TOKEN_DEV=...`; empty when what stands before the token is no name of a variable.
std::string variable_before(const Excerpt& excerpt) {
  if (excerpt.hit_line >= excerpt.lines.size()) return "";
  string_view before = string_view(excerpt.lines[excerpt.hit_line]).substr(0, excerpt.mark_begin);
  const auto is_name = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
  while (!before.empty() && string_view(" \t\"'=:").find(before.back()) != string_view::npos) before.remove_suffix(1);
  std::size_t begin = before.size();
  while (begin > 0 && is_name(before[begin - 1])) --begin;
  const string_view name = before.substr(begin);
  const bool is_variable = name.find('_') != string_view::npos && (begin == 0 || !is_alnum_ascii(before[begin - 1]));
  return is_variable ? std::string(name) : "";
}

// What the name of a variable says beyond that it is a token of the Hub: "WRITE" of HF_WRITE_TOKEN. HF_TOKEN and
// HUGGING_FACE_HUB_TOKEN are names that libraries read for the same purpose.
std::string purpose_of(const std::string& variable) {
  static constexpr std::array<string_view, 12> kOfEvery = {
      "hf", "hugging", "face", "huggingface", "huggingfacehub", "hub", "api", "access", "auth", "token", "key", "user"};
  std::string purpose;
  for (const std::string& word : words_of(variable)) {
    if (std::find(kOfEvery.begin(), kOfEvery.end(), word) == kOfEvery.end()) purpose += cat(word, " ");
  }
  return purpose;
}

struct Use {
  const Finding* first = nullptr;
  std::map<std::string, string_view> roles;  // path -> role
  std::set<string_view> distinct_roles;
  std::set<std::string> variables;
  std::set<std::string> purposes;  // of the variables
};

bool counts(const Finding& finding) {
  return finding.secret && finding.secret->id && finding.secret->kind != CredentialKind::other && !finding.look_alike &&
         finding.severity != Severity::note && finding.disposition == Disposition::active;
}

void add_use(const Finding& finding, Use& use) {
  const string_view role = role_of(finding.location.path);
  if (role.empty()) return;
  if (use.first == nullptr) use.first = &finding;
  use.roles.emplace(finding.location.path, role);
  use.distinct_roles.insert(role);
  const std::string variable = variable_before(finding.excerpt);
  if (variable.empty()) return;
  use.purposes.insert(purpose_of(variable));
  use.variables.insert(variable);
}

std::string message_of(const Use& use) {
  constexpr std::size_t kShown = 4;
  std::string text = cat("One token serves ", count_of(use.roles.size(), "file", "files"), ": ");
  std::size_t count = 0;
  for (const auto& [path, role] : use.roles) {
    if (++count > kShown) break;
    text += cat(count == 1 ? "" : ", ", quoted(path), " (", role, ")");
  }
  return count > kShown ? cat(text, " ...") : text;
}

}  // namespace

void match_reuse(RepositoryView& view, RepositoryHits& out) {
  std::map<Sha256Digest, Use> uses;
  for (const Finding& finding : view.report().findings) {
    if (counts(finding) && view.in_tree(finding.location.path)) add_use(finding, uses[*finding.secret->id]);
  }
  for (const auto& [id, use] : uses) {
    const bool in_files = use.roles.size() >= 2 && (use.distinct_roles.size() >= 2 || use.variables.size() >= 2);
    if (!in_files && use.purposes.size() < 2) continue;
    Finding finding = *use.first;
    finding.message = message_of(use);
    finding.edits.clear();
    out.findings.push_back(std::move(finding));
  }
}

}  // namespace hfscan
