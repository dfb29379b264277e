// The diary of an incident: one line of JSON for everything that was done or measured. It is evidence, never the truth: what a
// step's state is gets measured again (remedy/status.h).
//
// Each line carries the SHA-256 of the line before it, so that a record can say whether the diary is whole. A line that was cut
// by a crash is dropped when the next one is written.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace hfscan {

struct JournalEntry {
  std::int64_t time = 0;  // seconds since 1970-01-01T00:00:00Z
  std::string event;      // "created", "dead", "decided", ...
  Json data;              // an object; never a secret
};

class Journal {
 public:
  // An empty one when there is no such file.
  static Result<Journal> open(const std::string& path);

  [[nodiscard]] const std::vector<JournalEntry>& entries() const { return entries_; }
  // The youngest of this event; null when there is none.
  [[nodiscard]] const JournalEntry* last(std::string_view event) const;

  // The youngest that fits; null when none does.
  template <typename Fits>
  [[nodiscard]] const JournalEntry* last_where(const Fits& fits) const {
    const auto entry = std::find_if(entries_.rbegin(), entries_.rend(), fits);
    return entry == entries_.rend() ? nullptr : &*entry;
  }

  // "line 7 does not follow from line 6", or empty. Entries from there on are not in entries().
  [[nodiscard]] const std::string& problem() const { return problem_; }

  // SHA-256 of the last line, in hexadecimal; of nothing when there is none.
  [[nodiscard]] const std::string& digest() const { return digest_; }

  // Returns when the line is on the disk. Token shapes in `data` are masked.
  Status append(std::string_view event, const Json& data, std::int64_t now);

 private:
  void read(std::string_view text);
  bool add(std::string_view line);

  std::string path_;
  std::vector<JournalEntry> entries_;
  std::string problem_;
  std::string digest_;
  std::uint64_t whole_bytes_ = 0;  // up to the end of the last whole line
};

}  // namespace hfscan
