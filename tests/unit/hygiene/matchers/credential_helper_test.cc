// credential.helper = store, in configurations of git and in what sets one.
#include <gtest/gtest.h>

#include <string>

#include "hygiene/file_finder.h"

namespace hfscan {
namespace {

std::vector<RuleHit> hits_in(std::string_view path, std::string_view text) {
  Rule rule;
  rule.match = StructureMatch{"credential-helper-store", {}, {"credential"}};
  const Rule* const rules[] = {&rule};
  FileHits found;
  FileFinder(rules, Facts::leave).find(text, path, found);
  return std::move(found.hits);
}

std::size_t count(std::string_view path, std::string_view text) { return hits_in(path, text).size(); }

TEST(CredentialHelper, EffectiveHelperOfAConfiguration) {
  EXPECT_EQ(count(".gitconfig", "[credential]\n\thelper = store\n"), 1U);
  EXPECT_EQ(count(".gitconfig", "[credential]\n\thelper = store --file ~/x\n\thelper = cache\n"), 1U);
  EXPECT_EQ(count(".gitconfig", "[credential]\n\thelper = store\n\thelper =\n\thelper = cache\n"), 0U);
  EXPECT_EQ(count(".gitconfig", "[credential]\n\thelper = /usr/lib/git-core/git-credential-store\n"), 1U);
  EXPECT_EQ(count(".gitconfig", "[credential]\n\thelper = /opt/store/git-credential-manager\n"), 0U);
  EXPECT_EQ(count(".gitconfig", "[core]\n\thelper = store\n[credential]\n; helper = store\n"), 0U);
}

TEST(CredentialHelper, HelperOfOneHostCountsForTheHubOnly) {
  EXPECT_EQ(count("x/.git/config", "[credential \"https://huggingface.co\"]\n\thelper = store\n"), 1U);
  EXPECT_EQ(count("x/.git/config", "[credential \"https://github.com\"]\n\thelper = store\n"), 0U);
  EXPECT_EQ(count("a.sh", "git config credential.https://hf.co.helper store\n"), 1U);
  EXPECT_EQ(count("a.sh", "git config credential.https://github.com.helper store\n"), 0U);
}

TEST(CredentialHelper, CommandsInEverySpelling) {
  for (const char* line :
       {"git config --global credential.helper store", "sudo git config --system credential.helper 'store --file=/x'",
        "git config --global --replace-all credential.helper \"store\"", "git config set --global credential.helper store",
        "git -C repo config credential.Helper store", "git -c credential.helper=store push"})
    EXPECT_EQ(count("a.sh", line), 1U) << line;
  for (const char* line : {"git config --global credential.helper cache", "git config --unset credential.helper store",
                           "git config --get credential.helper", "# git config credential.helper store",
                           "git config credential.helper '' && echo store"})
    EXPECT_EQ(count("a.sh", line), 0U) << line;
}

TEST(CredentialHelper, CommandsInOtherFiles) {
  EXPECT_EQ(count("a.md", "Run:\n\n```sh\n$ git config --global credential.helper store\n```\n"), 1U);
  EXPECT_EQ(count("Dockerfile", "FROM x\nRUN git config --global credential.helper store\n"), 1U);
  EXPECT_EQ(count("a.py", "subprocess.run(['git', 'config', '--global', 'credential.helper', 'store'])\n"), 1U);
  EXPECT_EQ(count("a.md", "The helper `store` of git keeps every credential in clear.\n"), 0U);
}

TEST(CredentialHelper, TextThatBecomesAConfiguration) {
  EXPECT_EQ(count("a.sh", "cat >>~/.gitconfig <<EOF\n[credential]\n  helper = store\nEOF\n"), 1U);
  EXPECT_EQ(count("git.nix", "extraConfig.credential.helper = \"store\";\n"), 1U);
  EXPECT_EQ(count("tasks.yml", "- git_config:\n    name: credential.helper\n    value: store\n"), 1U);
  EXPECT_EQ(count("a.py", "helper = store.get('credential')\nvalue = store\n"), 0U);
  EXPECT_EQ(count("a.sh", "cat <<EOF\n[credential \"https://github.com\"]\n  helper = store\nEOF\n"), 0U);
}

TEST(CredentialHelper, ManyCommandsAreEachReportedOnce) {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "git config credential.helper store\n";
  EXPECT_EQ(count("a.sh", text), 500U);
}

}  // namespace
}  // namespace hfscan
