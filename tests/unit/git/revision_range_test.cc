#include "git/revision_range.h"

#include <gtest/gtest.h>

#include "unit/git/history_oracle.h"
#include "unit/git/random_history.h"

namespace hfscan {
namespace {

using test::Names;

// A repository as Revisions want it.
struct Loaded {
  explicit Loaded(const test::ScratchRepository& repository) : oracle(repository), graph(oracle.graph()) {
    for (const PeeledRef& ref : oracle.refs()) {
      if (ref.type == ObjectType::commit) refs.push_back({ref.name, graph.find(ref.target)});
    }
  }

  [[nodiscard]] Result<CommitSet> select(const std::vector<std::string>& arguments) const {
    return Revisions{graph, refs}.select(arguments);
  }

  [[nodiscard]] Names names(const std::vector<std::string>& arguments) const {
    const Result<CommitSet> chosen = select(arguments);
    if (!chosen.ok()) return {chosen.error().message};
    Names names;
    for (CommitNumber commit = 0; commit < graph.size(); ++commit) {
      if ((*chosen)[commit]) names.insert(graph.id(commit).hex());
    }
    return names;
  }

  test::HistoryOracle oracle;
  CommitGraph graph;
  std::vector<CommitRef> refs;
};

// With right clocks: git stops at commits that look old enough, and then shows some that are hidden.
TEST(RevisionRange, EqualsGitRevList) {
  for (unsigned seed = 1; seed < 4; ++seed) {
    const test::ScratchRepository repository;
    test::RandomHistory(seed, test::RandomHistory::Clocks::right).make(repository, 40);
    for (const char* name : {"refs/heads/one", "refs/heads/two", "refs/tags/v1", "refs/remotes/origin/two"}) {
      const Names all = test::HistoryOracle(repository).ids("commit");
      repository.git({"update-ref", name, *std::next(all.begin(), static_cast<int>(std::string(name).size() + seed) % 30)});
    }
    const Loaded loaded(repository);
    const std::string id = repository.rev("one");
    const std::vector<std::vector<std::string>> cases = {
        {"HEAD"},
        {"one"},
        {"one..two"},
        {"two..one"},
        {"one...two"},
        {"..two"},
        {"one.."},
        {"one", "^two"},
        {"one", "two", "--not", "v1"},
        {"--all"},
        {"--branches", "--not", "--remotes"},
        {"--tags"},
        {"--remotes", "^HEAD"},
        {"--all", "--no-merges"},
        {"--all", "--merges"},
        {"--all", "^two", "--full-history"},
        {"--not", "--all", "--not", "one"},
        {"origin/two"},
        {id},
        {id.substr(0, 12) + "..refs/heads/two"},
        {"v1^{commit}", "^HEAD"},
        {"@"},
        {"heads/one"},
        {"one^0"},
        {"one...two", "^v1"},
    };
    for (const std::vector<std::string>& arguments : cases) {
      EXPECT_EQ(loaded.names(arguments), loaded.oracle.reachable_from(arguments)) << arguments[0];
    }
  }
}

TEST(RevisionRange, WrongClocksChangeNothing) {
  for (unsigned seed = 1; seed < 4; ++seed) {
    const test::ScratchRepository repository;
    test::RandomHistory(seed).make(repository, 40);
    const Loaded loaded(repository);
    for (const CommitRef& hidden : loaded.refs) {
      Names expected = loaded.oracle.reachable_from({"HEAD"});
      for (const std::string& commit : loaded.oracle.reachable_from({hidden.name})) expected.erase(commit);
      EXPECT_EQ(loaded.names({"HEAD", "^" + hidden.name}), expected);
    }
  }
}

class RevisionOfALine : public testing::Test {
 protected:
  RevisionOfALine() {
    for (int day = 1; day < 6; ++day) {
      const std::string date = cat("2026-01-0", std::to_string(day), "T12:00:00 +0000");
      repository_.git({"commit", "-q", "--allow-empty", "-m", "m"}, "", {{"GIT_COMMITTER_DATE", date}});
      ids_.push_back(repository_.rev("HEAD"));
    }
    repository_.git({"switch", "-q", "-c", "side", "HEAD~3"});
    repository_.commit_all();
    repository_.git({"switch", "-q", "main"});
    repository_.git({"merge", "-q", "--no-ff", "-m", "merge", "side"});
  }

  test::ScratchRepository repository_;
  std::vector<std::string> ids_;
};

TEST_F(RevisionOfALine, FollowsParents) {
  const Loaded loaded(repository_);
  const Revisions revisions{loaded.graph, loaded.refs};
  for (const char* revision :
       {"HEAD~1", "HEAD^", "HEAD^2", "HEAD^2~1", "main~2^0", "main^^", "HEAD~0", "HEAD~5", "main^2^{commit}", "@~2"}) {
    const Result<CommitNumber> commit = revisions.resolve(revision);
    ASSERT_TRUE(commit.ok()) << revision;
    EXPECT_EQ(loaded.graph.id(*commit).hex(), repository_.rev(revision)) << revision;
  }
}

TEST_F(RevisionOfALine, NamesWhatIsNotThere) {
  const Loaded loaded(repository_);
  const Revisions revisions{loaded.graph, loaded.refs};
  for (const char* revision :
       {"nope", "", "HEAD^3", "HEAD~99", "HEAD~99999999999999", "HEAD^{tree}", "HEAD^x", "^", "~1", "dead", "abc"}) {
    const Result<CommitNumber> commit = revisions.resolve(revision);
    ASSERT_FALSE(commit.ok()) << revision;
    EXPECT_NE(commit.error().message.find("no such revision"), std::string::npos) << commit.error().message;
  }
}

TEST_F(RevisionOfALine, DatesAreOfTheCommitterInUtc) {
  const Loaded loaded(repository_);
  EXPECT_EQ(loaded.names({ids_[4], "--since=2026-01-04"}), (Names{ids_[3], ids_[4]}));
  EXPECT_EQ(loaded.names({ids_[4], "--since=2026-01-04T12:00:01Z"}), (Names{ids_[4]}));
  EXPECT_EQ(loaded.names({ids_[4], "--after=2026-01-02", "--before=2026-01-03T12:00:00Z"}), (Names{ids_[1], ids_[2]}));
  for (const char* date :
       {"yesterday", "2026-1-1", "2026-02-30", "2026-01-01T25:00:00Z", "2026-01-01T00:00:00", "", "2026/01/01"}) {
    EXPECT_FALSE(loaded.select({cat("--since=", date)}).ok()) << date;
  }
}

TEST_F(RevisionOfALine, RefusesWhatItWouldObeyInPart) {
  const Loaded loaded(repository_);
  for (const char* option : {"-n", "--max-count=3", "--", "--author=x", "--first-parent", "-S", "--since", "--all=x", "-p"}) {
    const Result<CommitSet> chosen = loaded.select({option});
    ASSERT_FALSE(chosen.ok()) << option;
    EXPECT_NE(chosen.error().message.find("not supported"), std::string::npos) << chosen.error().message;
  }
}

TEST(RevisionRange, AmbiguousDigitsAreAnError) {
  CommitGraphBuilder builder(ObjectFormat::sha1);
  builder.add(*ObjectId::from_hex("abcd1" + std::string(35, '0')), "");
  builder.add(*ObjectId::from_hex("abcd2" + std::string(35, '0')), "");
  const CommitGraph graph = builder.build();
  const Revisions revisions{graph, {}};
  EXPECT_FALSE(revisions.resolve("abcd").ok());
  EXPECT_TRUE(revisions.resolve("abcd2").ok());
}

TEST(RevisionRange, UnbornHeadIsAnError) {
  CommitGraphBuilder builder(ObjectFormat::sha1);
  const CommitGraph graph = builder.build();
  EXPECT_FALSE((Revisions{graph, {}}.select({}).ok()));
  EXPECT_TRUE((Revisions{graph, {}}.select(std::vector<std::string>{"--all"}).ok()));
}

TEST(LogOpts, AreSplitAsAShellDoes) {
  const auto split = [](std::string_view text) { return *split_log_opts(text); };
  using Words = std::vector<std::string>;
  EXPECT_EQ(split(" --all  a..b\t"), (Words{"--all", "a..b"}));
  EXPECT_EQ(split("'a b' \"c 'd'\" e\\ f ''"), (Words{"a b", "c 'd'", "e f", ""}));
  EXPECT_EQ(split(""), Words{});
  EXPECT_FALSE(split_log_opts("'a").ok());
}

}  // namespace
}  // namespace hfscan
