#include "git/repository.h"

#include <dirent.h>
#include <git2.h>
#include <git2/sys/odb_backend.h>
#include <sys/stat.h>

#include <cstdlib>
#include <mutex>

#include "base/file.h"
#include "base/text.h"
#include "git/memory_content.h"
#include "git/refs.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kIndexLimit = std::uint64_t{2} << 30U;
constexpr std::uint64_t kIgnoreFileLimit = std::uint64_t{16} << 20U;

// Not at program start: commands that touch no packed object do not pay for it. Never shut down: the process ends soon enough.
void start_libgit2() {
  static std::once_flag once;
  std::call_once(once, [] {
    git_libgit2_init();
    // Bytes under a wrong id are scanned under the name they are stored as, so hashing each object buys nothing.
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, 0);
  });
}

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

// libgit2 waits for ever on a FIFO, so whatever it may open in `folder` is looked at before.
Status check_regular_files(const RepositoryLayout& layout, const std::string& folder) {
  const std::unique_ptr<DIR, CloseFolder> entries(::opendir(folder.c_str()));
  if (entries == nullptr) return {};
  while (const dirent* entry = ::readdir(entries.get())) {  // NOLINT(concurrency-mt-unsafe): one stream, one thread
    if (entry->d_type == DT_REG || entry->d_type == DT_DIR) continue;
    const std::string path = cat(folder, "/", entry->d_name);
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)) {
      return Error{cat(quoted(layout.shown(path)), " is not a regular file")};
    }
  }
  return {};
}

// The packs of one repository through libgit2, without its loose objects and alternates.
class Packs {
 public:
  Packs() = default;
  ~Packs() { git_odb_free(database_); }
  Packs(const Packs&) = delete;
  Packs& operator=(const Packs&) = delete;
  Packs(Packs&&) = delete;
  Packs& operator=(Packs&&) = delete;

  Result<GitObject> read(const RepositoryLayout& layout, const ObjectId& id) {
    std::call_once(once_, [&] { opened_ = open(layout); });
    HFSCAN_TRY(opened_);
    git_oid oid;
    git_oid_fromraw(&oid, reinterpret_cast<const unsigned char*>(id.bytes.data()));
    std::size_t size = 0;
    git_object_t type = GIT_OBJECT_INVALID;
    int code = git_odb_read_header(&size, &type, database_, &oid);
    if (code == 0 && size > kMostObjectBytes) return Error{cat("object is larger than ", human_bytes(kMostObjectBytes))};
    git_odb_object* raw = nullptr;
    if (code == 0) code = git_odb_read(&raw, database_, &oid);
    if (code == GIT_ENOTFOUND) return Error{"object is missing"};
    if (code != 0) return Error{"object is damaged"};  // libgit2's own words may quote the repository
    const std::unique_ptr<git_odb_object, decltype(&git_odb_object_free)> object(raw, &git_odb_object_free);
    const std::optional<ObjectType> known = object_type_from(git_object_type2string(git_odb_object_type(raw)));
    if (!known) return Error{"object is damaged"};
    return GitObject{*known, {static_cast<const char*>(git_odb_object_data(raw)), git_odb_object_size(raw)}};
  }

 private:
  Status open(const RepositoryLayout& layout) {
    if (layout.format != ObjectFormat::sha1) return Error{"packed objects with SHA-256 ids are not supported"};
    start_libgit2();
    if (git_odb_new(&database_) != 0) return Error{"out of memory"};
    for (const std::string& folder : layout.object_folders) {
      HFSCAN_TRY(check_regular_files(layout, folder + "/pack"));
      git_odb_backend* backend = nullptr;
      if (git_odb_backend_pack(&backend, folder.c_str()) != 0) continue;
      if (git_odb_add_backend(database_, backend, 1) != 0) backend->free(backend);
    }
    return {};
  }

  std::once_flag once_;
  Status opened_;
  git_odb* database_ = nullptr;
};

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
  Packs packs;
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
  return state_->packs.read(state_->layout, id);
}

Result<std::unique_ptr<Content>> Repository::open_blob(const ObjectId& id) const {
  for (const std::string& folder : state_->layout.object_folders) {
    HFSCAN_TRY_ASSIGN(auto loose, LooseObject::open(folder, id));
    if (loose != nullptr) return std::unique_ptr<Content>(std::move(loose));
  }
  HFSCAN_TRY_ASSIGN(GitObject object, state_->packs.read(state_->layout, id));
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
