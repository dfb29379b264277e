// Tested by tests/unit/remedy/commit_map_test.cc.
#include "remedy/commit_map.h"

#include <algorithm>

#include "base/text.h"

namespace hfscan {
namespace {

// Commits that a branch or tag leads to; what is tainted beyond them hangs on notes.
std::vector<bool> outside_notes(const Survey& survey) {
  std::vector<bool> reached(survey.graph->size());
  for (const SurveyedRef& ref : survey.refs) {
    const CommitNumber tip = survey.graph->find(ref.target);
    if (tip != kNoCommit && !ref.name.starts_with("refs/notes/")) reached[tip] = true;
  }
  for (CommitNumber commit = survey.graph->size(); commit-- > 0;) {  // children have greater numbers
    if (!reached[commit]) continue;
    for (const CommitNumber parent : survey.graph->parents(commit)) reached[parent] = true;
  }
  return reached;
}

Error misprediction(std::string_view what, std::uint64_t count, const std::string& example) {
  return Error{cat("git-filter-repo did something else than was planned: ", count_of(count, "commit", "commits"), " ", what,
                   ", ", example, " for one; nothing was pushed")};
}

}  // namespace

Result<CommitMap> parse_commit_map(std::string_view text) {
  CommitMap commits;
  for (const std::string_view line : split_lines(text)) {
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos || line.starts_with("old")) continue;
    const std::optional<ObjectId> from = ObjectId::from_hex(line.substr(0, space));
    const std::optional<ObjectId> to = ObjectId::from_hex(trim(line.substr(space)));
    if (!from || !to) return Error{"the commit-map of git-filter-repo has a line that is none"};
    if (to->is_zero()) return Error{cat("git-filter-repo dropped commit ", from->hex(), "; nothing was pushed")};
    if (*from != *to) commits[*from] = *to;
  }
  return commits;
}

std::string commit_map_text(const CommitMap& commits) {
  std::vector<std::string> lines;
  for (const auto& [from, to] : commits) lines.push_back(cat(from.hex(), " ", to.hex(), "\n"));
  std::sort(lines.begin(), lines.end());
  std::string text = "old new\n";
  for (const std::string& line : lines) text += line;
  return text;
}

Status check_prediction(const Survey& survey, const CommitMap& commits) {
  const std::vector<bool> needed = outside_notes(survey);
  std::uint64_t missing = 0;
  std::string example;
  for (CommitNumber commit = 0; commit < survey.graph->size(); ++commit) {
    if (!survey.tainted[commit] || !needed[commit] || commits.contains(survey.graph->id(commit))) continue;
    ++missing;
    example = survey.graph->id(commit).hex();
  }
  if (missing > 0) return misprediction("kept their ids", missing, example);
  std::uint64_t extra = 0;
  for (const auto& [from, to] : commits) {
    if (survey.is_tainted(from)) continue;
    ++extra;
    example = from.hex();
  }
  if (extra > 0) return misprediction("lost their ids without need", extra, example);
  return {};
}

}  // namespace hfscan
