#include "git/scanned_objects.h"

#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "support/random_text.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

using test::RandomText;
using test::TempFolder;

using Objects = std::map<std::string, ScannedObject>;  // by raw id

const Sha256Digest kBasis = sha256("rules");

Objects random_objects(RandomText& random, std::size_t count, ObjectFormat format = ObjectFormat::sha1) {
  Objects objects;
  while (objects.size() < count) {
    const auto type = static_cast<ObjectType>(random.below(4));
    objects[random.bytes(static_cast<std::size_t>(format))] = {type, random.below(std::size_t{1} << random.below(40))};
  }
  return objects;
}

// In no order, over three lists.
std::vector<ScannedList> lists_of(const Objects& objects) {
  std::vector<ScannedList> lists(3);
  std::size_t turn = 0;
  for (const auto& [id, object] : objects) lists[turn++ % 2].add(ObjectId::from_raw(id), object);
  return lists;
}

ScannedObjects read(const TempFolder& folder, const Sha256Digest& basis = kBasis, ObjectFormat format = ObjectFormat::sha1) {
  return ScannedObjects::read({folder.path("objects"), basis, format});
}

void add(const TempFolder& folder, const Objects& objects, ObjectFormat format = ObjectFormat::sha1) {
  const Status written = read(folder, kBasis, format).write_with(lists_of(objects));
  ASSERT_TRUE(written.ok()) << written.error().message;
}

// Exactly these: every one is known as it is, and none that is like them.
void expect_exactly(const ScannedObjects& set, const Objects& objects) {
  EXPECT_EQ(set.size(), objects.size());
  for (const auto& [id, object] : objects) {
    EXPECT_EQ(set.find(id), object);
    for (const std::size_t at : {std::size_t{0}, std::size_t{1}, id.size() - 1}) {
      std::string other = id;
      ++other[at];
      EXPECT_EQ(set.find(other).has_value(), objects.count(other) == 1);
    }
    EXPECT_FALSE(set.find(id + "x").has_value());
    EXPECT_FALSE(set.find(std::string_view(id).substr(1)).has_value());
  }
}

TEST(ScannedObjects, WithoutAFileNothingIsKnown) {
  const TempFolder folder;
  expect_exactly(read(folder), {});
  EXPECT_FALSE(read(folder).find(std::string(20, '\0')).has_value());
  EXPECT_FALSE(ScannedObjects().find(std::string(20, '\0')).has_value());
  EXPECT_EQ(ScannedObjects().size(), 0U);
}

TEST(ScannedObjects, ExactlyWhatWasAddedIsKnown) {
  RandomText random(1);
  for (const ObjectFormat format : {ObjectFormat::sha1, ObjectFormat::sha256}) {
    for (std::size_t count = 1; count < 3000; count *= 3) {
      const TempFolder folder;
      const Objects objects = random_objects(random, count, format);
      add(folder, objects, format);
      expect_exactly(read(folder, kBasis, format), objects);
    }
  }
}

TEST(ScannedObjects, EachRunAddsToWhatThereWas) {
  const TempFolder folder;
  RandomText random(2);
  Objects all;
  for (int run = 0; run < 8; ++run) {
    Objects fresh = random_objects(random, random.below(200));
    for (const auto& [id, object] : all) {
      if (random.below(4) == 0) fresh[id] = object;  // scanned again
    }
    add(folder, fresh);
    all.merge(fresh);
    expect_exactly(read(folder), all);
  }
}

TEST(ScannedObjects, IdsThatAreNoHashesAreKnownToo) {
  const TempFolder folder;
  Objects objects;
  for (int first : {0, 1, 255}) {
    for (int last = 0; last < 256; ++last) {
      objects[std::string(19, static_cast<char>(first)) + static_cast<char>(last)] = {ObjectType::tree, 7};
    }
  }
  add(folder, objects);
  expect_exactly(read(folder), objects);
}

TEST(ScannedObjects, OfOtherRulesOrAnotherFormatAreNotUsed) {
  const TempFolder folder;
  RandomText random(3);
  add(folder, random_objects(random, 100));
  EXPECT_EQ(read(folder, sha256("other rules")).size(), 0U);
  EXPECT_EQ(read(folder, kBasis, ObjectFormat::sha256).size(), 0U);
  EXPECT_EQ(read(folder).size(), 100U);
}

TEST(ScannedObjects, WrittenForOtherRulesTakeThePlaceOfTheOldOnes) {
  const TempFolder folder;
  RandomText random(4);
  add(folder, random_objects(random, 100));
  const Objects fresh = random_objects(random, 5);
  ASSERT_TRUE(read(folder, sha256("other rules")).write_with(lists_of(fresh)).ok());
  expect_exactly(read(folder, sha256("other rules")), fresh);
  EXPECT_EQ(read(folder).size(), 0U);
}

TEST(ScannedObjects, OfADamagedFileAreNotUsed) {
  const TempFolder folder;
  RandomText random(5);
  add(folder, random_objects(random, 50));
  const std::string whole = folder.read("objects");
  for (std::size_t size = 0; size < whole.size(); size += 13) {
    folder.write("objects", whole.substr(0, size));
    EXPECT_EQ(read(folder).size(), 0U) << size;
    std::string flipped = whole;
    flipped[size] = static_cast<char>(flipped[size] ^ 16);
    folder.write("objects", flipped);
    EXPECT_EQ(read(folder).size(), 0U) << size;
  }
  folder.write("objects", whole);
  EXPECT_EQ(read(folder).size(), 50U);
}

TEST(ScannedObjects, WhenNothingIsAddedTheFileStaysAsItIs) {
  const TempFolder folder;
  ASSERT_TRUE(read(folder).write_with({}).ok());
  EXPECT_FALSE(SealedFile::read(folder.path("objects"), {"anything", kBasis}).has_value());
  RandomText random(6);
  add(folder, random_objects(random, 10));
  folder.write("objects", "damaged");
  ASSERT_TRUE(read(folder).write_with(std::vector<ScannedList>(2)).ok());
  EXPECT_EQ(folder.read("objects"), "damaged");
}

TEST(ScannedObjects, OfTwoRunsAtOnceOneIsKeptWhole) {
  const TempFolder folder;
  RandomText random(7);
  const Objects one = random_objects(random, 500);
  const Objects other = random_objects(random, 700);
  std::thread writer([&] {
    for (int i = 0; i < 30; ++i)
      (void)ScannedObjects::read({folder.path("objects"), sha256("other"), ObjectFormat::sha1}).write_with(lists_of(one));
  });
  for (int i = 0; i < 30; ++i) {
    (void)read(folder).write_with(lists_of(other));
    const std::size_t size = read(folder).size();
    EXPECT_TRUE(size == 0 || size == 700) << size;
  }
  writer.join();
}

TEST(ScannedObjects, SetWithoutAFileTakesWhatIsAddedAndKeepsNothing) {
  ScannedList list;
  list.add(*ObjectId::from_hex(std::string(40, 'a')), {ObjectType::blob, 1});
  const std::vector<ScannedList> added = {list};
  EXPECT_TRUE(ScannedObjects().write_with(added).ok());
  EXPECT_FALSE(ScannedObjects().keeps());
}

}  // namespace
}  // namespace hfscan
