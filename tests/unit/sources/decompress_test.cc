#include "sources/decompress.h"

#include <gtest/gtest.h>

#include <array>

#include "git/memory_content.h"
#include "support/archive_files.h"
#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;

constexpr std::array<ContainerKind, 5> kStreams = {ContainerKind::gzip, ContainerKind::bzip2, ContainerKind::xz,
                                                   ContainerKind::zstd, ContainerKind::lz4};

struct Outcome {
  std::string bytes;
  std::string error;
};

Outcome read_all(Content& content, std::size_t piece) {
  Outcome outcome;
  std::string buffer(piece, '\0');
  for (;;) {
    const Result<std::size_t> count = content.read(buffer);
    if (!count.ok()) return {outcome.bytes, count.error().message};
    if (*count == 0) return outcome;
    outcome.bytes.append(buffer, 0, *count);
  }
}

Outcome unpacked(const std::string& packed, ContainerKind kind, std::size_t piece = 4096) {
  MemoryContent content(packed);
  return read_all(*decompress(content, kind), piece);
}

// Lines that compress, a few hundred kilobytes.
std::string sample_text() {
  RandomText random(7);
  std::string text;
  for (int i = 0; i < 6000; ++i) text += "line " + random.letters(random.below(60)) + " of a log\n";
  return text;
}

TEST(Decompress, GivesBackWhatWasPackedInReadsOfAnySize) {
  const std::string text = sample_text();
  for (const ContainerKind kind : kStreams) {
    const std::string packed = test::compressed(text, kind);
    EXPECT_LT(packed.size(), text.size()) << to_string(kind);
    for (const std::size_t piece : {std::size_t{1}, std::size_t{1000}, std::size_t{1} << 20U}) {
      const Outcome outcome = unpacked(packed, kind, piece);
      EXPECT_EQ(outcome.error, "") << to_string(kind);
      EXPECT_TRUE(outcome.bytes == text) << to_string(kind) << " " << piece;
    }
    test::ChunkedContent chunks(packed, 7, 1);
    EXPECT_TRUE(read_all(*decompress(chunks, kind), 999).bytes == text) << to_string(kind);
  }
}

// libarchive 3.6 cannot write an empty lz4 stream.
TEST(Decompress, EmptyDataIsEmpty) {
  for (const ContainerKind kind : {ContainerKind::gzip, ContainerKind::bzip2, ContainerKind::xz, ContainerKind::zstd}) {
    const Outcome outcome = unpacked(test::compressed("", kind), kind);
    EXPECT_EQ(outcome.bytes + outcome.error, "") << to_string(kind);
  }
}

TEST(Decompress, StreamsThatFollowEachOtherAreOne) {
  for (const ContainerKind kind : kStreams) {
    const std::string packed =
        test::compressed("one ", kind) + test::compressed("two ", kind) + test::compressed("three", kind);
    const Outcome outcome = unpacked(packed, kind);
    EXPECT_EQ(outcome.bytes, "one two three") << to_string(kind) << outcome.error;
  }
}

TEST(Decompress, WhatFollowsTheLastStreamIsLeftAlone) {
  for (const ContainerKind kind : kStreams) {
    for (const std::string& after : {std::string(1024, '\0'), std::string("garbage"), test::zip_of({{"a", "b"}})}) {
      const Outcome outcome = unpacked(test::compressed("text", kind) + after, kind);
      EXPECT_EQ(outcome.bytes, "text") << to_string(kind);
      EXPECT_EQ(outcome.error, "") << to_string(kind);
    }
  }
}

TEST(Decompress, OfACutStreamAllThatWasThereIsReadAndTheEndIsAnError) {
  const std::string text = sample_text();
  for (const ContainerKind kind : kStreams) {
    const std::string packed = test::compressed(text, kind);
    for (const std::size_t size : {packed.size() - 1, packed.size() / 2, std::size_t{20}}) {
      const Outcome outcome = unpacked(packed.substr(0, size), kind);
      EXPECT_TRUE(text.starts_with(outcome.bytes)) << to_string(kind);
      EXPECT_NE(outcome.error.find("ends early after "), std::string::npos) << to_string(kind) << size << outcome.error;
    }
  }
}

// A log of a few lines is smaller than any buffer on the way; its first lines must come through all the same.
TEST(Decompress, OfAShortStreamThatIsCutTheBeginningIsRead) {
  const std::string text = sample_text().substr(0, 30000);
  for (const ContainerKind kind : {ContainerKind::gzip, ContainerKind::xz}) {
    const std::string packed = test::compressed(text, kind);
    const Outcome outcome = unpacked(packed.substr(0, packed.size() - 10), kind);
    EXPECT_GT(outcome.bytes.size(), text.size() / 2) << to_string(kind);
    EXPECT_NE(outcome.error, "") << to_string(kind);
  }
}

TEST(Decompress, DamageIsFoundByTheSumWhereTheFormatHasOne) {
  const std::string text = sample_text();
  for (const ContainerKind kind : {ContainerKind::gzip, ContainerKind::bzip2, ContainerKind::xz}) {
    std::string packed = test::compressed(text, kind);
    for (std::size_t at = packed.size() / 2; at < packed.size() / 2 + 40; ++at) {
      std::string damaged = packed;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
      const Outcome outcome = unpacked(damaged, kind);
      EXPECT_NE(outcome.error, "") << to_string(kind) << " " << at;
    }
  }
}

TEST(Decompress, RandomDamageNeverReadsForever) {
  RandomText random(3);
  const std::string text = sample_text().substr(0, 20000);
  for (const ContainerKind kind : kStreams) {
    const std::string packed = test::compressed(text, kind);
    for (int i = 0; i < 200; ++i) {
      std::string damaged = packed;
      for (int j = 0; j < 3; ++j) damaged[8 + random.below(packed.size() - 8)] = random.bytes(1)[0];
      EXPECT_LE(unpacked(damaged, kind, 100000).bytes.size(), std::size_t{1} << 30U);
    }
  }
}

TEST(Decompress, ErrorOfTheContentIsPassedOnAndStays) {
  const std::string packed = test::compressed(sample_text(), ContainerKind::gzip);
  test::ChunkedContent broken(packed, 5000, 1);
  broken.fail_at(packed.size() / 2);
  const auto content = decompress(broken, ContainerKind::gzip);
  const Outcome outcome = read_all(*content, 4096);
  EXPECT_EQ(outcome.error, "input/output error");
  EXPECT_GT(outcome.bytes.size(), 1000U);
  EXPECT_EQ(read_all(*content, 4096).error, "input/output error");
}

// As in the XZ format, reflected, polynomial 0xEDB88320.
std::uint32_t crc32_of(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

TEST(Decompress, XzThatAsksForMuchMemoryIsRefused) {
  std::string packed = test::compressed("text", ContainerKind::xz);
  // The header of the first block begins at 12: size, flags, filter 0x21, one byte of properties, the dictionary; its CRC32
  // at 20.
  ASSERT_EQ(packed[14], '\x21');
  packed[16] = 40;  // 4 GiB - 1
  const std::uint32_t sum = crc32_of(std::string_view(packed).substr(12, 8));
  for (unsigned i = 0; i < 4; ++i) packed[20 + i] = static_cast<char>(sum >> 8 * i);
  EXPECT_EQ(unpacked(packed, ContainerKind::xz).error, "xz data needs more than 83.9 MB of memory to unpack after 0 bytes");
}

}  // namespace
}  // namespace hfscan
