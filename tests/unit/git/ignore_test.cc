#include "git/ignore.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

IgnoreVerdict verdict(std::string_view patterns, std::string_view path, EntryKind kind = EntryKind::file) {
  return IgnorePatterns::parse(patterns).match(path, kind);
}

TEST(IgnorePatterns, LastMatchDecides) {
  EXPECT_EQ(verdict("*.log\n!keep.log\n", "x/keep.log"), IgnoreVerdict::included);
  EXPECT_EQ(verdict("!keep.log\n*.log\n", "x/keep.log"), IgnoreVerdict::ignored);
  EXPECT_EQ(verdict("*.log\n", "x/keep.txt"), IgnoreVerdict::no_match);
}

TEST(IgnorePatterns, SlashAtTheEndMeansFolders) {
  EXPECT_EQ(verdict("build/\n", "a/build", EntryKind::folder), IgnoreVerdict::ignored);
  EXPECT_EQ(verdict("build/\n", "a/build", EntryKind::file), IgnoreVerdict::no_match);
}

TEST(IgnorePatterns, ClassesEscapesAndSpacesFollowGit) {
  EXPECT_EQ(verdict("\xEF\xBB\xBF"
                    "first\r\n",
                    "first"),
            IgnoreVerdict::ignored);
  EXPECT_EQ(verdict("\\#hash\n", "#hash"), IgnoreVerdict::ignored);
  EXPECT_EQ(verdict("#hash\n", "#hash"), IgnoreVerdict::no_match);
  EXPECT_EQ(verdict("\\!bang\n", "!bang"), IgnoreVerdict::ignored);
  EXPECT_EQ(verdict("tail   \n", "tail"), IgnoreVerdict::ignored);
  EXPECT_EQ(verdict("tail\\ \n", "tail "), IgnoreVerdict::ignored);
  EXPECT_EQ(verdict("x[!a-c]y\n", "xdy"), IgnoreVerdict::ignored);
  EXPECT_EQ(verdict("x[!a-c]y\n", "xby"), IgnoreVerdict::no_match);
  EXPECT_EQ(verdict("x[[:digit:]]\n", "x7"), IgnoreVerdict::ignored);
  EXPECT_EQ(verdict("x[7\n", "x7"), IgnoreVerdict::no_match);
}

// The differential test: random patterns over a small alphabet against `git check-ignore`.
TEST(IgnorePatterns, AgreesWithGitOnGeneratedPatterns) {
  const test::ScratchRepository repository;
  const std::vector<std::string> folders = {"", "a/", "a/b/", "b/", "b/a/", "ab/", "a/b/ab/"};
  std::vector<std::string> files;
  for (const std::string& folder : folders) {
    for (const char* name : {"f", "ff.c", "g[f", "f.h"}) files.push_back(folder + name);
  }
  for (const std::string& file : files) repository.write(file, "x");
  const std::vector<std::string> parts = {"a",   "b",  "*",   "**",   "/",  "?", "[ab]", "f",  "/**/",
                                          "**/", ".c", "\\f", "[!a]", "ab", "[", "f*",   "a/", "/a"};
  unsigned state = 12345;
  const auto next = [&state](std::size_t bound) {
    state = state * 1664525U + 1013904223U;
    return (state >> 16U) % bound;
  };
  for (int round = 0; round < 150; ++round) {
    std::string text;
    for (std::size_t lines = 1 + next(3); lines > 0; --lines) {
      std::string line = next(4) == 0 ? "!" : "";
      for (std::size_t count = 1 + next(4); count > 0; --count) line += parts[next(parts.size())];
      text += line + (next(4) == 0 ? "/\n" : "\n");
    }
    repository.write(".git/info/exclude", text);
    const std::string ignored = repository.git({"ls-files", "-z", "--others", "--ignored", "--exclude-from=.git/info/exclude"});
    std::set<std::string> expected;
    for (std::size_t begin = 0, end = 0; (end = ignored.find('\0', begin)) != std::string::npos; begin = end + 1) {
      expected.insert(ignored.substr(begin, end - begin));
    }
    const IgnorePatterns patterns = IgnorePatterns::parse(text);
    for (const std::string& file : files) {
      bool mine = false;
      for (std::size_t slash = file.find('/'); slash != std::string::npos && !mine; slash = file.find('/', slash + 1)) {
        mine = patterns.match(file.substr(0, slash), EntryKind::folder) == IgnoreVerdict::ignored;
      }
      mine = mine || patterns.match(file, EntryKind::file) == IgnoreVerdict::ignored;
      EXPECT_EQ(mine, expected.contains(file)) << "patterns:\n" << text << "path: " << file;
    }
  }
}

TEST(GitGlob, ManyStarsAreNotExponential) {
  std::string pattern;
  std::string components;
  for (int i = 0; i < 40; ++i) pattern += "*a";
  for (int i = 0; i < 40; ++i) components += "**/a/";
  std::string deep;
  for (int i = 0; i < 400; ++i) deep += "a/";
  EXPECT_FALSE(git_glob_matches(pattern + "b", std::string(4000, 'a')));
  EXPECT_FALSE(git_glob_matches(components + "b", deep + "c"));
}

}  // namespace
}  // namespace hfscan
