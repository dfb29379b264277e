#include "sources/archive.h"

#include <gtest/gtest.h>

#include <array>

#include "git/memory_content.h"
#include "support/archive_files.h"
#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::ArchiveMember;
using test::RandomText;
using test::TarFlavour;
using test::ZipMethod;

struct ReadMember {
  Member member;
  std::string bytes;
  std::uint64_t zeros = 0;
  std::string error;
};

struct ReadArchive {
  std::vector<ReadMember> members;
  std::string error;
};

ReadMember read_member(ArchiveReader& reader) {
  ReadMember result{reader.member(), "", 0, ""};
  std::array<char, 1000> buffer{};
  for (;;) {
    result.zeros += reader.content().skip_zeros();
    const Result<std::size_t> count = reader.content().read(buffer);
    if (!count.ok()) result.error = count.error().message;
    if (!count.ok() || *count == 0) return result;
    result.bytes.append(buffer.data(), *count);
  }
}

ReadArchive read_archive(Content& content, ContainerKind kind) {
  ReadArchive result;
  const auto reader = ArchiveReader::open(content, kind);
  if (!reader.ok()) return {{}, reader.error().message};
  for (;;) {
    const Result<bool> there = (*reader)->next();
    if (!there.ok()) result.error = there.error().message;
    if (!there.ok() || !*there) return result;
    result.members.push_back(read_member(**reader));
  }
}

// Seekable.
ReadArchive read_archive(const std::string& bytes, ContainerKind kind) {
  MemoryContent content(bytes);
  return read_archive(content, kind);
}

// Front to back, in small reads.
ReadArchive stream_archive(const std::string& bytes, ContainerKind kind) {
  test::ChunkedContent content(bytes, 700, 1);
  return read_archive(content, kind);
}

std::vector<ArchiveMember> sample() {
  RandomText random(5);
  return {{"dir/a.txt", "hello\n"}, {"empty", ""}, {"big", random.letters(300000)}, {"last", "end"}};
}

void expect_members(const ReadArchive& read, const std::vector<ArchiveMember>& expected) {
  EXPECT_EQ(read.error, "");
  ASSERT_EQ(read.members.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(read.members[i].member.path, expected[i].path);
    EXPECT_TRUE(read.members[i].bytes == expected[i].bytes) << expected[i].path;
    EXPECT_EQ(read.members[i].error, "");
    EXPECT_EQ(read.members[i].member.type, MemberType::file);
  }
}

TEST(ArchiveReader, ReadsTheMembersOfEveryFormatSeekingOrNot) {
  std::vector<std::pair<ContainerKind, std::string>> archives = {{ContainerKind::zip, test::zip_of(sample())},
                                                                 {ContainerKind::cpio, test::cpio_of(sample())}};
  for (const TarFlavour flavour : {TarFlavour::v7, TarFlavour::ustar, TarFlavour::gnu, TarFlavour::pax}) {
    archives.emplace_back(ContainerKind::tar, test::tar_of(sample(), flavour));
  }
  for (const auto& [kind, bytes] : archives) {
    SCOPED_TRACE(to_string(kind));
    expect_members(read_archive(bytes, kind), sample());
    expect_members(stream_archive(bytes, kind), sample());
  }
  const std::vector<ArchiveMember> flat = {{"a.o", "object"}, {"a member with a long name.o", "another"}};
  expect_members(read_archive(test::ar_of(flat), ContainerKind::ar), flat);
}

TEST(ArchiveReader, SaysHowAMemberOfAZipLies) {
  const std::vector<ArchiveMember> one = {{"a", std::string(1000, 'a')}};
  const auto packing_of = [&one](ZipMethod method) {
    return read_archive(test::zip_of(one, method), ContainerKind::zip).members.at(0).member.packing;
  };
  EXPECT_EQ(packing_of(ZipMethod::stored), Packing::stored);
  EXPECT_EQ(packing_of(ZipMethod::deflated), Packing::packed);
  EXPECT_EQ(read_archive(test::tar_of(one), ContainerKind::tar).members.at(0).member.packing, Packing::stored);
}

TEST(ArchiveReader, ZipBehindAProgramIsRead) {
  const std::vector<ArchiveMember> one = {{"a.txt", "hello"}};
  expect_members(read_archive("#!/usr/bin/python3\n" + test::zip_of(one), ContainerKind::zip), one);
  expect_members(read_archive(RandomText(2).bytes(100000) + test::zip_of(one), ContainerKind::zip), one);
}

TEST(ArchiveReader, NamesStayTheBytesThatTheyAre) {
  const std::string umlauts = "\xc3\xbcml\xc3\xa4ut/\xe2\x82\xac.txt";
  for (const auto& [kind, bytes] : {std::pair(ContainerKind::zip, test::zip_of({{umlauts, "x"}})),
                                    std::pair(ContainerKind::tar, test::tar_of({{umlauts, "x"}}, TarFlavour::gnu)),
                                    std::pair(ContainerKind::tar, test::tar_of({{umlauts, "x"}}, TarFlavour::pax))}) {
    EXPECT_EQ(read_archive(bytes, kind).members.at(0).member.path, umlauts) << to_string(kind);
  }
  const std::string latin = "na\xefve.txt";
  EXPECT_EQ(read_archive(test::tar_of({{latin, "x"}}, TarFlavour::gnu), ContainerKind::tar).members.at(0).member.path, latin);
}

// The flag says UTF-8 and the name is not: there is no name then, but the member is there.
TEST(ArchiveReader, NameThatCannotBeReadIsNumbered) {
  std::string zip = test::zip_of({{"\xc3\xbc.txt", "hello"}});
  for (std::size_t at = zip.find("\xc3\xbc"); at != std::string::npos; at = zip.find("\xc3\xbc")) zip[at + 1] = 'x';
  ASSERT_EQ((zip[7] & 8), 8) << "no UTF-8 flag";
  const ReadArchive read = read_archive(zip, ContainerKind::zip);
  ASSERT_EQ(read.members.size(), 1U) << read.error;
  EXPECT_EQ(read.members[0].member.path, "member 1");
  EXPECT_EQ(read.members[0].bytes, "hello");
}

TEST(ArchiveReader, RootIsTakenOffNamesAndTheRestIsKept) {
  const std::vector<ArchiveMember> members = {{"./a", ""}, {"/etc/b", ""}, {".//./c", ""}, {"../d", ""}, {"e\nf", ""}};
  const ReadArchive read = read_archive(test::tar_of(members, TarFlavour::gnu), ContainerKind::tar);
  std::vector<std::string> paths;
  for (const ReadMember& one : read.members) paths.push_back(one.member.path);
  EXPECT_EQ(paths, (std::vector<std::string>{"a", "etc/b", "c", "../d", "e\nf"}));
}

TEST(ArchiveReader, LinksGiveTheirText) {
  const std::vector<ArchiveMember> members = {{"link", "", "/somewhere/else"}, {"file", "x"}};
  for (const auto& [kind, bytes] :
       {std::pair(ContainerKind::tar, test::tar_of(members)), std::pair(ContainerKind::cpio, test::cpio_of(members)),
        std::pair(ContainerKind::zip, test::zip_of(members))}) {
    const ReadArchive read = read_archive(bytes, kind);
    ASSERT_EQ(read.members.size(), 2U) << to_string(kind);
    EXPECT_EQ(read.members[0].member.type, MemberType::link) << to_string(kind);
    EXPECT_EQ(read.members[0].member.link, "/somewhere/else") << to_string(kind);
  }
}

TEST(ArchiveReader, EncryptedMembersAreMarked) {
  const ReadArchive read = read_archive(test::zip_of({{"a", "secret text"}}, ZipMethod::encrypted), ContainerKind::zip);
  ASSERT_EQ(read.members.size(), 1U);
  EXPECT_TRUE(read.members[0].member.encrypted);
}

TEST(ArchiveReader, MethodThatIsNotUndoneIsNamed) {
  std::string zip = test::zip_of({{"a", "text"}}, ZipMethod::stored);
  zip[8] = 14;
  zip[zip.find("PK\1\2") + 10] = 14;
  EXPECT_EQ(read_archive(zip, ContainerKind::zip).members.at(0).member.unread_method, "lzma");
}

TEST(ArchiveReader, OfACutArchiveTheMembersBeforeAreReadAndTheEndIsAnError) {
  for (const auto& [kind, bytes] :
       {std::pair(ContainerKind::tar, test::tar_of(sample())), std::pair(ContainerKind::zip, test::zip_of(sample())),
        std::pair(ContainerKind::cpio, test::cpio_of(sample()))}) {
    for (const bool seeks : {true, false}) {
      const std::string cut = bytes.substr(0, bytes.size() / 2);
      const ReadArchive read = seeks ? read_archive(cut, kind) : stream_archive(cut, kind);
      ASSERT_GE(read.members.size(), 3U) << to_string(kind) << seeks;
      EXPECT_EQ(read.members[0].bytes, "hello\n");
      EXPECT_TRUE(sample()[2].bytes.starts_with(read.members[2].bytes));
      EXPECT_GT(read.members[2].bytes.size(), 50000U) << to_string(kind) << seeks;
      EXPECT_NE(read.error + read.members.back().error, "") << to_string(kind) << seeks;
    }
  }
}

TEST(ArchiveReader, ZipWhoseDirectoryIsDamagedIsReadMemberByMember) {
  std::string zip = test::zip_of(sample());
  zip[zip.find("PK\1\2") + 1] = 'X';
  const ReadArchive read = read_archive(zip, ContainerKind::zip);
  ASSERT_EQ(read.members.size(), sample().size()) << read.error;
  EXPECT_EQ(read.members[0].bytes, "hello\n");
}

TEST(ArchiveReader, WrongSumOfAMemberIsItsErrorAndTheNextIsRead) {
  std::string zip = test::zip_of({{"a", "first text"}, {"b", "second text"}}, ZipMethod::stored);
  zip[zip.find("first")] = 'F';
  const ReadArchive read = read_archive(zip, ContainerKind::zip);
  ASSERT_EQ(read.members.size(), 2U) << read.error;
  EXPECT_EQ(read.members[0].bytes, "First text");
  EXPECT_EQ(read.members[0].error, "damaged after 10 bytes");
  EXPECT_EQ(read.members[1].error, "");
}

TEST(ArchiveReader, ContentThatCannotBeReadIsTheError) {
  const std::string tar = test::tar_of(sample());
  test::ChunkedContent broken(tar, 512, 1);
  broken.fail_at(100000);
  EXPECT_EQ(read_archive(broken, ContainerKind::tar).error, "");  // told by the member
  test::ChunkedContent at_once(tar, 512, 1);
  at_once.fail_at(0);
  EXPECT_EQ(read_archive(at_once, ContainerKind::tar).error, "input/output error");
}

TEST(ArchiveReader, MembersThatAreNotReadAreSteppedOver) {
  MemoryContent content(test::tar_of(sample()));
  const auto reader = ArchiveReader::open(content, ContainerKind::tar);
  ASSERT_TRUE(reader.ok());
  int count = 0;
  while ((*reader)->next().ok() && (*reader)->member().path != "last") ++count;
  EXPECT_EQ(count, 3);
  EXPECT_EQ(read_member(**reader).bytes, "end");
  for (int i = 0; i < 2; ++i) {
    const Result<bool> there = (*reader)->next();
    ASSERT_TRUE(there.ok()) << there.error().message;
    EXPECT_FALSE(*there);
  }
}

TEST(ArchiveReader, RandomDamageGivesAnEnd) {
  RandomText random(11);
  const std::vector<ArchiveMember> members = {{"a", "hello"}, {"dir/b", random.letters(2000)}, {"l", "", "x"}};
  const std::vector<std::pair<ContainerKind, std::string>> archives = {
      {ContainerKind::zip, test::zip_of(members)},
      {ContainerKind::tar, test::tar_of(members, TarFlavour::pax)},
      {ContainerKind::tar, test::tar_of(members, TarFlavour::gnu)},
      {ContainerKind::cpio, test::cpio_of(members)}};
  for (const auto& [kind, bytes] : archives) {
    for (int i = 0; i < 500; ++i) {
      std::string damaged = bytes;
      for (int j = 0; j < 4; ++j) damaged[random.below(damaged.size())] = random.bytes(1)[0];
      EXPECT_LE(read_archive(damaged, kind).members.size(), 10U);
      EXPECT_LE(stream_archive(damaged, kind).members.size(), 10U);
    }
  }
}

}  // namespace
}  // namespace hfscan
