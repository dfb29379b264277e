#include "sources/container_kind.h"

#include <gtest/gtest.h>

#include "support/archive_files.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using namespace std::string_literals;
using test::RandomText;

std::vector<std::pair<ContainerKind, std::string>> one_of_each() {
  const std::vector<test::ArchiveMember> members = {{"a.txt", "text\n"}};
  std::vector<std::pair<ContainerKind, std::string>> all = {{ContainerKind::zip, test::zip_of(members)},
                                                            {ContainerKind::zip, test::zip_of({})},
                                                            {ContainerKind::ar, test::ar_of(members)},
                                                            {ContainerKind::cpio, test::cpio_of(members)}};
  using Flavour = test::TarFlavour;
  for (const Flavour flavour : {Flavour::v7, Flavour::ustar, Flavour::gnu, Flavour::pax}) {
    all.emplace_back(ContainerKind::tar, test::tar_of(members, flavour));
  }
  for (const ContainerKind kind :
       {ContainerKind::gzip, ContainerKind::bzip2, ContainerKind::xz, ContainerKind::zstd, ContainerKind::lz4}) {
    all.emplace_back(kind, test::compressed("text\n", kind));
  }
  return all;
}

std::string head_of(const std::string& bytes) { return bytes.substr(0, kContainerHead); }

TEST(ContainerKind, EachFormatIsKnownByItsBeginning) {
  for (const auto& [kind, bytes] : one_of_each()) EXPECT_EQ(container_at(head_of(bytes)), kind) << to_string(kind);
}

TEST(ContainerKind, BeginningThatIsCutIsNoContainerOrTheSame) {
  for (const auto& [kind, bytes] : one_of_each()) {
    for (std::size_t size = 0; size < std::min<std::size_t>(bytes.size(), 100); ++size) {
      const auto found = container_at(std::string_view(bytes).substr(0, size));
      EXPECT_TRUE(!found || *found == kind) << to_string(kind) << " " << size;
    }
  }
}

TEST(ContainerKind, TextThatBeginsLikeAContainerIsNone) {
  const std::string lines(600, 'a');
  for (const std::string& begin : {"BZh9 is how bzip2 begins\n"s, "PK\n"s, "070701 is a number\n"s,
                                   "!<arch>\nis what ar writes\n"s, "\x1f\x8b"s, "ustar\n"s, ""s, std::string(600, '\0')}) {
    EXPECT_EQ(container_at(head_of(begin + lines)), std::nullopt) << begin;
  }
}

TEST(ContainerKind, RandomBytesBehindAMagicNumberThatNoHeaderHasAreNone) {
  for (const std::string& begin :
       {"\x1f\x8b\x08\xff"s, "\x28\xb5\x2f\xfd\x08"s, "\x04\x22\x4d\x18\x02"s, "PK\3\4\xff\xff"s, "\xfd"s + "7zXZ\0\1"s}) {
    EXPECT_EQ(container_at(begin + RandomText(1).bytes(500)), std::nullopt);
  }
}

TEST(EndsInZip, WhateverStandsBefore) {
  const std::string zip = test::zip_of({{"a", "text"}});
  for (const std::string& before : {""s, "#!/usr/bin/env python3\n"s, std::string(100000, '\0')}) {
    const std::string file = before + zip;
    EXPECT_TRUE(ends_in_zip(file, file.size()));
    EXPECT_TRUE(ends_in_zip(std::string_view(file).substr(file.size() - zip.size()), file.size()));
  }
}

TEST(EndsInZip, NotWhenBytesFollowOrTheRecordDoesNotFit) {
  const std::string zip = test::zip_of({{"a", "text"}});
  EXPECT_FALSE(ends_in_zip(zip + "\n", zip.size() + 1));
  const std::string record = zip.substr(zip.size() - 22);
  EXPECT_FALSE(ends_in_zip(record, record.size())) << "the directory would begin before the file";
  EXPECT_FALSE(ends_in_zip("PK\5\6", 4));
  EXPECT_FALSE(ends_in_zip("", 0));
  EXPECT_FALSE(ends_in_zip(std::string(100, '\0') + "PK\5\6", 104));
}

TEST(UnreadArchiveFormat, IsNamed) {
  EXPECT_EQ(unread_archive_format("7z\xbc\xaf\x27\x1c\0\4"s), "7z");
  EXPECT_EQ(unread_archive_format("Rar!\x1a\x07\x01\0"s), "rar");
  EXPECT_EQ(unread_archive_format("xar!\0\x1c\0\1"s), "xar");
  EXPECT_EQ(unread_archive_format("MSCF\0\0\0\0"s), "cab");
  EXPECT_EQ(unread_archive_format("Rar! is a format"), "");
  EXPECT_EQ(unread_archive_format(""), "");
}

TEST(StreamName, LosesTheSuffixOfItsKindOnly) {
  EXPECT_EQ(stream_name("dir/x.log.gz", ContainerKind::gzip), "x.log");
  EXPECT_EQ(stream_name("a.TGZ", ContainerKind::gzip), "a.tar");
  EXPECT_EQ(stream_name("a.gz", ContainerKind::xz), "data");
  EXPECT_EQ(stream_name(".gz", ContainerKind::gzip), "data");
  EXPECT_EQ(stream_name("stdin", ContainerKind::zstd), "data");
}

}  // namespace
}  // namespace hfscan
