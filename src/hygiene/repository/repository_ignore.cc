// Ignore rules: those that are missing, and those that do not do what they seem to.
#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "detect/settled_edit.h"
#include "hygiene/repository/facts.h"
#include "hygiene/repository/paths.h"
#include "hygiene/repository/repository_view.h"
#include "hygiene/repository/secret_files.h"
#include "syntax/language.h"

namespace hfscan {
namespace {

using std::string_view;

// ---- unignored-dotenv

// What stands behind a dotenv file that nothing ignores.
struct Evidence {
  const Fact* fact;
  bool only_for_user;  // the user's own ignore file covers it
};

// ".env.example" is copied to ".env", ".env.local.sample" to ".env.local".
std::string without_example(string_view path) {
  const std::string base = file_name(path);
  for (const string_view word : {".example", ".sample", ".template", ".dist", ".defaults", ".default", ".tmpl"}) {
    const std::size_t at = base.find(word);
    if (at != std::string::npos && base.starts_with(".env")) return cat(folder_of(path), base.substr(0, at));
  }
  return cat(folder_of(path), ".env");
}

std::optional<std::string> dotenv_of(const Fact& fact) {
  if (fact.kind == fact::kDotenvExample) return without_example(fact.path);
  if (fact.kind == fact::kDotenv) {
    if (!file_name(fact.path).starts_with(".env")) return std::nullopt;
    return is_loaded_dotenv(fact.path) ? fact.path : cat(folder_of(fact.path), ".env");
  }
  // dotenv of JavaScript looks in the folder where the program is started.
  const bool from_root = language_of(fact.path, "") == Language::javascript;
  std::optional<std::string> named = resolve_path(from_root ? "" : folder_of(fact.path), fact.value);
  return named && is_loaded_dotenv(*named) ? named : std::nullopt;
}

// Folder -> the first evidence for a dotenv file there that nothing ignores.
using Missing = std::map<std::string, Evidence>;

void add_missing(RepositoryView& view, const Fact& fact, Missing& missing) {
  const std::optional<std::string> path = dotenv_of(fact);
  if (!path || !view.git().repository_of(*path) || view.git().tracks(*path)) return;
  const std::optional<IgnoreRules::Ignored> ignored = view.git().ignored(*path);
  if (ignored && ignored->origin != IgnoreOrigin::user) return;
  const std::string folder(folder_of(*path));
  const auto known = missing.try_emplace(folder, Evidence{&fact, ignored.has_value()}).first;
  known->second.only_for_user = known->second.only_for_user && ignored.has_value();
}

// One finding for each ignore file that is to be mended: that of the repository's top covers all folders below.
std::map<std::string, Missing> by_repository(RepositoryView& view, const Missing& missing) {
  std::map<std::string, Missing> result;
  for (const auto& [folder, evidence] : missing) {
    result[view.git().repository_of(folder).value_or("")].emplace(folder, evidence);
  }
  return result;
}

std::string list_of(const Missing& missing) {
  constexpr std::size_t kShown = 3;
  std::string text;
  std::size_t count = 0;
  for (const auto& [folder, evidence] : missing) {
    if (++count <= kShown) text += cat(text.empty() ? "" : ", ", quoted(folder + ".env"));
  }
  return count > kShown ? cat(text, " and ", count_of(count - kShown, "more", "more")) : text;
}

// ---- ineffective-ignore

// A path that the pattern is meant for; empty when it is not about one secret file.
std::string meant_path(string_view pattern) {
  if (pattern.starts_with("**/")) pattern.remove_prefix(3);
  if (pattern.starts_with('/')) pattern.remove_prefix(1);
  if (pattern.empty() || pattern.back() == '/' || pattern.find_first_of("[?\\") != string_view::npos) return "";
  if (pattern.ends_with(".env*")) pattern.remove_suffix(1);
  std::string path;
  for (const char c : pattern) path += c == '*' ? 'x' : c;
  const bool secret = is_loaded_dotenv(path) || secret_file_kind(path) == SecretFileKind::token || path.ends_with(".envrc");
  return secret && !path.ends_with(".env.test") ? path : "";
}

// The pattern that somebody meant who wrote `.env # secrets` or `".env"`; empty when the line is as it should be.
std::string_view meant_pattern(string_view line) {
  string_view pattern = line.substr(0, line.find_first_of(" \t"));
  const string_view rest = trim(line.substr(pattern.size()));
  const bool commented = !rest.empty() && rest.front() == '#';
  const bool tabbed = rest.empty() && line.find('\t') != string_view::npos;
  const bool quoted =
      pattern.size() > 2 && (pattern.front() == '"' || pattern.front() == '\'') && pattern.back() == pattern.front();
  if (quoted) pattern = pattern.substr(1, pattern.size() - 2);
  return commented || tabbed || (quoted && rest.empty()) ? pattern : string_view();
}

class IgnoreFileCheck {
 public:
  IgnoreFileCheck(RepositoryView& view, const std::string& path, std::string content, RepositoryHits& out)
      : view_(view), path_(path), folder_(folder_of(path)), content_(std::move(content)), out_(out) {}

  void run() {
    std::uint64_t number = 0;
    for (const string_view line : split_lines(content_)) {
      ++number;
      if (line.starts_with('!'))
        check_negation(line, number);
      else if (!line.starts_with('#'))
        check_spelling(line, number);
    }
  }

 private:
  void check_negation(string_view line, std::uint64_t number) {
    const std::string meant = meant_path(trim(line.substr(1)));
    if (meant.empty() || view_.git().ignored(folder_ + meant)) return;
    ByteSpan span = span_of(line);
    if (span.end < content_.size() && content_[static_cast<std::size_t>(span.end)] == '\r') ++span.end;
    if (span.end < content_.size()) ++span.end;
    add(line, number, cat("The pattern ", quoted(trim(line)), " takes ", quoted(folder_ + meant), " out of what git ignores"),
        {span, "", path_}, is_committed_template(folder_ + meant) ? std::optional(Severity::note) : std::nullopt);
  }

  // Brought back in order to be committed, with nothing secret in it.
  [[nodiscard]] bool is_committed_template(const std::string& path) {
    const std::optional<std::string> text = view_.git().tracks(path) ? view_.read(path) : std::nullopt;
    return text && read_secret_file(path, SecretFileKind::dotenv, *text).holds != Holds::secret;
  }

  void check_spelling(string_view line, std::uint64_t number) {
    const string_view pattern = meant_pattern(line);
    const std::string meant = pattern.empty() ? "" : meant_path(pattern);
    if (meant.empty() || view_.git().ignored(folder_ + meant)) return;
    add(line, number,
        cat("The pattern ", quoted(trim(line)), " matches nothing: git knows no quotes and no comment behind a pattern, so ",
            quoted(folder_ + meant), " is not ignored"),
        {span_of(line), std::string(pattern), path_});
  }

  [[nodiscard]] ByteSpan span_of(string_view line) const {
    const auto begin = static_cast<std::uint64_t>(line.data() - content_.data());
    return {begin, begin + line.size()};
  }

  void add(string_view line, std::uint64_t number, std::string message, const Edit& edit,
           std::optional<Severity> severity = std::nullopt) {
    RepositoryHit hit{path_, number, std::move(message)};
    hit.severity = severity;
    hit.subject = trim(line);
    hit.edits.push_back(settled_edit(edit, content_).value_or(edit));
    out_.hits.push_back(std::move(hit));
  }

  RepositoryView& view_;
  const std::string& path_;
  std::string folder_;
  std::string content_;
  RepositoryHits& out_;
};

// Ignored and tracked all the same.
void check_tracked(RepositoryView& view, const Fact& fact, RepositoryHits& out) {
  if (fact.value == to_string(Holds::encrypted) || !view.git().tracks(fact.path)) return;
  const std::optional<IgnoreRules::Ignored> ignored = view.git().ignored(fact.path);
  if (!ignored || ignored->origin == IgnoreOrigin::user) return;
  RepositoryHit hit{ignored->file.empty() ? fact.path : ignored->file};
  if (!ignored->file.empty()) {
    const std::string content = view.read(ignored->file).value_or("");
    hit.line = IgnoreRules::deciding_line(content, folder_of(ignored->file), fact.path);
  }
  hit.subject = fact.path;
  hit.message = cat(quoted(fact.path), " is ignored and tracked: ignoring has no effect until 'git rm --cached'");
  out.hits.push_back(std::move(hit));
}

// ---- hub-home

constexpr std::array<string_view, 10> kWorkspaces = {
    "PWD",       "CURDIR",          "GITHUB_WORKSPACE",         "CI_PROJECT_DIR",
    "WORKSPACE", "workspaceFolder", "containerWorkspaceFolder", "localWorkspaceFolder",
    "REPO_ROOT", "PROJECT_ROOT"};
constexpr std::array<string_view, 3> kAskedWorkspaces = {"$(pwd)", "`pwd`", "$(git rev-parse --show-toplevel)"};

// The value without a variable that stands for the top of the repository.
std::string without_workspace(string_view value) {
  if (value.starts_with("${{")) value.remove_prefix(std::min(value.find("}}"), value.size() - 2) + 2);
  for (const string_view command : kAskedWorkspaces) {
    if (value.starts_with(command)) return std::string(value.substr(command.size()));
  }
  if (!value.starts_with('$')) return std::string(value);
  string_view name = value.substr(1);
  const bool braced = name.starts_with('{') || name.starts_with('(');
  if (braced) name.remove_prefix(1);
  for (const string_view variable : kWorkspaces) {
    if (!name.starts_with(variable)) continue;
    const string_view rest = name.substr(variable.size());
    if (braced) return std::string(rest.substr(std::min<std::size_t>(1, rest.size())));
    if (rest.empty() || rest.front() == '/') return std::string(rest);
  }
  return std::string(value);
}

// Where a login would save the token, when that is inside the repository and git would take it.
std::optional<std::string> saved_in_repository(RepositoryView& view, const Fact& fact) {
  std::string value = without_workspace(fact.value);
  const bool from_top = value.size() < fact.value.size();
  if (from_top && value.starts_with('/')) value.erase(0, 1);
  std::optional<std::string> from_root = resolve_path("", value);
  const std::optional<std::string> from_file = from_top ? from_root : resolve_path(folder_of(fact.path), value);
  // The command may run at the top or beside the file; one of the two that is ignored shows that somebody thought of it.
  if (!from_root || !from_file || !view.git().repository_of(*from_root)) return std::nullopt;
  if (view.git().ignored(*from_root) || view.git().ignored(*from_file)) return std::nullopt;
  return from_root;
}

}  // namespace

void match_unignored_dotenv(RepositoryView& view, RepositoryHits& out) {
  Missing missing;
  for (const string_view kind : {fact::kDotenv, fact::kDotenvExample, fact::kReadsDotenv}) {
    for (const Fact* fact : view.facts(kind)) add_missing(view, *fact, missing);
  }
  for (const auto& [root, folders] : by_repository(view, missing)) {
    const std::string file = root + ".gitignore";
    const Evidence& first = folders.begin()->second;
    const bool exists = view.read(file).has_value();
    RepositoryHit hit{exists ? file : first.fact->path, exists ? 1 : first.fact->line};
    const bool note = std::all_of(folders.begin(), folders.end(), [](const auto& entry) { return entry.second.only_for_user; });
    hit.subject = "dotenv";
    hit.message = cat("git does not ignore ", list_of(folders), ", which ", quoted(first.fact->path), " shows to be in use");
    if (note) {
      hit.severity = Severity::note;
      hit.message =
          cat("Only your own ignore file covers ", list_of(folders), "; others who clone the repository do not have it");
    }
    hit.edits = {view.append(file, {".env", ".env.*", "!.env.example"})};
    out.hits.push_back(std::move(hit));
  }
}

void match_ineffective_ignore(RepositoryView& view, RepositoryHits& out) {
  for (const Fact* fact : view.facts(fact::kIgnoreFile)) {
    std::optional<std::string> content = view.read(fact->path);
    if (content && view.git().repository_of(fact->path)) IgnoreFileCheck(view, fact->path, std::move(*content), out).run();
  }
  for (const string_view kind : {fact::kDotenv, fact::kTokenFile}) {
    for (const Fact* fact : view.facts(kind)) check_tracked(view, *fact, out);
  }
}

void match_hub_home(RepositoryView& view, RepositoryHits& out) {
  for (const Fact* fact : view.facts(fact::kHubHome)) {
    const std::optional<std::string> path = saved_in_repository(view, *fact);
    if (!path) continue;
    const std::string root = view.git().repository_of(*path).value_or("");
    // All that the Hub's library keeps goes into the folder; HF_TOKEN_PATH names the token alone.
    const bool folder = path->ends_with("/token") && !fact->value.ends_with(path->substr(path->rfind('/')));
    RepositoryHit hit{fact->path, fact->line};
    hit.subject = *path;
    hit.message = cat("A login here would save the token in the repository, at ", quoted(*path), ", which git does not ignore");
    hit.edits = {view.append(root + ".gitignore", {cat("/", folder ? folder_of(*path) : string_view(*path))})};
    out.hits.push_back(std::move(hit));
  }
}

}  // namespace hfscan
