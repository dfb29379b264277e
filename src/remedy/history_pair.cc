// Tested by tests/unit/remedy/collateral_test.cc.
#include "remedy/history_pair.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "remedy/clean_bytes.h"
#include "remedy/move_refs.h"

namespace hfscan {
namespace {

constexpr unsigned kDeepest = 2048;
constexpr int kMostNoteCommits = 2;  // copied, removed: move_notes

// The lines of a commit that a rewrite keeps, and how many of the others there were.
struct CommitText {
  std::string tree;
  std::vector<std::string> parents;
  std::string author;
  std::string committer;
  std::string encoding;
  std::string_view message;
  std::uint64_t signatures = 0;
  std::uint64_t others = 0;
};

void take_header(CommitText& text, std::string_view line) {
  const std::string_view name = line.substr(0, line.find(' '));
  const std::string value(line.substr(std::min(line.size(), name.size() + 1)));
  if (line.starts_with(' ')) return;  // goes on with the header before
  if (name == "tree")
    text.tree = value;
  else if (name == "parent")
    text.parents.push_back(value);
  else if (name == "author")
    text.author = value;
  else if (name == "committer")
    text.committer = value;
  else if (name == "encoding")
    text.encoding = value;
  else if (name.starts_with("gpgsig"))
    ++text.signatures;
  else
    ++text.others;
}

CommitText read_text(std::string_view bytes) {
  CommitText text;
  const std::size_t gap = std::min(bytes.find("\n\n"), bytes.size());
  std::string_view headers = bytes.substr(0, gap);
  while (!headers.empty()) {
    const std::size_t end = std::min(headers.find('\n'), headers.size());
    take_header(text, headers.substr(0, end));
    headers.remove_prefix(std::min(end + 1, headers.size()));
  }
  text.message = bytes.substr(std::min(gap + 2, bytes.size()));
  return text;
}

std::string spelled_plainly(std::string_view person) {
  std::string plain;
  for (const char c : person) {
    if (static_cast<unsigned char>(c) > ' ') plain += c;
  }
  return plain;
}

// 100664 is what git before 1.0 wrote for 100644.
std::uint32_t canonical(std::uint32_t mode) {
  if ((mode & kModeTypeMask) != kModeRegular) return mode & kModeTypeMask;
  return kModeRegular | ((mode & 0100U) != 0 ? 0755U : 0644U);
}

// Notes by the object that they are about.
using Notes = std::map<std::string, ObjectId>;

Status collect_notes(const ObjectStore& store, const ObjectId& tree, const std::string& above, Notes& notes) {
  if (above.size() > 200) return Error{"notes in folders beyond what can be followed"};
  HFSCAN_TRY_ASSIGN(const GitObject object, store.read(tree));
  for (const TreeEntry& entry : parse_tree(object.bytes, store.format()).entries) {
    const std::string name = cat(above, entry.name);
    if (entry.is_folder()) HFSCAN_TRY(collect_notes(store, entry.id, name, notes));
    if (!entry.is_folder()) notes[name] = entry.id;
  }
  return {};
}

Result<Notes> notes_of(const ObjectStore& store, const ObjectId& commit) {
  Notes notes;
  HFSCAN_TRY_ASSIGN(const GitObject object, store.read(commit));
  const std::optional<Commit> parsed = parse_commit(object.bytes);
  if (!parsed) return Error{"a ref of notes names no commit"};
  HFSCAN_TRY(collect_notes(store, parsed->tree, "", notes));
  return notes;
}

Result<bool> follows(const ObjectStore& store, ObjectId commit, const ObjectId& base, int steps) {
  for (; steps >= 0; --steps) {
    if (commit == base) return true;
    HFSCAN_TRY_ASSIGN(const GitObject object, store.read(commit));
    const std::optional<Commit> parsed = parse_commit(object.bytes);
    if (!parsed || parsed->parents.size() != 1) return false;
    commit = parsed->parents.front();
  }
  return false;
}

}  // namespace

ObjectId HistoryPair::mapped(const ObjectId& commit) const {
  const auto to = result_.commits.find(commit);
  return to == result_.commits.end() ? commit : to->second;
}

Status HistoryPair::compare_commits(const ObjectId& old_id, const ObjectId& new_id, Collateral& found, const Report& report) {
  found_ = &found;
  report_ = &report;
  HFSCAN_TRY_ASSIGN(const GitObject old_object, before_.read(old_id));
  HFSCAN_TRY_ASSIGN(const GitObject new_object, after_.read(new_id));
  const CommitText old_text = read_text(old_object.bytes);
  const CommitText new_text = read_text(new_object.bytes);
  const std::string name = cat("commit ", old_id.hex(), ": ");
  ++found.commits;
  found.normalised.signatures += old_text.signatures - std::min(old_text.signatures, new_text.signatures);
  found.normalised.other_headers += old_text.others - std::min(old_text.others, new_text.others);
  if (new_text.signatures + new_text.others > 0) unexpected(cat(name, "it has headers that it had not"));
  std::vector<std::string> parents;
  for (const std::string& parent : old_text.parents) parents.push_back(mapped(*ObjectId::from_hex(parent)).hex());
  if (parents != new_text.parents) unexpected(cat(name, "other parents"));
  if (old_text.encoding != new_text.encoding) unexpected(cat(name, "another encoding"));
  if (survey_.search->replaced(old_text.message) != new_text.message) unexpected(cat(name, "the message differs"));
  for (const auto& [before, after] :
       {std::pair(&old_text.author, &new_text.author), std::pair(&old_text.committer, &new_text.committer)}) {
    const std::string expected = survey_.search->replaced(*before);
    if (expected == *after) continue;
    if (spelled_plainly(expected) != spelled_plainly(*after)) unexpected(cat(name, "author, committer or their dates differ"));
    ++found.normalised.people_lines;
  }
  return compare_trees(*ObjectId::from_hex(old_text.tree), *ObjectId::from_hex(new_text.tree), 0);
}

Status HistoryPair::compare_trees(const ObjectId& old_id, const ObjectId& new_id, unsigned depth) {
  if (old_id == new_id) return {};
  if (depth > kDeepest) return Error{"folders in folders beyond what can be followed"};
  if (const auto known = compared_.find(old_id); known != compared_.end() && known->second == new_id) return {};
  HFSCAN_TRY_ASSIGN(const GitObject old_object, before_.read(old_id));
  HFSCAN_TRY_ASSIGN(const GitObject new_object, after_.read(new_id));
  ++found_->trees;
  HFSCAN_TRY(
      compare_entries(parse_tree(old_object.bytes, before_.format()), parse_tree(new_object.bytes, after_.format()), depth));
  compared_[old_id] = new_id;
  return {};
}

Status HistoryPair::compare_entries(const Tree& old_tree, const Tree& new_tree, unsigned depth) {
  std::map<std::string, TreeEntry> now;
  for (const TreeEntry& entry : new_tree.entries) now[std::string(entry.name)] = entry;
  for (const TreeEntry& entry : old_tree.entries) {
    const auto same = now.find(survey_.search->replaced(entry.name));
    if (same != now.end()) {
      HFSCAN_TRY(compare_entry(entry, same->second, depth));
      now.erase(same);
    } else if (entry.is_folder() && before_.read(entry.id).ok() && before_.read(entry.id)->bytes.empty()) {
      ++found_->normalised.empty_folders;
    } else {
      unexpected(cat("path ", shown_ref(entry.name), " is gone"));
    }
  }
  for (const auto& [name, entry] : now) unexpected(cat("path ", shown_ref(name), " is new"));
  return {};
}

Status HistoryPair::compare_entry(const TreeEntry& old_entry, const TreeEntry& new_entry, unsigned depth) {
  if (old_entry.mode != new_entry.mode) {
    if (canonical(old_entry.mode) != new_entry.mode) unexpected(cat("path ", shown_ref(old_entry.name), ": another mode"));
    ++found_->normalised.file_modes;
  }
  if (old_entry.id == new_entry.id) return {};
  if (old_entry.is_folder()) return compare_trees(old_entry.id, new_entry.id, depth + 1);
  if (old_entry.is_gitlink()) {
    unexpected(cat("path ", shown_ref(old_entry.name), ": another commit of a submodule"));
    return {};
  }
  return compare_blobs(old_entry.id, new_entry.id);
}

Status HistoryPair::compare_blobs(const ObjectId& old_id, const ObjectId& new_id) {
  if (const auto known = compared_.find(old_id); known != compared_.end() && known->second == new_id) return {};
  const auto bad = survey_.blobs.find(old_id);
  if (bad == survey_.blobs.end()) {
    unexpected(cat("blob ", old_id.hex(), " changed, and holds no secret"));
    return {};
  }
  HFSCAN_TRY_ASSIGN(const GitObject old_object, before_.read(old_id));
  HFSCAN_TRY_ASSIGN(const GitObject new_object, after_.read(new_id));
  ++found_->blobs;
  const std::optional<std::string> expected = cleaned(old_object.bytes, old_id, bad->second, survey_);
  if (!expected || *expected != new_object.bytes) unexpected(cat("blob ", old_id.hex(), " changed outside of the secret"));
  compared_[old_id] = new_id;
  return {};
}

Status HistoryPair::compare_refs(const MovedRef& ref, Collateral& found, const Report& report) {
  found_ = &found;
  report_ = &report;
  if (ref.new_name != survey_.search->replaced(ref.name)) unexpected(cat("ref ", shown_ref(ref.name), " has another name"));
  if (ref.name.starts_with("refs/notes/")) return compare_notes(ref);
  return compare_tags(ref.old_id, ref.new_id, 0);
}

// A commit, or a tag and what it leads to.
Status HistoryPair::compare_tags(const ObjectId& old_id, const ObjectId& new_id, unsigned depth) {
  if (mapped(old_id) == new_id || depth > 64) return {};
  HFSCAN_TRY_ASSIGN(const GitObject old_object, before_.read(old_id));
  HFSCAN_TRY_ASSIGN(const GitObject new_object, after_.read(new_id));
  const std::optional<Tag> old_tag = old_object.type == ObjectType::tag ? parse_tag(old_object.bytes) : std::nullopt;
  const std::optional<Tag> new_tag = new_object.type == ObjectType::tag ? parse_tag(new_object.bytes) : std::nullopt;
  if (!old_tag || !new_tag) {
    unexpected(cat("object ", old_id.hex(), ", which a ref names, became another"));
    return {};
  }
  if (rewritten_tag(old_object.bytes, new_tag->target, *survey_.search) != new_object.bytes)
    unexpected(cat("tag ", old_id.hex(), " changed outside of the secret"));
  found_->normalised.signatures += survey_.signed_tags.contains(old_id) ? 1U : 0U;
  return compare_tags(old_tag->target, new_tag->target, depth + 1);
}

Status HistoryPair::compare_notes(const MovedRef& ref) {
  HFSCAN_TRY_ASSIGN(const bool grown, follows(after_, ref.new_id, mapped(ref.old_id), kMostNoteCommits));
  if (!grown) unexpected(cat("ref ", shown_ref(ref.name), " does not follow from what it was"));
  HFSCAN_TRY_ASSIGN(const Notes before, notes_of(before_, ref.old_id));
  HFSCAN_TRY_ASSIGN(Notes after, notes_of(after_, ref.new_id));
  for (const auto& [about, note] : before) {
    const std::optional<ObjectId> id = ObjectId::from_hex(about);
    const auto now = after.find(id ? mapped(*id).hex() : survey_.search->replaced(about));
    if (now == after.end()) {
      unexpected(cat("the note about ", shown_ref(about), " is gone"));
      continue;
    }
    if (now->second != note) HFSCAN_TRY(compare_blobs(note, now->second));
    after.erase(now);
  }
  for (const auto& [about, note] : after) unexpected(cat("a note about ", shown_ref(about), " is new"));
  return {};
}

}  // namespace hfscan
