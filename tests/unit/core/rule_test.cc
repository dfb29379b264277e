#include "core/rule.h"

#include <gtest/gtest.h>

namespace hfscan {
namespace {

TEST(NamesRule, CodePrefixAndNameAllMeanTheRule) {
  for (const char* selector : {"HF1001", "HF100", "HF1", "hf-user-access-token"}) {
    EXPECT_TRUE(names_rule(selector, "HF1001", "hf-user-access-token")) << selector;
  }
}

TEST(NamesRule, OtherRulesPartsOfNamesAndEmptyTextDoNot) {
  for (const char* selector : {"HF1002", "HF2", "hf-user", "hf1001", "", "H", "HF", "HF1001x", "HF10011"}) {
    EXPECT_FALSE(names_rule(selector, "HF1001", "hf-user-access-token")) << selector;
  }
}

}  // namespace
}  // namespace hfscan
