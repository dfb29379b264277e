#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/file.h"
#include "base/toml.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

TEST(ReadFile, SymlinkIsFollowedOnlyWhenAsked) {
  const test::TempFolder folder;
  folder.write("real", "text");
  std::filesystem::create_symlink("real", folder.path("link"));
  const auto followed = read_file(folder.path("link"), 100, Symlinks::follow);
  ASSERT_TRUE(followed.ok());
  EXPECT_EQ(*followed, "text");
  const auto refused = read_file(folder.path("link"), 100, Symlinks::refuse);
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().message.find("symlink"), std::string::npos);
}

TEST(ParseToml, MemberKnowsWhereItsKeyBegins) {
  const auto root = parse_toml("[a]\n  key = 1\n", "f");
  ASSERT_TRUE(root.ok());
  const TomlNode* value = root->find("a")->find("key");
  EXPECT_EQ(value->key_line, 2U);
  EXPECT_EQ(value->key_column, 3U);
  EXPECT_EQ(value->column, 9U);
}

}  // namespace
}  // namespace hfscan
