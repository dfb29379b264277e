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

// One entry after the other, without a list of them: what a walk over every tree of a history can afford.
class TreeCursor {
 public:
  // An entry whose id is still where it was read.
  struct Entry {
    std::uint32_t mode = 0;
    std::string_view name;
    std::string_view raw_id;
  };

  TreeCursor(std::string_view bytes, ObjectFormat format) : rest_(bytes), id_size_(static_cast<std::size_t>(format)) {}

  // The next entry; false at the end, and at bytes that are no entry.
  bool next(Entry& entry);

  // After the last entry: whether nothing was left over.
  [[nodiscard]] bool well_formed() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  std::size_t id_size_;
};

struct Tree {
  std::vector<TreeEntry> entries;  // views into the bytes that were parsed
  bool well_formed = true;         // false: bytes behind the last entry could not be understood
};
Tree parse_tree(std::string_view bytes, ObjectFormat format);

struct Commit {
  ObjectId tree;
  std::vector<ObjectId> parents;
  std::uint64_t time = 0;   // of the committer, seconds; 0 when malformed. For ordering and display only
  std::string_view author;  // "Name <mail> 1700000000 +0000" as it stands there; into the bytes that were parsed, as the next
  std::string_view committer;  // two; empty when there is no such line
  std::string_view message;
  bool well_formed = true;  // false: a parent, the author or the committer could not be understood
};
// Nothing when there is no tree line.
std::optional<Commit> parse_commit(std::string_view bytes);

// The two parts of an ident line: "Name <mail>" and the seconds. An unreadable date is nothing.
std::string_view ident_person(std::string_view ident);
std::optional<std::uint64_t> ident_time(std::string_view ident);

struct Tag {
  ObjectId target;
  std::string_view message;
};
std::optional<Tag> parse_tag(std::string_view bytes);

}  // namespace hfscan
