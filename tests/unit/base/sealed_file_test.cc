#include "base/sealed_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>

#include "base/checksum.h"
#include "base/file.h"
#include "support/random_text.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

using test::RandomText;
using test::TempFolder;

const Seal kSeal = {"testing1", sha256("rules")};

void write(const std::string& path, std::string_view payload, const Seal& seal = kSeal) {
  const Status written = SealedFile::write(path, seal, payload);
  ASSERT_TRUE(written.ok()) << written.error().message;
}

// What the file holds; "(nothing)" when it cannot be used.
std::string payload_of(const std::string& path, const Seal& seal = kSeal) {
  const auto file = SealedFile::read(path, seal);
  return file ? std::string(file->payload()) : "(nothing)";
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::stat(path.c_str(), &status), 0);
  return status.st_mode & 07777U;
}

TEST(Checksum, ChangingAnyByteOfAnyLengthChangesIt) {
  RandomText random(1);
  for (std::size_t size = 1; size < 140; ++size) {
    std::string bytes = random.bytes(size);
    const std::uint64_t before = checksum64(bytes);
    for (char& byte : bytes) {
      const char kept = byte;
      byte = static_cast<char>(byte ^ (1 + static_cast<int>(random.below(255))));
      EXPECT_NE(checksum64(bytes), before) << size;
      byte = kept;
    }
  }
}

TEST(Checksum, ZerosOfDifferentLengthsDiffer) {
  std::set<std::uint64_t> sums;
  for (std::size_t size = 0; size < 200; ++size) sums.insert(checksum64(std::string(size, '\0')));
  EXPECT_EQ(sums.size(), 200U);
}

TEST(Checksum, BlocksThatChangePlacesChangeIt) {
  RandomText random(2);
  const std::string one = random.bytes(4096);
  const std::string other = random.bytes(4096);
  EXPECT_NE(checksum64(one + other), checksum64(other + one));
}

TEST(SealedFile, GivesBackWhatWasWritten) {
  const TempFolder folder;
  RandomText random(3);
  for (const std::size_t size : std::initializer_list<std::size_t>{0, 1, 7, 8, 9, 1000, 100000}) {
    const std::string payload = random.bytes(size);
    write(folder.path("file"), payload);
    EXPECT_EQ(payload_of(folder.path("file")), payload);
  }
  EXPECT_EQ(mode_of(folder.path("file")), 0600U);
}

TEST(SealedFile, OfAnotherKindOrBasisIsNotUsed) {
  const TempFolder folder;
  write(folder.path("file"), "payload");
  EXPECT_EQ(payload_of(folder.path("file"), {"testing2", kSeal.basis}), "(nothing)");
  EXPECT_EQ(payload_of(folder.path("file"), {kSeal.kind, sha256("other rules")}), "(nothing)");
  EXPECT_EQ(payload_of(folder.path("file")), "payload");
}

TEST(SealedFile, CutAtAnyLengthIsNotUsed) {
  const TempFolder folder;
  write(folder.path("file"), RandomText(4).bytes(300));
  const std::string whole = folder.read("file");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    folder.write("cut", whole.substr(0, size));
    EXPECT_EQ(payload_of(folder.path("cut")), "(nothing)") << size;
  }
  folder.write("cut", whole + "x");
  EXPECT_EQ(payload_of(folder.path("cut")), "(nothing)");
  folder.write("cut", whole);
  EXPECT_NE(payload_of(folder.path("cut")), "(nothing)");
}

TEST(SealedFile, WithAnyBitFlippedIsNotUsed) {
  const TempFolder folder;
  write(folder.path("file"), RandomText(5).bytes(100));
  std::string bytes = folder.read("file");
  for (char& byte : bytes) {
    for (int bit = 1; bit < 256; bit *= 2) {
      byte = static_cast<char>(byte ^ bit);
      folder.write("flipped", bytes);
      EXPECT_EQ(payload_of(folder.path("flipped")), "(nothing)") << (&byte - bytes.data());
      byte = static_cast<char>(byte ^ bit);
    }
  }
}

TEST(SealedFile, WithABlockOfAnotherSuchFileIsNotUsed) {
  const TempFolder folder;
  RandomText random(6);
  write(folder.path("file"), random.bytes(20000));
  write(folder.path("other"), random.bytes(20000));
  const std::string mixed = folder.read("file").replace(4096, 4096, folder.read("other").substr(4096, 4096));
  folder.write("mixed", mixed);
  EXPECT_EQ(payload_of(folder.path("mixed")), "(nothing)");
}

TEST(SealedFile, ALinkAFolderAPipeOrNothingInItsPlaceIsNotUsed) {
  const TempFolder folder;
  write(folder.path("file"), "payload");
  ASSERT_EQ(::symlink("file", folder.path("link").c_str()), 0);
  ASSERT_EQ(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
  ASSERT_EQ(::mkdir(folder.path("folder").c_str(), 0700), 0);
  for (const char* name : {"link", "pipe", "folder", "missing"}) EXPECT_EQ(payload_of(folder.path(name)), "(nothing)") << name;
}

TEST(SealedFile, IsNotWrittenThroughALink) {
  const TempFolder folder;
  folder.write("victim", "precious");
  ASSERT_EQ(::symlink("victim", folder.path("file").c_str()), 0);
  EXPECT_FALSE(SealedFile::write(folder.path("file"), kSeal, "payload").ok());
  EXPECT_EQ(folder.read("victim"), "precious");
}

TEST(SealedFile, ThatOthersMayWriteIsNotUsed) {
  const TempFolder folder;
  write(folder.path("file"), "payload");
  for (const mode_t mode : {0620U, 0602U, 0666U}) {
    ASSERT_EQ(::chmod(folder.path("file").c_str(), mode), 0);
    EXPECT_EQ(payload_of(folder.path("file")), "(nothing)");
  }
  ASSERT_EQ(::chmod(folder.path("file").c_str(), 0644), 0);
  EXPECT_EQ(payload_of(folder.path("file")), "payload");
}

TEST(SealedFile, OfAnotherUserIsNotUsed) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  const TempFolder folder;
  write(folder.path("file"), "payload");
  ASSERT_EQ(::chown(folder.path("file").c_str(), 12345, static_cast<gid_t>(-1)), 0);
  EXPECT_EQ(payload_of(folder.path("file")), "(nothing)");
}

TEST(SealedFile, StaysAsItWasWhenItsWriterDiesInTheMiddle) {
  const TempFolder folder;
  write(folder.path("file"), "old");
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit limit = {4096, 4096};
    ::setrlimit(RLIMIT_FSIZE, &limit);  // the write that goes beyond ends the process
    (void)SealedFile::write(folder.path("file"), kSeal, std::string(100000, 'n'));
    ::_exit(0);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ);
  EXPECT_EQ(payload_of(folder.path("file")), "old");
}

TEST(SealedFile, IsAlwaysWholeWhateverMomentAWriterIsKilledAt) {
  const TempFolder folder;
  const std::set<std::string> payloads = {std::string(50000, 'a'), std::string(60000, 'b')};
  write(folder.path("file"), *payloads.begin());
  for (int round = 0; round < 20; ++round) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (;;) {
        for (const std::string& payload : payloads) (void)SealedFile::write(folder.path("file"), kSeal, payload);
      }
    }
    ::usleep(static_cast<useconds_t>(1000 + 377 * round));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_EQ(payloads.count(payload_of(folder.path("file"))), 1U) << round;
  }
}

TEST(SealedFile, OfTwoWritersAtOnceOneWins) {
  const TempFolder folder;
  const std::set<std::string> payloads = {std::string(30000, 'a'), std::string(40000, 'b')};
  write(folder.path("file"), *payloads.begin());
  std::vector<pid_t> children;
  for (const std::string& payload : payloads) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (int i = 0; i < 30; ++i) (void)SealedFile::write(folder.path("file"), kSeal, payload);
      ::_exit(0);
    }
    children.push_back(child);
  }
  for (int i = 0; i < 200; ++i) EXPECT_EQ(payloads.count(payload_of(folder.path("file"))), 1U);
  for (const pid_t child : children) ::waitpid(child, nullptr, 0);
  EXPECT_EQ(payloads.count(payload_of(folder.path("file"))), 1U);
}

TEST(SealedFile, ReadingOneThatWasNotUsedForDaysMarksItAsUsed) {
  const TempFolder folder;
  write(folder.path("file"), "payload");
  const std::time_t now = std::time(nullptr);
  const timespec old[2] = {{now - 1000000, 0}, {now - 1000000, 0}};
  ASSERT_EQ(::utimensat(AT_FDCWD, folder.path("file").c_str(), old, 0), 0);
  EXPECT_EQ(payload_of(folder.path("file"), {"another1", {}}), "(nothing)");
  struct stat status {};
  ASSERT_EQ(::stat(folder.path("file").c_str(), &status), 0);
  EXPECT_LT(status.st_mtime, now - 1000);
  EXPECT_EQ(payload_of(folder.path("file")), "payload");
  ASSERT_EQ(::stat(folder.path("file").c_str(), &status), 0);
  EXPECT_GE(status.st_mtime, now - 1000);
}

}  // namespace
}  // namespace hfscan
