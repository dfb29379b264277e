// When a token on this host is too old.
#include "host/token_age.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "host/host_rules.h"
#include "rules/rule_set.h"
#include "unit/host/scratch_home.h"

namespace hfscan {
namespace {

using test::fixture_token;
using test::ScratchHome;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const RuleSet& builtin() {
  static const RuleSet kRules;
  return kRules;
}

const std::string kToken = fixture_token("age");
constexpr const char* kFile = "~/.cache/huggingface/token";
constexpr const char* kStored = "~/.cache/huggingface/stored_tokens";
constexpr std::int64_t kDay = 24 * 60 * 60;

std::int64_t changed_at(const ScratchHome& home, const char* path) {
  struct stat status {};
  ::stat(home.real(path).c_str(), &status);
  return status.st_mtim.tv_sec;
}

// What HF9001 says when `seconds` have passed since `path` was written.
std::vector<std::string> said_after(ScratchHome& home, const char* path, std::int64_t seconds,
                                    const RotationPolicy& policy = {}) {
  home.view().now = changed_at(home, path) + seconds;
  const HostInventory inventory = take_inventory(home.view());
  const std::vector<const Rule*> all = builtin().all();
  const std::vector<const Rule*> active = {builtin().find("HF9001")};
  const HostRules rules(inventory, active, all, policy);
  FileHits found;
  for (const HostPlace& place : inventory.places) rules.find(place.content, place.shown, found);
  std::vector<std::string> messages;
  for (const RuleHit& hit : found.hits) messages.push_back(hit.message);
  return messages;
}

std::vector<std::string> said_about(const char* path, const std::string& content, std::int64_t seconds) {
  ScratchHome home;
  home.write(path, content);
  return said_after(home, path, seconds);
}

TEST(TokenAge, PolicyMovesThePeriodsAndThePlaceIsLocal) {
  ScratchHome home;
  home.write(kFile, kToken);
  RotationPolicy policy;
  policy.max_age = {365, 200, 180};
  EXPECT_THAT(said_after(home, kFile, 180 * kDay, policy), IsEmpty());
  EXPECT_THAT(said_after(home, kFile, 181 * kDay, policy), ElementsAre(HasSubstr("180 is the most")));
  policy.places.push_back({.match = "local", .max_age = 7});
  policy.places.push_back({.match = "ci", .max_age = 1});
  EXPECT_THAT(said_after(home, kFile, 7 * kDay, policy), IsEmpty());
  EXPECT_THAT(said_after(home, kFile, 8 * kDay, policy), ElementsAre(HasSubstr("7 is the most")));
}

TEST(TokenAge, NinetyDaysAreAllowedAndNoMore) {
  EXPECT_THAT(said_about(kFile, kToken, 91 * kDay - 1), IsEmpty());
  EXPECT_THAT(said_about(kFile, kToken, 91 * kDay), ElementsAre(HasSubstr("at least 91 days old, and 90 is the most")));
}

TEST(TokenAge, WithoutAClockOrWithOneThatWasSetBackNothingIsOld) {
  EXPECT_THAT(said_about(kFile, kToken, -1000 * kDay), IsEmpty());
  ScratchHome home;
  home.write(kFile, kToken);
  EXPECT_THAT(said_after(home, kFile, -changed_at(home, kFile)), IsEmpty());
}

TEST(TokenAge, NameWithReadGivesAYear) {
  for (const char* name : {"READ", "my-read", "read_only", "ciRead", "token-READ-2"}) {
    const std::string content = "[" + std::string(name) + "]\nhf_token = " + kToken + "\n";
    EXPECT_THAT(said_about(kStored, content, 365 * kDay), IsEmpty()) << name;
    EXPECT_THAT(said_about(kStored, content, 366 * kDay), ElementsAre(HasSubstr("366 days"))) << name;
  }
  for (const char* name : {"thread", "ready", "read-write", "default", ""}) {
    const std::string content = "[" + std::string(name) + "]\nhf_token = " + kToken + "\n";
    EXPECT_THAT(said_about(kStored, content, 100 * kDay), ElementsAre(HasSubstr("100 days"))) << name;
  }
}

TEST(TokenAge, NameCountsForTheSameTokenInTheTokenFile) {
  ScratchHome home;
  home.write(kFile, kToken);
  home.write(kStored, "[a]\nhf_token = " + fixture_token("other") + "\n[a-read]\nhf_token = " + kToken + "\n");
  EXPECT_EQ(said_after(home, kFile, 200 * kDay).size(), 1U);  // [a]
  EXPECT_EQ(said_after(home, kFile, 400 * kDay).size(), 3U);
}

TEST(TokenAge, WhatIsNoStoreOfTokensHasNoAge) {
  for (const char* path : {"~/.bash_history", "~/.gitconfig"})
    EXPECT_THAT(said_about(path, "a = " + kToken + "\n", 1000 * kDay), IsEmpty()) << path;
  EXPECT_THAT(said_about(kFile, "hf_xxx\n", 1000 * kDay), IsEmpty());
}

}  // namespace
}  // namespace hfscan
