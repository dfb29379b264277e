#include "hygiene/repository/dockerignore.h"

#include <gtest/gtest.h>

namespace hfscan {
namespace {

bool excluded(std::string_view patterns, std::string_view path) { return DockerIgnore::parse(patterns).excludes(path); }

TEST(DockerIgnore, PatternIsAnchoredAtTheContextUnlikeInGit) {
  EXPECT_TRUE(excluded(".env", ".env"));
  EXPECT_FALSE(excluded(".env", "backend/.env"));
  EXPECT_TRUE(excluded("/.env", ".env"));
  EXPECT_TRUE(excluded("./backend//.env/", "backend/.env"));
}

TEST(DockerIgnore, TwoStarsCrossFoldersAndOneDoesNot) {
  EXPECT_TRUE(excluded("**/.env", ".env"));
  EXPECT_TRUE(excluded("**/.env", "a/b/.env"));
  EXPECT_FALSE(excluded("*/.env", "a/b/.env"));
  EXPECT_TRUE(excluded("*/.env", "a/.env"));
  EXPECT_TRUE(excluded(".env*", ".env.local"));
  EXPECT_TRUE(excluded("a/**", "a/b/c"));
}

TEST(DockerIgnore, ExcludedFolderTakesWhatIsInIt) {
  EXPECT_TRUE(excluded("secrets", "secrets/hub.token"));
  EXPECT_FALSE(excluded("secrets", "my-secrets/hub.token"));
}

TEST(DockerIgnore, LastPatternThatMatchesDecidesEvenBelowAnExcludedFolder) {
  EXPECT_FALSE(excluded("secrets\n!secrets/public", "secrets/public"));
  EXPECT_TRUE(excluded("!.env\n.env*", ".env"));
  EXPECT_TRUE(excluded("*\n!src", ".env"));
}

TEST(DockerIgnore, CommentsBlankLinesAndCarriageReturnsAreNoPatterns) {
  EXPECT_FALSE(excluded("# .env\n\n", ".env"));
  EXPECT_TRUE(excluded("\xEF\xBB\xBF.env\r\n", ".env"));
  EXPECT_TRUE(excluded("  .env  \n", ".env"));
}

TEST(DockerIgnore, SpecialCharactersOfExpressionsAreLiterals) {
  EXPECT_FALSE(excluded(".env", "xenv"));
  EXPECT_TRUE(excluded("a+(b)", "a+(b)"));
  EXPECT_TRUE(excluded("[ab].env", "a.env"));
  EXPECT_FALSE(excluded("[ab.env", "a.env"));
  EXPECT_FALSE(excluded("?", "/"));
}

}  // namespace
}  // namespace hfscan
