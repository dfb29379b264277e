#include "syntax/crontab.h"

#include <gtest/gtest.h>

#include <string>

#include "support/random_text.h"

namespace hfscan {
namespace {

std::string listed(std::string_view text, CrontabKind kind) {
  std::string found;
  for (const CrontabEntry& entry : read_crontab(text, kind).entries)
    found += std::string(entry.name) + "=" + std::string(entry.value) + ";";
  return found;
}

TEST(Crontab, VariablesAndCommands) {
  EXPECT_EQ(listed("# c\nHF_TOKEN = \"a b\"\nX=\n*/5 * * * 1 hf auth login --token $X\r\n@reboot  y=1 z\n", CrontabKind::user),
            "HF_TOKEN=a b;X=;=hf auth login --token $X;=y=1 z;");
  EXPECT_EQ(listed("0 0 * * * root x y\n", CrontabKind::system), "=x y;");
  EXPECT_EQ(listed("0 0\n", CrontabKind::user), "=;");
}

TEST(Crontab, AnyInputGivesSpansInsideIt) {
  test::RandomText random(1);
  for (int round = 0; round < 2000; ++round) {
    const std::string text = random.of("a1*=@ \t\n\r\"'#", 40);
    for (const CrontabEntry& entry : read_crontab(text, CrontabKind::system).entries) {
      ASSERT_LE(entry.value_span.end, text.size());
      ASSERT_EQ(entry.value, text.substr(entry.value_span.begin, entry.value_span.size()));
    }
  }
}

}  // namespace
}  // namespace hfscan
