// The baseline: a file of known findings, so that a project with old findings can refuse new ones today.
//
// Format, UTF-8 text, one finding a line, sorted by fingerprint:
//
//   # hfscan-baseline 1
//   <64 hex digits: fingerprint> <rule id> <path>[<TAB><reason>]
//
// Only the fingerprint counts; rule and path are there for the reader. No line number, no time, no commit: the file changes
// only when a finding comes or goes, and two branches that add findings rarely touch neighbouring lines. In path and reason a
// backslash is written "\\" and a byte that is no printable UTF-8, or a space at either end, "\xNN". Further lines that begin
// with
// '#', and empty ones, are comments; rewriting drops them.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "core/report.h"

namespace hfscan {

// Large enough for every finding of a large history (some 100,000 entries), small enough to hold.
inline constexpr std::uint64_t kMaxBaselineSize = std::uint64_t{16} << 20U;

struct BaselineEntry {
  Sha256Digest fingerprint{};
  std::string rule;
  std::string path;    // credential shapes masked, at most 4096 bytes: for the reader only
  std::string reason;  // credential shapes masked, at most 1024 bytes; may be empty
  auto operator<=>(const BaselineEntry&) const = default;
};

// Entries sorted by fingerprint, each fingerprint once.
struct Baseline {
  std::string name;  // the file, as notes and justifications show it
  std::vector<BaselineEntry> entries;
};

// Entries in any order and doubled ones are accepted, since that is what a union merge leaves behind; of doubled ones the first
// with a reason stays. Errors are "name:line: message" and quote no content.
Result<Baseline> parse_baseline(std::string_view text, std::string_view name);

// The whole file. parse_baseline() of it gives the same entries, and serialising those again the same bytes.
std::string serialise_baseline(const Baseline& baseline);

// Every active finding of the report, each with `reason`.
Baseline make_baseline(const Report& report, std::string_view name, std::string_view reason);

// Marks the active findings that the baseline knows as baselined and says why. Returns how many. The report's counts are the
// caller's to compute, once all suppression is done.
std::uint64_t apply_baseline(const Baseline& baseline, Report& report);

struct BaselineChange {
  std::uint64_t kept = 0;
  std::uint64_t added = 0;
  std::uint64_t dropped = 0;
};

// Adds the active findings that are missing; reasons of old entries stay.
BaselineChange update_baseline(Baseline& baseline, const Report& report, std::string_view reason);

// Drops entries that no finding of the report has, whatever its disposition. Refused for an incomplete report: what could not
// be read may still be there. The report has to come from a scan of everything that the baseline covers.
Result<BaselineChange> prune_baseline(Baseline& baseline, const Report& report);

// Both sets of entries; where both have one, the reason of `first` unless it is empty.
Baseline merge_baselines(Baseline first, const Baseline& second);

}  // namespace hfscan
