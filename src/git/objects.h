// The insides of trees, commits and tags (git's Documentation/technical/pack-format and gitformat notes), parsed leniently:
// what is well formed is kept, and the caller learns that something was not.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "git/loose_object.h"
#include "git/object_id.h"

namespace hfscan {

struct TreeEntry {
  std::uint32_t mode = 0;
  std::string_view name;  // any bytes but NUL; a label, never to be joined to a path on disk
  ObjectId id;

  [[nodiscard]] bool is_folder() const { return (mode & kModeTypeMask) == kModeFolder; }
  [[nodiscard]] bool is_gitlink() const { return (mode & kModeTypeMask) == kModeGitlink; }
};

struct Tree {
  std::vector<TreeEntry> entries;  // views into the bytes that were parsed
  bool well_formed = true;         // false: bytes behind the last entry could not be understood
};
Tree parse_tree(std::string_view bytes, ObjectFormat format);

struct Commit {
  ObjectId tree;
  std::vector<ObjectId> parents;
  std::uint64_t time = 0;    // of the committer, seconds; 0 when malformed. For ordering and display only
  std::string_view message;  // into the bytes that were parsed
};
// Nothing when there is no tree line.
std::optional<Commit> parse_commit(std::string_view bytes);

struct Tag {
  ObjectId target;
  std::string_view message;
};
std::optional<Tag> parse_tag(std::string_view bytes);

}  // namespace hfscan
