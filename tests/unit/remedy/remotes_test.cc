#include "remedy/remotes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::vector<Remote> remotes(const test::ScratchRepository& repository) {
  return *remotes_of(**find_repository(repository.path()));
}

TEST(Remotes, AreReadWithTheAddressThatIsPushedTo) {
  const test::ScratchRepository repository;
  EXPECT_THAT(remotes(repository), SizeIs(0));
  repository.git({"config", "remote.origin.url", "https://example.org/fetch"});
  repository.git({"config", "remote.my.fork.url", "git@example.org:a b"});
  repository.git({"config", "remote.origin.pushurl", "https://example.org/push"});
  const std::vector<Remote> found = remotes(repository);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(pick_remote(found, "")->url, "https://example.org/push");
  EXPECT_EQ(pick_remote(found, "my.fork")->url, "git@example.org:a b");
  EXPECT_THAT(pick_remote(found, "orgin").error().message, HasSubstr("did you mean"));
}

// What a repository brings along must not make git read or run anything.
TEST(Remotes, IncludesOfTheRepositoryPlayNoPart) {
  const test::ScratchRepository repository;
  repository.around().write("other", "[remote \"evil\"]\n\turl = ext::sh\n");
  repository.git({"config", "include.path", repository.around().path("other")});
  EXPECT_THAT(remotes(repository), SizeIs(0));
}

TEST(Remotes, SeveralWithoutAnOriginAreAQuestion) {
  EXPECT_EQ(pick_remote({}, "")->name, "");
  EXPECT_EQ(pick_remote({{"only", "u"}}, "")->name, "only");
  EXPECT_THAT(pick_remote({{"a", "u"}, {"b", "u"}}, "").error().message, HasSubstr("--remote NAME"));
  EXPECT_FALSE(pick_remote({}, "a").ok());
}

}  // namespace
}  // namespace hfscan
