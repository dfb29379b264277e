// What a matcher is given: hits and bounds are kept with the file, and nothing is dropped without a word.
#include "hygiene/matcher.h"

#include <gmock/gmock.h>

#include <set>
#include <string>

#include "hygiene/file_finder.h"
#include "rules/rule_set.h"

namespace hfscan {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

FileHits found_by(std::string_view id, std::string_view path, std::string_view text) {
  static const RuleSet rules;
  const std::vector<const Rule*> active = {rules.find(id)};
  FileHits found;
  FileFinder(active, Facts::leave).find(text, path, found);
  return found;
}

std::string repeated(std::string_view line, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += line;
  return text;
}

TEST(FileCheck, AHitStandsInTheFileAndKnowsItsRule) {
  const Rule rule;
  FileView file("README.md", "```bash\nls -l\n```\n");
  FileHits found;
  const FileCheck check(rule, file, found);
  const Piece& script = file.pieces().at(1);
  check.hit(script, {3, 5}).message = "here";
  ASSERT_EQ(found.hits.size(), 1U);
  EXPECT_EQ(found.hits[0].rule, &rule);
  EXPECT_EQ(found.hits[0].span, (ByteSpan{11, 13}));
  EXPECT_TRUE(found.hits[0].documentation);
  EXPECT_EQ(found.hits[0].message, "here");
}

TEST(FileCheck, HitsBeyondTheBoundAreLeftOutAndThatIsSaid) {
  Rule rule;
  rule.id = "HF0";
  FileView file("a.txt", "a");
  FileHits found;
  const FileCheck check(rule, file, found);
  for (std::size_t i = 0; i < FileCheck::kMostHits; ++i) check.hit(file.whole(), {0, 1});
  EXPECT_THAT(found.gave_up, IsEmpty());
  for (int i = 0; i < 10; ++i) check.hit(file.whole(), {0, 1}).message = "lost";
  EXPECT_EQ(found.hits.size(), FileCheck::kMostHits);
  EXPECT_THAT(found.gave_up, ElementsAre("HF0: more places than are reported"));
}

TEST(FileCheck, EachBoundIsSaidOnce) {
  Rule rule;
  rule.id = "HF0";
  FileView file("a.txt", "a");
  FileHits found;
  const FileCheck check(rule, file, found);
  for (const char* what : {"a", "b", "a", "a"}) check.leaves_out(what);
  EXPECT_THAT(found.gave_up, ElementsAre("HF0: a", "HF0: b"));
}

TEST(FileMatchers, HaveNamesOfTheirOwnAndAreFoundByThem) {
  std::set<std::string_view> names;
  for (const FileMatcher& matcher : file_matchers()) {
    EXPECT_TRUE(names.insert(matcher.name).second) << matcher.name;
    EXPECT_EQ(file_matcher(matcher.name), &matcher);
  }
  EXPECT_GT(names.size(), 20U);
  EXPECT_EQ(file_matcher("no such matcher"), nullptr);
}

TEST(FileMatchers, SecretsPastedIntoOneScriptAreAllReported) {
  const std::string text = "on: push\njobs:\n  a:\n    steps:\n      - run: |\n" +
                           repeated("          hf auth login --token ${{ secrets.HF_TOKEN }}\n", 300);
  EXPECT_EQ(found_by("HF3002", ".github/workflows/a.yml", text).hits.size(), 300U);
}

TEST(FileMatchers, MorePlacesThanAreReportedAreSaid) {
  const std::string text = "on: push\njobs:\n  a:\n    steps:\n      - run: |\n" +
                           repeated("          hf auth login --token ${{ secrets.HF_TOKEN }}\n", 1500);
  const FileHits found = found_by("HF3002", ".github/workflows/a.yml", text);
  EXPECT_EQ(found.hits.size(), FileCheck::kMostHits);
  EXPECT_THAT(found.gave_up, Contains(HasSubstr("more places than are reported")));
}

TEST(FileMatchers, ManyJobsThatGetTheTokenAsVariableAreAllReported) {
  const std::string text = "from huggingface_hub import run_job, get_token\n" +
                           repeated("run_job(image=\"a\", command=[\"b\"], env={\"HF_TOKEN\": get_token()})\n", 700);
  EXPECT_GT(found_by("HF2002", "a.py", text).hits.size() + found_by("HF2001", "a.py", text).hits.size(), 699U);
}

}  // namespace
}  // namespace hfscan
