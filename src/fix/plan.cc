// Tested by tests/unit/fix/plan_test.cc.
#include "fix/plan.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/mask.h"
#include "base/text.h"

namespace hfscan {
namespace {

using Place = std::pair<std::uint64_t, std::uint64_t>;

const std::string& target_of(const Finding& finding, const Edit& edit) {
  return edit.path.empty() ? finding.location.path : edit.path;
}

Place place_of(const Edit& edit) { return {edit.span.begin, edit.span.end}; }

bool is_usable(const Finding& finding) {
  const auto leaks = [](const Edit& edit) { return holds_token_shape(edit.text); };
  return !finding.edits.empty() && finding.rule->autofix != Autofix::none && finding.location.container.empty() &&
         finding.location.blob.empty() && std::none_of(finding.edits.begin(), finding.edits.end(), leaks);
}

// The lines of a list, such as .gitignore, that are not in `known` yet.
std::string new_lines(std::string_view text, const std::string& known) {
  const std::vector<std::string_view> there = split_lines(known);
  std::string out;
  while (!text.empty()) {
    const std::string_view whole = text.substr(0, std::min(text.find('\n'), text.size() - 1) + 1);
    text.remove_prefix(whole.size());
    std::string_view line = whole;
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty() && std::find(there.begin(), there.end(), line) == there.end()) out += whole;
  }
  return out;
}

// What several findings add at the end of one list of patterns is one addition.
bool adds_patterns(const std::string& path, const Edit& edit) {
  return file_name(path).ends_with("ignore") && edit.span.size() == 0 && edit.text.ends_with('\n');
}

// The edits of one file that are taken so far.
class TakenEdits {
 public:
  explicit TakenEdits(std::optional<Sha256Digest> before) : before_(before) {}

  [[nodiscard]] bool takes(const std::string& path, const Edit& edit) const {
    if (edit.file_sha256 != before_) return false;
    const auto same = edits_.find(place_of(edit));
    if (same != edits_.end()) return same->second.text == edit.text || adds_patterns(path, edit);
    const auto next = edits_.lower_bound(place_of(edit));
    // The places that are taken do not overlap, so those next to the edit are enough. An insertion at the begin of the edit is
    // before it and hides nothing: what overlaps with the edit would overlap with the insertion, too.
    if (next != edits_.end() && next->second.span.overlaps(edit.span)) return false;
    return next == edits_.begin() || !std::prev(next)->second.span.overlaps(edit.span);
  }

  void take(const Edit& edit) {
    const auto [entry, is_new] = edits_.try_emplace(place_of(edit), edit);
    if (!is_new && entry->second.text != edit.text) entry->second.text += new_lines(edit.text, entry->second.text);
  }

  [[nodiscard]] std::vector<Edit> edits() const {
    std::vector<Edit> all;
    for (const auto& [place, edit] : edits_) all.push_back(edit);
    return all;
  }
  [[nodiscard]] const std::optional<Sha256Digest>& before() const { return before_; }

  std::vector<const Finding*> findings;

 private:
  std::optional<Sha256Digest> before_;
  std::map<Place, Edit> edits_;
};

class Planner {
 public:
  explicit Planner(FixPlan& plan) : plan_(plan) {}

  void add(const Finding& finding) { (take(finding) ? plan_.fixed : plan_.later).push_back(&finding); }

  void finish() {
    for (auto& [path, taken] : files_) {
      if (!taken.findings.empty()) plan_.files.push_back({path, taken.before(), taken.edits(), std::move(taken.findings)});
    }
  }

 private:
  TakenEdits& file_of(const Finding& finding, const Edit& edit) {
    return files_.try_emplace(target_of(finding, edit), edit.file_sha256).first->second;
  }

  bool take(const Finding& finding) {
    std::uint64_t end = 0;
    const std::string* path = nullptr;
    for (const Edit& edit : finding.edits) {
      const std::string& target = target_of(finding, edit);
      const bool overlaps_itself = path != nullptr && *path == target && edit.span.begin < end;
      if (overlaps_itself || !file_of(finding, edit).takes(target, edit)) return false;
      path = &target;
      end = edit.span.end;
    }
    for (const Edit& edit : finding.edits) {
      TakenEdits& file = file_of(finding, edit);
      file.take(edit);
      if (file.findings.empty() || file.findings.back() != &finding) file.findings.push_back(&finding);
    }
    return true;
  }

  FixPlan& plan_;
  std::map<std::string, TakenEdits> files_;
};

bool first_in_file(const Finding* a, const Finding* b) {
  const Edit& edit_a = a->edits.front();
  const Edit& edit_b = b->edits.front();
  return std::tuple(target_of(*a, edit_a), place_of(edit_a)) < std::tuple(target_of(*b, edit_b), place_of(edit_b));
}

}  // namespace

FixPlan plan_fixes(const Report& report, AllowedEdits allowed) {
  FixPlan plan;
  std::vector<const Finding*> candidates;
  for (const Finding& finding : report.findings) {
    if (finding.disposition != Disposition::active || finding.look_alike) continue;
    if (!is_usable(finding))
      plan.by_hand.push_back(&finding);
    else if (finding.rule->autofix == Autofix::review && allowed == AllowedEdits::safe)
      plan.review.push_back(&finding);
    else
      candidates.push_back(&finding);
  }
  std::stable_sort(candidates.begin(), candidates.end(), first_in_file);
  Planner planner(plan);
  for (const Finding* finding : candidates) planner.add(*finding);
  planner.finish();
  return plan;
}

}  // namespace hfscan
