#include "config/trust.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/text.h"
#include "config/loader.h"
#include "config/show.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

class RepositoryConfig : public testing::Test {
 protected:
  Result<LoadedConfig> load(std::string_view text) {
    folder.write("repo/.hfscan.toml", text);
    LoadInputs inputs;
    inputs.repository_root = folder.path("repo");
    inputs.flags = flags;
    inputs.known_rules = {
        {"HF1001", "hf-user-access-token"}, {"HF1005", "hf-token-in-url"}, {"HF6001", "hf-logged"}, {"HF6002", "hf-printed"}};
    return load_config(inputs);
  }

  std::string error(std::string_view text) {
    const auto result = load(text);
    EXPECT_FALSE(result.ok()) << text;
    return result.ok() ? "" : result.error().message;
  }

  std::vector<std::string> notes(std::string_view text) {
    const auto result = load(text);
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result.ok() ? result->notes : std::vector<std::string>();
  }

  test::TempFolder folder;
  std::vector<FlagValue> flags;
};

TEST_F(RepositoryConfig, OutputPathIsRefusedAtItsKey) {
  EXPECT_THAT(error("# 1\n# 2\n# 3\n# 4\n# 5\n[report]\npath = '/etc/passwd'\n"),
              StartsWith(".hfscan.toml:7:1: a repository's config may not set 'report.path'"));
}

TEST_F(RepositoryConfig, EveryKeyThatIsNotItsBusinessIsRefusedWhateverTheValue) {
  for (const ConfigKey& key : config_keys()) {
    if (key.repository != RepositoryMay::not_set) continue;
    for (const char* value : {"'x'", "1", "[]", "{}", "true"}) {
      EXPECT_THAT(error(cat(key.name, " = ", value)), HasSubstr(cat("may not set '", key.name, "'"))) << value;
    }
  }
}

TEST_F(RepositoryConfig, TokenRuleCannotBeSwitchedOffUnderAnyName) {
  for (const char* selector : {"-HF1001", "-HF10", "-HF1", "-hf-token-in-url"}) {
    EXPECT_THAT(error(cat("rules.select = ['-HF6001', '", selector, "']")),
                AllOf(HasSubstr("may not switch off token rule HF100"), HasSubstr("[[ignore.findings]] entry with a reason")));
  }
}

TEST_F(RepositoryConfig, ChoosingSomeRulesIsRefusedBecauseItSwitchesOffTheOthers) {
  EXPECT_THAT(error("rules.select = ['HF6']"), HasSubstr("may only switch rules off"));
  EXPECT_THAT(error("rules.select = ''"), HasSubstr("must be a list of rule codes"));
}

TEST_F(RepositoryConfig, UnknownRuleIsRefusedWithASuggestion) {
  EXPECT_THAT(error("rules.select = '-hf-loged'"), HasSubstr("unknown rule 'hf-loged' (did you mean 'hf-logged'?)"));
  EXPECT_THAT(error("rules.select = '-HF'"), HasSubstr("unknown rule"));
  EXPECT_THAT(error("rules.select = '--HF1001'"), HasSubstr("unknown rule"));
}

TEST_F(RepositoryConfig, OtherRulesAreSwitchedOffVisibly) {
  EXPECT_THAT(notes("rules.select = ['-HF6']"), ElementsAre("2 rules are switched off by .hfscan.toml: HF6001, HF6002"));
  EXPECT_THAT(notes("rules.select = ['-hf-logged']"), ElementsAre("1 rule is switched off by .hfscan.toml: HF6001"));
}

TEST_F(RepositoryConfig, RuleThatTheUserNamesIsNotOffAndNotNoted) {
  flags = {{"rules.select", "--rules", "HF6001"}};
  EXPECT_THAT(notes("rules.select = ['-HF6']"), ElementsAre("1 rule is switched off by .hfscan.toml: HF6002"));
  flags = {{"rules.select", "--rules", "-HF6"}};
  EXPECT_THAT(notes("rules.select = ['-HF6']"), IsEmpty());
}

TEST_F(RepositoryConfig, ScanMayBecomeStricterButNotLaxer) {
  EXPECT_THAT(error("report.fail_on = 'error'"), HasSubstr("may not set 'report.fail_on' to 'error'"));
  EXPECT_TRUE(load("report.fail_on = 'note'\nrules.profile = 'strict'\nignore.inline = false\n").ok());
}

TEST_F(RepositoryConfig, FilesMustStandBelowTheConfigFile) {
  folder.write("outside.toml", "");
  std::filesystem::create_symlink(folder.path("outside.toml"), folder.path("link.toml"));
  std::filesystem::create_directories(folder.path("repo"));
  std::filesystem::create_symlink(folder.path(), folder.path("repo/up"));
  for (const char* path :
       {"/etc/passwd", "../outside.toml", "a/../../outside.toml", "a/..", ".git/config", "a/.GIT/x", "up/outside.toml", "up"}) {
    EXPECT_THAT(error(cat("rules.files = ['", path, "']")), HasSubstr("must name a file below the config file")) << path;
    EXPECT_THAT(error(cat("ignore.baseline = '", path, "'")), HasSubstr("must name a file below the config file")) << path;
  }
}

TEST_F(RepositoryConfig, AddedRulesIgnoresAndBaselineAreNoted) {
  const std::string fingerprint(64, 'b');
  const auto result = load(
      "rules.files = 'r/ours.toml'\nignore.baseline = 'known'\nignore.paths = ['a/', 'b']\n"
      "ignore.findings = [{fingerprint = '" +
      fingerprint + "', reason = 'r'}]\n");
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_EQ(result->settings.rules_files.at(0).value, folder.path("repo/r/ours.toml"));
  EXPECT_THAT(result->notes,
              ElementsAre(HasSubstr("1 rules file is added by .hfscan.toml: "),
                          "2 path patterns are excluded by .hfscan.toml: 'a/', 'b'",
                          "1 finding is accepted by .hfscan.toml: bbbbbbbbbbbb", HasSubstr("is named by .hfscan.toml")));
}

TEST_F(RepositoryConfig, ExampleOfTheReferencePageIsAccepted) {
  const std::string page = config_reference();
  const std::size_t begin = page.find("```toml\n") + 8;
  const std::string example = page.substr(begin, page.find("```", begin) - begin);
  EXPECT_THAT(notes(example), Contains("2 path patterns are excluded by .hfscan.toml: 'third_party/', '*.min.js'"));
}

}  // namespace
}  // namespace hfscan
