// Test: tests/unit/git/repository_state_test.cc changes a repository in many ways and wants another state each time.
#include "git/repository_state.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/file.h"
#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostEntries = 1'000'000;
constexpr std::time_t kCoarsestTime = 2;  // seconds: those of FAT
constexpr std::string_view kAlternates = "alternates";
constexpr std::string_view kAlternatesOfObjects = "/info/alternates";  // below a folder of objects
constexpr std::string_view kEnd("\0", 1);                              // of a name

// What a change of a file cannot leave as it was.
struct Facts {
  std::uint64_t mode = 0;
  std::uint64_t inode = 0;
  std::int64_t size = 0;
  std::int64_t modified[2] = {0, 0};  // seconds, nanoseconds
  std::int64_t changed[2] = {0, 0};
};
static_assert(std::has_unique_object_representations_v<Facts>);

Facts facts_of(const struct stat& status) {
  return {status.st_mode,
          status.st_ino,
          status.st_size,
          {status.st_mtim.tv_sec, status.st_mtim.tv_nsec},
          {status.st_ctim.tv_sec, status.st_ctim.tv_nsec}};
}

struct CloseFolder {
  void operator()(DIR* stream) const { ::closedir(stream); }
};

// Null at the end.
const dirent* next_entry(DIR& stream) {
  const dirent* entry = nullptr;
  do {
    entry = ::readdir(&stream);  // NOLINT(concurrency-mt-unsafe): one stream, one thread
  } while (entry != nullptr && is_one_of(static_cast<const char*>(entry->d_name), {".", ".."}));
  return entry;
}

class StateReader {
 public:
  explicit StateReader(const RepositoryLayout& layout) : layout_(layout) {
    add_root(layout.common_dir);
    add_root(layout.git_dir);
    for (const std::string& folder : layout.object_folders) add_root(folder);
  }

  // False: the state cannot be known.
  bool read_all() {
    add_name(layout_.work_tree);
    bool known = in_a_root(layout_.index_file) || look_at_index();
    for (const std::string& root : roots_) known = known && look_at(AT_FDCWD, "", root);
    while (known && !folders_.empty()) known = look_into_next();
    return known;
  }

  RepositoryState finish(std::time_t started) { return {hash_.finish(), started - last_change_ > kCoarsestTime}; }

 private:
  void add_root(const std::string& folder) {
    if (!in_a_root(folder)) roots_.push_back(folder);
  }

  [[nodiscard]] bool in_a_root(const std::string& path) const {
    return std::any_of(roots_.begin(), roots_.end(), [&path](const std::string& root) { return lies_in(path, root); });
  }

  void add_name(std::string_view name) { hash_.update(name).update(kEnd); }

  void add_facts(const struct stat& status) {
    const Facts facts = facts_of(status);
    hash_.update({reinterpret_cast<const char*>(&facts), sizeof facts});
    // The time of the last change: unlike that of the last modification nobody can set it.
    last_change_ = std::max(last_change_, status.st_ctim.tv_sec);
  }

  // One that lies elsewhere (GIT_INDEX_FILE) need not be there.
  bool look_at_index() {
    struct stat status {};
    return ::lstat(layout_.index_file.c_str(), &status) == 0 ? look_at(AT_FDCWD, "", layout_.index_file) : errno == ENOENT;
  }

  // A file in the folder, which is open.
  bool look_at(int opened, const std::string& folder, std::string_view name) {
    struct stat status {};
    if (++entries_ > kMostEntries || ::fstatat(opened, name.data(), &status, AT_SYMLINK_NOFOLLOW) != 0) return false;
    add_name(name);
    add_facts(status);
    if (S_ISREG(status.st_mode) && name != kAlternates) return true;  // most of them
    return look_closer(cat(folder, folder.empty() ? "" : "/", name), status);
  }

  bool look_closer(const std::string& path, const struct stat& status) {
    if (S_ISDIR(status.st_mode)) folders_.push_back(path);
    if (status.st_size > 0 && path.ends_with("/objects/info/alternates") && !is_known(path)) return false;
    return !S_ISLNK(status.st_mode) || look_behind(path);
  }

  bool look_behind(const std::string& link) {
    struct stat status {};
    const bool leads_nowhere = ::stat(link.c_str(), &status) != 0;
    add_facts(status);
    return leads_nowhere || !S_ISDIR(status.st_mode) || in_a_root(real_path(link));
  }

  // Whether these alternates are among the layout's folders of objects.
  [[nodiscard]] bool is_known(const std::string& alternates) const {
    const std::string folder = real_path(alternates.substr(0, alternates.size() - kAlternatesOfObjects.size()));
    return std::find(layout_.object_folders.begin(), layout_.object_folders.end(), folder) != layout_.object_folders.end();
  }

  // A folder that may not be read looks empty here, and to a scan too. Names come in the order of the file system: sorting them
  // would take longer than looking at them, and a folder that is left alone keeps its order.
  bool look_into_next() {
    const std::string folder = std::move(folders_.back());
    folders_.pop_back();
    add_name(folder);
    const std::unique_ptr<DIR, CloseFolder> stream(::opendir(folder.c_str()));
    bool known = true;
    while (const dirent* entry = stream == nullptr ? nullptr : next_entry(*stream)) {
      known = known && look_at(::dirfd(stream.get()), folder, static_cast<const char*>(entry->d_name));
    }
    add_name("");  // ends the folder: no file is called so
    return known;
  }

  const RepositoryLayout& layout_;
  std::vector<std::string> roots_;    // none in another
  std::vector<std::string> folders_;  // still to be looked into
  Sha256 hash_;
  std::size_t entries_ = 0;
  std::time_t last_change_ = 0;
};

}  // namespace

std::optional<RepositoryState> repository_state(const RepositoryLayout& layout) {
  const std::time_t started = std::time(nullptr);
  StateReader reader(layout);
  if (!reader.read_all()) return std::nullopt;
  return reader.finish(started);
}

}  // namespace hfscan
