// Tested by tests/unit/history/stories_test.cc.
#include "history/stories.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/mask.h"
#include "base/text.h"

namespace hfscan {
namespace {

// Findings that are told as one.
using GroupKey = std::tuple<std::string, std::string, Disposition, bool>;

GroupKey key_of(const Finding& finding) {
  std::string secret =
      finding.secret && finding.secret->id ? to_hex(*finding.secret->id) : cat(finding.hit_text, "\n", finding.location.path);
  return {finding.rule->id, std::move(secret), finding.disposition, finding.look_alike};
}

class Storyteller {
 public:
  explicit Storyteller(const StoryRequest& request) : request_(request) {
    for (const NamedRef& ref : request.refs.refs) {
      if (ref.peeled.name == "HEAD") head_tree_ = tree_of(ref.peeled.target);
    }
  }

  std::vector<Finding> run(const std::vector<UnitFinding>& findings) {
    std::map<GroupKey, std::vector<const UnitFinding*>> groups;
    for (const UnitFinding& finding : findings) groups[key_of(finding.finding)].push_back(&finding);
    std::vector<Finding> told;
    told.reserve(groups.size());
    for (const auto& [key, group] : groups) told.push_back(tell(group));
    return told;
  }

 private:
  // A place of a finding, with the finding that shows it.
  struct Standing {
    const UnitFinding* finding;
    std::optional<std::uint32_t> place;  // none: in the git folder
  };

  Finding tell(const std::vector<const UnitFinding*>& group) {
    std::vector<Standing> standings;
    for (const UnitFinding* finding : group) {
      const std::vector<std::uint32_t>& places = request_.units[finding->unit].places;
      for (const std::uint32_t place : places) standings.push_back({finding, place});
      if (places.empty()) standings.push_back({finding, std::nullopt});
    }
    const SecretHistory* history = history_of(group.front()->finding);
    const Standing& best = best_of(standings, history != nullptr && history->in_head);
    Finding told = best.finding->finding;
    place_at(best, told.location);
    for (const Standing& standing : standings) told.occurrences.push_back(occurrence(standing));
    sort_occurrences(told.occurrences);
    told.story = story(history, told.occurrences);
    return told;
  }

  [[nodiscard]] const SecretHistory* history_of(const Finding& finding) const {
    const auto found = request_.places.secrets.find(identity_of(finding));
    return found == request_.places.secrets.end() ? nullptr : &found->second;
  }

  // Where to look first: in what is checked out, else where it came from.
  const Standing& best_of(const std::vector<Standing>& standings, bool in_head) {
    if (in_head) {
      const auto checked_out =
          std::find_if(standings.begin(), standings.end(), [&](const Standing& s) { return is_in_head(s); });
      if (checked_out != standings.end()) return *checked_out;
    }
    return *std::min_element(standings.begin(), standings.end(),
                             [&](const Standing& a, const Standing& b) { return rank(a) < rank(b); });
  }

  [[nodiscard]] bool is_in_head(const Standing& standing) const {
    if (!standing.place || !head_tree_) return false;
    const HitPlace& place = request_.places.places[*standing.place];
    return place.object.size != 0 &&
           object_at(request_.store, *head_tree_, std::string_view(place.path).substr(request_.prefix)) == place.object;
  }

  // The oldest commit first; what no commit has comes last.
  [[nodiscard]] std::tuple<bool, std::uint64_t, std::string, std::string> rank(const Standing& standing) const {
    if (!standing.place) return {true, 0, standing.finding->finding.location.path, ""};
    const HitPlace& place = request_.places.places[*standing.place];
    const bool has = !place.introduced.empty();
    return {!has, has ? request_.graph.dates(place.introduced.front()).committer : 0, place.path, place.object.hex()};
  }

  void place_at(const Standing& standing, Location& location) const {
    if (!standing.place) return;
    const HitPlace& place = request_.places.places[*standing.place];
    const std::string_view first_path = request_.places.places[request_.units[standing.finding->unit].places.front()].path;
    location.path = mask_token_shapes(moved(location.path, first_path, place.path));
    location.container = mask_token_shapes(location.container.empty() ? "" : place.path);
    if (!place.introduced.empty()) location.commit = request_.graph.id(place.introduced.front()).hex();
  }

  // A path of one place, possibly of a member of an archive there, as it is at another place.
  static std::string moved(std::string_view path, std::string_view from, std::string_view to) {
    return path.starts_with(from) ? cat(to, path.substr(from.size())) : std::string(path);
  }

  [[nodiscard]] Occurrence occurrence(const Standing& standing) const {
    const Location& location = standing.finding->finding.location;
    Occurrence result;
    result.kind = request_.units[standing.finding->unit].item.kind;
    result.path = mask_token_shapes(location.path);
    result.blob = location.blob;
    result.reachable = false;
    if (!standing.place) return result;
    const HitPlace& place = request_.places.places[*standing.place];
    Location there = location;
    place_at(standing, there);
    result.path = there.path;
    result.kind = place.kind == PlaceKind::commit_message || place.kind == PlaceKind::tag_message ? result.kind : place.kind;
    result.introduced = ids(place.introduced);
    result.removed = ids(place.removed);
    result.refs = names(place.refs);
    result.other_refs = place.refs.others;
    result.reachable = place.refs.reachable;
    return result;
  }

  // Several hits of one secret in one object are one occurrence.
  static void sort_occurrences(std::vector<Occurrence>& occurrences) {
    const auto key = [](const Occurrence& o) { return std::tie(o.path, o.blob, o.kind); };
    std::stable_sort(occurrences.begin(), occurrences.end(),
                     [&](const Occurrence& a, const Occurrence& b) { return key(a) < key(b); });
    occurrences.erase(std::unique(occurrences.begin(), occurrences.end(),
                                  [&](const Occurrence& a, const Occurrence& b) { return key(a) == key(b); }),
                      occurrences.end());
  }

  [[nodiscard]] SecretStory story(const SecretHistory* history, const std::vector<Occurrence>& occurrences) const {
    SecretStory told;
    told.reachable = std::any_of(occurrences.begin(), occurrences.end(), [](const Occurrence& o) { return o.reachable; });
    if (history == nullptr) return told;
    if (history->first != kNoCommit) told.first = stamp(history->first);
    if (history->last != kNoCommit) told.last = stamp(history->last);
    if (!history->removed.empty()) told.gone = stamp(history->removed.back());
    told.introduced = history->introduced.size();
    told.removed = history->removed.size();
    told.refs = names(history->refs);
    told.other_refs = history->refs.others;
    told.in_head = history->in_head;
    told.pushed = history->refs.from_remote;
    told.reachable = told.reachable || history->refs.reachable;
    return told;
  }

  [[nodiscard]] CommitStamp stamp(CommitNumber commit) const {
    CommitStamp result;
    result.commit = request_.graph.id(commit).hex();
    const std::uint64_t time = request_.graph.dates(commit).author;
    if (time != 0 && time <= static_cast<std::uint64_t>(INT64_MAX)) result.time = static_cast<std::int64_t>(time);
    result.author = mask_token_shapes(request_.graph.author(commit));
    return result;
  }

  [[nodiscard]] std::vector<std::string> ids(const std::vector<CommitNumber>& commits) const {
    std::vector<std::string> result;
    result.reserve(commits.size());
    for (const CommitNumber commit : commits) result.push_back(request_.graph.id(commit).hex());
    return result;
  }

  [[nodiscard]] std::vector<std::string> names(const RefSubset& refs) const {
    std::vector<std::string> result;
    result.reserve(refs.named.size());
    for (const std::uint32_t ref : refs.named) result.push_back(mask_token_shapes(request_.refs.refs[ref].peeled.name));
    return result;
  }

  [[nodiscard]] std::optional<ObjectId> tree_of(const ObjectId& commit) const {
    const CommitNumber number = request_.graph.find(commit);
    if (number == kNoCommit || request_.graph.tree(number).size == 0) return std::nullopt;
    return request_.graph.tree(number);
  }

  const StoryRequest& request_;
  std::optional<ObjectId> head_tree_;
};

}  // namespace

std::vector<Finding> tell_stories(const StoryRequest& request, const std::vector<UnitFinding>& findings) {
  return Storyteller(request).run(findings);
}

}  // namespace hfscan
