// What a source hands to the detector: where bytes come from, and how to read them once. No I/O here, only the interfaces.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hfscan {

// What a place is; the names are those of the JSON report (`occurrences[].kind`).
enum class PlaceKind { blob, commit_message, tag_message, note, ident, ref_name, path, reflog, stash, config };
const char* to_string(PlaceKind kind);

// The bytes of one blob, read front to back by one thread.
class Content {
 public:
  Content() = default;
  virtual ~Content() = default;
  Content(const Content&) = delete;
  Content& operator=(const Content&) = delete;
  Content(Content&&) = delete;
  Content& operator=(Content&&) = delete;

  // Reads up to `buffer.size()` bytes; 0 means the end. The error message does not name the path.
  virtual Result<std::size_t> read(std::span<char> buffer) = 0;

  // Steps over bytes that are known to be zero without reading them (a hole of a sparse file) and says how many; 0 if none.
  virtual std::uint64_t skip_zeros() { return 0; }

  // Size in bytes when it is known beforehand, as a hint only: a file may change while it is read. 0 when unknown.
  [[nodiscard]] virtual std::uint64_t size_hint() const { return 0; }

  // Whether seek() works and size_hint() is the size: true for files and for bytes in memory.
  [[nodiscard]] virtual bool can_seek() const { return false; }

  // Goes on reading at `offset` bytes from the start, which may lie behind the end.
  virtual Status seek(std::uint64_t /*offset*/) { return Error{"cannot be read out of order"}; }
};

struct Item;

// Opens items. Called by several threads at once; must outlive the scan.
class ContentStore {
 public:
  ContentStore() = default;
  virtual ~ContentStore() = default;
  ContentStore(const ContentStore&) = delete;
  ContentStore& operator=(const ContentStore&) = delete;
  ContentStore(ContentStore&&) = delete;
  ContentStore& operator=(ContentStore&&) = delete;

  // The error message does not name the path: "permission denied".
  [[nodiscard]] virtual Result<std::unique_ptr<Content>> open(const Item& item) const = 0;

  // Whether an item can be opened a second time; a pipe cannot.
  [[nodiscard]] virtual bool reopens() const { return true; }
};

// Between the path of an archive and that of a member, as in the URLs of jar files.
constexpr std::string_view kMemberSeparator = "!/";

// One blob to scan. `path` is what the report shows: '/'-separated, relative to the scanned root, any bytes. A member of an
// archive is called "outer.zip!/dir/member".
struct Item {
  std::string path;
  std::string locator;    // what the store needs to open it, when that is not the path
  std::string object_id;  // git object id in hexadecimal, when the bytes stand in a git object
  PlaceKind kind = PlaceKind::blob;
  const ContentStore* store = nullptr;
  std::string container = {};  // path of the outermost file when this is a member of an archive, else empty
  std::string encoding = {};   // how a member lies in there, outermost first: "zip", "gzip+tar"; else empty
};

}  // namespace hfscan
