#include "syntax/netrc.h"

#include <gtest/gtest.h>

#include <string>

#include "support/random_text.h"

namespace hfscan {
namespace {

std::string listed(std::string_view text) {
  std::string found;
  for (const NetrcEntry& entry : read_netrc(text).entries)
    found += std::string(entry.machine) + "," + std::string(entry.login) + "," + std::string(entry.password) + ";";
  return found;
}

TEST(Netrc, TokensMayStandOnOneLineOrSeveral) {
  EXPECT_EQ(listed("machine huggingface.co login me password secret\nmachine b\n  login x\n\tpassword \"p q\"\ndefault login d "
                   "password e"),
            "huggingface.co,me,secret;b,x,p q;,d,e;");
}

TEST(Netrc, MacrosAndCommentsArePassedOver) {
  EXPECT_EQ(listed("# machine no\nmacdef init\nmachine no\npassword no\n\nmachine a password #b # c\n"), "a,,#b;");
}

TEST(Netrc, ThePasswordHasAPlace) {
  const std::string text = "machine a password \"p\"";
  const NetrcFile file = read_netrc(text);
  EXPECT_EQ(text.substr(file.entries.at(0).password_span.begin, 1), "p");
  EXPECT_EQ(listed("machine"), ",,;");
  EXPECT_EQ(listed("password x login"), "");
}

TEST(Netrc, AnyInputGivesSpansInsideIt) {
  test::RandomText random(2);
  const std::string_view pieces[] = {"machine ", "password ", "login ", "macdef x\n", "\n", "\"", "\\", "# ", "a ", "default"};
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 20; ++i) text += pieces[random.below(10)];
    for (const NetrcEntry& entry : read_netrc(text).entries) {
      ASSERT_LE(entry.span.end, text.size());
      ASSERT_EQ(entry.password, text.substr(entry.password_span.begin, entry.password_span.size()));
    }
  }
}

}  // namespace
}  // namespace hfscan
