// Edge cases of the rules about a repository, through the whole pipeline of the library: facts from files, git's own
// repository.
#include "hygiene/repository/repository.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "core/finding.h"
#include "hygiene/file_finder.h"
#include "hygiene/repository/facts.h"
#include "rules/rule_set.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::vector<const Rule*>& all_rules() {
  static const RuleSet kSet;
  static const std::vector<const Rule*> kRules = kSet.all();
  return kRules;
}

std::optional<std::string> regular_file(const std::string& path) {
  if (!std::filesystem::is_regular_file(std::filesystem::symlink_status(path))) return std::nullopt;
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

class Repository : public testing::Test {
 protected:
  // Facts come from `paths`, as a scan would push them; the findings as "RULE severity path:line".
  std::vector<std::string> findings_for(const std::vector<std::string>& paths, Reach reach = Reach::work_tree) {
    Report report;
    const FileFinder finder(all_rules(), Facts::gather);
    for (const std::string& path : paths) {
      FileHits found;
      finder.find(regular_file(repository_.path(path)).value_or("elsewhere"), path, found);
      std::move(found.facts.begin(), found.facts.end(), std::back_inserter(report.facts));
    }
    ScannedTree tree{repository_.path(), "", *repository_at(repository_.path()), {}};
    tree.read = [this](const std::string& path) { return regular_file(repository_.path(path)); };
    tree.user_patterns = user_patterns_;
    findings_ = run_repository_rules(tree, reach, all_rules(), report, {});
    std::vector<std::string> shown;
    for (const Finding& finding : findings_) {
      shown.push_back(finding.rule->id + " " + to_string(finding.severity) + " " + finding.location.path + ":" +
                      std::to_string(finding.location.range.start.line));
    }
    std::sort(shown.begin(), shown.end());
    return shown;
  }

  // The file after all edits for it.
  std::string mended(const std::string& path) {
    std::string text = regular_file(repository_.path(path)).value_or("");
    for (const Finding& finding : findings_) {
      for (const Edit& edit : finding.edits) {
        if ((edit.path.empty() ? finding.location.path : edit.path) != path) continue;
        text.replace(static_cast<std::size_t>(edit.span.begin), static_cast<std::size_t>(edit.span.size()), edit.text);
      }
    }
    return text;
  }

  test::ScratchRepository repository_;
  std::string user_patterns_;
  std::vector<Finding> findings_;
};

TEST_F(Repository, DotenvInUseAndNothingIgnoresIt) {
  repository_.write("app.py", "import dotenv\nload_dotenv()\n");
  EXPECT_THAT(findings_for({"app.py"}), ElementsAre("HF7003 warning app.py:2"));
  EXPECT_EQ(mended(".gitignore"), ".env\n.env.*\n!.env.example\n");
  repository_.write(".gitignore", mended(".gitignore"));
  EXPECT_THAT(findings_for({"app.py", ".gitignore"}), IsEmpty());
}

TEST_F(Repository, IgnoreFileKeepsItsLineEnds) {
  repository_.write("app.py", "load_dotenv()\n");
  repository_.write(".gitignore", "*.pyc\r\n*.log");
  EXPECT_THAT(findings_for({"app.py", ".gitignore"}), ElementsAre("HF7003 warning .gitignore:1"));
  EXPECT_EQ(mended(".gitignore"), "*.pyc\r\n*.log\r\n.env\r\n.env.*\r\n!.env.example\r\n");
}

TEST_F(Repository, OnlyTheOwnIgnoreFileOfTheUserIsANote) {
  repository_.write("app.py", "load_dotenv()\n");
  user_patterns_ = ".env\n";
  EXPECT_THAT(findings_for({"app.py"}), ElementsAre("HF7003 note app.py:1"));
}

TEST_F(Repository, ParentFolderThatIsIgnoredCoversTheFile) {
  repository_.write("local/run.sh", "source .env\n");
  repository_.write(".gitignore", "/local/\n!.env.example\n");
  EXPECT_THAT(findings_for({"local/run.sh", ".gitignore"}), IsEmpty());
}

TEST_F(Repository, SubmoduleAnswersByItsOwnRules) {
  repository_.git({"init", "-q", repository_.path("sub")});
  repository_.write("sub/run.sh", "source .env\n");
  repository_.write(".gitignore", ".env\n");
  EXPECT_THAT(findings_for({"sub/run.sh", ".gitignore"}), ElementsAre("HF7003 warning sub/run.sh:1"));
  EXPECT_EQ(mended("sub/.gitignore"), ".env\n.env.*\n!.env.example\n");
}

TEST_F(Repository, SymlinkNamedDotenvIsNotFollowed) {
  repository_.around().write("outside.env", "HF_TOKEN=very-secret\n");
  std::filesystem::create_symlink("../outside.env", repository_.path(".env"));
  repository_.git({"add", ".env"});
  EXPECT_THAT(findings_for({".env"}), IsEmpty());
}

TEST_F(Repository, StagedDotenvIsStoppedBeforeItIsCommitted) {
  repository_.write(".env", "A=1\nDB_PASSWORD=very-secret\n");
  EXPECT_THAT(findings_for({".env"}, Reach::staged), ElementsAre("HF7001 error .env:2"));
  EXPECT_TRUE(findings_[0].excerpt.lines.empty()) << "a secret file is not shown";
  EXPECT_EQ(findings_[0].hit_text.find("very-secret"), std::string::npos);
}

TEST_F(Repository, IgnoredAndTrackedIsSaidAtTheLineThatHasNoEffect) {
  repository_.write(".env", "HF_TOKEN=\n");
  repository_.git({"add", ".env"});
  repository_.write(".gitignore", "*.pyc\n.env\n");
  EXPECT_THAT(findings_for({".env", ".gitignore"}), ElementsAre("HF7001 warning .env:1", "HF7005 warning .gitignore:2"));
}

TEST_F(Repository, PatternWithAQuoteIsMendedInPlace) {
  repository_.write(".gitignore", "a\n\".env\" # keep\n.env # secrets\nb\n");
  EXPECT_THAT(findings_for({".gitignore"}), ElementsAre("HF7005 warning .gitignore:2", "HF7005 warning .gitignore:3"));
}

TEST_F(Repository, AllowCommentOfTheLineBeforeIsHonoured) {
  repository_.write(".gitignore", ".env*\n# hfscan:allow[HF7005] a template without secrets\n!.env\n");
  EXPECT_THAT(findings_for({".gitignore"}), ElementsAre("HF7005 warning .gitignore:3"));
  EXPECT_EQ(findings_[0].disposition, Disposition::ignored_inline);
}

TEST_F(Repository, DockerignoreOfTheDockerfileTakesThePlaceOfTheContexts) {
  repository_.write("Dockerfile", "FROM a\nCOPY . /app\n");
  repository_.write(".dockerignore", ".env\n.git\n");
  repository_.write(".env", "HF_TOKEN=x\n");
  repository_.write(".gitignore", ".env\n");
  const std::vector<std::string> paths = {"Dockerfile", ".env", ".gitignore"};
  EXPECT_THAT(findings_for(paths), IsEmpty());
  repository_.write("Dockerfile.dockerignore", "# empty\n");
  EXPECT_THAT(findings_for(paths), ElementsAre("HF7006 warning Dockerfile:2"));
}

TEST_F(Repository, ConfigurationOfTheRepositoryIsReadAndNotObeyed) {
  repository_.git({"remote", "add", "o", "https://u:some-password@hf.co/u/m"});
  repository_.git({"config", "core.worktree", "/nonexistent"}, repository_.path(".git"));
  const std::vector<std::string> shown = findings_for({});
  ASSERT_EQ(shown.size(), 1U);
  EXPECT_THAT(shown[0], testing::StartsWith("HF8005 error .git/config:"));
  for (const std::string& line : findings_[0].excerpt.lines) EXPECT_EQ(line.find("some-password"), std::string::npos);
  EXPECT_FALSE(findings_[0].secret->id) << "a password can be guessed from its hash";
}

}  // namespace
}  // namespace hfscan
