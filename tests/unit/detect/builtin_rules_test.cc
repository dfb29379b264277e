// The patterns of every built-in rule. Their examples are tested where all matchers are at hand:
// unit/cli/rule_examples_test.cc.
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

INSTANTIATE_TEST_SUITE_P(All, BuiltinRule, testing::ValuesIn(test::builtin_rule_set().all()),
                         [](const testing::TestParamInfo<const Rule*>& rule) { return rule.param->id; });

}  // namespace
}  // namespace hfscan
