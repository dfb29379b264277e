// Secret files that would leave the machine: in an image, in an upload to the Hub, as the settings of a job.
#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "hygiene/repository/dockerignore.h"
#include "hygiene/repository/fact_calls.h"
#include "hygiene/repository/facts.h"
#include "hygiene/repository/paths.h"
#include "hygiene/repository/repository_view.h"
#include "hygiene/repository/secret_files.h"

namespace hfscan {
namespace {

using std::string_view;

// A dotenv file that programs load may hold a secret tomorrow, unless it is committed as it is; of any other file the content
// decides.
bool may_hold_secret(RepositoryView& view, const Fact& fact) {
  if (fact.value == to_string(Holds::secret)) return true;
  return fact.value != to_string(Holds::encrypted) && is_loaded_dotenv(fact.path) && !view.git().tracks(fact.path);
}

// Every secret file that is there, ignored by git or not.
std::vector<std::string> secret_files(RepositoryView& view) {
  std::vector<std::string> files;
  for (const string_view kind : {fact::kDotenv, fact::kTokenFile}) {
    for (const Fact* fact : view.facts(kind)) {
      if (may_hold_secret(view, *fact)) files.push_back(fact->path);
    }
  }
  for (const std::string& path : view.ignored_paths()) {
    const SecretFileKind kind = secret_file_kind(path);
    if (kind == SecretFileKind::dotenv || kind == SecretFileKind::token) files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

// ---- build-context

// Dockerfiles that are kept apart are built with the folder above as context.
std::string context_of(string_view dockerfile) {
  constexpr std::array<string_view, 6> kApart = {"docker", ".docker", "dockerfiles", ".devcontainer", "deploy", "containers"};
  std::string folder(folder_of(dockerfile));
  const std::string name = folder.empty() ? "" : file_name(string_view(folder).substr(0, folder.size() - 1));
  if (std::find(kApart.begin(), kApart.end(), name) == kApart.end()) return folder;
  return std::string(folder_of(string_view(folder).substr(0, folder.size() - 1)));
}

struct Context {
  std::string root;
  std::string ignore_file;  // the .dockerignore that counts, there or not
  DockerIgnore ignored;
};

Context open_context(const RepositoryView& view, const std::string& dockerfile) {
  Context context{context_of(dockerfile), "", {}};
  // One of its own takes the place of the context's.
  context.ignore_file = dockerfile + ".dockerignore";
  std::optional<std::string> content = view.read(context.ignore_file);
  if (!content) {
    context.ignore_file = context.root + ".dockerignore";
    content = view.read(context.ignore_file);
  }
  if (content) context.ignored = DockerIgnore::parse(*content);
  return context;
}

// The folder of the tree that `COPY source` takes; nothing when it is none that can be told.
std::optional<std::string> copied_folder(const Context& context, string_view source) {
  while (source.starts_with('/')) source.remove_prefix(1);
  if (source.empty() || source == "." || source == "./" || source == "*") return context.root;
  std::optional<std::string> folder = resolve_path(context.root, source);
  if (folder && !folder->empty() && folder->back() != '/') *folder += '/';
  return folder;
}

// The first secret that the instruction would take along; empty when there is none.
std::string copied_secret(const std::vector<std::string>& secrets, const Context& context, string_view folder) {
  for (const std::string& path : secrets) {
    const bool taken = lies_in_folder(path, folder) && !context.ignored.excludes(string_view(path).substr(context.root.size()));
    if (taken) return path;
  }
  return "";
}

// Those that are there, and those that .env.example promises.
std::vector<std::string> build_secrets(RepositoryView& view) {
  std::vector<std::string> files = secret_files(view);
  for (const Fact* fact : view.facts(fact::kDotenvExample)) {
    std::string promised = cat(folder_of(fact->path), ".env");
    if (!view.git().tracks(promised)) files.push_back(std::move(promised));
  }
  return files;
}

RepositoryHit context_hit(const RepositoryView& view, const Fact& fact, const Context& context, const std::string& secret) {
  const bool is_git = secret == ".git";
  RepositoryHit hit{fact.path, fact.line};
  hit.subject = secret;
  hit.message = cat("The image takes ", quoted(secret), " along: ", quoted(context.ignore_file), " does not exclude it");
  if (is_git) hit.severity = Severity::note;
  std::vector<std::string> lines = {"**/.env", "**/.env.*", "!**/.env.example", ".git"};
  if (!is_git && secret_file_kind(secret) == SecretFileKind::token) lines.push_back(secret.substr(context.root.size()));
  hit.edits = {view.append(context.ignore_file, lines)};
  return hit;
}

// ---- job-env-file

// What the settings file holds, or its example twin when it is not there.
std::optional<std::string> read_settings(const RepositoryView& view, const Fact& fact) {
  for (const string_view folder : {folder_of(fact.path), string_view()}) {
    const std::optional<std::string> path = resolve_path(folder, fact.value);
    if (!path) continue;
    for (const string_view twin : {"", ".example", ".sample", ".template"}) {
      if (std::optional<std::string> text = view.read(cat(*path, twin))) return text;
    }
  }
  return std::nullopt;
}

void check_env_file(const RepositoryView& view, const Fact& fact, std::string_view target, std::optional<Severity> severity,
                    RepositoryHits& out) {
  const std::optional<std::string> text = read_settings(view, fact);
  if (text ? !assigns_hugging_face_token(*text) : file_name(fact.value) != ".env") return;
  RepositoryHit hit{fact.path, fact.line};
  hit.subject = fact.value;
  hit.severity = text ? severity : Severity::note;
  hit.message =
      cat("--env-file sends ", quoted(fact.value), text ? ", which assigns a token, " : ", which may assign a token, ", target);
  out.hits.push_back(std::move(hit));
}

// ---- job-without-token

// The text of the script that the job runs; empty when the call holds it; nothing when it is not there.
std::optional<std::string> script_of(const RepositoryView& view, const Fact& fact) {
  if (fact.value.empty()) return "";
  for (const string_view folder : {folder_of(fact.path), string_view()}) {
    const std::optional<std::string> path = resolve_path(folder, fact.value);
    std::optional<std::string> text = path && *path != fact.path ? view.read(*path) : std::nullopt;
    if (text && !text->empty()) return text;
  }
  return std::nullopt;
}

// ---- upload-secret-files

// The folders of the tree that an upload may mean: relative to the program, or to the root, where most programs are started.
std::vector<std::string> uploaded_folders(const UploadedFolder& upload, string_view program) {
  std::vector<std::string> from = {std::string(folder_of(program))};
  if (!upload.beside_file && !from.front().empty()) from.emplace_back();
  string_view named = upload.folder;
  if (named.starts_with('/')) {  // a workflow means the root
    from = {""};
    named.remove_prefix(1);
  }
  std::vector<std::string> folders;
  for (const std::string& start : from) {
    std::optional<std::string> folder = named.empty() ? start : resolve_path(start, named);
    if (folder && !folder->empty() && folder->back() != '/') *folder += '/';
    if (folder) folders.push_back(std::move(*folder));
  }
  return folders;
}

// The Hub honours the .gitignore files that are uploaded, which are those of the folder and below.
bool is_kept_back(RepositoryView& view, const std::string& path, string_view folder) {
  const std::optional<IgnoreRules::Ignored> ignored = view.git().ignored(path);
  return ignored && !ignored->file.empty() && lies_in_folder(ignored->file, folder);
}

std::string uploaded_secret(RepositoryView& view, const std::vector<std::string>& secrets, const Fact& fact) {
  const UploadedFolder upload = UploadedFolder::from_value(fact.value);
  for (const std::string& folder : uploaded_folders(upload, fact.path)) {
    for (const std::string& path : secrets) {
      if (!lies_in_folder(path, folder) || !upload.takes(string_view(path).substr(folder.size()))) continue;
      if (is_kept_back(view, path, folder)) continue;
      const std::optional<std::string> text = view.read(path);
      const Holds holds = text ? read_secret_file(path, secret_file_kind(path), *text).holds : Holds::nothing;
      // What stands for a secret in a file that is not committed is replaced by one sooner or later.
      if (holds == Holds::secret || (holds == Holds::placeholder && !view.git().tracks(path))) return path;
    }
  }
  return "";
}

}  // namespace

void match_build_context(RepositoryView& view, RepositoryHits& out) {
  const std::vector<std::string> secrets = build_secrets(view);
  std::set<std::string> done;  // one finding for each Dockerfile
  std::vector<RepositoryHit> notes;
  for (const Fact* fact : view.facts(fact::kCopiesContext)) {
    if (done.contains(fact->path)) continue;
    const Context context = open_context(view, fact->path);
    const std::optional<std::string> folder = copied_folder(context, fact->value);
    if (!folder) continue;
    const std::string secret = copied_secret(secrets, context, *folder);
    const bool whole_repository = folder->empty() && view.tree().repository && !context.ignored.excludes(".git");
    if (!secret.empty()) {
      done.insert(fact->path);
      out.hits.push_back(context_hit(view, *fact, context, secret));
    } else if (whole_repository) {
      notes.push_back(context_hit(view, *fact, context, ".git"));
    }
  }
  for (RepositoryHit& note : notes) {
    if (done.insert(note.path).second) out.hits.push_back(std::move(note));
  }
}

void match_uploads(RepositoryView& view, RepositoryHits& out) {
  std::vector<std::string> secrets = secret_files(view);
  for (const Fact* fact : view.facts(fact::kTokenFile)) secrets.push_back(fact->path);
  for (const Fact* fact : view.facts(fact::kUploadsFolder)) {
    const std::string secret = uploaded_secret(view, secrets, *fact);
    if (secret.empty()) continue;
    RepositoryHit hit{fact->path, fact->line};
    hit.subject = secret;
    hit.message = cat("The upload takes ", quoted(secret), " along: no .gitignore of the folder and no pattern keeps it back");
    out.hits.push_back(std::move(hit));
  }
}

void match_job_env_file(RepositoryView& view, RepositoryHits& out) {
  for (const Fact* fact : view.facts(fact::kJobEnvFile)) {
    check_env_file(view, *fact, "as settings that everybody with access to the job can read", std::nullopt, out);
  }
  for (const Fact* fact : view.facts(fact::kSpaceEnvFile)) {
    check_env_file(view, *fact, "as variables of the Space, which are public", Severity::error, out);
  }
}

void match_config_map_env_file(RepositoryView& view, RepositoryHits& out) {
  for (const Fact* fact : view.facts(fact::kConfigMapEnvFile)) {
    const std::optional<std::string> text = read_settings(view, *fact);
    if (!text || !assigns_hugging_face_token(*text)) continue;
    RepositoryHit hit{fact->path, fact->line};
    hit.subject = fact->value;
    hit.message = cat("--from-env-file puts ", quoted(fact->value), ", which assigns a token, into a ConfigMap");
    out.hits.push_back(std::move(hit));
  }
}

void match_job_without_token(RepositoryView& view, RepositoryHits& out) {
  for (const Fact* fact : view.facts(fact::kJobWithoutToken)) {
    const std::optional<std::string> script = script_of(view, *fact);
    if (!script || (!script->empty() && !writes_to_hub(*script))) continue;
    RepositoryHit hit{fact->path, fact->line};
    hit.subject = fact->value;
    hit.message = cat(fact->value.empty() ? "The script of the job" : cat("The job runs ", quoted(fact->value), ", which"),
                      " writes to the Hub, but gets no token");
    out.hits.push_back(std::move(hit));
  }
}

}  // namespace hfscan
