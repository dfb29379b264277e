#include "git/commit_graph.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "support/stored_objects.h"

namespace hfscan {
namespace {

ObjectId id_of(char digit) { return *ObjectId::from_hex(std::string(40, digit)); }

std::string commit_text(const std::vector<ObjectId>& parents, const std::string& date = "1700000000") {
  std::string text = cat("tree ", id_of('f').hex(), "\n");
  for (const ObjectId& parent : parents) text += cat("parent ", parent.hex(), "\n");
  for (const char* role : {"author", "committer"}) text += cat(role, " Ann Example <ann@example.com> ", date, " +0100\n");
  return text + "\nwork\n";
}

std::set<std::string> parent_ids(const CommitGraph& graph, const ObjectId& id) {
  std::set<std::string> ids;
  for (const CommitNumber parent : graph.parents(graph.find(id))) ids.insert(graph.id(parent).hex());
  return ids;
}

TEST(CommitGraph, EmptyOne) {
  CommitGraphBuilder builder(ObjectFormat::sha1);
  const CommitGraph graph = builder.build();
  EXPECT_EQ(graph.size(), 0U);
  EXPECT_EQ(graph.find(id_of('1')), kNoCommit);
}

TEST(CommitGraph, ParentsComeBeforeChildrenWhateverTheOrderOfAdding) {
  const std::vector<std::pair<char, std::string>> links = {{'1', ""}, {'2', "1"}, {'3', "1"}, {'4', "23"}, {'5', "4"}};
  std::vector<std::size_t> order = {0, 1, 2, 3, 4};
  do {
    CommitGraphBuilder builder(ObjectFormat::sha1);
    for (const std::size_t i : order) {
      std::vector<ObjectId> parents;
      for (const char parent : links[i].second) parents.push_back(id_of(parent));
      builder.add(id_of(links[i].first), commit_text(parents));
    }
    const CommitGraph graph = builder.build();
    ASSERT_EQ(graph.size(), 5U);
    for (CommitNumber commit = 0; commit < graph.size(); ++commit) {
      for (const CommitNumber parent : graph.parents(commit)) EXPECT_LT(parent, commit);
    }
    EXPECT_EQ(parent_ids(graph, id_of('4')), (std::set<std::string>{id_of('2').hex(), id_of('3').hex()}));
    EXPECT_TRUE(builder.diagnostics().empty());
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(CommitGraph, KeepsWhoAndWhen) {
  CommitGraphBuilder builder(ObjectFormat::sha1);
  builder.add(id_of('1'), cat("tree ", id_of('f').hex(),
                              "\nauthor A <a@x> 12 +0000\ncommitter B b <b@x> 18446744073709551615 -0800\nencoding x\n\nm\n"));
  const CommitGraph graph = builder.build();
  EXPECT_EQ(graph.author(0), "A <a@x>");
  EXPECT_EQ(graph.committer(0), "B b <b@x>");
  EXPECT_EQ(graph.dates(0).author, 12U);
  EXPECT_EQ(graph.dates(0).committer, UINT64_MAX);
  EXPECT_EQ(graph.tree(0), id_of('f'));
}

TEST(CommitGraph, MissingParentIsToldAndStartsALine) {
  CommitGraphBuilder builder(ObjectFormat::sha1);
  builder.add(id_of('2'), commit_text({id_of('1'), id_of('3')}));
  builder.add(id_of('3'), commit_text({}));
  const CommitGraph graph = builder.build();
  ASSERT_EQ(graph.missing_parents().size(), 1U);
  EXPECT_EQ(graph.id(graph.missing_parents()[0].first), id_of('2'));
  EXPECT_EQ(graph.missing_parents()[0].second, id_of('1'));
  EXPECT_EQ(parent_ids(graph, id_of('2')), std::set<std::string>{id_of('3').hex()});
  EXPECT_EQ(graph.find(id_of('1')), kNoCommit);
}

TEST(CommitGraph, MalformedCommitsAreNamedAndKept) {
  const std::vector<std::string> malformed = {
      "",
      "tree 12\n",
      "no commit at all",
      cat("tree ", id_of('f').hex()),
      cat("tree ", id_of('f').hex(), "\nparent 12\n"),
      cat("tree ", id_of('f').hex(), "\nparent ", std::string(64, '1'), "\nauthor a <a> 1 +0\ncommitter a <a> 1 +0\n"),
      cat("tree ", id_of('f').hex(), "\nauthor a <a> x +0\ncommitter a <a> 1 +0\n"),
      cat("tree ", id_of('f').hex(), "\nauthor a <a> 99999999999999999999999 +0\ncommitter a <a> 1 +0\n"),
  };
  for (const std::string& text : malformed) {
    CommitGraphBuilder builder(ObjectFormat::sha1);
    builder.add(id_of('1'), text);
    builder.add(id_of('2'), commit_text({id_of('1')}));
    const CommitGraph graph = builder.build();
    EXPECT_EQ(graph.size(), 2U) << text;
    EXPECT_EQ(parent_ids(graph, id_of('2')), std::set<std::string>{id_of('1').hex()}) << text;
    ASSERT_EQ(builder.diagnostics().size(), 1U) << text;
    EXPECT_EQ(builder.diagnostics()[0].path, cat("commit ", id_of('1').hex()));
  }
}

TEST(CommitGraph, CircleOfForgedIdsIsCutAndNamed) {
  CommitGraphBuilder builder(ObjectFormat::sha1);
  builder.add(id_of('1'), commit_text({id_of('3')}));
  builder.add(id_of('2'), commit_text({id_of('1')}));
  builder.add(id_of('3'), commit_text({id_of('2')}));
  builder.add(id_of('4'), commit_text({id_of('4'), id_of('3')}));
  const CommitGraph graph = builder.build();
  ASSERT_EQ(graph.size(), 4U);
  for (CommitNumber commit = 0; commit < graph.size(); ++commit) {
    for (const CommitNumber parent : graph.parents(commit)) EXPECT_LT(parent, commit);
  }
  EXPECT_EQ(builder.diagnostics().size(), 2U);
}

TEST(CommitGraph, SecondCopyOfACommitIsPassedOver) {
  CommitGraphBuilder builder(ObjectFormat::sha1);
  builder.add(id_of('1'), commit_text({}, "5"));
  builder.add(id_of('1'), "damaged");
  const CommitGraph graph = builder.build();
  EXPECT_EQ(graph.size(), 1U);
  EXPECT_EQ(graph.dates(0).committer, 5U);
  EXPECT_TRUE(builder.diagnostics().empty());
}

TEST(CommitGraph, ManyParentsAndALongLine) {
  CommitGraphBuilder builder(ObjectFormat::sha1);
  const auto numbered = [](unsigned number) {
    std::string raw(20, '\0');
    for (unsigned i = 0; i < 4; ++i) raw[i] = static_cast<char>(number >> (8 * i));
    return ObjectId::from_raw(raw);
  };
  constexpr unsigned kCount = 100'000;
  std::vector<ObjectId> all = {numbered(0)};
  builder.add(all[0], commit_text({}));
  for (unsigned i = 1; i < kCount; ++i) {
    all.push_back(numbered(i));
    builder.add(all[i], commit_text({all[i - 1]}));
  }
  builder.add(numbered(kCount), commit_text(all));
  const CommitGraph graph = builder.build();
  EXPECT_EQ(graph.size(), kCount + 1);
  EXPECT_EQ(graph.parents(graph.find(numbered(kCount))).size(), kCount);
  EXPECT_LT(graph.memory() / graph.size(), 120U);
}

TEST(CommitGraph, FindsByTheBeginningOfAnId) {
  CommitGraphBuilder builder(ObjectFormat::sha1);
  builder.add(*ObjectId::from_hex("abc1" + std::string(36, '0')), commit_text({}));
  builder.add(*ObjectId::from_hex("abd1" + std::string(36, '0')), commit_text({}));
  const CommitGraph graph = builder.build();
  EXPECT_EQ(graph.find_prefix("AB").size(), 2U);
  EXPECT_EQ(graph.find_prefix("abc").size(), 1U);
  EXPECT_EQ(graph.find_prefix("abc12").size(), 0U);
  EXPECT_EQ(graph.find_prefix("xyz").size(), 0U);
}

// Every field against git's own reading.
TEST(CommitGraph, SaysWhatGitLogSays) {
  const test::ScratchRepository repository;
  repository.commit_all("first");
  repository.git({"switch", "-q", "-c", "side"});
  repository.write("side", "1");
  repository.git({"add", "-A"});
  repository.git({"commit", "-qm", "side"}, "", {{"GIT_AUTHOR_NAME", "Bo \xc3\xa9"}, {"GIT_AUTHOR_DATE", "1500000000 -0330"}});
  repository.git({"switch", "-q", "main"});
  repository.write("main", "1");
  repository.commit_all("main");
  repository.git({"merge", "-q", "--no-ff", "-m", "merge", "side"});
  CommitGraphBuilder builder(ObjectFormat::sha1);
  for (const auto& [id, object] : test::stored_objects(repository)) {
    if (object.type == "commit") builder.add(*ObjectId::from_hex(id), object.bytes);
  }
  const CommitGraph graph = builder.build();
  std::set<std::string> lines;
  for (CommitNumber commit = 0; commit < graph.size(); ++commit) {
    const std::string line = cat(graph.id(commit).hex(), " ", graph.tree(commit).hex(), " ", graph.author(commit), " ",
                                 std::to_string(graph.dates(commit).author), " ", graph.committer(commit), " ",
                                 std::to_string(graph.dates(commit).committer), " ");
    std::string parents;
    for (const CommitNumber parent : graph.parents(commit)) parents += (parents.empty() ? "" : " ") + graph.id(parent).hex();
    lines.insert(line + parents);
  }
  const std::string theirs = repository.git({"log", "--all", "--format=%H %T %an <%ae> %at %cn <%ce> %ct %P"});
  std::set<std::string> expected;
  for (const std::string_view line : split_lines(theirs)) expected.emplace(line);
  EXPECT_EQ(lines, expected);
}

}  // namespace
}  // namespace hfscan
