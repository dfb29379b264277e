#include "scan/unpack_budget.h"

#include <gtest/gtest.h>

namespace hfscan {
namespace {

TEST(UnpackBudget, BytesAreCountedByDepth) {
  UnpackBudget budget({8, 100}, 1000);
  EXPECT_TRUE(budget.take_bytes(1, 100).ok());
  EXPECT_TRUE(budget.take_bytes(2, 100).ok());
  EXPECT_FALSE(budget.take_bytes(2, 1).ok());
}

TEST(UnpackBudget, RatioCountsOnlyBeyondASizeThatDoesNoHarm) {
  UnpackBudget small({8, UINT64_MAX}, 10);
  EXPECT_TRUE(small.take_bytes(1, UnpackBudget::kRatioFrom).ok());
  EXPECT_FALSE(small.take_bytes(1, 1).ok());
  UnpackBudget fair({8, UINT64_MAX}, UnpackBudget::kRatioFrom);
  EXPECT_TRUE(fair.take_bytes(1, UnpackBudget::kRatioFrom * UnpackBudget::kRatio).ok());
  EXPECT_FALSE(fair.take_bytes(1, UnpackBudget::kRatioFrom).ok());
}

TEST(UnpackBudget, WhatWasRefusedOnceStaysRefusedForTheFirstReason) {
  UnpackBudget budget({8, 100}, 1000);
  EXPECT_FALSE(budget.take_bytes(1, 101).ok());
  EXPECT_FALSE(budget.take_member().ok());
  EXPECT_FALSE(budget.take_archive().ok());
  EXPECT_EQ(budget.take_findings(UnpackBudget::kFindings + 1), UnpackBudget::kFindings) << "what was found before is kept";
  ASSERT_TRUE(budget.refusal());
  EXPECT_EQ(budget.refusal()->message.find("unpacks to more than 100 B"), 0U);
}

TEST(UnpackBudget, MembersArchivesAndFindingsEnd) {
  UnpackBudget members({}, 1);
  for (std::uint64_t i = 0; i < UnpackBudget::kMembers; ++i) ASSERT_TRUE(members.take_member().ok());
  EXPECT_FALSE(members.take_member().ok());
  UnpackBudget archives({}, 1);
  for (std::uint64_t i = 0; i < UnpackBudget::kArchives; ++i) ASSERT_TRUE(archives.take_archive().ok());
  EXPECT_FALSE(archives.take_archive().ok());
  UnpackBudget findings({}, 1);
  EXPECT_EQ(findings.take_findings(UnpackBudget::kFindings - 1), UnpackBudget::kFindings - 1);
  EXPECT_EQ(findings.findings_to_ask(), 2U);
  EXPECT_EQ(findings.take_findings(2), 1U);
  EXPECT_TRUE(findings.refusal());
}

}  // namespace
}  // namespace hfscan
