#include "history/hit_places.h"

#include "unit/history/scanned_history.h"

namespace hfscan {
namespace {

using test::leak;
using test::ScannedHistory;
using test::ScratchRepository;
using test::token;
using Names = std::vector<std::string>;

TEST(ObjectAt, WalksFoldersAndStopsAtFiles) {
  const ScratchRepository repository;
  repository.write("a/b/c", "x");
  repository.write("a/b.c", "y");
  repository.commit_all();
  const RepositoryLayout layout = **find_repository(repository.path());
  const ObjectStore store = ObjectStore::open(layout, {"/"}, 1);
  const ObjectId tree = *ObjectId::from_hex(repository.rev("HEAD^{tree}"));
  const auto hex = [&](std::string_view path) {
    const auto found = object_at(store, tree, path);
    return found ? found->hex() : "none";
  };
  EXPECT_EQ(hex("a/b/c"), repository.rev("HEAD:a/b/c"));
  EXPECT_EQ(hex("a/b"), repository.rev("HEAD:a/b"));
  EXPECT_EQ(hex("a/b.c"), repository.rev("HEAD:a/b.c"));
  EXPECT_EQ(hex(""), tree.hex());
  for (const char* path : {"a/b.c/d", "x", "a/x", "a//b", "/a"}) EXPECT_EQ(hex(path), "none") << path;
}

TEST(CommitRefs, AreThoseThatEndInCommitsOfTheGraph) {
  const ScratchRepository repository;
  repository.write("f", "x");
  repository.commit_all();
  repository.git({"tag", "blob", "HEAD:f"});
  repository.git({"tag", "-a", "-m", "x", "annotated"});
  const RepositoryLayout layout = **find_repository(repository.path());
  const ObjectStore store = ObjectStore::open(layout, {"/"}, 1);
  const RefList list = list_refs(layout, store, CommitGraphBuilder(store.format()).build());
  const std::vector<const Rule*> rules = test::default_rules();
  const ObjectScanResult scanned = scan_objects(store, {rules, {}, {}, 1});
  const CommitRefs found = commit_refs(list, *scanned.commits_graph);
  Names names;
  for (const std::uint32_t index : found.indices) names.push_back(list.refs[index].peeled.name);
  EXPECT_EQ(names, (Names{"HEAD", "refs/heads/main", "refs/tags/annotated"}));
}

TEST(HitPlaces, StagedBlobHasItsPathAndAForgottenOneItsId) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.write("staged", leak(1));
  repository.write("forgotten", leak(2));
  repository.git({"add", "-A"});
  const std::string id = repository.rev(":forgotten");
  repository.git({"rm", "-q", "--cached", "forgotten"});
  const ScannedHistory scan(repository);
  EXPECT_EQ(scan.paths(1), Names{"staged"});
  EXPECT_EQ(scan.paths(2), Names{"blob " + id});
  EXPECT_TRUE(scan.of(1).occurrences[0].introduced.empty());
}

TEST(HitPlaces, NoteIsCalledANoteAndItsTreeIsItsPath) {
  const ScratchRepository repository;
  const std::string commit = repository.commit_all();
  repository.git({"notes", "add", "-m", leak(1), commit});
  const ScannedHistory scan(repository);
  EXPECT_EQ(scan.of(1).occurrences[0].kind, PlaceKind::note);
  EXPECT_EQ(scan.paths(1), Names{commit});
}

TEST(HitPlaces, FolderWithASecretNameIsAPlaceOnceHoweverManyFilesItHas) {
  const ScratchRepository repository;
  for (const char* file : {"a", "b/c", "b/d"}) repository.write("top/" + token(1) + "/" + file, file);
  const std::string added = repository.commit_all();
  repository.git({"rm", "-rq", "top"});
  const std::string removed = repository.commit_all();
  const ScannedHistory scan(repository);
  ASSERT_EQ(scan.paths(1).size(), 1U);
  const Occurrence& place = scan.of(1).occurrences[0];
  EXPECT_EQ(place.kind, PlaceKind::path);
  EXPECT_TRUE(place.path.starts_with("top/hf_"));
  EXPECT_EQ(place.introduced, Names{added});
  EXPECT_EQ(place.removed, Names{removed});
}

TEST(HitPlaces, TagMessageIsInARangeWhoseCommitItNames) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.git({"tag", "-a", "-m", token(1), "old"});
  repository.commit_all();
  repository.git({"tag", "-a", "-m", token(2), "new"});
  const ScannedHistory scan(repository, {"HEAD~1..HEAD"});
  EXPECT_EQ(scan.find(1), nullptr);
  EXPECT_NE(scan.find(2), nullptr);
  EXPECT_EQ(scan.of(2).occurrences[0].refs, Names{"refs/tags/new"});
}

TEST(HitPlaces, MergeIntroducesWhatNoParentHas) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.git({"checkout", "-q", "-b", "side"});
  repository.write("f", leak(1));
  const std::string on_side = repository.commit_all("side");
  repository.git({"checkout", "-q", "main"});
  repository.write("g", "x");
  repository.commit_all("main");
  repository.git({"merge", "-q", "--no-commit", "side"});
  repository.write("evil", leak(2));
  const std::string merge = repository.commit_all("merge");
  const ScannedHistory scan(repository);
  EXPECT_EQ(scan.of(1).occurrences[0].introduced, Names{on_side});
  EXPECT_EQ(scan.of(2).occurrences[0].introduced, Names{merge});
  EXPECT_NE(ScannedHistory(repository, {"HEAD^..HEAD"}).find(1), nullptr);
  EXPECT_EQ(ScannedHistory(repository, {"--no-merges", "HEAD^..HEAD"}).find(2), nullptr);
}

}  // namespace
}  // namespace hfscan
