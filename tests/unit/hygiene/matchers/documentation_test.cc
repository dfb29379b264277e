#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/hygiene/matchers/workflows_support.h"

namespace hfscan::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST(WrongTokenPattern, EditCountsRight) {
  EXPECT_EQ(mended("HF9005", "a.sh", "grep -E 'hf_[a-zA-Z0-9]{40}' f\n"), "grep -E 'hf_[a-zA-Z0-9]{34}' f\n");
  EXPECT_EQ(mended("HF9005", "a.sh", "grep 'hf_[a-zA-Z0-9]\\{36,\\}' f\n"), "grep 'hf_[a-zA-Z0-9]\\{34\\}' f\n");
}

TEST(WrongTokenPattern, RangeThatHoldsTheLengthIsRight) {
  EXPECT_THAT(marked("HF9005", "a.py", "re.compile(r'hf_[A-Za-z0-9]{20,40}')\n"), IsEmpty());
  EXPECT_THAT(marked("HF9005", "a.py", "re.compile(r'hf_[A-Za-z0-9]{35,40}')\n"), SizeIs(1));
}

TEST(WrongTokenPattern, OneCaseIsWrongUnlessCaseIsIgnored) {
  EXPECT_THAT(marked("HF9005", "a.py", "re.compile(r'hf_[a-z]{34}')\n"), SizeIs(1));
  EXPECT_THAT(marked("HF9005", "a.py", "re.compile(r'(?i)hf_[a-z]{34}')\n"), IsEmpty());
}

TEST(DeprecatedAuthentication, EditWritesTheNewCommand) {
  EXPECT_THAT(marked("HF9006", "a.sh", "huggingface-cli login\n"), ElementsAre("huggingface-cli"));
  EXPECT_EQ(mended("HF9006", "a.sh", "huggingface-cli login\nhuggingface-cli download m\n"), "hf auth login\nhf download m\n");
}

TEST(DeprecatedAuthentication, LineThatSaysSoIsNoInstruction) {
  EXPECT_THAT(marked("HF9006", "a.md", "`huggingface-cli login` is deprecated\n"), IsEmpty());
}

}  // namespace
}  // namespace hfscan::test
