// The story of a secret as properties of a result. SARIF has no place of its own for it (oasis-tcs/sarif-spec#564). Names and
// addresses of authors stay out: results are uploaded, and shown to people who cannot see the repository.
#include <algorithm>

#include "base/utf.h"
#include "report/sarif_parts.h"
#include "report/view.h"

namespace hfscan::sarif {
namespace {

// GitHub takes 10 MB, compressed, for all results together; the JSON report has every commit.
constexpr std::size_t kMostCommits = 20;

// The commits of all places, each once, as far as they fit.
template <typename Member>
Json commits_of(const std::vector<Occurrence>& occurrences, Member commits) {
  Json array = Json::array();
  for (const Occurrence& occurrence : occurrences) {
    for (const std::string& commit : occurrence.*commits) {
      const Json value = to_valid_utf8(commit);
      if (array.size() < kMostCommits && std::find(array.begin(), array.end(), value) == array.end()) array.push_back(value);
    }
  }
  return array;
}

void add_stamp(Json& story, const char* name, const std::optional<CommitStamp>& stamp) {
  if (!stamp) return;
  story[name] = {{"commit", to_valid_utf8(stamp->commit)}};
  if (const std::string date = instant_or_empty(stamp->time); !date.empty()) story[name]["date"] = date;
}

Json story_properties(const SecretStory& story) {
  Json object = Json::object();
  add_stamp(object, "first", story.first);
  add_stamp(object, "last", story.last);
  add_stamp(object, "gone", story.gone);
  object["introduced"] = story.introduced;
  object["removed"] = story.removed;
  object["inHead"] = story.in_head;
  object["pushed"] = story.pushed;
  object["reachable"] = story.reachable;
  object["otherRefs"] = story.other_refs;
  return object;
}

}  // namespace

void add_history(Json& properties, const Finding& finding) {
  if (!finding.occurrences.empty()) {
    properties["placeKind"] = to_string(finding.location.kind);
    properties["places"] = finding.occurrences.size();
    properties["introduced"] = commits_of(finding.occurrences, &Occurrence::introduced);
    properties["removed"] = commits_of(finding.occurrences, &Occurrence::removed);
  }
  if (!finding.story) return;
  properties["refs"] = Json::array();
  for (const std::string& ref : finding.story->refs) properties["refs"].push_back(to_valid_utf8(without_tokens(ref)));
  properties["story"] = story_properties(*finding.story);
}

}  // namespace hfscan::sarif
