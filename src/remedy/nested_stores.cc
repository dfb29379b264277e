// Tested by tests/e2e/remediate_refusals.py.
#include "remedy/nested_stores.h"

#include <filesystem>
#include <string>

#include "base/file.h"
#include "git/object_store.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kMostBytes = std::uint64_t{64} << 20U;

// Calls `use` with the path of everything below a folder; links are not followed. `use` says whether to go deeper.
template <typename Use>
void walk(const std::string& folder, Use use) {
  namespace fs = std::filesystem;
  std::error_code error;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
  for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
    if (!use(entry->path().string())) entry.disable_recursion_pending();
  }
}

bool holds_secret(const RepositoryLayout& layout, const TokenSearch& search) {
  bool found = false;
  ObjectWalkOptions options;
  options.types = ObjectTypes::all();
  options.wanted = [&found](const ObjectId&) { return !found; };
  ObjectVisitor visitor;
  visitor.object = [&](unsigned, const ObjectId&, ObjectType, std::string_view bytes) {
    found = found || search.holds_any(bytes);
  };
  visitor.problem = [](const Diagnostic&) {};
  ObjectStore::open(layout, {}, 1).for_each(options, visitor);
  return found;
}

}  // namespace

NestedStores search_nested_stores(const RepositoryLayout& layout, const TokenSearch& search) {
  NestedStores found;
  walk(layout.common_dir + "/lfs/objects", [&](const std::string& path) {
    const Result<std::string> bytes = read_file(path, kMostBytes, Symlinks::refuse);
    found.lfs_files += bytes.ok() && search.holds_any(*bytes) ? 1U : 0U;
    return true;
  });
  walk(layout.common_dir + "/modules", [&](const std::string& path) {
    if (!path_exists(path + "/HEAD") || !path_exists(path + "/objects")) return true;
    const Result<std::optional<RepositoryLayout>> module = find_repository(path);
    found.submodules += module.ok() && *module && (*module)->git_dir == path && holds_secret(**module, search) ? 1U : 0U;
    return path_exists(path + "/modules");
  });
  return found;
}

}  // namespace hfscan
