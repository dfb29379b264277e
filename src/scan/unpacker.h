// The walk through one file's archives. Private to scan/container_scan.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/blob.h"
#include "detect/detector.h"
#include "scan/harvest.h"
#include "scan/same_secret.h"
#include "scan/unpack_budget.h"
#include "sources/archive.h"

namespace hfscan {

// Bytes of an archive in an archive that are held, so that they are scanned as they lie and a zip is read by its directory. A
// larger one is only unpacked, as it streams by.
inline constexpr std::size_t kMaxHeld = std::size_t{4} << 20U;
// Of all that are open at a time, one in the other.
inline constexpr std::size_t kMaxHeldTogether = 3 * kMaxHeld;

class Unpacker {
 public:
  // What all files share.
  struct Tools {
    const Detector& detector;
    const std::vector<const Rule*>& path_rules;
    const std::function<bool(std::string_view path)>& excluded;
    Detector::Scratch& scratch;
  };
  struct File {
    const Item& item;
    const ArchiveLimits& limits;
    std::uint64_t packed_bytes;
  };

  Unpacker(Tools tools, File file, Harvest& harvest);

  // Scans what is in the file. `findings` are those of its own bytes; see scan/same_secret.
  void unpack_file(Content& content, ContainerKind kind, std::vector<Finding>& findings);

  // Adds the Diagnostics that are told once for the whole file.
  void finish();

 private:
  // An archive, or a stream that holds one file.
  struct Level {
    std::string path;      // of the archive, for Diagnostics
    std::string base;      // what members' paths begin with: "a.zip!/"
    std::string encoding;  // of the members
    ContainerKind kind;
    unsigned depth;       // 1: the file itself
    bool own_bytes_seen;  // the archive's bytes were scanned as they lie
  };
  // A member, or the file in a stream.
  struct Part {
    const Item& item;
    Packing packing;
    const Level& level;
  };
  using Found = std::vector<MemberFinding>;

  // What the members gave; nothing, and a Diagnostic, when not even the first could be read.
  std::optional<Found> unpack(Content& content, const Level& level);
  Found unpack_stream(Content& content, const Level& level);
  std::optional<Found> unpack_archive(Content& content, const Level& level);

  void scan_member(ArchiveReader& reader, const Level& level, Found& found);
  void scan_names(const Member& member, Item item, const Level& level, Found& found);
  void scan_content(Content& content, const Part& part, Found& found);
  void scan_plain(Content& content, const Part& part, Found& found);
  void scan_nested(Content& content, const Part& part, ContainerKind kind, Found& found);
  void scan_held(std::string_view held, const Part& part, ContainerKind kind, Found& found);
  void look_behind(Content& content, const Part& part, Found& found);
  void add_members(std::string_view held, const Part& part, ContainerKind kind, BlobResult& own, Found& found);

  BlobResult detect(Content& content, const Item& item);
  BlobResult detect(std::string_view bytes, const Item& item);

  [[nodiscard]] Item item_for(std::string_view name, const Level& level) const;
  [[nodiscard]] static Level level_in(const Part& part, ContainerKind kind);
  [[nodiscard]] bool may_go_deeper(const Level& level);
  [[nodiscard]] bool was_seen(std::string_view head, const Part& part) const;
  [[nodiscard]] std::size_t may_hold() const;
  void collect(BlobResult& result, const Part& part, Found& found);
  void diagnose(const std::string& path, const std::string& message);

  Tools tools_;
  File file_;
  Harvest& harvest_;
  UnpackBudget budget_;
  std::size_t held_ = 0;  // bytes, of all levels
  std::uint64_t diagnostics_ = 0;
  std::uint64_t encrypted_ = 0;
  std::uint64_t too_deep_ = 0;
  std::map<std::string, std::uint64_t> unread_methods_;
};

}  // namespace hfscan
