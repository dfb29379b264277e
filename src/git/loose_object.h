// One loose object (objects/xx/yyyy...), read as a stream. Separate from the packed ones because libgit2 1.5 loops for ever on
// a truncated loose object and writes past its buffer when one understates its size; this reader is bounded by what is there.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/file.h"
#include "base/inflate.h"
#include "core/blob.h"
#include "git/object_id.h"

namespace hfscan {

enum class ObjectType : std::uint8_t { commit, tree, blob, tag };

// Objects that have to be held in memory (packed ones, trees, commits) are read up to this size.
constexpr std::uint64_t kMostObjectBytes = std::uint64_t{256} << 20U;

// A whole object in memory.
struct GitObject {
  ObjectType type = ObjectType::blob;
  std::string bytes;
};

// Nothing unless it is "commit", "tree", "blob" or "tag".
std::optional<ObjectType> object_type_from(std::string_view name);

// Reading ends with an error when the stream is damaged, or shorter or longer than the header says. Constant memory.
class LooseObject : public Content {
 public:
  // A null pointer when `objects_folder` holds no such loose object. Never blocks: what is no regular file is an Error.
  static Result<std::unique_ptr<LooseObject>> open(const std::string& objects_folder, const ObjectId& id);
  // The same for a file that was not given its name yet.
  static Result<std::unique_ptr<LooseObject>> open_file(const std::string& path);

  [[nodiscard]] ObjectType type() const { return type_; }

  Result<std::size_t> read(std::span<char> buffer) override;
  [[nodiscard]] std::uint64_t size_hint() const override { return size_; }

  // The rest of the object, if it is no larger than `limit` bytes.
  Result<std::string> read_all(std::uint64_t limit);

 private:
  explicit LooseObject(FileDescriptor file) : file_(std::move(file)) {}
  Status read_header();
  Status check_end();
  Result<std::size_t> inflate_some(std::span<char> buffer);
  Status refill();

  FileDescriptor file_;
  Inflater inflater_;
  std::string input_;  // compressed bytes not yet consumed start at input_position_
  std::size_t input_position_ = 0;
  std::string pending_;  // inflated together with the header
  bool finished_ = false;
  ObjectType type_ = ObjectType::blob;
  std::uint64_t size_ = 0;   // as the header claims
  std::uint64_t given_ = 0;  // handed out so far
};

}  // namespace hfscan
