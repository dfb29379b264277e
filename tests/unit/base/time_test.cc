#include "base/time.h"

#include <gtest/gtest.h>

namespace hfscan {
namespace {

TEST(InstantText, KnownInstantsAreSpelledInUtc) {
  EXPECT_EQ(instant_text(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(instant_text(951782400), "2000-02-29T00:00:00Z");
  EXPECT_EQ(instant_text(1735689599), "2024-12-31T23:59:59Z");
  EXPECT_EQ(instant_text(4107542400), "2100-03-01T00:00:00Z");
  EXPECT_EQ(instant_text(kLastInstant), "9999-12-31T23:59:59Z");
}

TEST(InstantText, WhatCannotBeWrittenIsTheNearestThatCan) {
  EXPECT_EQ(instant_text(-1), "1970-01-01T00:00:00Z");
  EXPECT_EQ(instant_text(kLastInstant + 1), "9999-12-31T23:59:59Z");
}

TEST(InstantText, LaterInstantsSortLater) {
  for (std::int64_t at = 1; at < kLastInstant; at += 86399 * 1013) EXPECT_LT(instant_text(at - 1), instant_text(at));
}

}  // namespace
}  // namespace hfscan
