// The folder in which a run leaves what the next one need not find out again. It is the user's own and never part of what is
// scanned: a repository that brings its cache along could declare its leaks scanned.
//
// Separate from what is kept in it (scan/stored_report.h, git/scanned_objects.h), which knows only files.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"

namespace hfscan {

// Where caches lie unless the user says otherwise: "hfscan" in XDG_CACHE_HOME, or else in ".cache" in the home folder (XDG Base
// Directory Specification; a variable that is no absolute path does not count). Empty when the home is not known, not there or
// not the user's, as under sudo.
std::string default_cache_folder(const std::string& xdg_cache_home, const std::string& home);

struct CacheRequest {
  enum class ChosenBy { setting, flag };  // a default counts as a setting

  std::string folder;  // empty: nothing is kept
  ChosenBy chosen_by = ChosenBy::setting;
  std::vector<std::string> scanned;  // folders of what is scanned: work trees, git folders, folders of objects
};

class CacheFolder {
 public:
  // Nothing is kept: --no-cache.
  CacheFolder() = default;

  // The folder, which is made, mode 0700, unless it is there. It has to belong to the user, and nobody else may write in it; if
  // it cannot be used, note() says why. In what is scanned, through links or not, no folder is made or used: an Error when it
  // was chosen by flag, otherwise nothing is kept.
  static Result<CacheFolder> open(const CacheRequest& request);

  [[nodiscard]] bool usable() const { return !path_.empty(); }

  // "cache not used: ...", or empty.
  [[nodiscard]] const std::string& note() const { return note_; }

  enum class Content { objects, report };

  // The file of that content for a repository and a basis (rules, options, version of the program); only when usable().
  // `repository` is a real path: of the shared git folder for objects, of the work tree's own for a report.
  [[nodiscard]] std::string file(Content content, const std::string& repository, const Sha256Digest& basis) const;

  // Removes files of ours that were not used for ninety days, or that are more than 64, oldest first, and what writers that
  // were killed left behind. Touches no other file. To be called after writing.
  void remove_old_files() const;

 private:
  std::string path_;
  std::string note_;
};

}  // namespace hfscan
