// Tested by tests/unit/history/history_rules_test.cc and by the examples of the rules.
#include "history/history_rules.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/text.h"
#include "base/time.h"

namespace hfscan {
namespace {

constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60;
constexpr std::size_t kShortId = 12;

// In an object of git that is more than a file about to be committed.
bool is_in_history(const Occurrence& occurrence) {
  switch (occurrence.kind) {
    case PlaceKind::config:
    case PlaceKind::reflog:
    case PlaceKind::ref_name: return false;
    case PlaceKind::blob:
      return !occurrence.introduced.empty() || !occurrence.refs.empty() || occurrence.path.starts_with("blob ");
    default: return !occurrence.introduced.empty() || !occurrence.refs.empty() || !occurrence.blob.empty();
  }
}

std::string commit_text(const CommitStamp& stamp) {
  const bool dated = stamp.time && *stamp.time >= 0 && *stamp.time <= kLastInstant;
  return cat(stamp.commit.substr(0, kShortId), dated ? cat(" of ", instant_text(*stamp.time).substr(0, 10)) : "");
}

std::string paths_text(const Finding& finding) {
  constexpr std::size_t kMostPaths = 3;
  std::set<std::string> paths;
  for (const Occurrence& occurrence : finding.occurrences) {
    if (is_in_history(occurrence)) paths.insert(occurrence.path);
  }
  std::string text;
  std::size_t named = 0;
  for (const std::string& path : paths) {
    if (named++ < kMostPaths) text += cat(text.empty() ? "" : ", ", path);
  }
  return named <= kMostPaths ? text : cat(text, " and ", std::to_string(named - kMostPaths), " more");
}

// "...: first in 0123456789ab of 2025-03-01, last in ...; in a.py; reachable from 3 refs, no remote-tracking branch among them"
std::string message_of(const Rule& rule, const Finding& finding) {
  const SecretStory& story = *finding.story;
  std::string text = rule.message;
  if (story.first) text += cat(": first in ", commit_text(*story.first), ", last in ", commit_text(*story.last));
  text += cat("; in ", paths_text(finding));
  if (!story.reachable) return cat(text, "; only in unreachable objects, a stash or a reflog");
  const std::uint64_t refs = story.refs.size() + story.other_refs;
  return cat(text, "; reachable from ", count_of(refs, "ref", "refs"),
             story.pushed ? ", a remote-tracking branch among them" : ", no remote-tracking branch among them");
}

using RunRule = void (*)(const Rule& rule, const Finding& finding, const AgeLimits& limits, std::vector<Finding>& found);

// The finding of another rule, as one of this rule.
Finding& add(const Rule& rule, const Finding& finding, std::vector<Finding>& found) {
  Finding& added = found.emplace_back(finding);
  added.rule = &rule;
  added.severity = rule.severity;
  added.confidence = rule.confidence;
  added.message = rule.message;
  added.edits.clear();
  return added;
}

void match_removed(const Rule& rule, const Finding& finding, const AgeLimits& /*limits*/, std::vector<Finding>& found) {
  const bool in_history = std::any_of(finding.occurrences.begin(), finding.occurrences.end(), is_in_history);
  if (in_history && !finding.story->in_head) add(rule, finding, found).message = message_of(rule, finding);
}

// The name under which a token is used says that it only reads.
bool is_named_read(const Finding& finding) {
  const Excerpt& excerpt = finding.excerpt;
  if (excerpt.hit_line >= excerpt.lines.size()) return false;
  const std::string& line = excerpt.lines[excerpt.hit_line];
  const std::string before = to_lower_ascii(std::string_view(line).substr(0, std::min(excerpt.mark_begin, line.size())));
  const bool reads = before.find("_read") != std::string::npos || before.find("read_") != std::string::npos;
  return reads && before.find("write") == std::string::npos;
}

int most_days(const Finding& finding, const RotationPolicy& policy) {
  const std::string& path = finding.location.path;
  const std::string_view named = policy.place_of_path(path);
  const std::optional<TokenRole> role = is_named_read(finding) ? std::optional(TokenRole::read) : std::nullopt;
  return policy.most_days(role, named.empty() ? usual_place_of(path) : named);
}

void match_age(const Rule& rule, const Finding& finding, const AgeLimits& limits, std::vector<Finding>& found) {
  const SecretStory& story = *finding.story;
  if (!story.in_head || !story.first || !story.first->time) return;
  const std::int64_t days = (limits.now - *story.first->time) / kDay;
  if (days <= most_days(finding, limits.policy)) return;
  add(rule, finding, found).message = cat(rule.message, ": first committed in ", commit_text(*story.first));
}

struct HistoryMatcher {
  std::string_view name;
  RunRule run;
};

constexpr std::array<HistoryMatcher, 2> kMatchers = {{{"token-in-history", match_removed}, {"token-age", match_age}}};

const HistoryMatcher* matcher_of(std::string_view name) {
  const auto* found = std::find_if(kMatchers.begin(), kMatchers.end(), [&](const HistoryMatcher& m) { return m.name == name; });
  return found == kMatchers.end() ? nullptr : found;
}

}  // namespace

bool is_history_matcher(std::string_view matcher) { return matcher_of(matcher) != nullptr; }

std::vector<Finding> run_history_rules(std::span<const Rule* const> rules, std::span<const Finding> findings,
                                       const AgeLimits& limits) {
  std::vector<Finding> found;
  for (const Rule* rule : rules) {
    const auto* match = std::get_if<StructureMatch>(&rule->match);
    const HistoryMatcher* matcher = match == nullptr ? nullptr : matcher_of(match->matcher);
    if (matcher == nullptr) continue;
    std::set<Sha256Digest> told;
    for (const Finding& finding : findings) {
      const bool secret = finding.secret && finding.secret->id && finding.story && !finding.look_alike;
      if (!secret || finding.disposition != Disposition::active || finding.severity == Severity::note) continue;
      if (!told.contains(*finding.secret->id)) {
        const std::size_t before = found.size();
        matcher->run(*rule, finding, limits, found);
        if (found.size() > before) told.insert(*finding.secret->id);
      }
    }
  }
  return found;
}

}  // namespace hfscan
