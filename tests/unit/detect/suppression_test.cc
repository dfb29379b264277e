#include "detect/suppression.h"

#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

// A finding of HF1005 where HIT stands.
std::optional<std::string> suppression(const std::string& text, const SuppressionOptions& options = {}) {
  Rule rule;
  rule.id = "HF1005";
  rule.name = "hf-token-in-url";
  const TextLayer layer(text, TextEncoding::bytes, {});
  const std::size_t hit = text.find("HIT");
  return find_suppression(layer, {hit, hit + 3}, rule, options);
}

TEST(Suppression, DirectiveOnTheSameLineCountsOnEitherSide) {
  EXPECT_EQ(suppression("HIT # hfscan:allow for the test\n"), "hfscan:allow: for the test");
  EXPECT_EQ(suppression("/* hfscan:allow demo */ x = HIT\n"), "hfscan:allow: demo");
  EXPECT_EQ(suppression("HIT <!-- hfscan:allow sample -->"), "hfscan:allow: sample");
  EXPECT_EQ(suppression("HIT # hfscan:allow"), "hfscan:allow");
  EXPECT_EQ(suppression("HIT\n"), std::nullopt);
}

TEST(Suppression, DirectiveOnTheLineBeforeCountsOnlyWhenItStandsAlone) {
  for (const std::string_view opener : {"# ", "  // ", "/* ", "<!-- ", "-- ", "; ", "% ", "\t#", "\"# "}) {
    EXPECT_EQ(suppression(std::string(opener) + "hfscan:allow why\nx = HIT\n"), "hfscan:allow: why") << opener;
  }
  EXPECT_EQ(suppression("x = 1 # hfscan:allow why\ny = HIT\n"), std::nullopt);
  EXPECT_EQ(suppression("# hfscan:allow why\r\nx = HIT\r\n"), "hfscan:allow: why");
}

TEST(Suppression, DirectivesFurtherAwayDoNotCount) {
  EXPECT_EQ(suppression("# hfscan:allow why\n\nHIT\n"), std::nullopt);
  EXPECT_EQ(suppression("HIT\n# hfscan:allow why\n"), std::nullopt);
  EXPECT_EQ(suppression("HIT" + std::string(5000, ' ') + "# hfscan:allow\n"), std::nullopt);
  EXPECT_EQ(suppression("# hfscan:allow" + std::string(5000, ' ') + "HIT\n"), std::nullopt);
}

TEST(Suppression, RuleListNamesCodesPrefixesAndNames) {
  for (const std::string_view list : {"HF1005", "HF1", "hf-token-in-url", "HF9999, HF1005", "HF9999,hf-token-in-url"})
    EXPECT_EQ(suppression("HIT # hfscan:allow[" + std::string(list) + "] why"), "hfscan:allow: why") << list;
  for (const std::string_view list : {"HF1001", "HF2", "", ",", "hf-token", "HF10055", "H", "HF"})
    EXPECT_EQ(suppression("HIT # hfscan:allow[" + std::string(list) + "] why"), std::nullopt) << list;
  EXPECT_EQ(suppression("HIT # hfscan:allow[HF1005 why"), std::nullopt);
}

TEST(Suppression, ForeignDirectivesAreObeyedUnlessSwitchedOff) {
  SuppressionOptions own_only;
  own_only.foreign = false;
  for (const std::string_view text :
       {"HIT # gitleaks:allow", "HIT  # pragma: allowlist secret", "# pragma: allowlist nextline secret\nHIT"}) {
    EXPECT_TRUE(suppression(std::string(text))) << text;
    EXPECT_FALSE(suppression(std::string(text), own_only)) << text;
  }
  EXPECT_EQ(suppression("HIT # pragma: allowlist nextline secret\n"), std::nullopt);
  EXPECT_EQ(suppression("# gitleaks:allow\nHIT\n"), std::nullopt);
}

TEST(Suppression, OwnDirectiveIsNotObeyedWhenSwitchedOff) {
  SuppressionOptions none;
  none.own = none.foreign = false;
  EXPECT_FALSE(suppression("HIT # hfscan:allow why", none));
  EXPECT_FALSE(suppression("# hfscan:allow why\nHIT", none));
}

TEST(Suppression, NotebookSourceLinesCarryDirectives) {
  EXPECT_EQ(suppression("   \"x = 'HIT'  # hfscan:allow in the lesson\\n\",\n"), "hfscan:allow: in the lesson");
  EXPECT_EQ(suppression("   \"# hfscan:allow in the lesson\\n\",\n   \"x = 'HIT'\\n\"\n"), "hfscan:allow: in the lesson");
}

TEST(Suppression, ReasonIsOneShortLineForDisplay) {
  const auto reason = suppression("HIT # hfscan:allow \x1b[31m" + std::string(1000, 'x'));
  ASSERT_TRUE(reason);
  EXPECT_LT(reason->size(), 300U);
  EXPECT_EQ(reason->find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace hfscan
