#include "remedy/git_command.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(SafeRemote, TakesAddressesAndPaths) {
  for (const char* url :
       {"https://example.com/a/b.git", "ssh://git@example.com/a", "git@example.com:a/b.git", "file:///a/b", "/a/b.git"}) {
    const auto safe = safe_remote(url);
    ASSERT_TRUE(safe.ok()) << url;
    EXPECT_EQ(*safe, url);
    EXPECT_FALSE(has_credentials(url)) << url;
  }
}

TEST(SafeRemote, RefusesOptionsAndPrograms) {
  for (const char* url : {"", "-upload-pack=x", "--upload-pack=x", "ext::sh -c true", "fd::3", "relative/path", "https://a\nb",
                          "ftp://example.com/a", "ext::https://x"}) {
    EXPECT_FALSE(safe_remote(url).ok()) << url;
  }
}

TEST(SafeRemote, LosesUserAndPassword) {
  for (const char* url : {"https://user:pass@example.com/a", "https://user@example.com/a", "http://a:b@c@example.com/a"}) {
    EXPECT_TRUE(has_credentials(url));
    EXPECT_THAT(*safe_remote(url), HasSubstr("://example.com/a"));
  }
  const std::string token = "hf_" + std::string(17, 'a') + std::string(17, 'B');
  EXPECT_EQ(*safe_remote(cat("https://user:", token, "@huggingface.co/a")), "https://huggingface.co/a");
  const auto inside = safe_remote(cat("https://example.com/", token));
  ASSERT_FALSE(inside.ok());
  EXPECT_THAT(inside.error().message, Not(HasSubstr(token)));
}

TEST(ParseRefs, LeavesOutHeadAndTheEndsOfTags) {
  const std::string id(40, 'a');
  const RefMap refs =
      parse_refs(cat(id, "\tHEAD\n", id, "\trefs/heads/main\n", id, "\trefs/tags/v1\n", id, "\trefs/tags/v1^{}\nnonsense\n"));
  EXPECT_EQ(refs.size(), 2U);
  EXPECT_TRUE(refs.contains("refs/tags/v1"));
}

TEST(GitCommand, RunsNoHookOfARepository) {
  const test::ScratchRepository repository;
  repository.commit_all();
  repository.write(".git/hooks/reference-transaction", cat("#!/bin/sh\ntouch ", repository.path("ran"), "\n"));
  ASSERT_EQ(::chmod(repository.path(".git/hooks/reference-transaction").c_str(), 0755), 0);
  ASSERT_TRUE(GitCommand(repository.path(".git")).output({"update-ref", "refs/heads/new", "HEAD"}).ok());
  EXPECT_NE(::access(repository.path("ran").c_str(), F_OK), 0);
  repository.git({"update-ref", "refs/heads/newer", "HEAD"});
  EXPECT_EQ(::access(repository.path("ran").c_str(), F_OK), 0);  // it would have run
}

TEST(GitCommand, FailureNamesTheCommandAndMasksWhatGitSays) {
  const std::string token = "hf_" + std::string(17, 'a') + std::string(17, 'B');
  const test::ScratchRepository repository;
  const auto failed = GitCommand(repository.path(".git")).output({"rev-parse", "--verify", token});
  ASSERT_FALSE(failed.ok());
  EXPECT_THAT(failed.error().message, HasSubstr("'git rev-parse' failed"));
  EXPECT_THAT(failed.error().message, Not(HasSubstr(token)));
}

}  // namespace
}  // namespace hfscan
