#include "git/repository_state.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <functional>

#include "support/scratch_repository.h"

namespace hfscan {
namespace {

namespace fs = std::filesystem;

using test::ScratchRepository;

RepositoryLayout layout_of(const std::string& path) {
  auto layout = find_repository(path);
  EXPECT_TRUE(layout.ok() && layout->has_value());
  return **layout;
}

// Times of files are as fine as the kernel's tick.
void let_time_pass() { ::usleep(20000); }

// Nothing when it cannot be known.
std::optional<Sha256Digest> state_of(const std::string& path) {
  let_time_pass();
  const auto state = repository_state(layout_of(path));
  return state ? std::optional(state->digest) : std::nullopt;
}

void fill(const ScratchRepository& repository) {
  repository.write("file", "one\n");
  repository.commit_all();
  repository.write("file", "two\n");
  repository.commit_all();
  repository.git({"gc", "-q"});
  repository.write("file", "three\n");
  repository.commit_all();
  repository.git({"branch", "other"});
  repository.around().write("elsewhere", "some text");
}

std::string a_loose_object(const ScratchRepository& repository) {
  const std::string id = repository.rev("HEAD");
  return repository.path(".git/objects/" + id.substr(0, 2) + "/" + id.substr(2));
}

// Same size, and the time of modification set back.
void overwrite_unseen(const std::string& path) {
  struct stat before {};
  ASSERT_EQ(::stat(path.c_str(), &before), 0);
  ASSERT_EQ(::chmod(path.c_str(), 0644), 0);
  const int file = ::open(path.c_str(), O_WRONLY);
  ASSERT_GE(file, 0);
  EXPECT_EQ(::write(file, "#", 1), 1);
  ::close(file);
  ASSERT_EQ(::chmod(path.c_str(), before.st_mode & 07777U), 0);
  const timespec times[2] = {before.st_atim, before.st_mtim};
  ASSERT_EQ(::utimensat(AT_FDCWD, path.c_str(), times, 0), 0);
}

struct Change {
  const char* name;
  std::function<void(const ScratchRepository&)> make;
};

void PrintTo(const Change& change, std::ostream* out) { *out << change.name; }

class ChangedRepository : public testing::TestWithParam<Change> {};

TEST_P(ChangedRepository, HasAnotherState) {
  const ScratchRepository repository;
  fill(repository);
  const auto before = state_of(repository.path());
  ASSERT_TRUE(before);
  EXPECT_EQ(before, state_of(repository.path()));
  GetParam().make(repository);
  const auto after = state_of(repository.path());
  ASSERT_TRUE(after);
  EXPECT_NE(before, after);
  EXPECT_EQ(after, state_of(repository.path()));
}

const std::vector<Change> kChanges = {
    {"commit", [](const auto& r) { r.commit_all("more"); }},
    {"stagedFile",
     [](const auto& r) {
       r.write("new", "staged\n"), r.git({"add", "new"});
     }},
    {"newBranch",
     [](const auto& r) {
       r.git({"branch", "third"});
     }},
    {"deletedBranch",
     [](const auto& r) {
       r.git({"branch", "-D", "other"});
     }},
    {"movedBranch",
     [](const auto& r) {
       r.git({"update-ref", "refs/heads/other", "HEAD~1"});
     }},
    {"packedRefs",
     [](const auto& r) {
       r.git({"pack-refs", "--all"});
     }},
    {"checkedOutBranch",
     [](const auto& r) {
       r.git({"symbolic-ref", "HEAD", "refs/heads/other"});
     }},
    {"config",
     [](const auto& r) {
       r.git({"remote", "add", "origin", "https://example.com/x"});
     }},
    {"hashedObject",
     [](const auto& r) {
       r.write("x", "dangling\n"), r.git({"hash-object", "-w", "x"});
     }},
    {"removedObject", [](const auto& r) { fs::remove(a_loose_object(r)); }},
    {"overwrittenObject", [](const auto& r) { overwrite_unseen(a_loose_object(r)); }},
    {"overwrittenRef", [](const auto& r) { overwrite_unseen(r.path(".git/refs/heads/other")); }},
    {"overwrittenReflog", [](const auto& r) { overwrite_unseen(r.path(".git/logs/HEAD")); }},
    {"repacked",
     [](const auto& r) {
       r.git({"repack", "-a", "-d", "-q", "-f", "--no-write-bitmap-index"});
     }},
    {"stash", [](const auto& r) { r.write("file", "stashed\n"), r.git({"stash"}); }},
    {"note",
     [](const auto& r) {
       r.git({"notes", "add", "-m", "a note"});
     }},
    {"unreadableFolder", [](const auto& r) { fs::permissions(r.path(".git/refs/tags"), fs::perms::none); }},
    {"storeOfSubmodule",
     [](const auto& r) {
       fs::create_directories(r.path(".git/modules/a/objects/00"));
       r.write(".git/modules/a/objects/00/11", "x");
     }},
    {"alternates",
     [](const auto& r) { r.write(".git/objects/info/alternates", r.around().path("elsewhere-that-is-missing\n")); }},
    {"link", [](const auto& r) { fs::create_symlink("/nonexistent", r.path(".git/description2")); }},
};

INSTANTIATE_TEST_SUITE_P(By, ChangedRepository, testing::ValuesIn(kChanges),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(RepositoryState, StaysTheSameWhenOnlyTheWorkTreeChanges) {
  const ScratchRepository repository;
  fill(repository);
  const auto before = state_of(repository.path());
  repository.write("file", "changed\n");
  repository.write("untracked", "new\n");
  EXPECT_EQ(before, state_of(repository.path()));
}

TEST(RepositoryState, SeesWhatLiesBehindALinkToAFile) {
  const ScratchRepository repository;
  fill(repository);
  fs::create_symlink(repository.around().path("linked"), repository.path(".git/HEAD.linked"));
  const auto dangling = state_of(repository.path());
  repository.around().write("linked", "ref: x");
  const auto made = state_of(repository.path());
  overwrite_unseen(repository.around().path("linked"));
  const auto changed = state_of(repository.path());
  ASSERT_TRUE(dangling && made && changed);
  EXPECT_NE(dangling, made);
  EXPECT_NE(made, changed);
}

TEST(RepositoryState, CannotBeKnownWhenALinkLeadsToAFolderElsewhere) {
  const ScratchRepository repository;
  fill(repository);
  fs::create_directories(repository.around().path("refs"));
  fs::create_directory_symlink(repository.around().path("refs"), repository.path(".git/refs/linked"));
  EXPECT_FALSE(state_of(repository.path()));
  fs::remove(repository.path(".git/refs/linked"));
  fs::create_directory_symlink("heads", repository.path(".git/refs/linked"));
  EXPECT_TRUE(state_of(repository.path()));
}

TEST(RepositoryState, SeesFoldersOfObjectsBehindALink) {
  const ScratchRepository repository;
  fill(repository);
  fs::rename(repository.path(".git/objects"), repository.around().path("objects"));
  fs::create_directory_symlink(repository.around().path("objects"), repository.path(".git/objects"));
  const auto before = state_of(repository.path());
  ASSERT_TRUE(before);
  repository.around().write("objects/00/1122", "x");
  EXPECT_NE(before, state_of(repository.path()));
}

TEST(RepositoryState, SeesAlternates) {
  const ScratchRepository repository;
  fill(repository);
  const ScratchRepository other;
  fill(other);
  repository.write(".git/objects/info/alternates", other.path(".git/objects\n"));
  const auto before = state_of(repository.path());
  ASSERT_TRUE(before);
  overwrite_unseen(a_loose_object(other));
  EXPECT_NE(before, state_of(repository.path()));
}

TEST(RepositoryState, CannotBeKnownWhenAStoreOfASubmoduleHasAlternates) {
  const ScratchRepository repository;
  fill(repository);
  repository.write(".git/modules/a/objects/info/alternates", "/somewhere/objects\n");
  EXPECT_FALSE(state_of(repository.path()));
  repository.write(".git/modules/a/objects/info/alternates", "");
  EXPECT_TRUE(state_of(repository.path()));
}

TEST(RepositoryState, OfALinkedWorkTreeSeesBothFolders) {
  const ScratchRepository repository;
  fill(repository);
  const std::string linked = repository.around().path("linked");
  repository.git({"worktree", "add", "-q", linked, "other"});
  const auto before = state_of(linked);
  ASSERT_TRUE(before);
  EXPECT_NE(before, state_of(repository.path()));
  repository.git({"branch", "third"});
  const auto branched = state_of(linked);
  EXPECT_NE(before, branched);
  repository.git({"update-ref", "--no-deref", "HEAD", "HEAD~1"}, linked);
  EXPECT_NE(branched, state_of(linked));
}

TEST(RepositoryState, SeesAnIndexThatLiesElsewhere) {
  const ScratchRepository repository;
  fill(repository);
  RepositoryLayout layout = layout_of(repository.path());
  layout.index_file = repository.around().path("index");
  const auto missing = repository_state(layout);
  repository.around().write("index", "DIRC");
  const auto made = repository_state(layout);
  ASSERT_TRUE(missing && made);
  EXPECT_NE(missing->digest, made->digest);
}

TEST(RepositoryState, DoesNotWaitForAPipe) {
  const ScratchRepository repository;
  ASSERT_EQ(::mkfifo(repository.path(".git/pipe").c_str(), 0600), 0);
  EXPECT_TRUE(state_of(repository.path()));
}

TEST(RepositoryState, IsSettledOnceThereWasNoChangeForAWhile) {
  const ScratchRepository repository;
  const RepositoryLayout layout = layout_of(repository.path());
  EXPECT_FALSE(repository_state(layout)->settled);
  for (int i = 0; i < 100 && !repository_state(layout)->settled; ++i) ::usleep(100000);
  EXPECT_TRUE(repository_state(layout)->settled);
  overwrite_unseen(repository.path(".git/config"));
  EXPECT_FALSE(repository_state(layout)->settled);
}

}  // namespace
}  // namespace hfscan
