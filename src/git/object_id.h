// The name of a git object: 20 bytes (SHA-1) or 32 (SHA-256). Separate because every part of this module speaks of objects and
// none of them needs a third-party type for it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hfscan {

// The number is the length of a raw id in bytes.
enum class ObjectFormat : std::uint8_t { sha1 = 20, sha256 = 32 };

struct ObjectId {
  std::array<char, 32> bytes{};  // unused bytes stay zero, so that equality can compare all of them
  std::uint8_t size = 0;         // 0: no id at all

  // `raw` holds 20 or 32 bytes.
  static ObjectId from_raw(std::string_view raw);
  // Nothing unless it is 40 or 64 hexadecimal digits.
  static std::optional<ObjectId> from_hex(std::string_view hex);

  [[nodiscard]] std::string_view raw() const { return {bytes.data(), size}; }
  [[nodiscard]] std::string hex() const;
  // The id that hooks use for "no such object" (git-receive-pack(1), githooks(5)).
  [[nodiscard]] bool is_zero() const;

  bool operator==(const ObjectId& other) const = default;
};

struct ObjectIdHash {
  std::size_t operator()(const ObjectId& id) const;
};

// Modes of tree and index entries (gitformat-index(5)).
constexpr std::uint32_t kModeTypeMask = 0170000;
constexpr std::uint32_t kModeFolder = 0040000;
constexpr std::uint32_t kModeRegular = 0100000;
constexpr std::uint32_t kModeSymlink = 0120000;
constexpr std::uint32_t kModeGitlink = 0160000;

}  // namespace hfscan
