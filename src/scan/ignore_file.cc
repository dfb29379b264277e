#include "scan/ignore_file.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/mask.h"
#include "base/text.h"
#include "scan/line_file.h"
#include "scan/places.h"

namespace hfscan {
namespace {

constexpr std::string_view kSecretPrefix = "sha256:";

// As many unused entries as a reader will look at; the rest are counted.
constexpr std::size_t kMaxUnusedNotes = 10;

// Path entries are tried against every finding. Both can be many in a hostile repository; this bounds their product.
constexpr std::size_t kMaxPathEntries = 1000;

// Hexadecimal text at least this long was meant as a fingerprint or an id, not as a path.
constexpr std::size_t kLooksLikeDigest = 32;

struct EntryText {
  std::string_view entry;
  std::string_view reason;
};

bool is_space(char c) { return c == ' ' || c == '\t'; }

EntryText split_comment(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '#' && (i == 0 || is_space(line[i - 1]))) return {trim(line.substr(0, i)), trim(line.substr(i + 1))};
  }
  return {trim(line), {}};
}

bool is_hex(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); });
}

// A code or a name; what is not one of these after a ':' belongs to the path.
bool is_rule_selector(std::string_view text) {
  const auto allowed = [](char c) { return is_alnum_ascii(c) || c == '-' || c == '_'; };
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

// The part after the last ':' that no backslash stands before.
std::size_t rule_separator(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || text[colon - 1] == '\\') return std::string_view::npos;
  return is_rule_selector(text.substr(colon + 1)) ? colon : std::string_view::npos;
}

Result<IgnoreEntry> digest_entry(IgnoreKind kind, std::string_view hex, std::string_view name, std::uint64_t line) {
  const std::optional<Sha256Digest> digest = digest_from_hex(hex);
  if (digest) return IgnoreEntry{kind, *digest, {}, {}, {}, {}};
  return line_error(name, line,
                    cat("64 hexadecimal digits are expected, not ", count_of(hex.size(), "character", "characters")));
}

Result<IgnoreEntry> path_entry(std::string_view text, std::string_view name, std::uint64_t line) {
  if (text.starts_with('!'))
    return line_error(name, line, "an entry cannot be negated with '!'; write '\\!' for the character");
  const std::size_t colon = rule_separator(text);
  IgnoreEntry entry;
  entry.pattern = text.substr(0, colon);
  if (colon != std::string_view::npos) entry.rule = text.substr(colon + 1);
  return entry;
}

Result<IgnoreEntry> entry_from(std::string_view text, std::string_view name, std::uint64_t line) {
  if (holds_token_shape(text)) {
    return line_error(name, line,
                      "this looks like a token; delete it, revoke it, and write 'sha256:' and the id from the report");
  }
  if (text.starts_with(kSecretPrefix)) return digest_entry(IgnoreKind::secret, text.substr(kSecretPrefix.size()), name, line);
  if (is_hex(text) && text.size() >= kLooksLikeDigest) return digest_entry(IgnoreKind::fingerprint, text, name, line);
  return path_entry(text, name, line);
}

bool path_entry_accepts(const IgnoreEntry& entry, const Finding& finding) {
  if (!entry.rule.empty() && !names_rule(entry.rule, finding.rule->id, finding.rule->name)) return false;
  return all_paths(finding, [&entry](const std::string& path) { return ignore_pattern_matches(entry.pattern, path); });
}

// The entries of a list by what they are looked up with.
class IgnoreIndex {
 public:
  explicit IgnoreIndex(const IgnoreList& list) {
    for (const IgnoreEntry& entry : list.entries) {
      if (entry.kind == IgnoreKind::fingerprint) by_fingerprint_.emplace(entry.digest, &entry);
      if (entry.kind == IgnoreKind::secret) by_secret_.emplace(entry.digest, &entry);
      if (entry.kind == IgnoreKind::path) paths_.push_back(&entry);
    }
  }

  // Every entry that accepts the finding; fingerprints, being the most precise, come first.
  [[nodiscard]] std::vector<const IgnoreEntry*> accepting(const Finding& finding) const {
    std::vector<const IgnoreEntry*> found;
    const auto add = [&found](const auto& range) {
      for (auto next = range.first; next != range.second; ++next) found.push_back(next->second);
    };
    add(by_fingerprint_.equal_range(finding.fingerprint));
    if (finding.secret && finding.secret->id) add(by_secret_.equal_range(*finding.secret->id));
    std::copy_if(paths_.begin(), paths_.end(), std::back_inserter(found),
                 [&finding](const IgnoreEntry* entry) { return path_entry_accepts(*entry, finding); });
    return found;
  }

 private:
  std::multimap<Sha256Digest, const IgnoreEntry*> by_fingerprint_;
  std::multimap<Sha256Digest, const IgnoreEntry*> by_secret_;
  std::vector<const IgnoreEntry*> paths_;
};

void note_unused(const std::vector<std::string>& origins, Report& report) {
  for (std::size_t i = 0; i < std::min(origins.size(), kMaxUnusedNotes); ++i) {
    report.notes.push_back(cat(escape_for_display(origins[i]), ": unused entry, no finding matches it; delete the line"));
  }
  if (origins.size() <= kMaxUnusedNotes) return;
  report.notes.push_back(
      cat(count_of(origins.size() - kMaxUnusedNotes, "more unused ignore entry", "more unused ignore entries")));
}

}  // namespace

Result<IgnoreList> parse_ignore_file(std::string_view text, std::string_view name) {
  HFSCAN_TRY_ASSIGN(const auto lines, read_lines(text, name, kMaxIgnoreFileSize));
  IgnoreList list;
  std::size_t path_entries = 0;
  for (const FileLine& line : lines) {
    const EntryText parts = split_comment(line.text);
    if (parts.entry.empty()) continue;
    HFSCAN_TRY_ASSIGN(IgnoreEntry entry, entry_from(parts.entry, name, line.number));
    if (entry.kind == IgnoreKind::path && ++path_entries > kMaxPathEntries) {
      return line_error(name, line.number, "more than 1,000 path entries; use wider patterns");
    }
    entry.reason = mask_token_shapes(parts.reason);
    entry.origin = cat(name, ":", std::to_string(line.number));
    list.entries.push_back(std::move(entry));
  }
  return list;
}

Result<IgnoreList> parse_gitleaks_ignore(std::string_view text, std::string_view name) {
  HFSCAN_TRY_ASSIGN(const auto lines, read_lines(text, name, kMaxIgnoreFileSize));
  const auto count =
      std::count_if(lines.begin(), lines.end(), [](const FileLine& line) { return !split_comment(line.text).entry.empty(); });
  IgnoreList list;
  if (count == 0) return list;
  list.notes.push_back(
      cat(count_of(static_cast<std::uint64_t>(count), "entry", "entries"), " of ", escape_for_display(name),
          " not used: they name positions, which would hide a new secret on the same line; accept findings with "
          "'hfscan ignore FINGERPRINT --reason TEXT'"));
  return list;
}

std::uint64_t apply_ignores(const IgnoreList& list, Report& report, UnusedEntries unused) {
  std::uint64_t count = 0;
  std::set<const IgnoreEntry*> used;
  const IgnoreIndex index(list);
  for (Finding& finding : report.findings) {
    const std::vector<const IgnoreEntry*> entries = index.accepting(finding);
    used.insert(entries.begin(), entries.end());
    if (entries.empty() || finding.disposition != Disposition::active) continue;
    const std::string& reason = entries[0]->reason;
    finding.disposition = Disposition::ignored_config;
    finding.justification = cat(entries[0]->origin, reason.empty() ? "" : ": ", reason);
    ++count;
  }
  report.notes.insert(report.notes.end(), list.notes.begin(), list.notes.end());
  if (unused == UnusedEntries::keep_quiet || !report.complete) return count;
  std::vector<std::string> origins;
  for (const IgnoreEntry& entry : list.entries) {
    if (!used.contains(&entry)) origins.push_back(entry.origin);
  }
  note_unused(origins, report);
  return count;
}

}  // namespace hfscan
