#include <gmock/gmock.h>

#include "workflows_support.h"

namespace hfscan {
namespace {

using test::hits_of;

constexpr std::string_view kPath = ".github/workflows/a.yml";

TEST(OverprivilegedSecret, NameIsOnlyAHint) {
  const auto hits = hits_of("HF9004", kPath, "env:\n  HF_TOKEN: ${{ secrets.WRITE_HF_TOKEN }}\n");
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits.front().severity, Severity::note);
}

TEST(OverprivilegedSecret, FileThatWritesNeedsIt) {
  EXPECT_TRUE(hits_of("HF9004", kPath, "x: ${{ secrets.HF_TOKEN_RW }}\nrun: model.push_to_hub()\n").empty());
}

TEST(OverprivilegedSecret, WordWithinANameIsNoRole) {
  EXPECT_TRUE(hits_of("HF9004", kPath, "x: ${{ secrets.HF_TOKEN_REWRITER }}\n").empty());
}

}  // namespace
}  // namespace hfscan
