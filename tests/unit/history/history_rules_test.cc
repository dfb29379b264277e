#include "history/history_rules.h"

#include <gmock/gmock.h>

#include "unit/history/scanned_history.h"

namespace hfscan {
namespace {

using testing::HasSubstr;

constexpr std::int64_t kDay = std::int64_t{24} * 60 * 60;
constexpr std::int64_t kNow = 1'700'000'000;
const std::string kCommit(40, 'a');

const Rule& rule(const std::string& id) {
  static const std::vector<const Rule*> rules = *test::builtin_rule_set().select({"HF1001", "HF9"}, "default");
  return **std::find_if(rules.begin(), rules.end(), [&](const Rule* one) { return one->id == id; });
}

// A token in a file, first committed so many days ago.
Finding token_of(int days) {
  Finding finding;
  finding.rule = &rule("HF1001");
  finding.severity = Severity::error;
  finding.secret = SecretReference{sha256("x"), "hf_…(37)", CredentialKind::user_access_token, "plain"};
  finding.excerpt.lines = {"TOKEN=hf_…(37)"};
  finding.excerpt.mark_begin = 6;
  Occurrence place;
  place.path = "app.py";
  place.blob = kCommit;
  place.introduced = {kCommit};
  place.refs = {"refs/heads/main"};
  finding.occurrences = {place};
  SecretStory story;
  story.first = story.last = CommitStamp{kCommit, kNow - days * kDay, "Ann"};
  story.refs = place.refs;
  story.reachable = story.in_head = true;
  finding.story = story;
  return finding;
}

std::vector<Finding> run(const std::string& id, const std::vector<Finding>& findings, const RotationPolicy& policy = {}) {
  const std::vector<const Rule*> rules = {&rule(id)};
  return run_history_rules(rules, findings, {kNow, policy});
}

TEST(TokenInHistory, IsOneThatHeadHasNotAndAnObjectHas) {
  Finding finding = token_of(5);
  EXPECT_TRUE(run("HF9002", {finding}).empty());
  finding.story->in_head = false;
  const std::vector<Finding> found = run("HF9002", {finding});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].rule->id, "HF9002");
  EXPECT_EQ(found[0].severity, Severity::error);
  EXPECT_THAT(found[0].message, HasSubstr("first in aaaaaaaaaaaa of 2023-11-09"));
  EXPECT_THAT(found[0].message, HasSubstr("app.py"));
  EXPECT_THAT(found[0].message, HasSubstr("1 ref, no remote-tracking branch"));
}

TEST(TokenInHistory, SaysWhatReachesIt) {
  Finding finding = token_of(5);
  finding.story->in_head = false;
  finding.story->pushed = true;
  EXPECT_THAT(run("HF9002", {finding}).at(0).message, HasSubstr("a remote-tracking branch among them"));
  finding.story->reachable = false;
  EXPECT_THAT(run("HF9002", {finding}).at(0).message, HasSubstr("unreachable objects, a stash or a reflog"));
}

TEST(TokenInHistory, IsNotWhatIsOnlyStagedOrInFilesOfGit) {
  Finding finding = token_of(5);
  finding.story = SecretStory();
  finding.occurrences[0].introduced.clear();
  finding.occurrences[0].refs.clear();
  EXPECT_TRUE(run("HF9002", {finding}).empty());
  for (const PlaceKind kind : {PlaceKind::config, PlaceKind::reflog, PlaceKind::ref_name}) {
    finding.occurrences[0].kind = kind;
    EXPECT_TRUE(run("HF9002", {finding}).empty());
  }
  finding.occurrences[0].kind = PlaceKind::blob;
  finding.occurrences[0].path = "blob " + kCommit;
  EXPECT_EQ(run("HF9002", {finding}).size(), 1U) << "a dangling blob";
}

TEST(TokenInHistory, IsToldOnceForASecretAndNotWhenItIsKnownOrANote) {
  Finding finding = token_of(5);
  finding.story->in_head = false;
  EXPECT_EQ(run("HF9002", {finding, finding}).size(), 1U);
  finding.severity = Severity::note;
  EXPECT_TRUE(run("HF9002", {finding}).empty());
  finding.severity = Severity::error;
  finding.disposition = Disposition::ignored_inline;
  EXPECT_TRUE(run("HF9002", {finding}).empty());
}

TEST(TokenAge, CountsFromTheFirstCommit) {
  EXPECT_TRUE(run("HF9001", {token_of(RotationPeriods().write)}).empty());
  EXPECT_EQ(run("HF9001", {token_of(RotationPeriods().write + 1)}).size(), 1U);
  Finding finding = token_of(500);
  finding.story->in_head = false;
  EXPECT_TRUE(run("HF9001", {finding}).empty()) << "removed: another rule";
  finding = token_of(500);
  finding.story->first->time.reset();
  EXPECT_TRUE(run("HF9001", {finding}).empty()) << "nobody knows";
}

TEST(TokenAge, IsAYearForTokensThatAreNamedAsReading) {
  Finding finding = token_of(RotationPeriods().read);
  finding.excerpt.lines = {"HF_TOKEN_READ=hf_…(37)"};
  finding.excerpt.mark_begin = 14;
  EXPECT_TRUE(run("HF9001", {finding}).empty());
  finding.story->first->time = kNow - (RotationPeriods().read + 1) * kDay;
  EXPECT_EQ(run("HF9001", {finding}).size(), 1U);
  finding.story->first->time = kNow - 100 * kDay;
  finding.excerpt.lines = {"HF_READ_WRITE=hf_…(37)"};
  EXPECT_EQ(run("HF9001", {finding}).size(), 1U);
}

TEST(TokenAge, PolicyMovesThePeriod) {
  RotationPolicy policy;
  policy.max_age = {365, 200, 200};
  EXPECT_TRUE(run("HF9001", {token_of(200)}, policy).empty());
  EXPECT_EQ(run("HF9001", {token_of(201)}, policy).size(), 1U);
}

TEST(TokenAge, PlaceOfTheFileShortensThePeriod) {
  RotationPolicy policy;
  policy.places.push_back({.match = "ci", .max_age = 10});
  policy.places.push_back({.match = "cluster", .paths = {"jobs/**"}, .max_age = 20});
  Finding finding = token_of(15);
  for (const auto& [path, count] : {std::pair("src/app.py", 0U), {".github/workflows/a.yml", 1U}, {"jobs/run.sh", 0U}}) {
    finding.location.path = path;
    EXPECT_EQ(run("HF9001", {finding}, policy).size(), count) << path;
  }
  finding.story->first->time = kNow - 21 * kDay;
  EXPECT_EQ(run("HF9001", {finding}, policy).size(), 1U);
}

}  // namespace
}  // namespace hfscan
