// The objects of a repository that were scanned completely and held nothing, so that another run need not look at them: an
// exact set, never a filter that may be wrong, because what it wrongly held would be a missed secret.
//
// Separate from the object store, which knows nothing of scanning. With each id go the type and size of the object, so that a
// run counts the same whether it read an object or knew it. What damages a file makes a set empty (base/sealed_file.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/sealed_file.h"
#include "git/loose_object.h"
#include "git/object_id.h"

namespace hfscan {

struct ScannedObject {
  ObjectType type = ObjectType::blob;
  std::uint64_t size = 0;  // bytes
  bool operator==(const ScannedObject&) const = default;
};

// What one thread adds. Only objects that were read to their end without a finding, a place where one could be, or trouble.
class ScannedList {
 public:
  void add(const ObjectId& id, ScannedObject object);
  [[nodiscard]] bool empty() const { return records_.empty(); }

 private:
  friend class ScannedObjects;

  std::string records_;
};

// Where a set is kept, and what it was made by: rules, options, version of the engine.
struct ScannedObjectsFile {
  std::string path;
  Sha256Digest basis{};
  ObjectFormat format = ObjectFormat::sha1;
};

// Immutable, so thread-safe.
class ScannedObjects {
 public:
  // Holds nothing and keeps nothing.
  ScannedObjects() = default;

  // The set in the file; the empty one unless it was written for the same basis and format, and is whole.
  static ScannedObjects read(ScannedObjectsFile file);

  // An empty set that will be kept in the file, whatever is there now.
  static ScannedObjects none(ScannedObjectsFile file);

  // Whether there is a file to write to.
  [[nodiscard]] bool keeps() const { return !file_.path.empty(); }

  // Writes these and the added ones, which have ids of the same format, into the same file. On an Error that is as it was. Of
  // two runs that write at the same time the later one wins: what the other added is scanned again.
  [[nodiscard]] Status write_with(std::span<const ScannedList> added) const;

  // Nothing when the object is not among them. `raw` of any length.
  [[nodiscard]] std::optional<ScannedObject> find(std::string_view raw) const;

  // Calls `use(raw_id, ScannedObject)` for each, in the order of ids.
  template <typename Use>
  void for_each(const Use& use) const {
    for (std::size_t i = 0; i < size(); ++i) use(record(i).substr(0, width_ - kNoteBytes), object_of(record(i)));
  }

  [[nodiscard]] bool empty() const { return records_.empty(); }
  [[nodiscard]] std::size_t size() const { return records_.size() / width_; }

 private:
  [[nodiscard]] std::string_view record(std::size_t position) const { return records_.substr(position * width_, width_); }
  void index_prefixes();
  static ScannedObject object_of(std::string_view record);

  static constexpr std::size_t kNoteBytes = 8;  // behind the id: size and type

  ScannedObjectsFile file_;
  std::optional<SealedFile> bytes_;
  std::string_view records_;         // in there, in the order of their ids
  std::size_t width_ = 1;            // of a record: an id and eight bytes
  std::vector<std::uint32_t> ends_;  // by the first two bytes of an id: how many records have these or lower ones
};

}  // namespace hfscan
