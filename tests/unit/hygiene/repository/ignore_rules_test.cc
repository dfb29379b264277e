// Held against the git program: check-ignore and ls-files must say the same.
#include "hygiene/repository/ignore_rules.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/scratch_repository.h"

namespace hfscan {
namespace {

ScannedTree tree_of(const std::string& root, std::string user_patterns = "") {
  ScannedTree tree{root, "", *repository_at(root), {}};
  tree.read = [root](const std::string& path) -> std::optional<std::string> {
    const std::filesystem::path full = root + "/" + path;
    if (!std::filesystem::is_regular_file(std::filesystem::symlink_status(full))) return std::nullopt;
    std::stringstream text;
    text << std::ifstream(full).rdbuf();
    return text.str();
  };
  tree.user_patterns = std::move(user_patterns);
  return tree;
}

TEST(IgnoreRules, SaysWhatGitSaysOfPathsThatNeedNotExist) {
  const test::ScratchRepository repository;
  repository.write(".gitignore", ".env\r\n/build/\n*.token\n!keep.token\nout/\n");
  repository.write("backend/.gitignore", "!.env\n.env.local\n");
  repository.write("out/.gitignore", "!.env\n");
  repository.write(".git/info/exclude", "private.key\n");
  const ScannedTree tree = tree_of(repository.path());
  IgnoreRules rules(tree);
  const std::vector<std::string> paths = {
      ".env",    "a/.env",     "backend/.env", "backend/x/.env", "backend/.env.local", "build/x",    "a/build/x",
      "x.token", "keep.token", "out/.env",     "out/keep.token", "private.key",        ".env.local", "a/b/c/.env"};
  std::string all;
  for (const std::string& path : paths) all += rules.ignored(path) ? path + "\n" : "";
  std::vector<std::string> arguments = {"check-ignore", "--no-index", "--"};
  arguments.insert(arguments.end(), paths.begin(), paths.end());
  EXPECT_EQ(all, repository.git(arguments));
}

TEST(IgnoreRules, NamesTheFileAndTheLineThatDecides) {
  const test::ScratchRepository repository;
  repository.write(".gitignore", "*.pyc\n.env\n# end\n");
  repository.write("a/.gitignore", "secrets/\n");
  const ScannedTree tree = tree_of(repository.path());
  IgnoreRules rules(tree);
  EXPECT_EQ(rules.ignored("a/.env")->file, ".gitignore");
  EXPECT_EQ(rules.ignored("a/secrets/x.token")->file, "a/.gitignore");
  EXPECT_EQ(IgnoreRules::deciding_line("*.pyc\n.env\n# end\n", "", "a/.env"), 2U);
  EXPECT_EQ(IgnoreRules::deciding_line("secrets/\n", "a/", "a/secrets/x.token"), 1U);
}

TEST(IgnoreRules, PatternsOfTheUserAreToldApart) {
  const test::ScratchRepository repository;
  const ScannedTree tree = tree_of(repository.path(), ".env\n");
  IgnoreRules rules(tree);
  EXPECT_EQ(rules.ignored(".env")->origin, IgnoreOrigin::user);
  EXPECT_FALSE(rules.ignored("x"));
}

TEST(IgnoreRules, TrackedFileIsIgnoredAllTheSame) {
  const test::ScratchRepository repository;
  repository.write(".env", "A=1\n");
  repository.git({"add", ".env"});
  repository.write(".gitignore", ".env\n");
  const ScannedTree tree = tree_of(repository.path());
  IgnoreRules rules(tree);
  EXPECT_TRUE(rules.tracks(".env"));
  EXPECT_TRUE(rules.ignored(".env"));
}

TEST(IgnoreRules, NestedRepositoryHasRulesOfItsOwn) {
  const test::ScratchRepository repository;
  repository.write(".gitignore", ".env\n");
  repository.git({"init", "-q", repository.path("sub")});
  const ScannedTree tree = tree_of(repository.path());
  IgnoreRules rules(tree);
  EXPECT_EQ(rules.repository_of("sub/x/.env"), "sub/");
  EXPECT_EQ(rules.repository_of("a/.env"), "");
  EXPECT_FALSE(rules.ignored("sub/.env"));
}

TEST(IgnoreRules, PlainFolderHasNoRepository) {
  const test::TempFolder folder;
  folder.write(".gitignore", ".env\n");
  const ScannedTree tree = tree_of(folder.path());
  IgnoreRules rules(tree);
  EXPECT_FALSE(rules.repository_of(".env"));
  EXPECT_FALSE(rules.ignored(".env"));
  EXPECT_FALSE(rules.tracks(".env"));
}

}  // namespace
}  // namespace hfscan
