// Tested by tests/unit/remedy/collateral_test.cc.
#include "remedy/collateral.h"

#include <algorithm>
#include <mutex>

#include "base/file.h"
#include "base/mask.h"
#include "base/text.h"
#include "base/utf.h"
#include "remedy/history_pair.h"

namespace hfscan {
namespace {

Result<ObjectStore> open_store(const std::string& git_dir, unsigned threads) {
  HFSCAN_TRY_ASSIGN(const std::optional<RepositoryLayout> layout, find_repository(git_dir));
  if (!layout) return Error{cat(hfscan::quoted(git_dir), " is no repository")};
  return ObjectStore::open(*layout, {}, threads);
}

// What git finds wrong, without the ids: a defect that the old history has may be in the new one as often.
Result<std::map<std::string, std::uint64_t>> defects(const std::string& git_dir) {
  HFSCAN_TRY_ASSIGN(const ChildResult result, GitCommand(git_dir).run({"fsck", "--full", "--no-dangling", "--no-progress"}));
  std::map<std::string, std::uint64_t> kinds;
  for (const std::string* text : {&result.out, &result.err}) {
    for (const std::string_view line : split_lines(*text)) {
      std::string kind;
      for (const char c : line)
        kind += std::string_view("0123456789abcdef").find(c) == std::string_view::npos ? std::string(1, c) : "";
      if (!trim(line).empty() && !line.starts_with("notice:")) ++kinds[kind];
    }
  }
  if (!result.ok() && kinds.empty()) ++kinds["git fsck failed"];
  return kinds;
}

class Prover {
 public:
  Prover(const RewriteJob& job, const Survey& survey, const RewriteResult& result, ObjectStore before, ObjectStore after)
      : job_(job), survey_(survey), result_(result), before_(std::move(before)), after_(std::move(after)) {}

  Result<Collateral> run() {
    compare();
    HFSCAN_TRY(compare_sets());
    HFSCAN_TRY(check_objects());
    find_residue();
    HFSCAN_TRY(find_residue_in_refs());
    HFSCAN_TRY(rescan());
    return std::move(found_);
  }

 private:
  void unexpected(const std::string& line) {
    ++found_.unexpected_count;
    if (found_.unexpected.size() < Collateral::kMostNamed) found_.unexpected.push_back(mask_token_shapes(line));
  }

  void residue(const std::string& line) {
    ++found_.residue_count;
    if (found_.residue.size() < Collateral::kMostNamed) found_.residue.push_back(mask_token_shapes(line));
  }

  // What cannot be read has no counterpart.
  void compare() {
    HistoryPair pair(survey_, result_, before_, after_);
    const HistoryPair::Report report = [this](const std::string& line) { unexpected(line); };
    const auto settle = [this](const std::string& name, const Status& compared) {
      if (!compared.ok()) unexpected(cat(name, " cannot be compared: ", compared.error().message));
    };
    for (CommitNumber commit = 0; commit < survey_.graph->size(); ++commit) {
      if (!survey_.tainted[commit]) continue;
      const ObjectId id = survey_.graph->id(commit);
      const ObjectId now = pair.mapped(id);
      if (now == id) unexpected(cat("commit ", id.hex(), " was to change and did not"));
      if (now != id) settle(cat("commit ", id.hex()), pair.compare_commits(id, now, found_, report));
    }
    for (const MovedRef& ref : result_.refs) settle(cat("ref ", shown_ref(ref.name)), pair.compare_refs(ref, found_, report));
  }

  // Untainted commits are there under their own ids, and nothing is that has no counterpart but what files notes again.
  Status compare_sets() {
    IdSet now;
    ObjectWalkOptions options;
    options.types = {ObjectType::commit};
    ObjectVisitor visitor;
    visitor.object = [&now](unsigned, const ObjectId& id, ObjectType, std::string_view) { now.insert(id); };
    visitor.problem = [this](const Diagnostic& diagnostic) { unexpected(cat(diagnostic.path, ": ", diagnostic.message)); };
    after_.for_each(options, visitor);
    for (CommitNumber commit = 0; commit < survey_.graph->size(); ++commit) {
      const ObjectId id = survey_.graph->id(commit);
      const auto to = result_.commits.find(id);
      if (now.erase(to == result_.commits.end() ? id : to->second) == 0)
        unexpected(cat("commit ", id.hex(), " has no counterpart"));
    }
    for (const ObjectId& id : now) {
      HFSCAN_TRY_ASSIGN(const GitObject object, after_.read(id));
      const std::optional<Commit> commit = parse_commit(object.bytes);
      if (!commit || !commit->author.starts_with("hfscan <hfscan@localhost>")) unexpected(cat("commit ", id.hex(), " is new"));
    }
    return {};
  }

  Status check_objects() {
    HFSCAN_TRY_ASSIGN(const auto before, defects(job_.mirror()));
    HFSCAN_TRY_ASSIGN(const auto after, defects(job_.rewritten()));
    for (const auto& [kind, count] : after) {
      const auto same = before.find(kind);
      if (same == before.end() || same->second < count) unexpected(cat("git fsck: ", escape_for_display(kind)));
    }
    return {};
  }

  void find_residue() {
    std::mutex mutex;
    ObjectWalkOptions options;
    options.types = ObjectTypes::all();
    options.threads = job_.threads;
    ObjectVisitor visitor;
    visitor.object = [&](unsigned, const ObjectId& id, ObjectType, std::string_view bytes) {
      if (!survey_.search->holds_any(bytes)) return;
      const std::lock_guard lock(mutex);
      residue(cat("object ", id.hex()));
    };
    visitor.problem = [this](const Diagnostic& diagnostic) { unexpected(cat(diagnostic.path, ": ", diagnostic.message)); };
    after_.for_each(options, visitor);
  }

  Status find_residue_in_refs() {
    HFSCAN_TRY_ASSIGN(const RefMap refs, local_refs(job_.rewritten()));
    for (const auto& [name, id] : refs) {
      if (survey_.search->holds_any(name)) residue(cat("ref ", shown_ref(name)));
    }
    HFSCAN_TRY_ASSIGN(const std::string head, read_file(job_.rewritten() + "/HEAD", 65536));
    if (survey_.search->holds_any(head)) residue("HEAD");
    return {};
  }

  Status rescan() {
    if (!job_.rescan) return {};
    HFSCAN_TRY_ASSIGN(const Leaks leaks, job_.rescan(job_.rewritten()));
    found_.rescanned = true;
    found_.rescan_complete = leaks.complete;
    for (const LeakedSecret& secret : leaks.secrets) {
      const auto same = [&secret](const LeakedSecret& ours) { return ours.id == secret.id; };
      if (std::none_of(job_.secrets.begin(), job_.secrets.end(), same)) continue;
      for (const LeakPlace& place : secret.places)
        residue(cat(escape_for_display(place.path), " (", place.encoding, ") in object ", place.blob));
      if (secret.places.empty()) residue(secret.masked);
    }
    return {};
  }

  const RewriteJob& job_;
  const Survey& survey_;
  const RewriteResult& result_;
  ObjectStore before_;
  ObjectStore after_;
  Collateral found_;
};

Json strings(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.push_back(to_valid_utf8(escape_for_display(text)));
  return array;
}

}  // namespace

Result<Collateral> prove_rewrite(const RewriteJob& job, const Survey& survey, const RewriteResult& result) {
  HFSCAN_TRY(remove_tree(job.path("proof.json")));
  HFSCAN_TRY_ASSIGN(ObjectStore before, open_store(job.mirror(), job.threads));
  HFSCAN_TRY_ASSIGN(ObjectStore after, open_store(job.rewritten(), job.threads));
  HFSCAN_TRY_ASSIGN(Collateral found, Prover(job, survey, result, std::move(before), std::move(after)).run());
  if (!found.holds()) return found;
  Json document = to_json(found);
  document["about"] = file_digest(job.path("result.json"));
  HFSCAN_TRY(write_file_atomically(job.path("proof.json"), dump_pretty(document), FileMode::owner_only));
  return found;
}

Json to_json(const Collateral& collateral) {
  const Normalised& lost = collateral.normalised;
  return {{"schema", "hfscan-proof/1"},
          {"holds", collateral.holds()},
          {"unexpected", strings(collateral.unexpected)},
          {"unexpected_count", collateral.unexpected_count},
          {"residue", strings(collateral.residue)},
          {"residue_count", collateral.residue_count},
          {"compared", {{"commits", collateral.commits}, {"trees", collateral.trees}, {"blobs", collateral.blobs}}},
          {"normalised",
           {{"signatures", lost.signatures},
            {"other_headers", lost.other_headers},
            {"file_modes", lost.file_modes},
            {"empty_folders", lost.empty_folders},
            {"people_lines", lost.people_lines}}},
          {"rescanned", collateral.rescanned},
          {"rescan_complete", collateral.rescan_complete}};
}

}  // namespace hfscan
