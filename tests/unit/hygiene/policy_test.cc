#include "hygiene/policy.h"

#include <gmock/gmock.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

// The severity that a hit on the word HIT of a text gets; nothing when it keeps the rule's.
std::optional<Severity> lowered(const std::string& text, bool documentation = false) {
  Rule rule;
  rule.severity = Severity::error;
  rule.note_in_documentation = true;
  FileHits found;
  RuleHit& hit = found.hits.emplace_back();
  hit.rule = &rule;
  const std::size_t at = text.find("HIT");
  hit.span = {at, text.find('\n', at)};
  hit.documentation = documentation;
  lower_shown_examples(text, found);
  return found.hits.front().severity;
}

TEST(Policy, DocumentationMakesANote) {
  EXPECT_EQ(lowered("a\nHIT\n", true), Severity::note);
  EXPECT_EQ(lowered("a\nHIT\n"), std::nullopt);
}

TEST(Policy, MarkerWithinFourLinesMakesANote) {
  EXPECT_EQ(lowered("# Wrong\n1\n2\n3\nHIT\n"), Severity::note);
  EXPECT_EQ(lowered("# Wrong\n1\n2\n3\n4\nHIT\n"), std::nullopt);
  EXPECT_EQ(lowered("HIT\n1\n2\n3\n❌\n"), Severity::note);
  EXPECT_EQ(lowered("HIT\n1\n2\n3\n4\n❌\n"), std::nullopt);
}

TEST(Policy, PartOfAWordIsNoMarker) { EXPECT_EQ(lowered("badge\nHIT\nnevertheless\n"), std::nullopt); }

TEST(Policy, PlausibleTokenIsNeverLowered) {
  EXPECT_EQ(lowered("# Bad\nHIT " + test::RandomText(3).token() + "\n", true), std::nullopt);
}

TEST(Policy, MessageSaysWhyItIsANote) {
  Rule rule;
  rule.message = "Told";
  FileHits found;
  found.hits.emplace_back().rule = &rule;
  found.hits.back().span = {0, 1};
  lower_shown_examples("x # bad\n", found);
  EXPECT_EQ(found.hits.back().message, "Told (shown as a bad example)");
}

}  // namespace
}  // namespace hfscan
