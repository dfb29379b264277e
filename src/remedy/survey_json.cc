// Tested by tests/unit/remedy/survey_test.cc.
#include "base/mask.h"
#include "base/text.h"
#include "base/utf.h"
#include "remedy/survey.h"

namespace hfscan {
namespace {

Json strings(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.push_back(to_valid_utf8(mask_token_shapes(text)));
  return array;
}

const char* to_string(BadBlob::How how) {
  switch (how) {
    case BadBlob::How::spans: return "spans";
    case BadBlob::How::dressed: return "dressed";
    case BadBlob::How::whole: return "whole";
  }
  return "";
}

Json sorted_ids(const IdSet& ids) {
  std::set<std::string> sorted;
  for (const ObjectId& id : ids) sorted.insert(id.hex());
  Json array = sorted;
  return array;
}

Json blobs_json(const Survey& survey) {
  std::map<std::string, std::string> blobs;
  for (const auto& [id, blob] : survey.blobs) blobs[id.hex()] = to_string(blob.how);
  Json array = Json::array();
  for (const auto& [id, how] : blobs) array.push_back({{"id", id}, {"how", how}});
  return array;
}

Json counts_json(const SurveyCounts& counts) {
  return {{"commits", counts.commits},
          {"tainted", counts.tainted},
          {"signed_tainted", counts.signed_tainted},
          {"signed_kept", counts.signed_kept},
          {"signed_tags", counts.signed_tags},
          {"branches", counts.branches},
          {"tags", counts.tags},
          {"pull_requests", counts.pull_requests},
          {"other_refs", counts.other_refs},
          {"lfs_pointers", counts.lfs_pointers},
          {"submodules", counts.submodules},
          {"bad_names", counts.bad_names}};
}

// By index, as the names may hold what must not be stored.
Json refs_json(const Survey& survey) {
  Json array = Json::array();
  for (std::size_t i = 0; i < survey.refs.size(); ++i) {
    const SurveyedRef& ref = survey.refs[i];
    if (!ref.tainted) continue;
    Json object = {{"index", i}, {"name", to_valid_utf8(shown_ref(ref.name))}, {"id", ref.id.hex()}};
    if (ref.name != ref.new_name) object["new_name"] = to_valid_utf8(shown_ref(ref.new_name));
    array.push_back(std::move(object));
  }
  return array;
}

}  // namespace

Json to_json(const Survey& survey) {
  Json anchors = Json::array();
  for (const CommitNumber commit : survey.anchors) anchors.push_back(survey.graph->id(commit).hex());
  return {{"schema", "hfscan-survey/1"},          {"counts", counts_json(survey.counts)},
          {"first_bad", first_bad_ids(survey)},   {"anchors", std::move(anchors)},
          {"blobs", blobs_json(survey)},          {"commits", sorted_ids(survey.bad_commits)},
          {"tags", sorted_ids(survey.bad_tags)},  {"refs", refs_json(survey)},
          {"problems", strings(survey.problems)}, {"unlocated", strings(survey.unlocated)}};
}

}  // namespace hfscan
