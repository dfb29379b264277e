// What an archive or a compressed file looks like from outside: its first 512 bytes, and for a zip also its last 16 KiB.
//
// Separate from the readers, because every scanned file is asked this and almost none is a container: no library is touched
// here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hfscan {

// The first five hold one stream each, the others members with names.
enum class ContainerKind { gzip, bzip2, xz, zstd, lz4, zip, tar, ar, cpio };
const char* to_string(ContainerKind kind);

[[nodiscard]] constexpr bool is_stream(ContainerKind kind) { return kind <= ContainerKind::lz4; }

// As many bytes of the beginning as are looked at: a tar header.
inline constexpr std::size_t kContainerHead = 512;

// As many bytes of the end as are looked at; libarchive 3.6 looks no further for the end of a zip's directory.
inline constexpr std::size_t kZipTail = std::size_t{16} * 1024;

// By the first bytes of a file, its whole head if it has one. Not only the magic number is looked at but all that a header may
// not be, so that what is recognised and cannot be read is damaged, and not something else.
std::optional<ContainerKind> container_at(std::string_view head);

// Whether the file of `size` bytes that ends in `tail` ends in a zip: the record of its directory's end fits exactly. So
// self-extracting programs and scripts with a zip behind them are seen.
[[nodiscard]] bool ends_in_zip(std::string_view tail, std::uint64_t size);

// The name of an archive format that is recognised but not unpacked ("7z"), or empty.
std::string_view unread_archive_format(std::string_view head);

// What the one stream in `file_name` is called: the name without its last suffix when that belongs to the kind ("x.log" of
// "dir/x.log.gz", "a.tar" of "a.tgz"), else "data".
std::string stream_name(std::string_view file_name, ContainerKind kind);

}  // namespace hfscan
