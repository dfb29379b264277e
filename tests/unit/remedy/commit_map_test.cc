#include "remedy/commit_map.h"

#include <gmock/gmock.h>

#include "rewrite_scene.h"

namespace hfscan {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string id(char digit) { return std::string(40, digit); }

TEST(CommitMap, LeavesOutTheHeadingAndWhatStayed) {
  const auto map = parse_commit_map(
      cat("old                                      new\n", id('a'), " ", id('b'), "\n", id('c'), " ", id('c'), "\n"));
  ASSERT_TRUE(map.ok());
  ASSERT_THAT(*map, SizeIs(1));
  EXPECT_EQ(map->at(*ObjectId::from_hex(id('a'))).hex(), id('b'));
  EXPECT_EQ(*parse_commit_map(commit_map_text(*map)), *map);
}

TEST(CommitMap, OfADroppedCommitIsRefused) {
  const auto map = parse_commit_map(cat(id('a'), " ", id('0'), "\n"));
  ASSERT_FALSE(map.ok());
  EXPECT_THAT(map.error().message, HasSubstr(id('a')));
  EXPECT_FALSE(parse_commit_map("abc def\n").ok());
}

TEST(Prediction, IsHeldAgainstWhatHappened) {
  test::RewriteScene scene;
  const std::string root = scene.plant();
  scene.repository.git({"notes", "add", "-m", cat("note ", scene.token)});
  scene.publish();
  scene.back_up();
  const Survey plan = scene.surveyed();
  const ObjectId other = *ObjectId::from_hex(id('e'));
  CommitMap map = {{*ObjectId::from_hex(scene.repository.rev("HEAD")), other}};
  EXPECT_TRUE(check_prediction(plan, map).ok());  // notes may be missing
  map[*ObjectId::from_hex(root)] = other;
  EXPECT_THAT(check_prediction(plan, map).error().message, HasSubstr("lost their ids without need"));
  EXPECT_THAT(check_prediction(plan, {}).error().message, HasSubstr("kept their ids"));
}

}  // namespace
}  // namespace hfscan
