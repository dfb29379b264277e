#include "fix/unified_diff.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "fix/edited_text.h"
#include "support/process.h"
#include "support/random_text.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

std::string diff_of(std::string_view before, const std::vector<Edit>& edits, std::string_view path = "a.txt") {
  return unified_diff({path, DiffedFile::changed, before, edits}).text;
}

test::ProcessResult run_in(const test::TempFolder& folder, const std::vector<std::string>& command) {
  test::ProcessOptions options;
  options.folder = folder.path();
  return test::run_process(command, options);
}

// A text of a few lines, with either line end, perhaps without the last one.
std::string random_text(test::RandomText& random) {
  std::string text;
  const std::size_t count = random.below(25);
  for (std::size_t i = 0; i < count; ++i) {
    text += random.of("ab", random.below(3));
    text += random.below(4) == 0 ? "\r\n" : "\n";
  }
  if (random.below(2) == 0) text += random.of("ab", 2);
  return text;
}

std::vector<Edit> random_edits(test::RandomText& random, std::size_t size) {
  std::vector<std::uint64_t> borders;
  for (std::size_t i = 2 * (1 + random.below(4)); i > 0; --i) borders.push_back(random.below(size + 1));
  std::sort(borders.begin(), borders.end());
  std::vector<Edit> edits;
  for (std::size_t i = 0; i + 1 < borders.size(); i += 2) {
    const std::uint64_t end = random.below(3) == 0 ? borders[i] : borders[i + 1];
    edits.push_back({{borders[i], end}, random.of("cd\n", random.below(5))});
  }
  return edits;
}

TEST(UnifiedDiff, GitAndPatchMakeTheEditedTextOfIt) {
  test::RandomText random(11);
  const test::TempFolder folder;
  for (int round = 0; round < 300; ++round) {
    const std::string before = random_text(random);
    const std::vector<Edit> edits = random_edits(random, before.size());
    const Result<std::string> after = edited_text(before, edits);
    ASSERT_TRUE(after.ok());
    const std::string diff = diff_of(before, edits);
    ASSERT_EQ(diff.empty(), before == *after);
    if (diff.empty() || before.empty()) continue;
    folder.write("x.diff", diff);
    for (const std::vector<std::string>& command : {std::vector<std::string>{"git", "apply", "--whitespace=nowarn", "x.diff"},
                                                    {"patch", "-p1", "--binary", "-s", "-F0", "-i", "x.diff"}}) {
      if (command.front() == "patch" && after->empty()) continue;  // patch removes what becomes empty
      folder.write("a.txt", before);
      const test::ProcessResult result = run_in(folder, command);
      ASSERT_EQ(result.exit_code, 0) << command.front() << ": " << result.err << result.out << diff;
      ASSERT_EQ(folder.read("a.txt"), *after) << command.front() << diff;
    }
  }
}

TEST(UnifiedDiff, NewFileComesFromNowhere) {
  const std::vector<Edit> edits = {{{0, 0}, ".env\n"}};
  const Diff diff = unified_diff({".gitignore", DiffedFile::made, "", edits});
  EXPECT_EQ(diff.text, "--- /dev/null\n+++ b/.gitignore\n@@ -0,0 +1,1 @@\n+.env\n");
  const test::TempFolder folder;
  folder.write("x.diff", diff.text);
  ASSERT_EQ(run_in(folder, {"git", "apply", "x.diff"}).exit_code, 0);
  EXPECT_EQ(folder.read(".gitignore"), ".env\n");
}

TEST(UnifiedDiff, OnlyLinesThatChangeAreMarked) {
  const std::vector<Edit> edits = {{{4, 4}, "x\n"}};
  EXPECT_EQ(diff_of("a\nb\nc\nd\n", edits), "--- a/a.txt\n+++ b/a.txt\n@@ -1,4 +1,5 @@\n a\n b\n+x\n c\n d\n");
}

TEST(UnifiedDiff, MissingFinalNewlineIsSaid) {
  const std::vector<Edit> edits = {{{2, 3}, "c"}};
  EXPECT_EQ(
      diff_of("a\nb", edits),
      "--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n");
}

TEST(UnifiedDiff, DistantChangesAreHunksOfTheirOwn) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += "line\n";
  const std::vector<Edit> edits = {{{0, 4}, "x"}, {{150, 154}, "y"}};
  const std::string diff = diff_of(text, edits);
  EXPECT_NE(diff.find("@@ -1,4 +1,4 @@"), std::string::npos);
  EXPECT_NE(diff.find("@@ -28,7 +28,7 @@"), std::string::npos);
}

TEST(UnifiedDiff, NamesAreWrittenAsGitReadsThem) {
  const test::TempFolder folder;
  const std::vector<Edit> edits = {{{0, 1}, "b"}};
  for (const std::string name : {"a b.txt", "q\"uote", "tab\there", "back\\slash", "n\303\266", "new\nline"}) {
    folder.write(name, "a\n");
    folder.write("x.diff", diff_of("a\n", edits, name));
    const test::ProcessResult result = run_in(folder, {"git", "apply", "x.diff"});
    EXPECT_EQ(result.exit_code, 0) << name << result.err;
    EXPECT_EQ(folder.read(name), "b\n") << name;
  }
}

TEST(UnifiedDiff, WhatMustNotBeShownIsMaskedAndSaid) {
  const std::string text = "key=SECRET\nx\n";
  const std::vector<Edit> edits = {{{11, 12}, "y"}};
  const std::vector<MaskedSpan> hidden = {{{4, 10}, "***"}};
  const Diff diff = unified_diff({"f", DiffedFile::changed, text, edits, hidden, moved_by_edits(hidden, edits)});
  EXPECT_TRUE(diff.masked);
  EXPECT_NE(diff.text.find(" key=***\n"), std::string::npos);
  EXPECT_EQ(diff.text.find("SECRET"), std::string::npos);
}

TEST(UnifiedDiff, MaskOverSeveralLinesHidesEach) {
  const std::vector<Edit> edits = {{{12, 12}, "z"}};
  const Diff diff = unified_diff({"f", DiffedFile::changed, "a\nSEC\nRET\nb\nc\n", edits, {{{2, 9}, "***"}}, {}});
  EXPECT_EQ(diff.text.find("SEC"), std::string::npos);
  EXPECT_EQ(diff.text.find("RET"), std::string::npos);
}

TEST(MovedByEdits, SecretsStayHiddenWhereverTheEditsMoveThem) {
  test::RandomText random(5);
  for (int round = 0; round < 2000; ++round) {
    const std::string before = random.of("ab\n", 30);
    const std::vector<Edit> edits = random_edits(random, before.size());
    const std::uint64_t begin = random.below(29);
    const ByteSpan span{begin, begin + 1 + random.below(static_cast<std::size_t>(30 - begin))};
    // Every kept byte of the span lies in the moved span: mark those bytes and look for them.
    std::string marked = before;
    for (std::uint64_t i = span.begin; i < span.end; ++i) marked[static_cast<std::size_t>(i)] = '#';
    const std::string after = *edited_text(marked, edits);
    const std::vector<MaskedSpan> moved = moved_by_edits({{span, ""}}, edits);
    for (std::size_t i = 0; i < after.size(); ++i) {
      if (after[i] != '#') continue;
      ASSERT_EQ(moved.size(), 1U);
      ASSERT_TRUE(moved[0].span.begin <= i && i < moved[0].span.end) << round;
    }
  }
}

}  // namespace
}  // namespace hfscan
