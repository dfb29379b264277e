// .hfscanignore: findings that a project accepts, with reasons. One entry a line:
//
//   <64 hex digits>         [# reason]   one finding, by fingerprint
//   sha256:<64 hex digits>  [# reason]   one secret wherever it stands, by the id that reports show
//   path-pattern            [# reason]   every finding in these files; a pattern as in .gitignore, without negation
//   path-pattern:RULE       [# reason]   ... of one rule: a code, a code prefix or a name
//
// '#' at the beginning of a line or after white space begins a comment; '\#', '\:' and '\!' stand for the characters. No entry
// knows of lines, so a new secret beside an accepted one is a new finding. Separate from the baseline, which programs write.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "core/report.h"

namespace hfscan {

inline constexpr std::uint64_t kMaxIgnoreFileSize = std::uint64_t{1} << 20U;

enum class IgnoreKind { fingerprint, secret, path };

struct IgnoreEntry {
  IgnoreKind kind = IgnoreKind::path;
  Sha256Digest digest{};  // fingerprint or secret id
  std::string pattern;    // path
  std::string rule;       // path: a selector, or empty for every rule
  std::string reason;     // credential shapes masked; may be empty
  std::string origin;     // ".hfscanignore:3"
};

struct IgnoreList {
  std::vector<IgnoreEntry> entries;
  std::vector<std::string> notes;
};

// Errors are "name:line: message" and quote no content, since people paste tokens into such files.
Result<IgnoreList> parse_ignore_file(std::string_view text, std::string_view name);

// A .gitleaksignore: its entries name positions and would hide a new secret on the same line, so none is used and one note says
// so.
Result<IgnoreList> parse_gitleaks_ignore(std::string_view text, std::string_view name);

enum class UnusedEntries {
  report,  // the whole of what the entries are about was scanned
  keep_quiet,
};

// Marks the active findings that an entry accepts as ignored_config, with the entry's origin and reason; adds the list's notes
// and those about unused entries to the report. Nothing is called unused when the report is incomplete. A path entry counts
// only when every place of the finding matches. Returns how many were marked; the report's counts are the caller's to compute.
std::uint64_t apply_ignores(const IgnoreList& list, Report& report, UnusedEntries unused);

}  // namespace hfscan
