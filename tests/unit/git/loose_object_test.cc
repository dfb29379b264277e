#include "git/loose_object.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::ScratchRepository;

// A loose object whose zlib stream is made of stored blocks, so that any header and any lie can be written without a library.
std::string stored_zlib(std::string_view bytes) {
  std::string out = "\x78\x01";
  out += '\x01';
  const auto size = static_cast<unsigned>(bytes.size());
  for (const unsigned value : {size, ~size}) {
    out += static_cast<char>(value & 0xFFU);
    out += static_cast<char>(value >> 8U & 0xFFU);
  }
  out += bytes;
  unsigned a = 1;
  unsigned b = 0;
  for (const char c : bytes) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  for (const unsigned value : {b >> 8U, b, a >> 8U, a}) out += static_cast<char>(value & 0xFFU);
  return out;
}

class LooseStore : public testing::Test {
 protected:
  // Writes the raw file of an object and reads it back.
  Result<std::string> read(std::string_view file) {
    folder_.write(id_.hex().substr(0, 2) + "/" + id_.hex().substr(2), file);
    HFSCAN_TRY_ASSIGN(const auto object, LooseObject::open(folder_.path(), id_));
    return object->read_all(1U << 20U);
  }

  test::TempFolder folder_;
  ObjectId id_ = *ObjectId::from_hex("0123456789012345678901234567890123456789");
};

TEST_F(LooseStore, ReadsWhatItSays) {
  EXPECT_EQ(*read(stored_zlib(std::string("blob 5\0hello", 12))), "hello");
  EXPECT_EQ(*read(stored_zlib(std::string("blob 0\0", 7))), "");
}

TEST_F(LooseStore, TruncatedObjectEnds) {
  const std::string whole = stored_zlib(std::string("blob 5\0hello", 12));
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_FALSE(read(whole.substr(0, size)).ok()) << size;
}

TEST_F(LooseStore, SizeThatIsTooSmallIsAnError) {
  const Result<std::string> bytes = read(stored_zlib(std::string("blob 2\0hello", 12)));
  ASSERT_FALSE(bytes.ok());
  EXPECT_EQ(bytes.error().message, "object is longer than its header says");
}

TEST_F(LooseStore, SizeThatIsTooLargeIsAnError) {
  const Result<std::string> bytes = read(stored_zlib(std::string("blob 9\0hello", 12)));
  ASSERT_FALSE(bytes.ok());
  EXPECT_EQ(bytes.error().message, "object is shorter than its header says");
}

TEST_F(LooseStore, HugeClaimAllocatesNothing) {
  const Result<std::string> bytes = read(stored_zlib(std::string("blob 8000000000\0hi", 18)));
  ASSERT_FALSE(bytes.ok());
  EXPECT_EQ(bytes.error().message, "object is larger than 1.0 MB");
}

TEST_F(LooseStore, NonsenseHeadersAreRefused) {
  for (const char* header : {"blob", "blob x", "blub 1", "blob -1", "blob 99999999999999999999999", "", " 1", "blob 1 "}) {
    const Result<std::string> bytes = read(stored_zlib(std::string(header) + '\0' + "x"));
    EXPECT_FALSE(bytes.ok()) << header;
  }
}

TEST_F(LooseStore, FifoDoesNotBlock) {
  folder_.write(id_.hex().substr(0, 2) + "/other", "");
  ASSERT_EQ(::mkfifo(folder_.path(id_.hex().substr(0, 2) + "/" + id_.hex().substr(2)).c_str(), 0600), 0);
  EXPECT_FALSE(LooseObject::open(folder_.path(), id_).ok());
}

TEST_F(LooseStore, MissingObjectIsANullPointer) {
  const auto object = LooseObject::open(folder_.path(), id_);
  ASSERT_TRUE(object.ok());
  EXPECT_EQ(*object, nullptr);
}

TEST(LooseObject, StreamsALargeBlobOfGit) {
  const ScratchRepository repository;
  std::string large;
  for (int i = 0; i < 300000; ++i) large += std::to_string(i);
  repository.write("large", large);
  repository.commit_all();
  const ObjectId id = *ObjectId::from_hex(repository.rev("HEAD:large"));
  const auto object = LooseObject::open(repository.path(".git/objects"), id);
  ASSERT_TRUE(object.ok());
  EXPECT_EQ((*object)->type(), ObjectType::blob);
  EXPECT_EQ((*object)->size_hint(), large.size());
  EXPECT_EQ(*(*object)->read_all(1U << 30U), large);
}

}  // namespace
}  // namespace hfscan
