#include "git/attribution.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "unit/git/history_oracle.h"

namespace hfscan {
namespace {

using test::Names;
using test::ScratchRepository;

// One secret in the blobs with these contents, and all refs.
class Attributed {
 public:
  Attributed(const ScratchRepository& repository, const std::vector<std::string>& contents, Names missing_trees = {})
      : oracle(repository), graph(oracle.graph()) {
    request.refs = oracle.refs();
    request.secrets.emplace_back();
    for (const auto& [id, object] : oracle.objects()) {
      const bool hit = std::find(contents.begin(), contents.end(), object.bytes) != contents.end();
      if (object.type == "blob" && hit) request.secrets[0].push_back(*ObjectId::from_hex(id));
    }
    test::MapSource source(oracle.objects(), std::move(missing_trees));
    result = attribute(request, graph, source);
  }

  [[nodiscard]] const SecretHistory& secret() const { return result.secrets.at(0); }
  [[nodiscard]] Names introduced() const { return test::names_of(graph, secret().introduced); }
  [[nodiscard]] Names removed() const { return test::names_of(graph, secret().removed); }
  [[nodiscard]] Names refs() const { return test::ref_names(secret().refs, request.refs); }
  [[nodiscard]] Names paths() const {
    Names paths;
    for (const BlobPlace& place : result.places) paths.insert(place.path);
    return paths;
  }
  [[nodiscard]] const BlobPlace& place(const std::string& path) const {
    const auto found =
        std::find_if(result.places.begin(), result.places.end(), [&](const BlobPlace& place) { return place.path == path; });
    return found == result.places.end() ? (ADD_FAILURE() << path, result.places.at(0)) : *found;
  }

  test::HistoryOracle oracle;
  CommitGraph graph;
  AttributionRequest request;
  Attribution result;
};

constexpr const char* kHit = "the hit\n";

TEST(Attribution, NothingAskedNothingSaid) {
  const ScratchRepository repository;
  repository.write("a", kHit);
  repository.commit_all();
  const Attributed attributed(repository, {});
  EXPECT_TRUE(attributed.result.places.empty());
  EXPECT_TRUE(attributed.introduced().empty());
}

TEST(Attribution, AddedRemovedAndAddedAgain) {
  const ScratchRepository repository;
  repository.write("keep", "1");
  repository.commit_all();
  repository.write("a/b/c", kHit);
  const std::string first = repository.commit_all();
  std::filesystem::remove(repository.path("a/b/c"));
  const std::string second = repository.commit_all();
  repository.write("a/b/c", kHit);
  const std::string third = repository.commit_all();
  const Attributed attributed(repository, {kHit});
  EXPECT_EQ(attributed.introduced(), (Names{first, third}));
  EXPECT_EQ(attributed.removed(), Names{second});
  EXPECT_TRUE(attributed.secret().in_head);
  EXPECT_TRUE(attributed.secret().refs.from_head);
  EXPECT_FALSE(attributed.secret().refs.from_remote);
}

TEST(Attribution, RenamedFileIsTheSameSecretAtTwoPaths) {
  const ScratchRepository repository;
  repository.write("old", kHit);
  const std::string added = repository.commit_all();
  repository.git({"mv", "old", "new"});
  const std::string moved = repository.commit_all();
  const Attributed attributed(repository, {kHit});
  EXPECT_EQ(attributed.introduced(), Names{added});
  EXPECT_TRUE(attributed.removed().empty());
  EXPECT_EQ(test::names_of(attributed.graph, attributed.place("new").introduced), Names{moved});
  EXPECT_EQ(test::names_of(attributed.graph, attributed.place("old").removed), Names{moved});
  EXPECT_EQ(attributed.secret().places.size(), 2U);
}

TEST(Attribution, SecretOfTwoBlobsStaysWhileOneFollowsTheOther) {
  const ScratchRepository repository;
  repository.write("a", "hit, version 1");
  const std::string added = repository.commit_all();
  repository.write("a", "hit, version 2");
  repository.commit_all();
  repository.write("a", "harmless");
  const std::string mended = repository.commit_all();
  const Attributed attributed(repository, {"hit, version 1", "hit, version 2"});
  EXPECT_EQ(attributed.introduced(), Names{added});
  EXPECT_EQ(attributed.removed(), Names{mended});
  EXPECT_EQ(attributed.result.places.size(), 2U);
  EXPECT_FALSE(attributed.secret().in_head);
}

TEST(Attribution, EvilMergeIntroduces) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.git({"switch", "-q", "-c", "side"});
  repository.write("side", "1");
  repository.commit_all();
  repository.git({"switch", "-q", "main"});
  repository.write("main", "1");
  repository.commit_all();
  repository.git({"merge", "-q", "--no-ff", "--no-commit", "side"});
  repository.write("evil", kHit);
  const std::string merge = repository.commit_all();
  EXPECT_EQ(Attributed(repository, {kHit}).introduced(), Names{merge});
  test::check_attribution(repository);
}

// A merge of what one side has brings nothing new; one that drops it removes it.
TEST(Attribution, MergeTakesOverAndDrops) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.git({"switch", "-q", "-c", "side"});
  repository.write("a", kHit);
  const std::string added = repository.commit_all();
  repository.git({"switch", "-q", "main"});
  repository.write("main", "1");
  repository.commit_all();
  repository.git({"merge", "-q", "--no-ff", "-m", "takes", "side"});
  repository.git({"switch", "-q", "-c", "other", "HEAD^1"});
  repository.git({"merge", "-q", "-s", "ours", "-m", "drops", "side"});
  const std::string drops = repository.rev("HEAD");
  const Attributed attributed(repository, {kHit});
  EXPECT_EQ(attributed.introduced(), Names{added});
  EXPECT_EQ(attributed.removed(), Names{drops});
  // `other` does not have it now, but its history has.
  EXPECT_EQ(attributed.refs(), (Names{"HEAD", "refs/heads/main", "refs/heads/other", "refs/heads/side"}));
  EXPECT_FALSE(attributed.secret().in_head);
  test::check_attribution(repository);
}

TEST(Attribution, OctopusAndCrissCross) {
  const ScratchRepository repository;
  repository.commit_all();
  for (const char* branch : {"a", "b", "c"}) {
    repository.git({"switch", "-q", "-c", branch, "main"});
    repository.write(branch, branch == std::string("b") ? kHit : "1");
    repository.commit_all();
  }
  repository.git({"switch", "-q", "main"});
  repository.git({"merge", "-q", "-m", "octopus", "a", "b", "c"});
  for (const auto& [into, from] : std::vector<std::pair<std::string, std::string>>{{"x", "b"}, {"y", "a"}}) {
    repository.git({"switch", "-q", "-c", into, from == "b" ? "a" : "b"});
    repository.git({"merge", "-q", "--no-ff", "-m", into, from});
  }
  repository.git({"merge", "-q", "--no-ff", "-m", "criss-cross", "x"});
  test::check_attribution(repository);
}

TEST(Attribution, SameBlobAtManyPathsAndAsALink) {
  const ScratchRepository repository;
  for (const char* path : {"a", "d/a", "d/e/a", "d.x", "d-x/a"}) repository.write(path, kHit);
  std::filesystem::create_symlink(kHit, repository.path("link"));
  repository.commit_all();
  const Attributed attributed(repository, {kHit});
  EXPECT_EQ(attributed.paths(), (Names{"a", "d/a", "d/e/a", "d.x", "d-x/a", "link"}));
  test::check_attribution(repository);
}

TEST(Attribution, RefsOfEveryKind) {
  const ScratchRepository repository;
  repository.write("a", "1");
  repository.commit_all();
  repository.write("a", kHit);
  repository.git({"stash", "-q"});
  const Attributed stashed(repository, {kHit});
  EXPECT_EQ(stashed.refs(), Names{"refs/stash"});
  EXPECT_FALSE(stashed.secret().refs.reachable);
  repository.git({"notes", "add", "-m", "a note", "HEAD"});
  repository.git({"tag", "-a", "-m", "t", "inner", "refs/stash"});
  repository.git({"tag", "-a", "-m", "t", "outer", "inner"});
  repository.git({"update-ref", "refs/remotes/origin/x", "refs/stash"});
  repository.git({"switch", "-q", "--orphan", "alone"});
  repository.write("b", "alone");
  repository.commit_all();
  const Attributed attributed(repository, {kHit});
  EXPECT_EQ(attributed.refs(), (Names{"refs/remotes/origin/x", "refs/stash", "refs/tags/inner", "refs/tags/outer"}));
  EXPECT_TRUE(attributed.secret().refs.from_remote);
  EXPECT_TRUE(attributed.secret().refs.reachable);
  EXPECT_FALSE(attributed.secret().refs.from_head);
  const Attributed note(repository, {"a note\n"});
  EXPECT_EQ(note.refs(), Names{"refs/notes/commits"});
  test::check_attribution(repository);
}

TEST(Attribution, UnreachableCommitIsSeenAndSaidToBe) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.write("a", kHit);
  const std::string lost = repository.commit_all();
  repository.git({"reset", "-q", "--hard", "HEAD~1"});
  const Attributed attributed(repository, {kHit});
  EXPECT_EQ(attributed.introduced(), Names{lost});
  EXPECT_FALSE(attributed.secret().refs.reachable);
  EXPECT_TRUE(attributed.refs().empty());
}

TEST(Attribution, BlobOutsideEveryTreeHasAPlaceWithoutPath) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.write("a", kHit);
  repository.git({"add", "a"});
  const Attributed attributed(repository, {kHit});
  ASSERT_EQ(attributed.result.places.size(), 1U);
  EXPECT_EQ(attributed.result.places[0].path, "");
  EXPECT_EQ(attributed.secret().first, kNoCommit);
  EXPECT_FALSE(attributed.secret().refs.reachable);
}

TEST(Attribution, TagsOfTreesAndBlobsLeadToThem) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.write("d/a", kHit);
  repository.git({"add", "-A"});
  std::string tree = repository.git({"write-tree"});
  tree.pop_back();
  repository.git({"tag", "of-tree", tree});
  repository.git({"tag", "-a", "-m", "t", "of-blob", tree + ":d/a"});
  const Attributed attributed(repository, {kHit});
  EXPECT_EQ(attributed.refs(), (Names{"refs/tags/of-blob", "refs/tags/of-tree"}));
  EXPECT_EQ(test::ref_names(attributed.place("d/a").refs, attributed.request.refs), Names{"refs/tags/of-tree"});
  EXPECT_EQ(test::ref_names(attributed.place("").refs, attributed.request.refs), Names{"refs/tags/of-blob"});
  EXPECT_TRUE(attributed.introduced().empty());
}

TEST(Attribution, ShallowCloneIntroducesAtItsBorder) {
  const ScratchRepository repository;
  repository.write("a", kHit);
  repository.commit_all();
  repository.write("b", "1");
  const std::string border = repository.commit_all();
  repository.write("b", "2");
  repository.commit_all();
  const std::string clone = repository.around().path("clone");
  repository.git({"clone", "-q", "--depth", "2", "file://" + repository.path(), clone});
  const test::HistoryOracle oracle(repository, clone);
  const CommitGraph graph = oracle.graph();
  ASSERT_EQ(graph.missing_parents().size(), 1U);
  EXPECT_EQ(graph.id(graph.missing_parents()[0].first).hex(), border);
  test::check_attribution(repository, {}, clone);
}

// What hides history from git hides nothing here.
TEST(Attribution, GraftsReplacementsAndAFalseShallowFileHideNothing) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.write("a", kHit);
  const std::string added = repository.commit_all();
  std::filesystem::remove(repository.path("a"));
  repository.commit_all();
  const std::string head = repository.rev("HEAD");
  repository.git({"replace", "--graft", head});
  repository.write(".git/shallow", head + "\n");
  const Attributed attributed(repository, {kHit});
  EXPECT_EQ(attributed.introduced(), Names{added});
  EXPECT_TRUE(attributed.secret().refs.from_head);
}

TEST(Attribution, MissingTreeIsNamedAndTheRestIsExact) {
  const ScratchRepository repository;
  repository.write("gone/a", kHit);
  repository.write("gone/c", "so that the trees differ");
  repository.write("here/a", kHit);
  const std::string added = repository.commit_all();
  const std::string gone = repository.rev("HEAD:gone");
  repository.write("gone/b", "1");
  repository.commit_all();
  const Attributed attributed(repository, {kHit}, {repository.rev("HEAD~1:gone")});
  EXPECT_EQ(test::names_of(attributed.graph, attributed.place("here/a").introduced), Names{added});
  ASSERT_EQ(attributed.result.diagnostics.size(), 1U);
  EXPECT_EQ(attributed.result.diagnostics[0].path, cat("tree ", gone));
}

TEST(Attribution, MissingTargetOfARefIsNamed) {
  const ScratchRepository repository;
  repository.write("a", kHit);
  repository.commit_all();
  const test::HistoryOracle oracle(repository);
  const CommitGraph graph = oracle.graph();
  AttributionRequest request;
  request.secrets.resize(1);
  request.refs = {{"refs/heads/gone", *ObjectId::from_hex(std::string(40, '1')), ObjectType::commit}};
  test::MapSource source(oracle.objects());
  const Attribution attribution = attribute(request, graph, source);
  ASSERT_EQ(attribution.diagnostics.size(), 1U);
  EXPECT_EQ(attribution.diagnostics[0].path, "refs/heads/gone");
}

TEST(Attribution, Sha256Repository) {
  const ScratchRepository repository;
  std::filesystem::remove_all(repository.path(".git"));
  repository.git({"init", "-q", "-b", "main", "--object-format=sha256"});
  repository.write("d/a", kHit);
  repository.commit_all();
  std::filesystem::remove(repository.path("d/a"));
  repository.commit_all();
  test::check_attribution(repository);
}

TEST(Attribution, RangeKeepsWhatItsCommitsIntroduced) {
  const ScratchRepository repository;
  repository.write("old", kHit);
  repository.commit_all();
  repository.git({"switch", "-q", "-c", "side"});
  repository.write("side", "other hit");
  const std::string side = repository.commit_all();
  repository.git({"switch", "-q", "main"});
  repository.write("copy", kHit);
  const std::string copy = repository.commit_all();
  repository.git({"merge", "-q", "--no-ff", "--no-commit", "side"});
  repository.write("evil", kHit);
  const std::string merge = repository.commit_all();
  const auto limited_to = [&](const Names& commits) {
    Attributed attributed(repository, {kHit, "other hit"});
    std::vector<bool> range(attributed.graph.size(), false);
    for (const std::string& commit : commits) range[attributed.graph.find(*ObjectId::from_hex(commit))] = true;
    limit_to_range(attributed.result, range);
    std::size_t places = 0;
    for (const SecretHistory& secret : attributed.result.secrets) places += secret.places.size();
    EXPECT_EQ(places, attributed.result.places.size());
    return attributed;
  };
  EXPECT_EQ(limited_to({copy}).paths(), Names{"copy"});
  EXPECT_EQ(limited_to({merge}).paths(), Names{"evil"});
  EXPECT_EQ(limited_to({side, merge}).paths(), (Names{"evil", "side"}));
  EXPECT_TRUE(limited_to({}).paths().empty());
}

}  // namespace
}  // namespace hfscan
