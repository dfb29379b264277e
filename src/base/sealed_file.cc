#include "base/sealed_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <ctime>
#include <type_traits>

#include "base/checksum.h"
#include "base/file.h"

namespace hfscan {
namespace {

struct Header {
  std::array<char, 8> kind{};
  Sha256Digest basis{};
  std::uint64_t payload_bytes = 0;
};
static_assert(std::has_unique_object_representations_v<Header> && sizeof(Header) % sizeof(std::uint64_t) == 0);

constexpr std::size_t kChecksumBytes = sizeof(std::uint64_t);
constexpr std::time_t kDay = std::time_t{24} * 60 * 60;

Header header_of(const Seal& seal, std::size_t payload_bytes) {
  Header header;
  seal.kind.copy(header.kind.data(), header.kind.size());
  header.basis = seal.basis;
  header.payload_bytes = payload_bytes;
  return header;
}

std::string_view bytes_of(const Header& header) { return {reinterpret_cast<const char*>(&header), sizeof header}; }

bool is_own_file(const struct stat& status) {
  return S_ISREG(status.st_mode) && status.st_uid == ::geteuid() && (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

bool is_whole(std::string_view bytes, const Seal& seal) {
  if (bytes.size() < sizeof(Header) + kChecksumBytes) return false;
  const std::size_t payload_bytes = bytes.size() - sizeof(Header) - kChecksumBytes;
  if (!bytes.starts_with(bytes_of(header_of(seal, payload_bytes)))) return false;
  std::uint64_t checksum = 0;
  std::memcpy(&checksum, bytes.data() + bytes.size() - kChecksumBytes, kChecksumBytes);
  return checksum == checksum64(bytes.substr(0, bytes.size() - kChecksumBytes));
}

// A failure is of no matter: the file is then forgotten sooner.
void mark_as_used(const FileDescriptor& file, const struct stat& status) {
  if (std::time(nullptr) - status.st_mtime > kDay) ::futimens(file.get(), nullptr);
}

}  // namespace

std::optional<SealedFile> SealedFile::read(const std::string& path, const Seal& seal) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
  struct stat status {};
  if (!file.valid() || ::fstat(file.get(), &status) != 0 || !is_own_file(status)) return std::nullopt;
  auto mapped = MappedFile::of(file);
  if (!mapped.ok() || !is_whole(mapped->bytes(), seal)) return std::nullopt;
  mark_as_used(file, status);
  return SealedFile(std::move(mapped).value());
}

Status SealedFile::write(const std::string& path, const Seal& seal, std::string_view payload) {
  const Header header = header_of(seal, payload.size());
  std::string content;
  content.reserve(sizeof header + payload.size() + kChecksumBytes);
  content.append(bytes_of(header)).append(payload);
  const std::uint64_t checksum = checksum64(content);
  content.append(reinterpret_cast<const char*>(&checksum), sizeof checksum);
  return write_file_atomically(path, content, FileMode::owner_only);
}

std::string_view SealedFile::payload() const {
  return file_.bytes().substr(sizeof(Header), file_.bytes().size() - sizeof(Header) - kChecksumBytes);
}

}  // namespace hfscan
