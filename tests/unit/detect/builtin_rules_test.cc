// Every built-in rule against its own examples, in the real detector and together with all the others.
#include <gtest/gtest.h>

#include "detect/rule_check.h"
#include "support/detection.h"

namespace hfscan {
namespace {

class BuiltinRule : public testing::TestWithParam<const Rule*> {};

TEST_P(BuiltinRule, PatternsCompileAndAreCheap) {
  const Status status = check_patterns(*GetParam());
  EXPECT_TRUE(status.ok()) << status.error().message;
}

TEST_P(BuiltinRule, ExamplesHold) {
  if (std::holds_alternative<StructureMatch>(GetParam()->match)) GTEST_SKIP() << "tested where its matcher is at hand";
  const Status status = check_examples(*GetParam(), test::builtin_rule_set().all());
  EXPECT_TRUE(status.ok()) << status.error().message;
}

INSTANTIATE_TEST_SUITE_P(All, BuiltinRule, testing::ValuesIn(test::builtin_rule_set().all()),
                         [](const testing::TestParamInfo<const Rule*>& rule) { return rule.param->id; });

}  // namespace
}  // namespace hfscan
