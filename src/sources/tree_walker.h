// Reads a folder and everything below it, once, iteratively and without following anything. Shared by the sources for a work
// tree and for a plain folder; what git ignores is decided by TreeScope.
#pragma once

#include <dirent.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "core/source.h"
#include "git/layout.h"
#include "git/tree_scope.h"

namespace hfscan {

enum class IgnoredFiles { skipped, included };

struct TreeOptions {
  std::string root;               // the folder on disk
  std::string prefix;             // put before every reported path; empty or ending in '/'
  std::vector<std::string> only;  // files and folders below the root, relative to it; empty: everything. What is named here is
                                  // scanned even when git ignores it; what is in it follows the rules
  IgnoredFiles ignored = IgnoredFiles::skipped;
  DiscoverOptions discover;                  // for the repository at the root
  std::optional<std::string> user_patterns;  // of the user's own ignore file; absent: user_ignore_patterns()
};

// Folders nested deeper are named in a Diagnostic and not entered.
constexpr std::size_t kDeepestFolder = 4096;

// One walk over `root_fd`, an open descriptor of options.root. Items get `store`, and `locator` as open_tree_item wants it.
class TreeWalker {
 public:
  TreeWalker(const TreeOptions& options, int root_fd, const ContentStore& store, SourceSink& sink);

  // `repository` is that of the root, if it has one.
  void walk(const std::optional<RepositoryLayout>& repository);

 private:
  struct Folder {
    std::string path;  // relative to the root; empty, or ending in '/'
    std::size_t depth = 0;
    TreeScope scope;
  };
  struct Entry {
    std::string name;
    unsigned char type = 0;  // DT_*
  };
  struct Listing {
    std::vector<Entry> entries;  // without ".git"
    bool has_git = false;
    bool has_ignore_file = false;
  };

  TreeScope enter(const RepositoryLayout& layout, const std::string& path);
  void drain();
  void read_folder(Folder folder);
  void list(DIR* stream, const std::string& path, Listing& listing);
  void refine_scope(Folder& folder, int descriptor, const Listing& listing);
  void enter_nested_repository(Folder& folder);
  void handle(const Folder& folder, int descriptor, const Entry& entry);
  void handle_folder(const Folder& folder, std::string path);
  void push(std::string path, int descriptor, const Entry& entry);
  void push_file(std::string path);
  void push_link(const std::string& path, int descriptor, const std::string& name);
  void start_at(const std::string& path, TreeScope scope);
  void diagnose(const std::string& path, std::string message);

  const TreeOptions& options_;
  int root_fd_;
  const ContentStore& store_;
  SourceSink& sink_;
  std::optional<std::string> user_patterns_;
  std::vector<Folder> todo_;
};

// Opens an Item that a TreeWalker made.
Result<std::unique_ptr<Content>> open_tree_item(int root_fd, const Item& item);

}  // namespace hfscan
