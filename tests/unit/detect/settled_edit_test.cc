#include "detect/settled_edit.h"

#include <gtest/gtest.h>

#include "detect/detector.h"
#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

Edit settled(std::string_view text, Edit edit) {
  return settled_edit(std::move(edit), std::optional<std::string>(text)).value_or(Edit{{99, 99}, "none"});
}

TEST(SettledEdit, LineEndsAreThoseOfTheLineItBeginsIn) {
  EXPECT_EQ(settled("a\r\nb\r\n", {{3, 3}, "x\ny\n"}).text, "x\r\ny\r\n");
  EXPECT_EQ(settled("a\nb\n", {{2, 2}, "x\r\ny\n"}).text, "x\ny\n");
  EXPECT_EQ(settled("a\r\nb\n", {{3, 4}, "x\n"}).text, "x\n");
  EXPECT_EQ(settled("a\r\nb", {{4, 4}, "\nx\n"}).text, "\r\nx\r\n");
  EXPECT_EQ(settled("", {{0, 0}, "x\n"}).text, "x\n");
}

TEST(SettledEdit, PlaceIsGivenInLinesToo) {
  const Edit edit = settled("a\n\u00e9bc\n", {{4, 5}, ""});
  EXPECT_EQ(edit.range.start, (LineColumn{2, 3}));
  EXPECT_EQ(edit.range.utf16_start_column, 2U);
  EXPECT_EQ(edit.range.end, (LineColumn{2, 4}));
}

TEST(SettledEdit, FileIsKnownByItsHash) {
  EXPECT_EQ(settled("abc", {{0, 1}, ""}).file_sha256, sha256("abc"));
  EXPECT_FALSE(settled_edit({{0, 0}, "x\n", ".gitignore"}, std::nullopt)->file_sha256.has_value());
}

TEST(SettledEdit, WideTextIsLeftAlone) {
  EXPECT_FALSE(
      settled_edit({{0, 1}, "x"}, std::optional(test::wide("\uFEFFname = value\n", 2, ByteOrder::little))).has_value());
}

TEST(SettledEdit, OneOutsideOfTheFileIsNone) {
  EXPECT_FALSE(settled_edit({{2, 4}, "x"}, std::optional<std::string>("abc")).has_value());
}

// A rule that replaces every `old` by two lines.
class Replacer : public HitFinder {
 public:
  explicit Replacer(const Rule& rule) : rule_(rule) {}
  void find(std::string_view text, std::string_view /*path*/, FileHits& found) const override {
    for (std::size_t at = text.find("old"); at != std::string_view::npos; at = text.find("old", at + 3)) {
      RuleHit& hit = found.hits.emplace_back();
      hit.rule = &rule_;
      hit.span = {at, at + 3};
      hit.edits.push_back({hit.span, "new\nlines"});
    }
  }

 private:
  const Rule& rule_;
};

TEST(SettledEdit, DetectorSettlesTheEditsOfARule) {
  Rule rule;
  rule.id = "T0001";
  const Replacer replacer(rule);
  DetectorOptions options;
  options.structure = &replacer;
  const Detector detector({}, options);
  Detector::Scratch scratch;
  const std::string text = "x\r\nold and old\r\n";
  const BlobResult result = detector.scan_bytes(text, Item{}, scratch);
  ASSERT_EQ(result.findings.size(), 2U);
  const Edit& edit = result.findings[1].edits.at(0);
  EXPECT_EQ(edit.text, "new\r\nlines");
  EXPECT_EQ(edit.range.start, (LineColumn{2, 9}));
  EXPECT_EQ(edit.file_sha256, sha256(text));
}

TEST(SecretsIn, EveryCredentialIsFoundWhetherARuleReportsItOrNot) {
  test::RandomText random(3);
  const std::string token = random.token();
  const std::string text = "a " + token + "\nb " + base64_encode(token) + "\n";
  const std::vector<MaskedSpan> masks = Detector({}, {}).secrets_in(text);
  ASSERT_GE(masks.size(), 2U);
  EXPECT_EQ(masked_text(text, {0, text.size()}, masks).find(token), std::string::npos);
  EXPECT_EQ(masked_text(text, {0, text.size()}, masks).find(base64_encode(token).substr(4, 20)), std::string::npos);
}

TEST(MaskedText, KeepsEveryOtherByte) {
  const std::string text = "\x01 a\tb\r\n\xFF end";
  EXPECT_EQ(masked_text(text, {0, text.size()}, {}), text);
}

}  // namespace
}  // namespace hfscan
