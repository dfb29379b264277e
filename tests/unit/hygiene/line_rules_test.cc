// What a rule about lines asks for, each condition by itself.
#include "hygiene/line_rules.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> hits(const LineMatch& match, std::string_view text, std::string_view path = "a.txt") {
  Rule rule;
  rule.match = match;
  FileView file(path, text);
  FileHits found;
  LineRule(rule).find(FileCheck(rule, file, found));
  std::vector<std::string> shown;
  for (const RuleHit& hit : found.hits)
    shown.emplace_back(text.substr(static_cast<std::size_t>(hit.span.begin), static_cast<std::size_t>(hit.span.size())));
  return shown;
}

LineMatch match_any(std::vector<std::string> any) {
  LineMatch match;
  match.any = std::move(any);
  return match;
}

TEST(LineRules, EachHitInALineIsAPlace) {
  EXPECT_THAT(hits(match_any({"a+"}), "a b aa\nb\naaa\n"), ElementsAre("a", "aa", "aaa"));
}

TEST(LineRules, TheFirstExpressionThatMatchesALineSpeaksForIt) {
  EXPECT_THAT(hits(match_any({"b", "a"}), "a b\na\n"), ElementsAre("b", "a"));
}

TEST(LineRules, NoneOnTheSameLineTakesItOut) {
  LineMatch match = match_any({"a"});
  match.none = {"but"};
  EXPECT_THAT(hits(match, "a but\na\nbut\n"), ElementsAre("a"));
}

TEST(LineRules, TheFileMustHaveAllAndLackAll) {
  LineMatch match = match_any({"a"});
  match.file_has = {"x", "y"};
  match.file_lacks = {"z"};
  EXPECT_THAT(hits(match, "a\nx\ny\n"), ElementsAre("a"));
  EXPECT_THAT(hits(match, "a\nx\n"), IsEmpty());
  EXPECT_THAT(hits(match, "a\nx\ny\nz\n"), IsEmpty());
}

TEST(LineRules, WithoutLanguagesTheFileItselfIsRead) {
  constexpr std::string_view kDocument = "login\n\n```bash\nlogin\n```\n";
  EXPECT_THAT(hits(match_any({"login"}), kDocument, "a.md"), ElementsAre("login", "login"));
}

TEST(LineRules, ALanguageIsReadWhereverItStands) {
  LineMatch match = match_any({"login"});
  match.languages = {"shell"};
  constexpr std::string_view kDocument = "login\n\n```bash\nlogin 1\n```\n\n```python\nlogin\n```\n";
  EXPECT_THAT(hits(match, kDocument, "a.md"), ElementsAre("login"));
  EXPECT_THAT(hits(match, "login\n", "a.py"), IsEmpty());
  EXPECT_THAT(hits(match, "login\n", "a.sh"), ElementsAre("login"));
}

TEST(LineRules, AJoinedLineIsOneAndItsPlacesAreThoseOfTheFile) {
  LineMatch match = match_any({"a +b"});
  match.languages = {"shell"};
  EXPECT_THAT(hits(match, "a \\\n  b\n", "a.sh"), ElementsAre("a \\\n  b"));
}

}  // namespace
}  // namespace hfscan
