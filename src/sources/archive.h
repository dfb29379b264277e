// The members of a zip, tar, ar or cpio archive, one after the other, through libarchive. Nothing is written to disk and no
// member is held in memory.
//
// Separate so that libarchive's header is included in one file. Only these four formats are registered with it, and none of its
// filters, some of which start programs; compressed streams are undone by sources/decompress.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/blob.h"
#include "sources/container_kind.h"

namespace hfscan {

enum class MemberType {
  file,
  link,   // symbolic; `link` is its text
  other,  // folders, devices: nothing to read
};

// How a member's bytes lie in the archive.
enum class Packing { stored, packed };

struct Member {
  std::string path;  // as stored: any bytes up to the first zero, without leading "/" and "./"; "member 7" when it has no name
  std::string link;  // what a symbolic or hard link names, else empty
  MemberType type = MemberType::file;
  Packing packing = Packing::stored;
  bool encrypted = false;
  std::string unread_method;  // of a zip's member: a way of packing that is not undone ("lzma"), else empty
};

class ArchiveReader {
 public:
  // `content` is read from its start and must outlive the reader; a zip is read by its directory when the content can seek. An
  // Error means that not even the first member's header could be read.
  static Result<std::unique_ptr<ArchiveReader>> open(Content& content, ContainerKind kind);

  ArchiveReader() = default;
  virtual ~ArchiveReader() = default;
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;
  ArchiveReader(ArchiveReader&&) = delete;
  ArchiveReader& operator=(ArchiveReader&&) = delete;

  // Goes to the next member; false at the end. An Error ends the archive: "tar data is damaged after 12 members".
  virtual Result<bool> next() = 0;

  // After next() was true, until it is called again.
  [[nodiscard]] virtual const Member& member() const = 0;

  // The bytes of the member, once. Its errors: "damaged after 12,345 bytes", and those of the archive's own content.
  // skip_zeros() steps over the holes of sparse files.
  virtual Content& content() = 0;
};

}  // namespace hfscan
