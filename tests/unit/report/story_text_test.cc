#include "report/story_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "report/next_step.h"
#include "report/text_report.h"
#include "report/view.h"
#include "unit/report/sample_reports.h"

namespace hfscan {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

ReportOptions verbose() {
  ReportOptions options = test::sample_options();
  options.verbosity = Verbosity::verbose;
  return options;
}

std::string story_of(const Finding& finding, const ReportOptions& options = test::sample_options()) {
  NoteWriter notes(NoteStyle::aligned, 1, options);
  const std::vector<SecretBlock> blocks = secret_blocks({&finding});
  add_story(notes, blocks.at(0), options);
  return notes.text();
}

std::string render(const Report& report, const ReportOptions& options = test::sample_options()) {
  std::ostringstream out;
  EXPECT_TRUE(write_text_report(report, options, out).ok());
  return out.str();
}

std::string id_of(std::string_view seed) { return test::object_id(seed).substr(0, 12); }

TEST(Story, RemovedButReachable) {
  EXPECT_EQ(
      story_of(test::removed_secret()),
      cat("  = first seen  2025-03-01 in commit ", id_of("removed first"),
          " by Jane Doe <jane@example.com>, app/train.py:3:9\n", "  = last seen   2025-03-03 in commit ", id_of("removed last"),
          " by Bob <bob@example.com>\n", "  = removed     2025-03-04 in commit ", id_of("removed gone"),
          " by Jane Doe <jane@example.com>, but git keeps it\n", "  = reachable   from HEAD, main, tag v1.0\n",
          "  = pushed      no remote-tracking branch has it: perhaps not pushed yet, which this clone alone cannot prove\n",
          "  = also in     1 other version of app/train.py\n"));
}

TEST(Story, RemovingCommitsComeFromThePlacesWhenTheStoryNamesNone) {
  Finding finding = test::removed_secret();
  finding.story->gone.reset();
  EXPECT_THAT(story_of(finding), HasSubstr(cat("removed     in commit ", id_of("removed gone"), ", but git keeps it\n")));
  finding.story->removed = 3;
  EXPECT_THAT(story_of(finding), HasSubstr("removed     in 3 commits, but git keeps it\n"));
}

TEST(Story, StillInHeadNamesThePathsThatHeadHas) {
  const std::string text = story_of(test::published_secret());
  EXPECT_THAT(text, HasSubstr("in HEAD     yes, still: deploy/run.sh, docs/usage.md\n"));
  EXPECT_THAT(text, HasSubstr("also in     deploy/run_old.sh\n"));
  EXPECT_THAT(text, HasSubstr("pushed      yes: origin/main, fork/main have it, so others may have it\n"));
  EXPECT_THAT(text, Not(HasSubstr("last seen")));
  EXPECT_THAT(text, Not(HasSubstr("removed")));
}

TEST(Story, NameOfAPathThatHeadHasIsNamedAsOne) {
  Finding finding = test::published_secret();
  finding.location.kind = PlaceKind::path;
  finding.occurrences.erase(finding.occurrences.begin() + 1, finding.occurrences.end());
  finding.occurrences[0].kind = PlaceKind::path;
  EXPECT_THAT(story_of(finding), HasSubstr("in HEAD     yes, still: name of path deploy/run.sh\n"));
  finding.occurrences[0].kind = PlaceKind::commit_message;
  EXPECT_THAT(story_of(finding), HasSubstr("in HEAD     yes, still\n"));
}

TEST(Story, InHeadAgainAfterItWasRemoved) {
  Finding finding = test::removed_secret();
  finding.story->in_head = true;
  EXPECT_THAT(story_of(finding), HasSubstr(", yet it is in HEAD\n"));
  EXPECT_THAT(story_of(finding), HasSubstr("in HEAD     yes, still\n")) << "no path is certain";
}

TEST(Story, OnAnotherBranchOnly) {
  Finding finding = test::removed_secret();
  finding.story->removed = 0;
  finding.story->refs = {"refs/heads/feature"};
  EXPECT_THAT(story_of(finding), HasSubstr("in HEAD     no, but no commit removed it: another branch or tag has it\n"));
}

TEST(Story, PushedThoughTheListOfRefsWasCut) {
  Finding finding = test::published_secret();
  finding.story->refs = {};
  EXPECT_THAT(story_of(finding), HasSubstr("pushed      yes: a remote-tracking branch has it, so others may have it\n"));
  EXPECT_THAT(story_of(finding), HasSubstr("reachable   from 3 refs\n"));
}

TEST(Story, OnlyInTheStash) {
  EXPECT_THAT(story_of(test::stashed_secret()), HasSubstr("reachable   only through the stash, which stays until"));
}

TEST(Story, Unreachable) {
  const std::string text = story_of(test::unreachable_secret());
  EXPECT_THAT(text, HasSubstr("reachable   from no ref: only in objects that git has not yet pruned;"));
  EXPECT_THAT(text, Not(HasSubstr("in HEAD")));
}

TEST(Story, OfNoCommitSaysWhereItIsInstead) {
  const auto committed = [](PlaceKind kind, const std::string& path) {
    return story_of(test::secret_of_no_commit(kind, path, "x"));
  };
  EXPECT_EQ(committed(PlaceKind::config, ".git/config"),
            "  = committed   never: it is in .git/config, which git does not push\n");
  EXPECT_EQ(committed(PlaceKind::reflog, ".git/logs/HEAD"),
            "  = committed   never: it is in .git/logs/HEAD, which git does not push\n");
  EXPECT_EQ(committed(PlaceKind::commit_message, ".git/COMMIT_EDITMSG"),
            "  = committed   never: it is in .git/COMMIT_EDITMSG, which git does not push\n");
  EXPECT_EQ(committed(PlaceKind::path, ".git/index"), "  = committed   never: it is the name of a file in .git/index\n");
  EXPECT_EQ(committed(PlaceKind::ref_name, ".git/packed-refs"),
            "  = committed   never: it is the name of a ref in .git/packed-refs\n");
  EXPECT_EQ(committed(PlaceKind::blob, ".git/lfs/x"), "  = committed   never: it is in .git/lfs/x\n");
  EXPECT_EQ(committed(PlaceKind::blob, "app.py"), "  = committed   never: app.py is staged, or in a tree that no commit has\n");
  EXPECT_EQ(committed(PlaceKind::blob, cat("blob ", test::object_id("x blob"))),
            "  = committed   never, as far as this repository knows: no tree has the object\n");
  EXPECT_EQ(committed(PlaceKind::tag_message, cat("tag ", test::object_id("tag"))),
            cat("  = committed   never: it is the message of tag ", id_of("tag"), "\n"));
}

TEST(Story, DateThatNoCalendarHasIsLeftOut) {
  Finding finding = test::removed_secret();
  for (const std::int64_t time : {std::int64_t{-1}, std::int64_t{253402300800}}) {
    finding.story->first->time = time;
    EXPECT_THAT(story_of(finding), HasSubstr(cat("first seen  in commit ", id_of("removed first"))));
  }
}

TEST(Story, ListOfPlacesIsCutAndSaysSo) {
  const std::string text = story_of(test::crowded_history_report().findings[0]);
  EXPECT_THAT(text, EndsWith("  = also in     199 other versions of app/train.py, copies/1200.py, copies/1201.py"
                             " (298 more; -v lists them)\n"));
}

TEST(Story, VerboseCutsNoList) {
  const Finding finding = test::crowded_history_report().findings[0];
  const std::string text = story_of(finding, verbose());
  for (std::size_t i = 1; i < finding.occurrences.size(); ++i) {
    const Occurrence& place = finding.occurrences[i];
    EXPECT_THAT(text, HasSubstr(cat(place.path, " (object ", short_id(place.blob), "), since commit ",
                                    short_id(place.introduced[0]), ", until commit ", short_id(place.removed[0]), "\n")));
  }
  EXPECT_THAT(text, Not(HasSubstr(" more")));
}

// Nobody may push the rest of a story out of sight with a long name.
TEST(Story, NamesAreCutAtASaneWidth) {
  for (const std::string_view line : split_lines(render(test::hostile_history_report()))) EXPECT_LT(line.size(), 700U) << line;
}

TEST(Story, NameOfATokenIsMaskedWhereverItStands) {
  for (const Finding& finding : test::hostile_history_report().findings) {
    EXPECT_THAT(story_of(finding), Not(HasSubstr(test::planted_secret())));
    EXPECT_THAT(story_of(finding, verbose()), Not(HasSubstr(test::planted_secret())));
  }
}

TEST(ShortRefs, ReadAsPeopleCallThem) {
  EXPECT_EQ(short_refs({"HEAD", "refs/heads/main", "refs/tags/v1", "refs/remotes/origin/main", "refs/notes/x", "refs/tags/"}),
            (std::vector<std::string>{"HEAD", "main", "tag v1", "origin/main", "refs/notes/x", "refs/tags/"}));
}

// A branch that calls itself origin/main is not the remote's.
TEST(ShortRefs, ThatWouldReadAlikeKeepTheirNames) {
  EXPECT_EQ(short_refs({"refs/heads/origin/main", "refs/remotes/origin/main", "refs/heads/a"}),
            (std::vector<std::string>{"refs/heads/origin/main", "refs/remotes/origin/main", "a"}));
}

TEST(IsFile, IsNeitherAMessageNorABlobThatNoTreeNames) {
  const std::string blob = test::object_id("x");
  EXPECT_TRUE(is_file(PlaceKind::blob, "a.py", blob));
  EXPECT_TRUE(is_file(PlaceKind::stash, "a.py", blob));
  EXPECT_TRUE(is_file(PlaceKind::config, ".git/config", ""));
  EXPECT_FALSE(is_file(PlaceKind::blob, cat("blob ", blob), blob));
  EXPECT_TRUE(is_file(PlaceKind::commit_message, ".git/COMMIT_EDITMSG", ""));
  EXPECT_FALSE(is_file(PlaceKind::blob, cat("vendor/kit/blob ", blob), blob)) << "of a submodule";
  EXPECT_FALSE(is_file(PlaceKind::ref_name, ".git/refs", ""));
  EXPECT_FALSE(is_file(PlaceKind::commit_message, cat("commit ", blob), ""));
  EXPECT_FALSE(is_file(PlaceKind::blob, "", blob));
}

TEST(HistoryReport, LastLineSaysToRevokeBeforeAnythingElse) {
  const std::string text = render(test::history_report());
  const std::string last = text.substr(text.rfind("\nnext: ") + 1);
  EXPECT_THAT(last, HasSubstr(cat("revoke each secret now at ", kTokenSettingsUrl)));
  EXPECT_LT(last.find("revoke"), last.find("hfscan remediate plan"));
}

TEST(HistoryReport, SettingsPageIsNotNamedForOtherCredentials) {
  Finding finding = test::removed_secret();
  finding.secret->kind = CredentialKind::s3_secret_key;
  const std::string text = render(test::history_of({finding}));
  EXPECT_THAT(text, Not(HasSubstr(kTokenSettingsUrl)));
  EXPECT_THAT(text, HasSubstr("revoke it now (how: hfscan rules explain HF1001), then: hfscan remediate plan\n"));
}

TEST(HistoryReport, NothingIsToBeRevokedForANote) {
  Finding finding = test::removed_secret();
  finding.severity = Severity::note;
  EXPECT_THAT(render(test::history_of({finding})), Not(HasSubstr("revoke it now")));
}

TEST(HistoryReport, DiagnosticWithoutAPathIsOneSentence) {
  const std::string text = render(test::incomplete_history_report());
  EXPECT_THAT(text,
              HasSubstr("incomplete: shallow clone, history before 3f2a91c is not here; fetch with: git fetch --unshallow\n"));
  EXPECT_THAT(text, Not(HasSubstr("clean")));
}

TEST(HistoryReport, EachSecretIsOneBlock) {
  const Report report = test::history_report();
  const std::string text = render(report);
  std::size_t blocks = 0;
  for (std::size_t at = text.find("-->"); at != std::string::npos; at = text.find("-->", at + 1)) ++blocks;
  EXPECT_EQ(blocks, report.counts.secrets);
}

TEST(StandingSentence, NamesTheWorstThatIsTrue) {
  EXPECT_EQ(standing_sentence(*test::published_secret().story),
            "It is still in HEAD. A remote-tracking branch has it, so others may have it.");
  EXPECT_EQ(standing_sentence(*test::removed_secret().story), "It is not in HEAD, but refs lead to it.");
  EXPECT_EQ(standing_sentence(*test::stashed_secret().story),
            "It is only in a stash or in objects that git has not yet pruned.");
  EXPECT_EQ(standing_sentence({}), "No commit has it.");
}

}  // namespace
}  // namespace hfscan
