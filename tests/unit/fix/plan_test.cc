#include "fix/plan.h"

#include <gtest/gtest.h>

#include <string>

#include "fix/edited_text.h"

namespace hfscan {
namespace {

class Plan : public testing::Test {
 protected:
  Plan() {
    safe_.id = "T0001";
    safe_.autofix = Autofix::safe;
    review_.id = "T0002";
    review_.autofix = Autofix::review;
    none_.id = "T0003";
  }

  Finding& add(const Rule& rule, const std::string& path, std::vector<Edit> edits) {
    Finding finding;
    finding.rule = &rule;
    finding.location.path = path;
    finding.edits = std::move(edits);
    for (Edit& edit : finding.edits) edit.file_sha256 = sha256("content");
    report_.findings.push_back(std::move(finding));
    return report_.findings.back();
  }

  FixPlan plan(AllowedEdits allowed = AllowedEdits::safe) const { return plan_fixes(report_, allowed); }

  Rule safe_;
  Rule review_;
  Rule none_;
  Report report_;
};

TEST_F(Plan, FirstOfOverlappingEditsIsMadeAndTheOtherWaits) {
  add(safe_, "a", {{{5, 9}, "late"}});
  add(safe_, "a", {{{2, 6}, "early"}});
  add(safe_, "a", {{{9, 10}, "touches"}});
  const FixPlan made = plan();
  ASSERT_EQ(made.files.size(), 1U);
  ASSERT_EQ(made.files[0].edits.size(), 2U);
  EXPECT_EQ(made.files[0].edits[0].text, "early");
  EXPECT_EQ(made.files[0].edits[1].text, "touches");
  ASSERT_EQ(made.later.size(), 1U);
  EXPECT_EQ(made.later[0]->edits[0].text, "late");
}

TEST_F(Plan, EditsOfAFindingAreMadeAllOrNotAtAll) {
  add(safe_, "a", {{{0, 4}, "x"}});
  add(safe_, "a", {{{2, 3}, "y"}, {{8, 9}, "y"}});
  const FixPlan made = plan();
  EXPECT_EQ(made.files.at(0).edits.size(), 1U);
  EXPECT_EQ(made.later.size(), 1U);
}

TEST_F(Plan, SameEditServesTwoFindings) {
  add(safe_, "a", {{{2, 4}, "x"}});
  add(safe_, "a", {{{2, 4}, "x"}});
  const FixPlan made = plan();
  EXPECT_EQ(made.files.at(0).edits.size(), 1U);
  EXPECT_EQ(made.fixed.size(), 2U);
}

TEST_F(Plan, AdditionsToAnIgnoreFileAreJoined) {
  add(safe_, "x.py", {{{3, 3}, "\n.env\n.env.*\n", ".gitignore"}});
  add(safe_, ".gitignore", {{{3, 3}, "\n.env\n*.token\n"}});
  const FixPlan made = plan();
  ASSERT_EQ(made.files.size(), 1U);
  EXPECT_EQ(made.files[0].path, ".gitignore");
  EXPECT_EQ(*edited_text("abc", made.files[0].edits), "abc\n.env\n.env.*\n*.token\n");
}

TEST_F(Plan, DifferentInsertionsAtOnePlaceOfCodeAreNotMixed) {
  add(safe_, "a.tf", {{{3, 3}, "x\n"}});
  add(safe_, "a.tf", {{{3, 3}, "y\n"}});
  EXPECT_EQ(plan().later.size(), 1U);
}

TEST_F(Plan, WhatIsNotMadeIsListed) {
  add(review_, "a", {{{0, 1}, "x"}});
  add(none_, "b", {{{0, 1}, "x"}});
  add(safe_, "c", {});
  add(safe_, "d", {{{0, 1}, "hf_" + std::string(34, 'a')}});
  add(safe_, "e", {{{0, 1}, "x"}}).disposition = Disposition::baselined;
  const FixPlan shown = plan();
  EXPECT_TRUE(shown.files.empty());
  EXPECT_EQ(shown.review.size(), 1U);
  EXPECT_EQ(shown.by_hand.size(), 3U);
  EXPECT_EQ(plan(AllowedEdits::safe_and_review).fixed.size(), 1U);
}

TEST_F(Plan, EditsOfTwoVersionsOfAFileAreNotMixed) {
  add(safe_, "a", {{{0, 1}, "x"}});
  add(safe_, "a", {{{5, 6}, "y"}}).edits[0].file_sha256 = sha256("other content");
  EXPECT_EQ(plan().later.size(), 1U);
}

TEST_F(Plan, EditsBesideEachOtherOverlapWithNone) {
  for (std::uint64_t i = 0; i < 20000; ++i) add(safe_, "a", {{{3 * i, 3 * i + 2}, "x"}});
  EXPECT_EQ(plan().fixed.size(), 20000U);
}

TEST(EditedText, EditOutsideOfTheTextIsRefused) {
  const std::vector<Edit> edits = {{{2, 9}, ""}};
  EXPECT_FALSE(edited_text("abc", edits).ok());
}

}  // namespace
}  // namespace hfscan
