#include "scan/ignore_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "base/text.h"
#include "unit/scan/report_builder.h"

namespace hfscan {
namespace {

using test::active_count;
using test::make_token;
using test::ReportBuilder;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

IgnoreList parsed(std::string_view text) {
  const auto result = parse_ignore_file(text, ".hfscanignore");
  EXPECT_TRUE(result.ok()) << result.error().message;
  return result.ok() ? *result : IgnoreList();
}

std::string error_of(std::string_view text) {
  const auto result = parse_ignore_file(text, ".hfscanignore");
  EXPECT_FALSE(result.ok());
  return result.ok() ? "" : result.error().message;
}

std::uint64_t accept(std::string_view text, Report& report) {
  return apply_ignores(parsed(text), report, UnusedEntries::report);
}

TEST(IgnoreFile, FingerprintAcceptsOneFindingWithOriginAndReason) {
  Report report = ReportBuilder().add("a.py", make_token(1)).add("a.py", make_token(1)).report;
  EXPECT_EQ(accept(cat("# ours\n\n", to_hex(report.findings[1].fingerprint), "  # revoked in May\n"), report), 1U);
  EXPECT_EQ(report.findings[0].disposition, Disposition::active);
  EXPECT_EQ(report.findings[1].disposition, Disposition::ignored_config);
  EXPECT_EQ(report.findings[1].justification, ".hfscanignore:3: revoked in May");
  EXPECT_THAT(report.notes, IsEmpty());
}

TEST(IgnoreFile, SecretIdAcceptsTheSecretWhereverItStands) {
  Report report = ReportBuilder()
                      .add("a.py", make_token(1))
                      .add("b.py", make_token(1), 1, test::url_rule())
                      .add("b.py", make_token(2))
                      .report;
  EXPECT_EQ(accept(cat("sha256:", to_hex(sha256(make_token(1)))), report), 2U);
  EXPECT_EQ(active_count(report), 1U);
  EXPECT_EQ(report.findings[0].justification, ".hfscanignore:1");
}

TEST(IgnoreFile, NewSecretOnTheLineOfAnAcceptedOneStillFires) {
  Report report = ReportBuilder().add("a.py", make_token(1), 7).add("a.py", make_token(2), 7).report;
  accept(to_hex(report.findings[0].fingerprint), report);
  EXPECT_EQ(report.findings[1].disposition, Disposition::active);
}

TEST(IgnoreFile, PathPatternWorksAsInGitignore) {
  Report report =
      ReportBuilder().add("docs/a.md", make_token(1)).add("src/docs/b.md", make_token(2)).add("x.md", make_token(3)).report;
  EXPECT_EQ(accept("/docs/\n", report), 1U);
  EXPECT_EQ(report.findings[0].disposition, Disposition::ignored_config);
  EXPECT_EQ(accept("docs/  # samples\n", report), 1U);
  EXPECT_EQ(report.findings[1].justification, ".hfscanignore:1: samples");
}

TEST(IgnoreFile, PathWithRuleLeavesOtherRulesAlone) {
  for (const char* rule : {"HF1005", "hf-token-in-url"}) {
    Report report = ReportBuilder().add("a.py", make_token(1)).add("a.py", make_token(2), 2, test::url_rule()).report;
    EXPECT_EQ(accept(cat("*.py:", rule), report), 1U) << rule;
    EXPECT_EQ(report.findings[0].disposition, Disposition::active);
  }
  Report report = ReportBuilder().add("a.py", make_token(1)).add("a.py", make_token(2), 2, test::url_rule()).report;
  EXPECT_EQ(accept("*.py:HF1", report), 2U);
}

TEST(IgnoreFile, EscapedCharactersStandForThemselves) {
  Report report = ReportBuilder().add("a:HF1", make_token(1)).add("#x", make_token(2)).add("!y", make_token(3)).report;
  EXPECT_EQ(accept("a\\:HF1\n\\#x\n\\!y\n", report), 3U);
}

TEST(IgnoreFile, HashInsideAWordIsPartOfThePattern) {
  Report report = ReportBuilder().add("a#b.py", make_token(1)).report;
  EXPECT_EQ(accept("a#b.py # why", report), 1U);
}

TEST(IgnoreFile, PathEntryDoesNotHideTheOtherPlacesOfAFinding) {
  Report report = ReportBuilder().add("tests/a.py", make_token(1)).occurs_at("tests/a.py").occurs_at("app.py").report;
  EXPECT_EQ(accept("tests/\n", report), 0U);
  EXPECT_EQ(accept("*.py\n", report), 1U);
}

TEST(IgnoreFile, MostPreciseEntryGivesTheReason) {
  Report report = ReportBuilder().add("a.py", make_token(1)).report;
  accept(cat("*.py # wide\n", to_hex(report.findings[0].fingerprint), " # exact\n"), report);
  EXPECT_EQ(report.findings[0].justification, ".hfscanignore:2: exact");
  EXPECT_THAT(report.notes, IsEmpty()) << "both entries are in use";
}

TEST(IgnoreFile, UnusedEntriesAreReported) {
  Report report = ReportBuilder().add("a.py", make_token(1)).report;
  EXPECT_EQ(accept(cat("b.py\n", std::string(64, 'a'), "\na.py\n"), report), 1U);
  EXPECT_THAT(report.notes, ElementsAre(HasSubstr(".hfscanignore:1: unused"), HasSubstr(".hfscanignore:2: unused")));
}

TEST(IgnoreFile, EntryWhoseFindingIsSuppressedOtherwiseIsNotUnused) {
  Report report = ReportBuilder().add("a.py", make_token(1)).report;
  report.findings[0].disposition = Disposition::ignored_inline;
  EXPECT_EQ(accept("a.py\n", report), 0U);
  EXPECT_EQ(report.findings[0].disposition, Disposition::ignored_inline);
  EXPECT_THAT(report.notes, IsEmpty());
}

TEST(IgnoreFile, NothingIsCalledUnusedWhenNotEverythingWasScanned) {
  Report staged;
  apply_ignores(parsed("a.py\n"), staged, UnusedEntries::keep_quiet);
  EXPECT_THAT(staged.notes, IsEmpty());
  Report incomplete;
  incomplete.complete = false;
  accept("a.py\n", incomplete);
  EXPECT_THAT(incomplete.notes, IsEmpty());
}

TEST(IgnoreFile, ManyUnusedEntriesAreCountedNotListed) {
  std::string text;
  for (int i = 0; i < 25; ++i) text += cat("p", std::to_string(i), "\n");
  Report report;
  accept(text, report);
  ASSERT_THAT(report.notes, SizeIs(11));
  EXPECT_EQ(report.notes[10], "15 more unused ignore entries");
}

TEST(IgnoreFile, MistakesAreErrorsWithALine) {
  EXPECT_EQ(error_of("# x\nsha256:abc\n"), ".hfscanignore:2: 64 hexadecimal digits are expected, not 3 characters");
  EXPECT_THAT(error_of(std::string(63, 'a')), HasSubstr("not 63 characters"));
  EXPECT_THAT(error_of("!keep.py"), HasSubstr("cannot be negated"));
  EXPECT_THAT(error_of("a\n>>>>>>> branch\n"), HasSubstr(".hfscanignore:2: conflict marker"));
}

TEST(IgnoreFile, PastedTokenIsRefusedAndNotShown) {
  const std::string token = make_token(4);
  EXPECT_THAT(error_of(cat("ok\n", token, " # mine\n")),
              AllOf(HasSubstr(".hfscanignore:2: this looks like a token"), Not(HasSubstr(token.substr(3, 8)))));
  EXPECT_THAT(parsed(cat("a.py # was ", token)).entries.at(0).reason, AllOf(HasSubstr("was hf_…(37)"), Not(HasSubstr(token))));
}

TEST(IgnoreFile, HostileContentIsRefused) {
  EXPECT_THAT(error_of(std::string(kMaxIgnoreFileSize + 1, '\n')), HasSubstr("larger than"));
  EXPECT_THAT(error_of(std::string("a\0b", 3)), HasSubstr(".hfscanignore:1: a NUL byte"));
  EXPECT_THAT(error_of(std::string(40000, '*')), HasSubstr("line longer"));
  std::string many;
  for (int i = 0; i < 1001; ++i) many += "*\n";
  EXPECT_THAT(error_of(many), HasSubstr(".hfscanignore:1001: more than 1,000 path entries"));
}

TEST(IgnoreFile, ExampleOfTheDocumentationIsReadAsItSays) {
  const auto page = read_file(cat(HFSCAN_SOURCE_DIR, "/docs/suppression.md"), 1U << 20U);
  ASSERT_TRUE(page.ok());
  const std::size_t begin = page->find("```\n# one finding") + 4;
  const IgnoreList list = parsed(page->substr(begin, page->find("```", begin) - begin));
  ASSERT_THAT(list.entries, SizeIs(4));
  EXPECT_EQ(list.entries[0].kind, IgnoreKind::fingerprint);
  EXPECT_EQ(list.entries[1].kind, IgnoreKind::secret);
  EXPECT_EQ(list.entries[2].pattern, "docs/samples/");
  EXPECT_EQ(list.entries[3].rule, "HF1001");
  EXPECT_EQ(list.entries[3].reason, "fixtures");
}

TEST(GitleaksIgnore, PositionsAreNotUsedAndOneNoteSaysSo) {
  const auto list = parse_gitleaks_ignore("# c\nabc:a.py:huggingface-access-token:3\na.py:x:4\n", ".gitleaksignore");
  ASSERT_TRUE(list.ok());
  EXPECT_THAT(list->entries, IsEmpty());
  ASSERT_THAT(list->notes, SizeIs(1));
  EXPECT_THAT(list->notes[0], HasSubstr("2 entries of .gitleaksignore not used"));
  Report report;
  apply_ignores(*list, report, UnusedEntries::report);
  EXPECT_EQ(report.notes, list->notes);
  EXPECT_THAT(parse_gitleaks_ignore("# only a comment\n", "x")->notes, IsEmpty());
}

}  // namespace
}  // namespace hfscan
