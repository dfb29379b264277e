#include "config/loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/text.h"
#include "config/show.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

using test::TempFolder;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class ConfigLoader : public testing::Test {
 protected:
  ConfigLoader() {
    inputs.repository_root = folder.path("repo");
    inputs.home = folder.path("home");
    inputs.known_rules = {
        {"HF1001", "hf-user-access-token"}, {"HF1005", "hf-token-in-url"}, {"HF6001", "hf-logged"}, {"HF6002", "hf-printed"}};
    std::filesystem::create_directories(folder.path("repo"));
  }

  void repository(std::string_view text) const { folder.write("repo/.hfscan.toml", text); }
  void user(std::string_view text) const { folder.write("home/.config/hfscan/config.toml", text); }

  LoadedConfig loaded() {
    Result<LoadedConfig> result = load_config(inputs);
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result.ok() ? *result : LoadedConfig();
  }

  std::string error() {
    const Result<LoadedConfig> result = load_config(inputs);
    EXPECT_FALSE(result.ok());
    return result.ok() ? "" : result.error().message;
  }

  TempFolder folder;
  LoadInputs inputs;
};

std::vector<std::string> texts(const std::vector<Setting<std::string>>& list) {
  std::vector<std::string> out;
  for (const auto& item : list) out.push_back(item.value);
  return out;
}

const std::string kFingerprint(64, 'a');

TEST_F(ConfigLoader, WithoutFilesEverythingIsDefault) {
  const LoadedConfig config = loaded();
  EXPECT_EQ(show_config(config), show_config(LoadedConfig()));
  EXPECT_TRUE(config.files.empty());
  EXPECT_TRUE(config.notes.empty());
}

TEST_F(ConfigLoader, EachLayerBeatsTheOneBelow) {
  const auto fail_on = [this] {
    const auto setting = loaded().settings.fail_on;
    return cat(to_string(setting.value), " ", to_string(setting.origin));
  };
  EXPECT_EQ(fail_on(), "warning default");
  repository("[report]\nfail_on = \"note\"\n");
  EXPECT_EQ(fail_on(), "note .hfscan.toml:2");
  user("\n[report]\nfail_on = \"error\"\n");
  EXPECT_EQ(fail_on(), "error ~/.config/hfscan/config.toml:3");
  folder.write("named.toml", "report.fail_on = 'note'");
  inputs.environment["HFSCAN_CONFIG"] = folder.path("named.toml");
  EXPECT_EQ(fail_on(), cat("note ", folder.path("named.toml"), ":1"));
  inputs.environment["HFSCAN_FAIL_ON"] = "warning";
  EXPECT_EQ(fail_on(), "warning HFSCAN_FAIL_ON");
  inputs.flags = {{"report.fail_on", "--fail-on", "error"}};
  EXPECT_EQ(fail_on(), "error --fail-on");
}

TEST_F(ConfigLoader, ListsAddUpInTheOrderOfPrecedence) {
  repository("[rules]\nselect = ['-HF6001']\n");
  user("[rules]\nselect = ['-HF1005']\n");
  inputs.environment["HFSCAN_RULES"] = "HF1, -hf-printed ,";
  inputs.flags = {{"rules.select", "--rules", "HF6"}};
  EXPECT_THAT(texts(loaded().settings.rules_select), ElementsAre("-HF6001", "-HF1005", "HF1", "-hf-printed", "HF6"));
}

TEST_F(ConfigLoader, NearestRepositoryFileWinsForScalarsAndListsAddUp) {
  repository("report.fail_on = 'warning'\nignore.paths = ['top/']");
  folder.write("repo/a/b/.hfscan.toml", "report.fail_on = 'note'\nignore.paths = '/out.txt'");
  folder.write("repo/other/.hfscan.toml", "nonsense = 1");
  inputs.scanned_folder = "a/b";
  const LoadedConfig config = loaded();
  EXPECT_EQ(to_string(config.settings.fail_on.origin), "a/b/.hfscan.toml:1");
  EXPECT_THAT(config.files, ElementsAre(".hfscan.toml", "a/b/.hfscan.toml"));
  EXPECT_NE(find_ignore_path(config.settings, "x/top/file"), nullptr);
  EXPECT_NE(find_ignore_path(config.settings, "a/b/out.txt"), nullptr);
  EXPECT_EQ(find_ignore_path(config.settings, "out.txt"), nullptr);
  EXPECT_EQ(find_ignore_path(config.settings, "a/b/c/out.txt"), nullptr);
}

TEST_F(ConfigLoader, NamedFileReplacesTheRepositoryFileAndIsTrusted) {
  repository("this is not TOML");
  folder.write("ci/named.toml", "[report]\npath = ['out.sarif']\n[rules]\nselect = ['-HF1']\n");
  inputs.config_file = folder.path("ci/named.toml");
  const LoadedConfig config = loaded();
  EXPECT_THAT(texts(config.settings.report_paths), ElementsAre(folder.path("ci/out.sarif")));
  EXPECT_THAT(texts(config.settings.rules_select), ElementsAre("-HF1"));
}

TEST_F(ConfigLoader, FlagBeatsTheVariableThatNamesAFile) {
  folder.write("a.toml", "scan.jobs = 1");
  folder.write("b.toml", "scan.jobs = 2");
  inputs.environment["HFSCAN_CONFIG"] = folder.path("a.toml");
  inputs.config_file = folder.path("b.toml");
  EXPECT_EQ(loaded().settings.jobs.value, 2);
}

TEST_F(ConfigLoader, NamedFileThatIsMissingIsAnError) {
  inputs.config_file = folder.path("gone.toml");
  EXPECT_THAT(error(), HasSubstr("no such file"));
}

TEST_F(ConfigLoader, NoConfigReadsNoFileButStillTheEnvironment) {
  repository("this is not TOML");
  user("neither is this");
  inputs.environment = {{"HFSCAN_CONFIG", "/nonexistent"}, {"HFSCAN_JOBS", "3"}};
  inputs.discovery = ConfigDiscovery::off;
  EXPECT_EQ(loaded().settings.jobs.value, 3);
  inputs.config_file = "x";
  EXPECT_THAT(error(), HasSubstr("--no-config"));
}

TEST_F(ConfigLoader, XdgFolderIsUsedWhenAbsoluteOnly) {
  user("scan.jobs = 1");
  folder.write("xdg/hfscan/config.toml", "scan.jobs = 2");
  inputs.environment["XDG_CONFIG_HOME"] = folder.path("xdg");
  EXPECT_EQ(loaded().settings.jobs.value, 2);
  inputs.environment["XDG_CONFIG_HOME"] = "xdg";
  EXPECT_EQ(loaded().settings.jobs.value, 1);
}

TEST_F(ConfigLoader, UnknownKeyIsAnErrorWithPlaceAndSuggestion) {
  repository("[report]\nfail_on = 'note'\n  fial_on = 'note'\n");
  EXPECT_EQ(error(), ".hfscan.toml:3:3: unknown key 'report.fial_on' (did you mean 'report.fail_on'?)");
  repository("fail_on = 'note'");
  EXPECT_EQ(error(), ".hfscan.toml:1:1: unknown key 'fail_on' (did you mean 'report.fail_on'?)");
  repository("[reprot]\nfail_on = 'note'");
  EXPECT_THAT(error(), HasSubstr("unknown key 'reprot' (did you mean 'report'?)"));
  repository("[rules.select]\nx = 1");
  EXPECT_THAT(error(), HasSubstr("must be a list of rule codes or names"));
  repository("rules = 'HF1'");
  EXPECT_THAT(error(), HasSubstr("'rules' must be a table"));
}

TEST_F(ConfigLoader, WrongValuesNameTheKeyAndWhatIsExpected) {
  user("[scan]\njobs = 5000\n");
  EXPECT_EQ(error(), "~/.config/hfscan/config.toml:2:8: 'scan.jobs' must be a whole number from 0 to 1024");
  user("report.color = 'alwyas'");
  EXPECT_THAT(error(), HasSubstr("must be one of auto, always, never (did you mean 'always'?)"));
  user("ignore.paths = ['a', 3]");
  EXPECT_THAT(error(), HasSubstr(":1:22: 'ignore.paths' must be a list of path patterns"));
  user("ignore.paths = ['!keep']");
  EXPECT_THAT(error(), HasSubstr("cannot be negated"));
  user("");
  inputs.environment["HFSCAN_PARANOID"] = "perhaps";
  EXPECT_EQ(error(), "HFSCAN_PARANOID: 'rules.paranoid' must be true or false");
  inputs.environment.clear();
  inputs.flags = {{"scan.jobs", "--jobs", "-1"}};
  EXPECT_EQ(error(), "--jobs: 'scan.jobs' must be a whole number from 0 to 1024");
}

TEST_F(ConfigLoader, EmptyVariableIsUnsetAndUnknownOnesAreNoted) {
  inputs.environment = {{"HFSCAN_JOBS", ""}, {"HFSCAN_FAILON", "note"}, {"HFSCAN_UPDATE_GOLDEN", "1"}};
  const LoadedConfig config = loaded();
  EXPECT_EQ(config.settings.jobs.origin.kind, OriginKind::built_in);
  EXPECT_THAT(config.notes, ElementsAre("environment variable 'HFSCAN_FAILON' means nothing to hfscan (did you mean "
                                        "'HFSCAN_FAIL_ON'?)"));
}

TEST_F(ConfigLoader, AcceptedFindingNeedsAFingerprintAndAReason) {
  repository("[[ignore.findings]]\nfingerprint = '" + kFingerprint + "'\nreason = 'sample of the docs'\n");
  const auto findings = loaded().settings.ignore_findings;
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(to_hex(findings[0].fingerprint), kFingerprint);
  EXPECT_EQ(findings[0].reason, "sample of the docs");
  repository("[[ignore.findings]]\nfingerprint = '" + kFingerprint + "'\n");
  EXPECT_THAT(error(), HasSubstr("'reason' is missing"));
  repository("[[ignore.findings]]\nfingerprint = 'abc'\nreason = 'x'\n");
  EXPECT_THAT(error(), AllOf(StartsWith(".hfscan.toml:2:"), HasSubstr("64 hexadecimal digits")));
}

TEST_F(ConfigLoader, CredentialInAConfigFileNeverComesOutAgain) {
  const std::string body = "AbCdEfGhIjKlMnOpQrStUvWxYzAbCdEfGh";
  const std::string token = "hf_" + body;
  for (const std::string& text :
       {token + " = 1", "report.fail_on = '" + token + "'", "rules.select = '-" + token + "'", "scan.jobs = " + token,
        "ignore.findings = [{fingerprint = '" + token + "', reason = 'x'}]", "[" + token + "]\n" + token + " = 1"}) {
    repository(text);
    EXPECT_THAT(error(), Not(HasSubstr(body.substr(0, 12)))) << "a message shows a credential";
  }
  repository("[ignore]\npaths = ['" + token + "']\nfindings = [{fingerprint = '" + kFingerprint + "', reason = '" + token +
             "'}]");
  const LoadedConfig config = loaded();
  EXPECT_THAT(show_config(config), Not(HasSubstr(body.substr(0, 12))));
  EXPECT_THAT(check_config(config), Not(HasSubstr(body.substr(0, 12))));
}

TEST_F(ConfigLoader, RepositoryFileThatIsNoRegularFileIsAnError) {
  folder.write("elsewhere.toml", "report.fail_on = 'note'");
  std::filesystem::create_symlink(folder.path("elsewhere.toml"), folder.path("repo/.hfscan.toml"));
  EXPECT_THAT(error(), HasSubstr("symlink"));
  std::filesystem::remove(folder.path("repo/.hfscan.toml"));
  std::filesystem::create_symlink(folder.path("gone"), folder.path("repo/.hfscan.toml"));
  EXPECT_THAT(error(), HasSubstr("symlink"));
  std::filesystem::remove(folder.path("repo/.hfscan.toml"));
  ASSERT_EQ(::mkfifo(folder.path("repo/.hfscan.toml").c_str(), 0600), 0);
  EXPECT_THAT(error(), HasSubstr("not a regular file"));
}

TEST_F(ConfigLoader, RepositoryFileAboveOneMebibyteIsAnError) {
  repository(std::string((1U << 20U) + 1, '#'));
  EXPECT_THAT(error(), HasSubstr("larger than"));
}

TEST_F(ConfigLoader, FolderBehindASymlinkIsNotReadAndSaid) {
  folder.write("outside/.hfscan.toml", "nonsense");
  std::filesystem::create_symlink(folder.path("outside"), folder.path("repo/link"));
  inputs.scanned_folder = "link/deeper";
  EXPECT_THAT(loaded().notes, ElementsAre(HasSubstr("'link' is a symlink")));
  inputs.scanned_folder = "a/../..";
  EXPECT_THAT(error(), HasSubstr("outside of the repository"));
}

}  // namespace
}  // namespace hfscan
