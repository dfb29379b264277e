#include "sources/container_kind.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "base/text.h"

namespace hfscan {
namespace {

using namespace std::string_view_literals;

struct Format {
  std::string_view name;
  std::string_view bytes;
};

constexpr std::array<Format, 7> kUnread = {{
    {"7z", "7z\xbc\xaf\x27\x1c"sv},
    {"rar", "Rar!\x1a\x07"sv},
    {"xar", "xar!\0\x1c"sv},
    {"cab", "MSCF\0\0\0\0"sv},
    {"rpm", "\xed\xab\xee\xdb"sv},
    {"lzip", "LZIP\1"sv},
    {"lzop", "\x89LZO\0\r\n\x1a\n"sv},
}};

constexpr std::size_t kTarChecksum = 148;  // ustar: offset and length of the field
constexpr std::size_t kTarChecksumLength = 8;

bool all_of(std::string_view text, std::string_view allowed) {
  return text.find_first_not_of(allowed) == std::string_view::npos;
}

// POSIX.1-1988, ustar: the sum of all bytes, those of the field itself counted as spaces. Old programs summed signed bytes.
bool is_tar(std::string_view head) {
  if (head.size() < kContainerHead || head[0] == '\0') return false;
  std::string_view field = head.substr(kTarChecksum, kTarChecksumLength);
  while (field.starts_with(' ')) field.remove_prefix(1);
  std::int64_t expected = 0;
  const auto [end, problem] = std::from_chars(field.data(), field.data() + field.size(), expected, 8);
  if (problem != std::errc() || end == field.data() + field.size() || (*end != '\0' && *end != ' ')) return false;
  std::int64_t plain = 0;
  std::int64_t with_sign = 0;
  for (std::size_t i = 0; i < kContainerHead; ++i) {
    const bool in_field = i >= kTarChecksum && i < kTarChecksum + kTarChecksumLength;
    plain += in_field ? ' ' : static_cast<unsigned char>(head[i]);
    with_sign += in_field ? ' ' : static_cast<signed char>(head[i]);
  }
  return expected == plain || expected == with_sign;
}

// cpio(5): the odc header is 76 octal digits, the newc header 110 hexadecimal ones.
bool is_cpio(std::string_view head) {
  constexpr std::size_t kOldHeader = 76;
  constexpr std::size_t kNewHeader = 110;
  if (head.starts_with("070707")) return head.size() > kOldHeader && all_of(head.substr(0, kOldHeader), "01234567");
  if (!head.starts_with("070701") && !head.starts_with("070702")) return false;
  return head.size() > kNewHeader && all_of(head.substr(0, kNewHeader), "0123456789abcdefABCDEF");
}

std::uint64_t number_at(std::string_view bytes, std::size_t position, std::size_t length) {
  std::uint64_t value = 0;
  for (std::size_t i = length; i-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes[position + i]);
  return value;
}

// RFC 1952: deflate is the only method, the upper flags are reserved.
bool is_gzip(std::string_view head) {
  return head.size() >= 10 && head.starts_with("\x1f\x8b\x08"sv) && (number_at(head, 3, 1) & 0xE0U) == 0;
}

bool is_bzip2(std::string_view head) {
  if (head.size() < 10 || !head.starts_with("BZh") || head[3] < '1' || head[3] > '9') return false;
  const std::string_view block = head.substr(4, 6);
  return block == "1AY&SY"sv || block == "\x17\x72\x45\x38\x50\x90"sv;  // digits of pi and of its root
}

// The XZ file format 1.1.0, 2.1.1: one byte of flags is zero, of the other only the low half is used.
bool is_xz(std::string_view head) {
  return head.size() >= 12 && head.starts_with("\xfd\x37zXZ\0\0"sv) && number_at(head, 7, 1) <= 0x0F;
}

// RFC 8878, 3.1.1: bit 3 of the descriptor is reserved.
bool is_zstd(std::string_view head) {
  return head.size() >= 6 && head.starts_with("\x28\xb5\x2f\xfd"sv) && (number_at(head, 4, 1) & 0x08U) == 0;
}

// LZ4 frame format 1.6.2: version 1, bit 1 reserved; in the next byte bits 7 and 3 to 0.
bool is_lz4(std::string_view head) {
  if (head.size() < 7 || !head.starts_with("\x04\x22\x4d\x18"sv)) return false;
  return (number_at(head, 4, 1) & 0xC2U) == 0x40 && (number_at(head, 5, 1) & 0x8FU) == 0;
}

// APPNOTE.TXT 4.3.7 and 4.4.5: the header of a first member whose version and method exist, or at once the end of the
// directory. The marker of a split zip may stand before.
bool is_zip(std::string_view head) {
  constexpr std::uint64_t kLastVersion = 100;
  constexpr std::uint64_t kLastMethod = 99;
  if (head.starts_with("PK00")) head.remove_prefix(4);
  if (head.starts_with("PK\5\6"sv)) return head.size() >= 22 && number_at(head, 4, 4) == 0;
  return head.size() >= 30 && head.starts_with("PK\3\4"sv) && number_at(head, 4, 1) <= kLastVersion &&
         number_at(head, 8, 2) <= kLastMethod;
}

// ar(5): each member's header ends in "`\n".
bool is_ar(std::string_view head) {
  return head.starts_with("!<arch>\n") && (head.size() == 8 || (head.size() >= 68 && head.substr(66, 2) == "`\n"));
}

using Test = bool (*)(std::string_view head);

struct Recognition {
  ContainerKind kind;
  Test holds;
};

// APPNOTE.TXT 4.3.16; `position` is where the record stands in the file.
bool is_zip_end(std::string_view record, std::uint64_t position) {
  constexpr std::size_t kLength = 22;
  if (record.size() < kLength || number_at(record, 4, 4) != 0) return false;  // numbers of disks
  const std::uint64_t entries = number_at(record, 10, 2);
  if (entries == 0 || entries != number_at(record, 8, 2)) return false;
  const std::uint64_t directory_size = number_at(record, 12, 4);
  const std::uint64_t directory_begin = number_at(record, 16, 4);
  const bool is_zip64 = directory_begin == 0xFFFFFFFFU || directory_size == 0xFFFFFFFFU;
  return kLength + number_at(record, 20, 2) == record.size() && (is_zip64 || directory_begin + directory_size <= position);
}

constexpr std::array<Recognition, 9> kRecognitions = {{
    {ContainerKind::gzip, is_gzip},
    {ContainerKind::bzip2, is_bzip2},
    {ContainerKind::xz, is_xz},
    {ContainerKind::zstd, is_zstd},
    {ContainerKind::lz4, is_lz4},
    {ContainerKind::zip, is_zip},
    {ContainerKind::ar, is_ar},
    {ContainerKind::cpio, is_cpio},
    {ContainerKind::tar, is_tar},
}};

struct Suffix {
  ContainerKind kind;
  std::string_view suffix;
  std::string_view replacement;
};

constexpr std::array<Suffix, 13> kSuffixes = {{
    {ContainerKind::gzip, ".gz", ""},
    {ContainerKind::gzip, ".tgz", ".tar"},
    {ContainerKind::gzip, ".svgz", ".svg"},
    {ContainerKind::bzip2, ".bz2", ""},
    {ContainerKind::bzip2, ".tbz2", ".tar"},
    {ContainerKind::bzip2, ".tbz", ".tar"},
    {ContainerKind::xz, ".xz", ""},
    {ContainerKind::xz, ".txz", ".tar"},
    {ContainerKind::zstd, ".zst", ""},
    {ContainerKind::zstd, ".tzst", ".tar"},
    {ContainerKind::zstd, ".zstd", ""},
    {ContainerKind::lz4, ".lz4", ""},
    {ContainerKind::lz4, ".tlz4", ".tar"},
}};

}  // namespace

const char* to_string(ContainerKind kind) {
  switch (kind) {
    case ContainerKind::gzip: return "gzip";
    case ContainerKind::bzip2: return "bzip2";
    case ContainerKind::xz: return "xz";
    case ContainerKind::zstd: return "zstd";
    case ContainerKind::lz4: return "lz4";
    case ContainerKind::zip: return "zip";
    case ContainerKind::tar: return "tar";
    case ContainerKind::ar: return "ar";
    case ContainerKind::cpio: return "cpio";
  }
  return "unknown";
}

std::optional<ContainerKind> container_at(std::string_view head) {
  const auto* const found =
      std::find_if(kRecognitions.begin(), kRecognitions.end(), [head](const Recognition& row) { return row.holds(head); });
  if (found == kRecognitions.end()) return std::nullopt;
  return found->kind;
}

bool ends_in_zip(std::string_view tail, std::uint64_t size) {
  tail = tail.substr(tail.size() - std::min(tail.size(), kZipTail));
  // The record has zero bytes, text has none: this is all that a text file costs.
  if (tail.empty() || std::memchr(tail.data(), '\0', tail.size()) == nullptr) return false;
  for (std::size_t at = tail.rfind("PK\5\6"); at != std::string_view::npos;
       at = at == 0 ? at - 1 : tail.rfind("PK\5\6", at - 1)) {
    if (is_zip_end(tail.substr(at), size - (tail.size() - at))) return true;
  }
  return false;
}

std::string_view unread_archive_format(std::string_view head) {
  const auto* const found =
      std::find_if(kUnread.begin(), kUnread.end(), [head](const Format& format) { return head.starts_with(format.bytes); });
  return found == kUnread.end() ? "" : found->name;
}

std::string stream_name(std::string_view file_name, ContainerKind kind) {
  const std::string_view name = file_name.substr(file_name.rfind('/') + 1);
  const std::string lower = to_lower_ascii(name);
  for (const Suffix& row : kSuffixes) {
    if (row.kind != kind || !lower.ends_with(row.suffix) || lower.size() == row.suffix.size()) continue;
    return cat(name.substr(0, name.size() - row.suffix.size()), row.replacement);
  }
  return "data";
}

}  // namespace hfscan
