// Files that hold secrets: tracked by git, or one `git add` away from it.
#include <map>

#include "base/text.h"
#include "hygiene/repository/facts.h"
#include "hygiene/repository/paths.h"
#include "hygiene/repository/repository_view.h"
#include "hygiene/repository/secret_files.h"

namespace hfscan {
namespace {

bool is_tracked(RepositoryView& view, const std::string& path) {
  return view.reach() == Reach::staged || view.git().tracks(path);
}

// `git rm --cached` is the user's; the line that keeps the file out afterwards can be written for him.
std::vector<Edit> ignore_it(RepositoryView& view, const std::string& path) {
  if (view.reach() == Reach::staged || view.git().ignored(path)) return {};
  const std::string root = view.git().repository_of(path).value_or("");
  return {view.append(root + ".gitignore", {cat("/", path.substr(root.size()))})};
}

std::string verb(const RepositoryView& view) {
  return view.reach() == Reach::staged ? " is about to be committed" : " is tracked by git";
}

// Test settings are made to be shared, as long as nothing in them is a secret.
bool is_test_dotenv(std::string_view path) { return path.ends_with(".test") || path.ends_with(".ci"); }

}  // namespace

void match_tracked_dotenv(RepositoryView& view, RepositoryHits& out) {
  for (const Fact* fact : view.facts(fact::kDotenv)) {
    const bool secret = fact->value == to_string(Holds::secret);
    const bool placeholder = fact->value == to_string(Holds::placeholder) && !is_test_dotenv(fact->path);
    if ((!secret && !placeholder) || !is_tracked(view, fact->path)) continue;
    RepositoryHit hit{fact->path, fact->line};
    hit.subject = fact->value;
    hit.message = cat(quoted(fact->path), verb(view), secret ? " and assigns a secret" : "; its secrets have no value yet");
    if (!secret) hit.severity = Severity::warning;
    hit.edits = ignore_it(view, fact->path);
    out.hits.push_back(std::move(hit));
  }
}

void match_tracked_token_file(RepositoryView& view, RepositoryHits& out) {
  for (const Fact* fact : view.facts(fact::kTokenFile)) {
    if (fact->value == to_string(Holds::encrypted) || !is_tracked(view, fact->path)) continue;
    const bool secret = fact->value == to_string(Holds::secret);
    RepositoryHit hit{fact->path, fact->line};
    hit.subject = fact->value;
    hit.message =
        cat(quoted(fact->path), verb(view), secret ? " and holds a credential" : "; its name says that it is for a credential");
    if (!secret) hit.severity = Severity::warning;
    hit.edits = ignore_it(view, fact->path);
    out.hits.push_back(std::move(hit));
  }
}

namespace {

// Path -> line and message; a path is said once.
using Untracked = std::map<std::string, RepositoryHit>;

void add_untracked(RepositoryView& view, Untracked& found, const std::string& path, std::uint64_t line, std::string_view what) {
  if (found.contains(path) || !view.git().repository_of(path)) return;
  if (view.git().tracks(path) || view.git().ignored(path)) return;
  RepositoryHit hit{path, line};
  hit.subject = path;
  hit.message = cat(quoted(path), what, " and is neither tracked nor ignored: 'git add .' would take it");
  found.emplace(path, std::move(hit));
}

void add_named_files(RepositoryView& view, Untracked& found) {
  for (const Fact* fact : view.facts(fact::kTokenFile)) add_untracked(view, found, fact->path, fact->line, " is a token file");
  for (const Finding& finding : view.report().findings) {
    const bool known = finding.secret && finding.secret->kind != CredentialKind::other && !finding.look_alike;
    if (!known || finding.severity == Severity::note || finding.disposition != Disposition::active) continue;
    const Location& place = finding.location;
    const std::optional<std::string> path = view.in_tree(place.container.empty() ? place.path : place.container);
    if (path) add_untracked(view, found, *path, finding.location.range.start.line, " holds a token");
  }
}

// Files that need not exist yet: a configuration says that a token will be there.
void add_promised_files(RepositoryView& view, RepositoryHits& out) {
  for (const Fact* fact : view.facts(fact::kNamesTokenFile)) {
    const std::optional<std::string> path = resolve_path(folder_of(fact->path), fact->value);
    if (!path || !view.git().repository_of(*path) || view.git().tracks(*path) || view.git().ignored(*path)) continue;
    RepositoryHit hit{fact->path, fact->line};
    hit.subject = *path;
    hit.message = cat("The token file ", quoted(*path), " that this line names is not ignored by git");
    hit.edits = {view.append(".gitignore", {"/" + *path})};
    out.hits.push_back(std::move(hit));
  }
}

}  // namespace

void match_unignored_token_file(RepositoryView& view, RepositoryHits& out) {
  Untracked found;
  add_named_files(view, found);
  for (auto& [path, hit] : found) {
    // Only a file that is nothing but a store is for ignoring; out of any other the token has to go.
    if (secret_file_kind(path) != SecretFileKind::none) hit.edits = ignore_it(view, path);
    out.hits.push_back(std::move(hit));
  }
  add_promised_files(view, out);
}

}  // namespace hfscan
