// Undoes gzip, bzip2, xz, zstd and lz4, piece by piece and in bounded memory.
//
// Separate from the archives, and done with the formats' own libraries: libarchive's filters drop up to 64 KiB before the place
// where a stream is damaged, do not check the sum of a gzip stream, and let an xz file ask for 1 GiB.
#pragma once

#include <cstdint>
#include <memory>

#include "core/blob.h"
#include "sources/container_kind.h"

namespace hfscan {

// What an xz stream may ask for; xz -9 needs 65 MiB. zstd's own limit is a window of 128 MiB.
inline constexpr std::uint64_t kMaxUnpackMemory = std::uint64_t{80} << 20U;

// The bytes that are packed in `packed`, which is read from where it stands and must outlive this. Streams that follow each
// other are read as one, as the formats' own programs do; what follows the last one is left alone. `kind` is a stream. Errors
// of read(), each after all bytes that could be unpacked: "gzip data is damaged after 12,345 bytes", "gzip data ends early
// after 12,345 bytes", "xz data needs more than 84 MB of memory to unpack", and those of `packed`.
std::unique_ptr<Content> decompress(Content& packed, ContainerKind kind);

}  // namespace hfscan
