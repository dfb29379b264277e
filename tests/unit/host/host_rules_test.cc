// What the rules about the host say about files of a home.
#include "host/host_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>

#include "base/mask.h"
#include "host/checklist.h"
#include "rules/rule_set.h"
#include "unit/host/scratch_home.h"

namespace hfscan {
namespace {

using test::fixture_token;
using test::ScratchHome;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

const RuleSet& builtin() {
  static const RuleSet kRules;
  return kRules;
}

const std::string kToken = fixture_token("host");

// Every hit of every place.
std::vector<RuleHit> hits_in(ScratchHome& home) {
  const HostInventory inventory = take_inventory(home.view());
  const std::vector<const Rule*> all = builtin().all();
  const std::vector<const Rule*> active = *builtin().select({}, "host");
  const HostRules rules(inventory, active, all);
  FileHits found;
  for (const HostPlace& place : inventory.places) rules.find(place.content, place.shown, found);
  return std::move(found.hits);
}

std::vector<std::string> rules_of(const std::vector<RuleHit>& hits) {
  std::vector<std::string> ids;
  for (const RuleHit& hit : hits) ids.push_back(hit.rule->id);
  return ids;
}

std::vector<std::string> found_in(std::string_view path, const std::string& content, mode_t mode = 0600) {
  ScratchHome home;
  home.write(path, content, mode);
  return rules_of(hits_in(home));
}

TEST(HostRules, ModeOfATokenFileCountsWhateverBitIsOpen) {
  for (const mode_t mode : {0644U, 0640U, 0604U, 0620U, 0601U})
    EXPECT_THAT(found_in("~/.cache/huggingface/token", kToken, mode), ElementsAre("HF8001")) << mode;
  for (const mode_t mode : {0600U, 0400U, 0700U})
    EXPECT_THAT(found_in("~/.cache/huggingface/token", kToken, mode), IsEmpty()) << mode;
}

TEST(HostRules, OpenFileWithoutATokenIsNothing) {
  EXPECT_THAT(found_in("~/.cache/huggingface/token", "hf_xxx", 0644), IsEmpty());
  EXPECT_THAT(found_in("~/app/.env", "HF_TOKEN=\n", 0644), IsEmpty());
  EXPECT_THAT(found_in("~/.git-credentials", "https://a:b@github.com\n", 0644), IsEmpty());
}

TEST(HostRules, FolderThatOthersMayWriteToIsAWarningAndSaysWhatToDo) {
  ScratchHome home;
  home.write("~/.cache/huggingface/token", kToken);
  ::chmod(home.real("~/.cache/huggingface").c_str(), 0775);
  const std::vector<RuleHit> hits = hits_in(home);
  ASSERT_THAT(rules_of(hits), ElementsAre("HF8001"));
  EXPECT_EQ(hits[0].severity, Severity::warning);
  EXPECT_THAT(hits[0].message, HasSubstr("chmod 700 ~/.cache/huggingface"));
  ::chmod(home.real("~/.cache/huggingface").c_str(), 01777);  // nobody may replace files of others there
  EXPECT_THAT(hits_in(home), IsEmpty());
}

TEST(HostRules, CommandNamesTheFile) {
  ScratchHome home;
  home.write("~/.netrc", "machine hf.co login a password b\n", 0644);
  const std::vector<RuleHit> hits = hits_in(home);
  ASSERT_THAT(rules_of(hits), ElementsAre("HF8006"));
  EXPECT_EQ(hits[0].severity, Severity::error);
  EXPECT_THAT(hits[0].message, HasSubstr("chmod 600 ~/.netrc"));
}

TEST(HostRules, HistoryIsReportedOncePerTokenAndLine) {
  EXPECT_THAT(found_in("~/.bash_history", "export HF_TOKEN=" + kToken + "\nls\nhf auth login --token " + kToken + "\n"),
              ElementsAre("HF8002", "HF8002"));
  EXPECT_THAT(found_in("~/.zsh_history", ": 1700000000:0;export HF_TOKEN=hf_" + std::string(34, 'x') + "\n"), IsEmpty());
}

TEST(HostRules, StoredPasswordsOfOtherHostsAreNobodysBusiness) {
  EXPECT_THAT(found_in("~/.git-credentials", "https://a:b@github.com\nhttps://a@hf.co\nhttps://a:b@nothf.co\n"), IsEmpty());
  EXPECT_THAT(found_in("~/.git-credentials", "https://a:b@github.com\nhttps://a:b@hf.co:443/x\n"), ElementsAre("HF8003"));
  EXPECT_THAT(found_in("~/.git-credentials", "https://a:" + kToken + "@github.com\n"), ElementsAre("HF8003"));
}

TEST(HostRules, NetrcEntryWithATokenIsOneFinding) {
  EXPECT_THAT(found_in("~/.netrc", "machine huggingface.co login a password " + kToken + "\n"), ElementsAre("HF8006"));
  EXPECT_THAT(found_in("~/.netrc", "machine huggingface.co login a\nmachine github.com login a password b\n"), IsEmpty());
}

TEST(HostRules, GitConfigurationMayKeepATokenAndAStore) {
  EXPECT_THAT(found_in("~/.gitconfig", "[url \"https://a:" + kToken + "@hf.co/\"]\n\tinsteadOf = https://hf.co/\n"),
              ElementsAre("HF8005"));
  EXPECT_THAT(found_in("~/.config/git/config", "[credential]\n\thelper = store\n"), ElementsAre("HF8004"));
}

TEST(HostRules, GitConfigurationOfAnyNameIsReadAsOne) {
  ScratchHome home;
  home.write("~/own", "[credential]\n\thelper = store\n");
  home.view().environment = {{"GIT_CONFIG_GLOBAL", home.real("~/own")}};
  EXPECT_THAT(rules_of(hits_in(home)), ElementsAre("HF8004"));
}

struct Arguments {
  const char* text;  // '|' for NUL, '@' for the token
  const char* shown;
};

class ProcessArguments : public testing::TestWithParam<Arguments> {};

TEST_P(ProcessArguments, AreNamedAndNeverShown) {
  std::string text = GetParam().text;
  std::replace(text.begin(), text.end(), '|', '\0');
  text.replace(text.find('@'), 1, kToken);
  ScratchHome home;
  home.write("/proc/4242/cmdline", text);
  const std::vector<RuleHit> hits = hits_in(home);
  ASSERT_THAT(rules_of(hits), ElementsAre("HF8007"));
  ASSERT_FALSE(holds_token_shape(hits[0].message));  // before anything prints it
  EXPECT_THAT(hits[0].message, AllOf(HasSubstr(GetParam().shown), Not(HasSubstr("secret"))));
}

INSTANTIATE_TEST_SUITE_P(
    All, ProcessArguments,
    testing::Values(Arguments{"/usr/bin/whisperx|a.m4a|--hf_token|@|",
                              "4242 (whisperx) has a token in its arguments: --hf_token"},
                    Arguments{"docker|run|-e|HF_TOKEN=@|tgi|", "(docker) has a token in its arguments: HF_TOKEN"},
                    Arguments{"hf|auth|login|--token=@|", ": --token"}, Arguments{"curl|-H|Authorization: Bearer @|", ": -H"},
                    Arguments{"x|@|", ": argument 1"}, Arguments{"mysql|-psecret|@|", ": argument 2"},
                    Arguments{"x|a secret=@|", ": argument 1"}, Arguments{"@|", "(a program)"}));

TEST(HostRules, ProcessesWithoutATokenAreNothing) {
  EXPECT_THAT(found_in("/proc/1/cmdline", std::string("docker\0run\0-e\0HF_TOKEN\0", 23)), IsEmpty());
}

TEST(HostRules, StartUpFilesOfShellsAndSessions) {
  for (const char* path : {"~/.bashrc", "~/.zshenv", "~/.config/fish/config.fish", "~/.config/environment.d/a.conf",
                           "/etc/environment", "~/.pam_environment", "~/.bashrc.d/hf"})
    EXPECT_THAT(found_in(path, "HF_TOKEN=" + kToken + "\n"), ElementsAre("HF8008")) << path;
  EXPECT_THAT(found_in("~/.bashrc", "export HF_TOKEN=$(cat ~/.cache/huggingface/token)\n"), IsEmpty());
}

TEST(HostRules, NoHitHasAnEditOrATokenInItsTexts) {
  ScratchHome home;
  home.write("~/.bashrc", "export HF_TOKEN=" + kToken + "\n");
  home.write("~/.gitconfig", "[remote \"x\"]\n\turl = https://a:" + kToken + "@hf.co/\n[credential]\n\thelper = store\n");
  home.write("~/.netrc", "machine hf.co login a password sesame\n", 0644);
  const std::vector<RuleHit> hits = hits_in(home);
  EXPECT_THAT(rules_of(hits), UnorderedElementsAre("HF8004", "HF8005", "HF8006", "HF8008"));
  for (const RuleHit& hit : hits) {
    EXPECT_TRUE(hit.edits.empty());
    ASSERT_FALSE(holds_token_shape(hit.message + hit.identity));
    EXPECT_THAT(hit.message + hit.identity, Not(HasSubstr("sesame")));
  }
}

TEST(HostRules, ListOfPlacesSaysFoundAndAbsent) {
  ScratchHome home;
  home.write("~/.netrc", "");
  const std::string text = places_text(take_inventory(home.view()));
  EXPECT_THAT(text, AllOf(HasSubstr("  found   ~/.netrc\n"), HasSubstr("  absent  ~/_netrc\n")));
}

}  // namespace
}  // namespace hfscan
