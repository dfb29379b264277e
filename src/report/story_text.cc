#include "report/story_text.h"

#include <algorithm>

#include "base/text.h"
#include "report/display.h"
#include "report/view.h"

namespace hfscan {
namespace {

// Columns that a name may take; what it says beyond them helps nobody, and may be meant to push the rest out of sight.
constexpr std::size_t kAuthorWidth = 60;
constexpr std::size_t kRefWidth = 60;
constexpr std::size_t kPathWidth = 120;
constexpr std::size_t kRefsShown = 5;

constexpr std::string_view kStash = "refs/stash";

std::string printable(std::string_view name, std::size_t width) { return clip(glyphs_of(without_tokens(name)), 0, width); }

std::string commit_name(std::string_view commit) { return cat("commit ", escape_for_display(short_id(commit))); }

std::string day_of(const CommitStamp& stamp) { return instant_or_empty(stamp.time).substr(0, 10); }

// "2025-03-01 in commit 1a2b3c4d5e6f by Jane Doe <jane@example.com>".
std::string stamp_text(const CommitStamp& stamp) {
  const std::string day = day_of(stamp);
  const std::string author = printable(stamp.author, kAuthorWidth);
  return cat(day, day.empty() ? "in " : " in ", commit_name(stamp.commit), author.empty() ? "" : " by ", author);
}

std::string path_name(std::string_view path) { return printable(path, kPathWidth); }

std::string place_text(const Occurrence& place) {
  if (place.kind == PlaceKind::blob && is_file(place.kind, place.path, place.blob)) return path_name(place.path);
  const std::string label = place_label(place.kind, place.path.empty() ? place.blob : place.path);
  return printable(with_short_id(label), kPathWidth);
}

bool holds(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Story {
 public:
  Story(const SecretBlock& block, const ReportOptions& options) : block_(block), story_(*block.story), options_(options) {}

  [[nodiscard]] std::string first_seen() const {
    if (!story_.first) return "";
    const std::string place = first_place();
    return cat(stamp_text(*story_.first), place.empty() ? "" : ", ", place);
  }

  // Somewhere else than in a commit.
  [[nodiscard]] std::string committed() const {
    if (story_.first || block_.places.empty()) return "";
    const Occurrence& place = *block_.places.front();
    const std::string text = place_text(place);
    const bool is_names = place.kind == PlaceKind::ref_name || place.kind == PlaceKind::path;
    if (place.kind == PlaceKind::blob && is_in_git_folder(place.path)) return cat("never: it is in ", text);
    if (!is_names && (place.kind == PlaceKind::config || is_in_git_folder(place.path)))
      return cat("never: it is in ", path_name(place.path), ", which git does not push");
    if (place.kind != PlaceKind::blob) return cat("never: it is the ", text);
    if (!is_file(place.kind, place.path, place.blob))
      return cat("never, as far as this repository knows: no tree has the object");
    return cat("never: ", text, " is staged, or in a tree that no commit has");
  }

  [[nodiscard]] std::string last_seen() const {
    const bool tells_more = story_.last && !story_.in_head && story_.first && story_.last->commit != story_.first->commit;
    return tells_more ? stamp_text(*story_.last) : "";
  }

  [[nodiscard]] std::string removed() const {
    if (story_.removed == 0) return "";
    return cat(removed_by(), story_.in_head ? ", yet it is in HEAD" : ", but git keeps it");
  }

  [[nodiscard]] std::string in_head() const {
    if (story_.in_head) {
      const std::string places = listed(head_paths(), options_);
      return places.empty() ? "yes, still" : cat("yes, still: ", places);
    }
    const bool elsewhere = story_.reachable && story_.removed == 0 && stands_in_a_file();
    return elsewhere ? "no, but no commit removed it: another branch or tag has it" : "";
  }

  [[nodiscard]] std::string reachable() const {
    if (story_.reachable) return story_.refs.empty() && story_.other_refs == 0 ? "yes" : cat("from ", ref_names());
    if (!story_.first) return "";
    if (story_.refs.empty() && story_.other_refs == 0)
      return "from no ref: only in objects that git has not yet pruned; a reflog may lead to them";
    if (std::all_of(story_.refs.begin(), story_.refs.end(), [](const auto& ref) { return ref == kStash; }))
      return "only through the stash, which stays until somebody drops it";
    return cat("only from ", ref_names());
  }

  [[nodiscard]] std::string pushed() const {
    if (!story_.pushed)
      return story_.first ? "no remote-tracking branch has it: perhaps not pushed yet, which this clone alone cannot prove"
                          : "";
    std::vector<std::string> remotes;
    for (const std::string& ref : story_.refs) {
      if (ref.starts_with("refs/remotes/")) remotes.push_back(ref);
    }
    const std::string names = listed(shown(short_refs(remotes)), options_);
    return cat("yes: ", names.empty() ? "a remote-tracking branch" : names, remotes.size() > 1 ? " have it" : " has it",
               ", so others may have it");
  }

  // Beside those of in_head(). Each version of a file where nothing may be cut, else each file with the number of its versions.
  [[nodiscard]] std::vector<std::string> other_places() const {
    return options_.verbosity == Verbosity::verbose ? every_place() : every_path();
  }

 private:
  [[nodiscard]] bool is_primary(const Occurrence& place) const {
    const Location& where = block_.lead->location;
    return place.kind == where.kind && place.path == where.path && (where.blob.empty() || place.blob == where.blob);
  }

  [[nodiscard]] bool is_told(const Occurrence& place) const {
    return is_primary(place) || (story_.in_head && is_in_checkout(place));
  }

  // A message stays in its commit, wherever HEAD is.
  [[nodiscard]] static bool is_in_checkout(const Occurrence& place) {
    return (place.kind == PlaceKind::blob || place.kind == PlaceKind::path) && is_surely_in_head(place);
  }

  [[nodiscard]] bool stands_in_a_file() const {
    return std::any_of(block_.places.begin(), block_.places.end(),
                       [](const Occurrence* place) { return place->kind == PlaceKind::blob; });
  }

  [[nodiscard]] std::string first_place() const {
    const Location& where = block_.lead->location;
    const LineColumn& start = where.range.start;
    if (where.kind == PlaceKind::blob && where.commit == story_.first->commit && !where.path.empty())
      return cat(path_name(where.path), ":", std::to_string(start.line), ":", std::to_string(start.column));
    for (const Occurrence* place : block_.places) {
      if (place->kind == PlaceKind::blob && holds(place->introduced, story_.first->commit)) return path_name(place->path);
    }
    return "";
  }

  [[nodiscard]] std::string removed_by() const {
    if (story_.gone) {
      const std::uint64_t others = story_.removed - 1;
      return cat(stamp_text(*story_.gone),
                 others == 0 ? "" : cat(" and in ", count_of(others, "other commit", "other commits")));
    }
    std::vector<std::string> commits;
    for (const std::string_view commit : removing_commits(block_)) commits.push_back(commit_name(commit));
    return cat("in ", commits.empty() ? count_of(story_.removed, "commit", "commits") : listed(commits, options_));
  }

  [[nodiscard]] std::vector<std::string> head_paths() const {
    std::vector<std::string> paths;
    for (const Occurrence* place : block_.places) {
      if (!is_in_checkout(*place)) continue;
      if (std::string path = place_text(*place); paths.empty() || paths.back() != path) paths.push_back(std::move(path));
    }
    return paths;
  }

  [[nodiscard]] static std::vector<std::string> shown(std::vector<std::string> names) {
    for (std::string& name : names) name = printable(name, kRefWidth);
    return names;
  }

  // "HEAD, main, tag v1.0 and 3 more refs".
  [[nodiscard]] std::string ref_names() const {
    const std::vector<std::string> names = shown(short_refs(story_.refs));
    const bool cut = options_.verbosity != Verbosity::verbose && names.size() > kRefsShown;
    const std::size_t count = cut ? kRefsShown : names.size();
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += cat(i == 0 ? "" : ", ", names[i]);
    const std::uint64_t rest = names.size() - count + story_.other_refs;
    if (rest == 0) return out;
    return out.empty() ? count_of(rest, "ref", "refs") : cat(out, " and ", count_of(rest, "more ref", "more refs"));
  }

  [[nodiscard]] std::vector<std::string> every_place() const {
    std::vector<std::string> texts;
    for (const Occurrence* place : block_.places) {
      if (is_primary(*place)) continue;
      std::string text = place_text(*place);
      if (!place->blob.empty()) text += cat(" (object ", escape_for_display(short_id(place->blob)), ")");
      for (const std::string& commit : place->introduced) text += cat(", since ", commit_name(commit));
      for (const std::string& commit : place->removed) text += cat(", until ", commit_name(commit));
      texts.push_back(std::move(text));
    }
    return texts;
  }

  // The places are sorted by path, so those of one file follow each other.
  [[nodiscard]] std::vector<std::string> every_path() const {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < block_.places.size();) {
      const Occurrence& place = *block_.places[i];
      std::uint64_t versions = 0;
      for (; i < block_.places.size() && is_same_file(*block_.places[i], place); ++i)
        versions += is_told(*block_.places[i]) ? 0U : 1U;
      if (versions != 0) texts.push_back(versions_text(place, versions));
    }
    return texts;
  }

  [[nodiscard]] static bool is_same_file(const Occurrence& a, const Occurrence& b) {
    return &a == &b || (a.kind == PlaceKind::blob && b.kind == a.kind && !a.path.empty() && a.path == b.path);
  }

  [[nodiscard]] std::string versions_text(const Occurrence& place, std::uint64_t versions) const {
    const std::string name = place_text(place);
    const Location& where = block_.lead->location;
    if (where.kind == place.kind && where.path == place.path && !place.path.empty())
      return cat(count_of(versions, "other version", "other versions"), " of ", name);
    return versions == 1 ? name : cat(with_thousands(versions), " versions of ", name);
  }

  const SecretBlock& block_;
  const SecretStory& story_;
  const ReportOptions& options_;
};

}  // namespace

void add_story(NoteWriter& notes, const SecretBlock& block, const ReportOptions& options) {
  if (block.story == nullptr) return;
  const Story story(block, options);
  notes.add("first seen", story.first_seen());
  notes.add("committed", story.committed());
  notes.add("last seen", story.last_seen());
  notes.add("removed", story.removed());
  notes.add("in HEAD", story.in_head());
  notes.add("reachable", story.reachable());
  notes.add("pushed", story.pushed());
  notes.add_list("also in", story.other_places());
}

std::string standing_sentence(const SecretStory& story) {
  const std::string_view others = story.pushed ? " A remote-tracking branch has it, so others may have it." : "";
  switch (standing_of(story)) {
    case Standing::in_head: return cat("It is still in HEAD.", others);
    case Standing::pushed:
    case Standing::reachable: return cat("It is not in HEAD, but refs lead to it.", others);
    case Standing::unreachable: return "It is only in a stash or in objects that git has not yet pruned.";
    case Standing::uncommitted: break;
  }
  return "No commit has it.";
}

}  // namespace hfscan
