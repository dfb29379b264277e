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

TEST(InstantFrom, WhatInstantTextSpellsIsReadBack) {
  for (const std::int64_t seconds : {std::int64_t{0}, std::int64_t{951782400}, std::int64_t{1735689599}, kLastInstant})
    EXPECT_EQ(instant_from(instant_text(seconds)), seconds);
}

TEST(InstantFrom, SpellingsOfOtherProgramsAreRead) {
  EXPECT_EQ(instant_from("2024-01-01T00:00:00.000Z"), 1704067200);
  EXPECT_EQ(instant_from("2024-01-01 02:00:00+02:00"), 1704067200);
  EXPECT_EQ(instant_from("2023-12-31T22:30:00-01:30"), 1704067200);
  EXPECT_EQ(instant_from("2024-01-01T00:00:00"), 1704067200);
}

TEST(InstantFrom, OtherTextIsNoInstant) {
  for (const char* text : {"", "2024", "2024-01-01", "2024-13-01T00:00:00Z", "2023-02-29T00:00:00Z", "2024-01-01T24:00:00Z",
                           "2024-01-01T00:00:00Zx", "2024-01-01T00:00:00.Z", "2024-1-01T00:00:00Z", "1969-12-31T23:59:59Z",
                           "2024-01-01T00:00:00+25:00", "2024-01-01T00:00:00+0200", "-024-01-01T00:00:00Z"})
    EXPECT_EQ(instant_from(text), std::nullopt) << text;
}

}  // namespace
}  // namespace hfscan
