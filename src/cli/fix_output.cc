#include "cli/fix_output.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "base/text.h"
#include "hygiene/repository/secret_files.h"

namespace hfscan {
namespace {

bool by_place(const MaskedSpan& a, const MaskedSpan& b) { return a.span < b.span; }

bool shows_no_line(const std::string& path) {
  const SecretFileKind kind = secret_file_kind(path);
  return kind == SecretFileKind::dotenv || kind == SecretFileKind::token;
}

std::vector<MaskedSpan> secrets_before(const PreparedFile& file, const Report& report, const Detector& detector) {
  if (shows_no_line(file.fix->path)) return {{{0, file.before.size()}, std::string(kCutMark)}};
  std::vector<MaskedSpan> masks = detector.secrets_in(file.before);
  for (const Finding& finding : report.findings) {
    if (finding.location.path == file.fix->path && finding.secret)
      masks.push_back({finding.location.span, finding.secret->masked});
  }
  std::sort(masks.begin(), masks.end(), by_place);
  return masks;
}

// What to look at first: a leaked secret, then what is most severe.
std::pair<bool, Severity> weight(const Finding& finding) { return {finding.secret.has_value(), finding.severity}; }

// A terminal must not act on what a file holds.
std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    while (!line.empty()) {
      const std::string_view part = line.substr(0, line.find('\t'));
      out += escape_for_display(part);
      if (part.size() < line.size()) out += '\t';
      line.remove_prefix(std::min(part.size() + 1, line.size()));
    }
    out += '\n';
  }
  return out;
}

}  // namespace

Diff diff_of(const PreparedFile& file, const Report& report, const Detector& detector) {
  DiffInput input;
  input.path = file.fix->path;
  input.kind = file.fix->before ? DiffedFile::changed : DiffedFile::made;
  input.before = file.before;
  input.edits = file.fix->edits;
  input.hidden_before = secrets_before(file, report, detector);
  // Twice, because an edit may move a secret, and may bring its parts together.
  input.hidden_after = moved_by_edits(input.hidden_before, input.edits);
  std::vector<MaskedSpan> found = detector.secrets_in(file.after);
  std::move(found.begin(), found.end(), std::back_inserter(input.hidden_after));
  std::sort(input.hidden_after.begin(), input.hidden_after.end(), by_place);
  return unified_diff(input);
}

std::string diff_text(const std::vector<Diff>& diffs, std::string_view apply_command, DiffReader reader) {
  std::string out;
  const auto masked = std::count_if(diffs.begin(), diffs.end(), [](const Diff& diff) { return diff.masked; });
  if (masked != 0) {
    out += cat("# This cannot be applied as a patch: lines with secrets are masked. To make the edits: ", apply_command, "\n");
  }
  for (const Diff& diff : diffs) out += diff.text;
  return reader == DiffReader::terminal ? printable(out) : out;
}

std::string rules_of(const std::vector<const Finding*>& findings) {
  std::map<std::string_view, std::uint64_t> counts;
  for (const Finding* finding : findings) ++counts[finding->rule->id];
  std::string out;
  for (const auto& [id, count] : counts) {
    out += cat(out.empty() ? "" : ", ", escape_for_display(id), count == 1 ? "" : cat(" (", with_thousands(count), ")"));
  }
  return out;
}

std::string what_is_left(const FixPlan& plan) {
  const auto findings = [](const std::vector<const Finding*>& list) {
    return cat(count_of(list.size(), "finding", "findings"), " (", rules_of(list), ")");
  };
  std::string out;
  if (!plan.later.empty()) {
    out += cat("left for the next run: ", findings(plan.later), ", whose edits overlap with those before them\n");
  }
  if (!plan.review.empty()) {
    out += cat("left to review: ", findings(plan.review), "; 'hfscan fix --unsafe' shows these edits too\n");
  }
  if (!plan.by_hand.empty()) {
    const auto worse = [](const Finding* a, const Finding* b) { return weight(*a) < weight(*b); };
    const Finding* worst = *std::max_element(plan.by_hand.begin(), plan.by_hand.end(), worse);
    const std::string id = escape_for_display(worst->rule->id);
    out += cat("left to you: ", findings(plan.by_hand), "; what to do: hfscan rules explain ", id, "\n");
  }
  return out;
}

}  // namespace hfscan
