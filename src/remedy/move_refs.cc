// Tested by tests/unit/remedy/rewrite_test.cc and whole_rewrite_test.cc.
#include "remedy/move_refs.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "remedy/callbacks.h"

namespace hfscan {
namespace {

constexpr std::array<std::string_view, 3> kSignatures = {"-----BEGIN PGP SIGNATURE-----", "-----BEGIN SSH SIGNATURE-----",
                                                         "-----BEGIN SIGNED MESSAGE-----"};

ObjectId moved(const ObjectId& id, const CommitMap& commits) {
  const auto to = commits.find(id);
  return to == commits.end() ? id : to->second;
}

std::size_t signature_begin(std::string_view bytes) {
  std::size_t begin = bytes.size();
  for (const std::string_view mark : kSignatures) begin = std::min(begin, bytes.find(cat("\n", mark)));
  return begin == bytes.size() ? begin : begin + 1;
}

// Without the signature of another hash that a tag may have among its headers.
std::string without_signature_header(std::string_view headers) {
  std::string kept;
  bool inside = false;
  for (const std::string_view line : split_lines(headers)) {
    inside = line.starts_with("gpgsig") || (inside && line.starts_with(' '));
    if (!inside) kept += cat(line, "\n");
  }
  return kept;
}

class RefMover {
 public:
  RefMover(const std::string& git_dir, ObjectStore old_store, const Survey& survey, const CommitMap& commits)
      : git_(git_dir), store_(std::move(old_store)), survey_(survey), commits_(commits) {}

  Status run() {
    std::string lines;
    for (const SurveyedRef& ref : survey_.refs) {
      if (!ref.tainted) continue;
      HFSCAN_TRY_ASSIGN(const ObjectId id, new_id(ref));
      if (ref.name == ref.new_name) {
        lines += cat("update ", ref.name, " ", id.hex(), "\n");
      } else {
        lines += cat("delete ", ref.name, "\ncreate ", ref.new_name, " ", id.hex(), "\n");
      }
    }
    lines += cat("delete ", kTipsRef, "\n");
    if (!survey_.anchors.empty()) lines += cat("delete ", kAnchorsRef, "\n");
    HFSCAN_TRY(git_.output({"update-ref", "--no-deref", "--stdin"}, lines));
    if (const std::string head = survey_.search->replaced(survey_.head); head != survey_.head)
      HFSCAN_TRY(git_.output({"symbolic-ref", "HEAD", head}));
    return {};
  }

 private:
  Result<ObjectId> new_id(const SurveyedRef& ref) {
    ObjectId id = moved(ref.target, commits_);
    for (std::size_t left = ref.tags.size(); left > 0; --left) {  // the innermost tag first
      HFSCAN_TRY_ASSIGN(id, new_tag(ref.tags[left - 1], id));
    }
    return id;
  }

  Result<ObjectId> new_tag(const ObjectId& id, const ObjectId& target) {
    HFSCAN_TRY_ASSIGN(const GitObject object, store_.read(id));
    const std::optional<Tag> tag = parse_tag(object.bytes);
    if (!tag) return Error{cat("tag ", id.hex(), " cannot be understood")};
    if (tag->target == target && !survey_.bad_tags.contains(id)) return id;
    const std::string bytes = rewritten_tag(object.bytes, target, *survey_.search);
    HFSCAN_TRY_ASSIGN(const std::string line, git_.output({"hash-object", "-t", "tag", "-w", "--stdin"}, bytes));
    const std::optional<ObjectId> made = ObjectId::from_hex(trim(line));
    if (!made) return Error{cat("tag ", id.hex(), " could not be written anew")};
    return *made;
  }

  GitCommand git_;
  ObjectStore store_;
  const Survey& survey_;
  const CommitMap& commits_;
};

// "id-of-note id-of-object" lines of `git notes list`, turned into "old new" and "old" ones.
struct NotesToMove {
  std::string copies;
  std::string removals;
  std::uint64_t count = 0;
};

NotesToMove notes_to_move(std::string_view list, const CommitMap& commits) {
  NotesToMove notes;
  for (const std::string_view line : split_lines(list)) {
    const std::optional<ObjectId> about = ObjectId::from_hex(trim(line.substr(std::min(line.size(), line.find(' ') + 1))));
    if (!about || !commits.contains(*about)) continue;
    notes.copies += cat(about->hex(), " ", commits.at(*about).hex(), "\n");
    notes.removals += cat(about->hex(), "\n");
    ++notes.count;
  }
  return notes;
}

GitCommand notes_command(const std::string& git_dir, const std::string& ref, std::int64_t now) {
  GitCommand git(git_dir);
  git.with("GIT_NOTES_REF", ref);
  for (const char* role : {"AUTHOR", "COMMITTER"}) {
    git.with(cat("GIT_", role, "_NAME"), "hfscan").with(cat("GIT_", role, "_EMAIL"), "hfscan@localhost");
    git.with(cat("GIT_", role, "_DATE"), cat(std::to_string(now), " +0000"));
  }
  return git;
}

}  // namespace

std::string rewritten_tag(std::string_view bytes, const ObjectId& target, const TokenSearch& search) {
  const std::string_view whole = bytes.substr(0, signature_begin(bytes));
  const std::size_t gap = std::min(whole.find("\n\n"), whole.size());
  const std::string headers = without_signature_header(whole.substr(0, gap));
  const std::size_t first = std::min(headers.find('\n'), headers.size());
  return cat("object ", target.hex(),
             search.replaced(cat(std::string_view(headers).substr(first), whole.substr(std::min(gap + 1, whole.size())))));
}

Status move_refs(const std::string& git_dir, const std::string& mirror, const Survey& survey, const CommitMap& commits) {
  HFSCAN_TRY_ASSIGN(const std::optional<RepositoryLayout> layout, find_repository(mirror));
  if (!layout) return Error{"the mirror is gone"};
  return RefMover(git_dir, ObjectStore::open(*layout, {}, 1), survey, commits).run();
}

Result<std::uint64_t> move_notes(const std::string& git_dir, const Survey& survey, const CommitMap& commits, std::int64_t now) {
  std::uint64_t count = 0;
  for (const SurveyedRef& ref : survey.refs) {
    if (!ref.name.starts_with("refs/notes/") || ref.type != ObjectType::commit) continue;
    const GitCommand git = notes_command(git_dir, ref.new_name, now);
    HFSCAN_TRY_ASSIGN(const std::string list, git.output({"notes", "list"}));
    const NotesToMove notes = notes_to_move(list, commits);
    if (notes.count == 0) continue;
    HFSCAN_TRY(git.output({"notes", "copy", "--force", "--stdin"}, notes.copies));
    HFSCAN_TRY(git.output({"notes", "remove", "--ignore-missing", "--stdin"}, notes.removals));
    count += notes.count;
  }
  return count;
}

}  // namespace hfscan
