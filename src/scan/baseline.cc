#include "scan/baseline.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/mask.h"
#include "base/text.h"
#include "scan/line_file.h"

namespace hfscan {
namespace {

constexpr std::string_view kHeader = "# hfscan-baseline 1";
constexpr std::string_view kHeaderName = "# hfscan-baseline ";

constexpr std::size_t kDigestLength = 64;
constexpr std::size_t kMaxPath = 4096;  // Linux, limits.h: PATH_MAX
constexpr std::size_t kMaxReason = 1024;

// What a field keeps: no credential, and never more than fits on a line. Masked before the cut, which could leave most of a
// credential standing, and after it, since a cut can end a run of letters elsewhere.
std::string presentable(std::string_view text, std::size_t limit) {
  return mask_token_shapes(mask_token_shapes(text).substr(0, limit));
}

bool by_fingerprint(const BaselineEntry& a, const BaselineEntry& b) { return a.fingerprint < b.fingerprint; }

void normalise(std::vector<BaselineEntry>& entries) {
  std::stable_sort(entries.begin(), entries.end(), by_fingerprint);
  std::vector<BaselineEntry> unique;
  for (BaselineEntry& entry : entries) {
    if (unique.empty() || unique.back().fingerprint != entry.fingerprint) {
      unique.push_back(std::move(entry));
    } else if (unique.back().reason.empty()) {
      unique.back().reason = std::move(entry.reason);
    }
  }
  entries = std::move(unique);
}

const BaselineEntry* find_entry(const Baseline& baseline, const Sha256Digest& fingerprint) {
  const auto& entries = baseline.entries;
  const auto found =
      std::lower_bound(entries.begin(), entries.end(), fingerprint,
                       [](const BaselineEntry& entry, const auto& wanted) { return entry.fingerprint < wanted; });
  return found == entries.end() || found->fingerprint != fingerprint ? nullptr : &*found;
}

// Nothing when the line has not the three fields.
std::optional<BaselineEntry> entry_from(std::string_view line) {
  const std::optional<Sha256Digest> fingerprint = digest_from_hex(line.substr(0, kDigestLength));
  if (!fingerprint || line.size() <= kDigestLength || line[kDigestLength] != ' ') return std::nullopt;
  line.remove_prefix(kDigestLength + 1);
  const std::size_t tab = std::min(line.find('\t'), line.size());
  const std::size_t space = std::min(line.find(' '), tab);
  if (space == 0) return std::nullopt;
  const auto rule = unescape_field(line.substr(0, space));
  const auto path = unescape_field(line.substr(std::min(space + 1, tab), tab - std::min(space + 1, tab)));
  const auto reason = unescape_field(trim(line.substr(std::min(tab + 1, line.size()))));
  if (!rule || !path || !reason) return std::nullopt;
  return BaselineEntry{*fingerprint, presentable(*rule, kMaxReason), presentable(*path, kMaxPath),
                       presentable(*reason, kMaxReason)};
}

BaselineEntry entry_for(const Finding& finding, std::string_view reason) {
  return {finding.fingerprint, finding.rule->id, presentable(finding.location.path, kMaxPath),
          presentable(trim(reason), kMaxReason)};
}

// A rule id ends at the first space.
std::string escape_rule(std::string_view rule) {
  std::string out;
  for (const char c : escape_field(rule)) {
    if (c == ' ')
      out += "\\x20";
    else
      out.push_back(c);
  }
  return out;
}

Status check_header(const std::vector<FileLine>& lines, std::string_view name) {
  if (!lines.empty() && trim(lines[0].text) == kHeader) return {};
  if (!lines.empty() && lines[0].text.starts_with(kHeaderName)) {
    return line_error(name, 1, "a baseline of another version; this hfscan reads version 1");
  }
  return line_error(name, 1,
                    cat("not a baseline; the first line must be '", kHeader, "' ('hfscan baseline create' makes one)"));
}

}  // namespace

Result<Baseline> parse_baseline(std::string_view text, std::string_view name) {
  HFSCAN_TRY_ASSIGN(const auto lines, read_lines(text, name, kMaxBaselineSize));
  HFSCAN_TRY(check_header(lines, name));
  Baseline baseline{std::string(name), {}};
  for (const FileLine& line : lines) {
    if (trim(line.text).empty() || line.text.starts_with('#')) continue;
    std::optional<BaselineEntry> entry = entry_from(line.text);
    if (!entry) return line_error(name, line.number, "not an entry; '<64 hex digits> <rule> <path>' is expected");
    baseline.entries.push_back(*std::move(entry));
  }
  normalise(baseline.entries);
  return baseline;
}

std::string serialise_baseline(const Baseline& baseline) {
  std::string text = cat(kHeader, "\n");
  for (const BaselineEntry& entry : baseline.entries) {
    text += cat(to_hex(entry.fingerprint), " ", escape_rule(entry.rule), " ", escape_field(entry.path));
    if (!entry.reason.empty()) text += cat("\t", escape_field(entry.reason));
    text += "\n";
  }
  return text;
}

Baseline make_baseline(const Report& report, std::string_view name, std::string_view reason) {
  Baseline baseline{std::string(name), {}};
  update_baseline(baseline, report, reason);
  return baseline;
}

std::uint64_t apply_baseline(const Baseline& baseline, Report& report) {
  std::uint64_t count = 0;
  for (Finding& finding : report.findings) {
    if (finding.disposition != Disposition::active) continue;
    const BaselineEntry* entry = find_entry(baseline, finding.fingerprint);
    if (entry == nullptr) continue;
    finding.disposition = Disposition::baselined;
    finding.justification = cat("known in ", baseline.name, entry->reason.empty() ? "" : ": ", entry->reason);
    ++count;
  }
  return count;
}

BaselineChange update_baseline(Baseline& baseline, const Report& report, std::string_view reason) {
  BaselineChange change;
  change.kept = baseline.entries.size();
  std::vector<BaselineEntry> entries = baseline.entries;
  for (const Finding& finding : report.findings) {
    if (finding.disposition != Disposition::active || find_entry(baseline, finding.fingerprint) != nullptr) continue;
    entries.push_back(entry_for(finding, reason));
  }
  normalise(entries);
  baseline.entries = std::move(entries);
  change.added = baseline.entries.size() - change.kept;
  return change;
}

Result<BaselineChange> prune_baseline(Baseline& baseline, const Report& report) {
  if (!report.complete) {
    return Error{
        cat("cannot prune ", quoted(baseline.name), ": the scan was incomplete; make the files that it names readable")};
  }
  std::vector<Sha256Digest> present;
  for (const Finding& finding : report.findings) present.push_back(finding.fingerprint);
  std::sort(present.begin(), present.end());
  BaselineChange change;
  change.dropped = std::erase_if(baseline.entries, [&present](const BaselineEntry& entry) {
    return !std::binary_search(present.begin(), present.end(), entry.fingerprint);
  });
  change.kept = baseline.entries.size();
  return change;
}

Baseline merge_baselines(Baseline first, const Baseline& second) {
  first.entries.insert(first.entries.end(), second.entries.begin(), second.entries.end());
  normalise(first.entries);
  return first;
}

}  // namespace hfscan
