#include "git/repository.h"

#include <git2.h>

#include <cstdlib>
#include <mutex>

#include "base/file.h"
#include "base/text.h"
#include "git/memory_content.h"
#include "git/object_store.h"
#include "git/refs.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kIndexLimit = std::uint64_t{2} << 30U;
constexpr std::uint64_t kIgnoreFileLimit = std::uint64_t{16} << 20U;

// Not at program start: commands that ask for no configuration do not pay for it. Never shut down: the process ends soon
// enough.
void start_libgit2() {
  static std::once_flag once;
  std::call_once(once, [] { git_libgit2_init(); });
}

// A path of the user's or the system's configuration.
std::optional<std::string> configured_path(const char* key) {
  start_libgit2();
  git_config* raw = nullptr;
  if (git_config_open_default(&raw) != 0) return std::nullopt;
  const std::unique_ptr<git_config, decltype(&git_config_free)> config(raw, &git_config_free);
  git_buf path = GIT_BUF_INIT;
  if (git_config_get_path(&path, config.get(), key) != 0) return std::nullopt;
  std::string result(path.ptr, path.size);
  git_buf_dispose(&path);
  return result;
}

// $XDG_CONFIG_HOME/git/ignore or ~/.config/git/ignore (gitignore(5)).
std::optional<std::string> default_ignore_file() {
  const char* config = std::getenv("XDG_CONFIG_HOME");  // NOLINT(concurrency-mt-unsafe): nothing changes the environment
  if (config != nullptr && *config != '\0') return cat(config, "/git/ignore");
  const char* home = std::getenv("HOME");  // NOLINT(concurrency-mt-unsafe)
  if (home == nullptr || *home == '\0') return std::nullopt;
  return cat(home, "/.config/git/ignore");
}

}  // namespace

struct Repository::State {
  RepositoryLayout layout;
  std::once_flag once;
  ObjectStore store;

  // Staged objects are mostly loose, so packs are opened only when one is asked.
  const ObjectStore& opened_store() {
    std::call_once(once, [this] { store = ObjectStore::open(layout, {"/"}, 1); });
    return store;
  }
};

Repository::Repository(RepositoryLayout layout) : state_(std::make_unique<State>()) { state_->layout = std::move(layout); }
Repository::~Repository() = default;
Repository::Repository(Repository&&) noexcept = default;
Repository& Repository::operator=(Repository&&) noexcept = default;

Result<Repository> Repository::discover(const std::string& path, const DiscoverOptions& options) {
  HFSCAN_TRY_ASSIGN(auto layout, find_repository(path, options));
  if (!layout) return Error{cat("not in a git repository: ", quoted(path), "; run it in one, or name one")};
  return Repository(std::move(*layout));
}

const RepositoryLayout& Repository::layout() const { return state_->layout; }

Result<Index> Repository::read_index() const {
  const RepositoryLayout& layout = state_->layout;
  HFSCAN_TRY_ASSIGN(auto bytes, read_git_file(layout, layout.index_file, kIndexLimit));
  if (!bytes) return Index();
  Result<Index> index = Index::parse(std::move(*bytes), layout.format);
  if (!index.ok()) return Error{cat("cannot read ", quoted(layout.shown(layout.index_file)), ": ", index.error().message)};
  return index;
}

Result<std::optional<ObjectId>> Repository::head() const { return resolve_head(state_->layout); }

Result<GitObject> Repository::read_object(const ObjectId& id) const {
  for (const std::string& folder : state_->layout.object_folders) {
    HFSCAN_TRY_ASSIGN(const auto loose, LooseObject::open(folder, id));
    if (loose == nullptr) continue;
    HFSCAN_TRY_ASSIGN(std::string bytes, loose->read_all(kMostObjectBytes));
    return GitObject{loose->type(), std::move(bytes)};
  }
  return state_->opened_store().read(id);
}

Result<std::unique_ptr<Content>> Repository::open_blob(const ObjectId& id) const {
  for (const std::string& folder : state_->layout.object_folders) {
    HFSCAN_TRY_ASSIGN(auto loose, LooseObject::open(folder, id));
    if (loose != nullptr) return std::unique_ptr<Content>(std::move(loose));
  }
  HFSCAN_TRY_ASSIGN(GitObject object, state_->opened_store().read(id));
  return std::unique_ptr<Content>(std::make_unique<MemoryContent>(std::move(object.bytes)));
}

std::string user_ignore_patterns() {
  std::optional<std::string> path = configured_path("core.excludesfile");
  if (!path) path = default_ignore_file();
  if (!path) return "";
  Result<std::string> patterns = read_file(*path, kIgnoreFileLimit);
  return patterns.ok() ? std::move(*patterns) : std::string();
}

bool user_sets_hooks_path() { return configured_path("core.hookspath").has_value(); }

}  // namespace hfscan
