// Places of a host that hold a token, also those that are kept as they should be.
#include "inventory/host_uses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/mask.h"
#include "base/text.h"
#include "rules/rule_set.h"
#include "unit/host/scratch_home.h"

namespace hfscan {
namespace {

using test::fixture_token;
using test::ScratchHome;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

const std::string kLeaked = fixture_token("leak");
const std::string kOther = fixture_token("othr");

std::vector<UsePlace> uses_of(ScratchHome& home, const std::set<Sha256Digest>& leaked,
                              std::map<std::string, Sha256Digest> environment = {}) {
  static const RuleSet kRules;
  const std::vector<const Rule*> rules = kRules.all();
  const HostInventory inventory = take_inventory(home.view());
  return find_host_uses({inventory, rules, leaked, nullptr, std::move(environment)});
}

std::vector<std::string> rows_of(const std::vector<UsePlace>& places) {
  std::vector<std::string> rows;
  for (const UsePlace& place : places) {
    EXPECT_EQ(place.where, Where::host);
    EXPECT_EQ(place.role_place, "local");
    for (const std::string& text : {place.command, place.check, place.caution, place.path})
      EXPECT_FALSE(holds_token_shape(text));
    rows.push_back(cat(place.kind, " ", place.path, place.name, ":", std::to_string(place.line), " ", to_string(place.holds)));
  }
  return rows;
}

TEST(HostUses, EveryPlaceThatHoldsATokenIsListedAndNothingElse) {
  ScratchHome home;
  home.write("~/.cache/huggingface/token", kLeaked);
  home.write("~/.cache/huggingface/stored_tokens", "[a]\nhf_token = " + kLeaked + "\n[b]\nhf_token = " + kOther + "\n");
  home.write("~/.netrc", "machine huggingface.co login me password " + kOther + "\n");
  home.write("~/.git-credentials", "https://me:" + kLeaked + "@huggingface.co\nhttps://a:b@github.com\n");
  home.write("~/.bash_history", "ls\nexport HF_TOKEN=" + kLeaked + "\n");
  home.write("~/.bashrc", "export HF_TOKEN=" + kOther + "\n");
  home.write("~/app/.env", "HF_TOKEN=" + kLeaked + "\n");
  home.write("~/empty/.env", "HF_TOKEN=\n");
  EXPECT_THAT(rows_of(uses_of(home, {sha256(kLeaked)})),
              UnorderedElementsAre("token-file ~/.cache/huggingface/token:1 yes",
                                   "stored-tokens ~/.cache/huggingface/stored_tokens:2 yes", "netrc ~/.netrc:1 no",
                                   "git-credential-store ~/.git-credentials:1 yes", "shell-history ~/.bash_history:2 yes",
                                   "shell-startup ~/.bashrc:1 no", "dotenv ~/app/.env:1 yes"));
}

TEST(HostUses, EnvironmentIsKnownByItsFingerprintOnly) {
  ScratchHome home;
  const auto places = uses_of(home, {sha256(kLeaked)}, {{"HF_TOKEN", sha256(kLeaked)}, {"HF_TOKEN_CI", sha256(kOther)}});
  EXPECT_THAT(rows_of(places), ElementsAre("process-environment HF_TOKEN:0 yes", "process-environment HF_TOKEN_CI:0 no"));
  EXPECT_THAT(places[0].secret_ids, ElementsAre(to_hex(sha256(kLeaked)).substr(0, kShownDigits)));
}

TEST(HostUses, WithoutLeakedTokensNobodyKnows) {
  ScratchHome home;
  home.write("~/.cache/huggingface/token", kLeaked);
  EXPECT_THAT(rows_of(uses_of(home, {})), ElementsAre("token-file ~/.cache/huggingface/token:1 unknown"));
}

TEST(HostUses, CommandsNameTheFileOfTheHome) {
  ScratchHome home;
  home.write("~/.cache/huggingface/token", kLeaked);
  const auto places = uses_of(home, {sha256(kLeaked)});
  ASSERT_EQ(places.size(), 1U);
  EXPECT_THAT(places[0].command, testing::HasSubstr(">~/.cache/huggingface/token)"));
}

}  // namespace
}  // namespace hfscan
