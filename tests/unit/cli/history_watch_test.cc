#include "cli/history_watch.h"

#include <gtest/gtest.h>

namespace hfscan {
namespace {

TEST(ProgressLine, SharesSpeedAndTimeLeft) {
  EXPECT_EQ(progress_line(50, 200, 6'000'000, 2.0), "hfscan: 25 %, 50 of 200 objects, 3 MB/s, 6 s left");
  EXPECT_EQ(progress_line(1'234'567, 2'000'000, 0, 1.0), "hfscan: 62 %, 1,234,567 of 2,000,000 objects, 0 MB/s, 1 s left");
}

TEST(ProgressLine, WithoutATotalOrBeyondItThereIsNoShare) {
  EXPECT_EQ(progress_line(1234, 0, 2'000'000, 1.0), "hfscan: 1,234 objects, 2 MB/s");
  EXPECT_EQ(progress_line(300, 200, 0, 1.0), "hfscan: 300 objects, 0 MB/s");
  EXPECT_EQ(progress_line(0, 200, 0, 1.0), "hfscan: 0 objects, 0 MB/s");
}

TEST(ProgressLine, AtTheVeryBeginningThereIsNoSpeed) { EXPECT_EQ(progress_line(0, 0, 0, 0), "hfscan: 0 objects"); }

TEST(HistoryWatch, WithoutATimeLimitNothingIsEverStopped) {
  HistoryWatch watch{Options()};
  EXPECT_FALSE(watch.stop());
  watch.end();
  watch.end();
  EXPECT_FALSE(watch.stop());
}

TEST(HistoryWatch, StopsWhenTheTimeIsOver) {
  Options options;
  options.timeout = 0;
  HistoryWatch watch(options);
  while (!watch.stop()) std::this_thread::yield();  // the test's own limit is the failure
  EXPECT_TRUE(watch.stop());
}

TEST(HistoryWatch, EndsAtOnceThoughItsTimeIsFarAway) {
  Options options;
  options.timeout = 100'000;
  HistoryWatch watch(options);
  watch.end();
  EXPECT_FALSE(watch.stop());
}

}  // namespace
}  // namespace hfscan
