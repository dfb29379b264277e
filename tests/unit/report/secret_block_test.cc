#include "report/secret_block.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "report/view.h"
#include "unit/report/sample_reports.h"

namespace hfscan {
namespace {

std::vector<const Finding*> pointers(const std::vector<Finding>& findings) {
  std::vector<const Finding*> out;
  for (const Finding& finding : findings) out.push_back(&finding);
  return out;
}

std::vector<std::string> lead_paths(const std::vector<Finding>& findings) {
  std::vector<std::string> paths;
  for (const SecretBlock& block : secret_blocks(pointers(findings))) paths.push_back(block.lead->location.path);
  return paths;
}

Finding standing(const std::string& path, Standing standing, std::int64_t day = 1) {
  Finding finding = test::finding_in_history({path, 1, 1}, path);
  SecretStory& story = *finding.story;
  story.first->time = test::kFirstOfMarch + day * test::kDay;
  story.in_head = standing == Standing::in_head;
  story.pushed = standing == Standing::pushed;
  story.reachable = standing <= Standing::reachable;
  if (standing == Standing::uncommitted) story.first.reset();
  return finding;
}

TEST(SecretBlocks, MostPressingStandingComesFirstWhateverTheOrderOfTheReport) {
  std::vector<Finding> findings = {standing("1", Standing::in_head), standing("2", Standing::pushed),
                                   standing("3", Standing::reachable), standing("4", Standing::unreachable),
                                   standing("5", Standing::uncommitted)};
  const std::vector<std::string> expected = {"1", "2", "3", "4", "5"};
  do {
    EXPECT_EQ(lead_paths(findings), expected);
  } while (std::next_permutation(findings.begin(), findings.end(),
                                 [](const Finding& a, const Finding& b) { return a.location.path < b.location.path; }));
}

TEST(SecretBlocks, WithinAStandingSeverityDecidesAndThenTheYoungerCommit) {
  std::vector<Finding> findings = {standing("old error", Standing::pushed, 1), standing("note", Standing::pushed, 9),
                                   standing("young error", Standing::pushed, 5), standing("undated", Standing::pushed)};
  findings[1].severity = Severity::note;
  findings[3].story->first->time.reset();
  EXPECT_EQ(lead_paths(findings), (std::vector<std::string>{"young error", "old error", "undated", "note"}));
}

TEST(SecretBlocks, FindingsWithoutAStoryComeLast) {
  const std::vector<Finding> findings = {test::space_finding(), standing("uncommitted", Standing::uncommitted)};
  EXPECT_EQ(lead_paths(findings), (std::vector<std::string>{"uncommitted", "deploy/space.py"}));
}

TEST(SecretBlocks, MostSevereRuleLeadsAndPlacesOfAllRulesAreJoined) {
  const Finding first = test::published_secret();
  const std::vector<Finding> findings = {test::second_rule_of(first), first};
  const std::vector<SecretBlock> blocks = secret_blocks(pointers(findings));
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].lead->rule->id, "HF1001");
  ASSERT_EQ(blocks[0].others.size(), 1U);
  EXPECT_EQ(blocks[0].others[0]->rule->id, "HF2003");
  EXPECT_EQ(blocks[0].places.size(), first.occurrences.size()) << "the place that both rules see is there once";
}

TEST(SecretBlocks, RuleOfHigherPrecedenceLeadsAmongEqualSeverities) {
  Rule special = test::sample_token_rule();
  special.id = "HF1999";
  special.match = CredentialMatch{};
  std::get<CredentialMatch>(special.match).precedence = 50;
  Rule general = test::sample_token_rule();
  general.match = CredentialMatch{};
  std::vector<Finding> findings = {test::removed_secret(), test::removed_secret()};
  findings[0].rule = &general;
  findings[1].rule = &special;
  EXPECT_EQ(secret_blocks(pointers(findings)).at(0).lead->rule->id, "HF1999");
}

// A submodule's repository has a history of its own.
TEST(SecretBlocks, SameSecretOfTwoRepositoriesHasTwoStories) {
  std::vector<Finding> findings = {test::removed_secret(), test::removed_secret()};
  findings[1].story->first->commit = test::object_id("elsewhere");
  findings[1].story->in_head = true;
  const std::vector<SecretBlock> blocks = secret_blocks(pointers(findings));
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_EQ(standings_text(blocks), "1 in HEAD") << "one secret, counted where it is most pressing";
}

TEST(SecretBlocks, SecretsWithoutAnIdAreNeverJoined) {
  std::vector<Finding> findings = {test::removed_secret(), test::removed_secret()};
  for (Finding& finding : findings) finding.secret->id.reset();
  EXPECT_EQ(secret_blocks(pointers(findings)).size(), 2U);
}

TEST(StandingsText, CountsEverySecretOnce) {
  const Report report = test::history_report();
  const std::vector<SecretBlock> blocks = secret_blocks(shown_findings(report, {}));
  EXPECT_EQ(standings_text(blocks), "1 in HEAD, 2 not in HEAD but reachable, 2 unreachable, 2 in no commit; 1 pushed");
  EXPECT_EQ(standings_text({}), "");
}

TEST(RemovingCommits, AreThoseThatRemoveAVersionAndBringNone) {
  const std::vector<Finding> findings = {test::removed_secret()};
  const std::vector<SecretBlock> blocks = secret_blocks(pointers(findings));
  EXPECT_EQ(removing_commits(blocks.at(0)), (std::vector<std::string_view>{findings[0].occurrences[1].removed[0]}));
}

// A commit that deletes one copy of two removes nothing: the places cannot tell, so nobody is named.
TEST(RemovingCommits, AreNotGuessed) {
  std::vector<Finding> findings = {test::published_secret()};
  const std::vector<SecretBlock> blocks = secret_blocks(pointers(findings));
  EXPECT_FALSE(findings[0].occurrences[1].removed.empty());
  EXPECT_TRUE(removing_commits(blocks.at(0)).empty());
}

TEST(IsSurelyInHead, NeedsHeadAndNoCommitThatLostIt) {
  Occurrence place = test::published_secret().occurrences[0];
  EXPECT_TRUE(is_surely_in_head(place));
  place.removed = {test::object_id("gone")};
  EXPECT_FALSE(is_surely_in_head(place));
  place.removed.clear();
  place.refs = {"refs/heads/main"};
  EXPECT_FALSE(is_surely_in_head(place));
}

}  // namespace
}  // namespace hfscan
