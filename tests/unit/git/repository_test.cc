#include "git/repository.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/text.h"
#include "support/collecting_sink.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::ScratchRepository;

Repository open(const std::string& path) {
  Result<Repository> repository = Repository::discover(path);
  EXPECT_TRUE(repository.ok()) << repository.error().message;
  return std::move(*repository);
}

TEST(Repository, ReadsLooseAndPackedObjectsAlike) {
  const ScratchRepository repository;
  repository.write("f", "content");
  repository.commit_all("the message");
  const ObjectId blob = *ObjectId::from_hex(repository.rev("HEAD:f"));
  const ObjectId commit = *ObjectId::from_hex(repository.rev("HEAD"));
  EXPECT_EQ(open(repository.path()).read_object(blob)->bytes, "content");
  repository.git({"gc", "-q"});
  const Repository packed = open(repository.path());
  EXPECT_EQ(packed.read_object(blob)->bytes, "content");
  EXPECT_EQ(packed.read_object(commit)->type, ObjectType::commit);
  EXPECT_NE(packed.read_object(commit)->bytes.find("the message"), std::string::npos);
  EXPECT_EQ((*packed.open_blob(blob))->size_hint(), 7U);
}

TEST(Repository, ObjectsOfAlternatesAreRead) {
  const ScratchRepository repository;
  repository.write("f", "content");
  repository.commit_all();
  const std::string borrower = repository.around().path("borrower");
  repository.git({"clone", "-q", "--shared", repository.path(), borrower}, repository.around().path());
  const ObjectId blob = *ObjectId::from_hex(repository.rev("HEAD:f"));
  EXPECT_EQ(open(borrower).read_object(blob)->bytes, "content");
  repository.git({"gc", "-q"});
  EXPECT_EQ(open(borrower).read_object(blob)->bytes, "content");
}

TEST(Repository, SeveralThreadsMayRead) {
  const ScratchRepository scratch;
  for (int i = 0; i < 50; ++i) scratch.write(std::to_string(i), std::to_string(i));
  scratch.commit_all();
  std::vector<ObjectId> ids;
  for (int i = 0; i < 50; ++i) ids.push_back(*ObjectId::from_hex(scratch.rev(cat("HEAD:", std::to_string(i)))));
  scratch.git({"gc", "-q"});
  const Repository repository = open(scratch.path());
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        const auto object = repository.read_object(ids[static_cast<std::size_t>(i)]);
        if (object.ok() && object->bytes == std::to_string(i)) ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 200);
}

TEST(Repository, MissingObjectSaysSo) {
  const ScratchRepository repository;
  const auto object = open(repository.path()).read_object(*ObjectId::from_hex(std::string(40, 'a')));
  ASSERT_FALSE(object.ok());
  EXPECT_EQ(object.error().message, "object is missing");
}

TEST(Repository, FifoAmongThePacksIsNamedAndNeverWaitedFor) {
  const ScratchRepository repository;
  repository.commit_all();
  ASSERT_EQ(::mkfifo(repository.path(".git/objects/pack/pack-1.pack").c_str(), 0600), 0);
  ASSERT_EQ(::mkfifo(repository.path(".git/objects/pack/multi-pack-index").c_str(), 0600), 0);
  const auto object = open(repository.path()).read_object(*ObjectId::from_hex(std::string(40, 'a')));
  ASSERT_FALSE(object.ok());
  EXPECT_EQ(object.error().message, "object is missing; '.git/objects/pack/pack-1.pack': not a regular file");
}

TEST(Repository, NoneIsAnErrorWithTheNextStep) {
  const test::TempFolder folder;
  const auto repository = Repository::discover(folder.path());
  ASSERT_FALSE(repository.ok());
  EXPECT_NE(repository.error().message.find("not in a git repository"), std::string::npos);
}

// Extensions that libgit2 1.5 does not open a repository for.
TEST(Repository, UnknownExtensionsDoNotHinderReading) {
  const ScratchRepository repository;
  repository.write("f", "content");
  repository.commit_all();
  repository.git({"config", "core.repositoryFormatVersion", "1"});
  for (const char* extension : {"worktreeConfig", "partialClone", "preciousObjects"}) {
    repository.git({"config", cat("extensions.", extension), "true"});
  }
  repository.git({"gc", "-q"});
  EXPECT_EQ(open(repository.path()).read_object(*ObjectId::from_hex(repository.rev("HEAD:f")))->bytes, "content");
}

TEST(Repository, NothingInItsConfigIsExecutedOrIncluded) {
  const ScratchRepository repository;
  repository.write("f", "content");
  repository.commit_all();
  const std::string id = repository.rev("HEAD:f");
  const std::string canary = repository.around().path("canary");
  ASSERT_EQ(::mkfifo(repository.around().path("fifo").c_str(), 0600), 0);
  repository.write(".git/config", "[core]\n\tfsmonitor = touch " + canary +
                                      "\n[include]\n\tpath = " + repository.around().path("fifo") + "\n");
  EXPECT_EQ(open(repository.path()).read_object(*ObjectId::from_hex(id))->bytes, "content");
  EXPECT_FALSE(std::filesystem::exists(canary));
}

// libgit2 remembers HOME from its start, so each case needs a process of its own.
void expect_user_patterns(const test::TempFolder& home, const std::string& expected) {
  ::setenv("HOME", home.path().c_str(), 1);  // NOLINT(concurrency-mt-unsafe): one thread
  ::unsetenv("XDG_CONFIG_HOME");             // NOLINT(concurrency-mt-unsafe)
  const std::string patterns = user_ignore_patterns();
  std::fprintf(stderr, "[%s]", patterns.c_str());
  std::_Exit(patterns == expected ? 0 : 1);
}

TEST(UserIgnoreDeathTest, FileNamedInTheConfig) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const test::TempFolder home;
  home.write(".gitconfig", "[core]\n\texcludesFile = ~/mine\n");
  home.write("mine", "*.secret\n");
  EXPECT_EXIT(expect_user_patterns(home, "*.secret\n"), testing::ExitedWithCode(0), "secret");
}

TEST(UserIgnoreDeathTest, DefaultPlace) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const test::TempFolder home;
  home.write(".config/git/ignore", "*.default\n");
  EXPECT_EXIT(expect_user_patterns(home, "*.default\n"), testing::ExitedWithCode(0), "default");
}

TEST(UserIgnoreDeathTest, FifoIsNotWaitedFor) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const test::TempFolder home;
  home.write(".config/git/other", "");
  ASSERT_EQ(::mkfifo(home.path(".config/git/ignore").c_str(), 0600), 0);
  EXPECT_EXIT(expect_user_patterns(home, ""), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace hfscan
