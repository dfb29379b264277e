#include "detect/hit_finder.h"

#include <gtest/gtest.h>

#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan::test {
namespace {

Rule structure_rule() {
  Rule rule;
  rule.id = "XX1001";
  rule.name = "x";
  rule.message = "of the rule";
  rule.severity = Severity::error;
  rule.match = StructureMatch{"x", {}};
  return rule;
}

// Hits every "BAD", wants it to be "GOOD", and says what it was shown.
class BadFinder : public HitFinder {
 public:
  explicit BadFinder(const Rule& rule) : rule_(rule) {}
  void find(std::string_view text, std::string_view path, FileHits& found) const override {
    for (std::size_t at = text.find("BAD"); at != std::string_view::npos; at = text.find("BAD", at + 1)) {
      RuleHit& hit = found.hits.emplace_back();
      hit.rule = &rule_;
      hit.span = {at, at + 3};
      hit.severity = Severity::note;
      hit.message = "of the hit";
      hit.edits.push_back({hit.span, "GOOD"});
    }
    found.facts.push_back({"size", std::string(path), 1, std::to_string(text.size())});
    if (text.find("BROKEN") != std::string_view::npos) found.gave_up.emplace_back("line 1: broken");
  }

 private:
  const Rule& rule_;
};

class HitFinderTest : public testing::Test {
 protected:
  BlobResult scan(std::string_view bytes) {
    const std::vector<const Rule*> rules = {&rule_};
    DetectorOptions options;
    options.structure = &finder_;
    Item item;
    item.path = "a.txt";
    return Detector(rules, options).scan_bytes(bytes, item, scratch_);
  }

  Rule rule_ = structure_rule();
  BadFinder finder_{rule_};
  Detector::Scratch scratch_;
};

TEST_F(HitFinderTest, AHitIsAFindingWithPlaceSeverityMessageAndEdits) {
  const BlobResult result = scan("ok\n  BAD\n");
  ASSERT_EQ(result.findings.size(), 1U);
  const Finding& finding = result.findings[0];
  EXPECT_EQ(finding.location.range.start, (LineColumn{2, 3}));
  EXPECT_EQ(finding.severity, Severity::note);
  EXPECT_EQ(finding.message, "of the hit");
  ASSERT_EQ(finding.edits.size(), 1U);
  EXPECT_EQ(finding.edits[0].span, (ByteSpan{5, 8}));
  EXPECT_EQ(finding.edits[0].text, "GOOD");
  EXPECT_FALSE(finding.secret);
  ASSERT_EQ(result.facts.size(), 1U);
  EXPECT_EQ(result.facts[0].value, "9");
}

TEST_F(HitFinderTest, Utf16IsShownAsUtf8AndReportedInTheFile) {
  const BlobResult result = scan("\xff\xfe" + wide("ab\nBAD\n", 2, ByteOrder::little));
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].location.span, (ByteSpan{8, 14}));
  EXPECT_TRUE(result.findings[0].edits.empty());  // its text is not stored as this file is
}

TEST_F(HitFinderTest, AnAllowCommentSuppressesAHit) {
  const BlobResult result = scan("BAD # hfscan:allow[XX1001] known\n");
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].disposition, Disposition::ignored_inline);
}

TEST_F(HitFinderTest, WhatCouldNotBeReadIsHandedOn) {
  EXPECT_EQ(scan("BROKEN").gave_up, std::vector<std::string>{"line 1: broken"});
}

}  // namespace
}  // namespace hfscan::test
