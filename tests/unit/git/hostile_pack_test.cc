// Packs that lie. Each also holds a good blob, which has to be found whatever stands beside it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "git/object_hash.h"
#include "git/object_store.h"
#include "support/object_collector.h"
#include "support/pack_writer.h"
#include "support/random_text.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::collect;
using test::CollectedObjects;
using test::delta_copy;
using test::delta_insert;
using test::delta_sizes;
using test::every_type;
using test::invented_id;
using test::PackWriter;
using test::zlib_stream;

constexpr std::string_view kGood = "hello world";
constexpr std::uint32_t kMostCopied = 0xFFFFFF;

std::string name_of(const ObjectId& id) { return "object " + id.hex(); }
ObjectId id_of(std::string_view blob) { return hash_object(ObjectType::blob, blob, ObjectFormat::sha1); }

enum class WithIndex { yes, no };

class HostilePack : public testing::Test {
 protected:
  HostilePack() {
    folder_.write(".git/HEAD", "ref: refs/heads/main\n");
    good_ = pack_.add_blob(kGood);
  }

  [[nodiscard]] ObjectStore open() const { return ObjectStore::open(**find_repository(folder_.path()), {"/"}, 2); }

  CollectedObjects read(WithIndex with_index = WithIndex::yes, ObjectWalkOptions options = every_type(2)) const {
    folder_.write(".git/objects/pack/pack-1.pack", pack_.pack());
    if (with_index == WithIndex::yes) folder_.write(".git/objects/pack/pack-1.idx", pack_.index());
    CollectedObjects collected = collect(open(), options);
    EXPECT_EQ(collected.objects[id_of(kGood).hex()].bytes, kGood);
    return collected;
  }

  // The one problem there is.
  std::string only_problem(const ObjectId& id) const {
    const CollectedObjects collected = read();
    EXPECT_EQ(collected.problems.size(), 1U);
    EXPECT_FALSE(open().read(id).ok());
    const auto found = collected.problems.find(name_of(id));
    return found == collected.problems.end() ? "not named" : found->second;
  }

  std::string problem_of_delta(std::string_view delta) {
    const ObjectId id = invented_id("delta");
    pack_.add_offset_delta(id, pack_.next_offset() - good_, delta);
    return only_problem(id);
  }

  test::TempFolder folder_;
  PackWriter pack_;
  std::uint64_t good_ = 0;
  const ObjectId a_ = invented_id("a");
  const ObjectId b_ = invented_id("b");
};

TEST_F(HostilePack, DeltasAgainstEachOtherAreACycle) {
  const std::string delta = delta_sizes(10, 10) + delta_copy(0, 10);
  pack_.add_reference_delta(a_, b_, delta);
  pack_.add_reference_delta(b_, a_, delta);
  const CollectedObjects collected = read();
  EXPECT_EQ(collected.problems.size(), 2U);
  EXPECT_EQ(collected.problems.at(name_of(a_)), "its delta bases form a cycle");
  EXPECT_EQ(open().read(a_).error().message, "delta chain is too long");
}

TEST_F(HostilePack, DeltaAgainstItselfIsACycle) {
  pack_.add_reference_delta(a_, a_, delta_sizes(10, 10) + delta_copy(0, 10));
  EXPECT_EQ(only_problem(a_), "its delta bases form a cycle");
}

TEST_F(HostilePack, BaseBeforeThePackOrTheEntryItselfIsDamage) {
  pack_.add_offset_delta(a_, 9999, delta_sizes(11, 1) + delta_copy(0, 1));
  pack_.add_offset_delta(b_, 0, delta_sizes(11, 1) + delta_copy(0, 1));
  const CollectedObjects collected = read();
  EXPECT_EQ(collected.problems.at(name_of(a_)), "pack entry is damaged");
  EXPECT_EQ(collected.problems.at(name_of(b_)), "pack entry is damaged");
}

TEST_F(HostilePack, BaseThatIsNoEntryIsDamage) {
  pack_.add_offset_delta(a_, pack_.next_offset() - good_ - 1, delta_sizes(11, 1) + delta_copy(0, 1));
  EXPECT_EQ(only_problem(a_), "its delta base is no object");
}

TEST_F(HostilePack, MissingBaseNamesEveryObjectAboveIt) {
  const std::uint64_t first = pack_.add_reference_delta(a_, invented_id("gone"), delta_sizes(11, 1) + delta_copy(0, 1));
  pack_.add_offset_delta(b_, pack_.next_offset() - first, delta_sizes(1, 1) + delta_copy(0, 1));
  const CollectedObjects collected = read();
  EXPECT_EQ(collected.problems.at(name_of(a_)), "its delta base is missing");
  EXPECT_EQ(collected.problems.at(name_of(b_)), "its delta base cannot be read");
}

TEST_F(HostilePack, BaseInAnotherPackIsFound) {
  pack_.add_reference_delta(a_, id_of("the base"), delta_sizes(8, 4) + delta_copy(4, 4));
  PackWriter other;
  other.add_blob("the base");
  folder_.write(".git/objects/pack/pack-2.pack", other.pack());
  folder_.write(".git/objects/pack/pack-2.idx", other.index());
  const CollectedObjects collected = read();
  EXPECT_TRUE(collected.problems.empty());
  EXPECT_EQ(collected.objects.at(a_.hex()).bytes, "base");
}

TEST_F(HostilePack, DamagedDeltasAreNamed) {
  EXPECT_EQ(problem_of_delta(delta_sizes(99, 11) + delta_copy(0, 11)), "delta does not fit its base");
}
TEST_F(HostilePack, CopyBesideTheBaseIsNamed) {
  EXPECT_EQ(problem_of_delta(delta_sizes(11, 0xFFFF) + delta_copy(5, 0xFFFF)), "delta does not fit its base");
}
TEST_F(HostilePack, ReservedInstructionIsNamed) {
  EXPECT_EQ(problem_of_delta(delta_sizes(11, 1) + std::string(1, '\0')), "delta is damaged");
}
TEST_F(HostilePack, CutCopyIsNamed) { EXPECT_EQ(problem_of_delta(delta_sizes(11, 1) + "\xFF"), "delta does not fit its base"); }
TEST_F(HostilePack, EndlessSizeIsNamed) { EXPECT_EQ(problem_of_delta(std::string(12, '\xFF') + "\x01"), "delta is damaged"); }

TEST_F(HostilePack, DeltaBombTakesNoMemory) {
  const std::uint64_t base = pack_.add_blob(std::string(kMostCopied, '\0'));
  std::string delta = delta_sizes(kMostCopied, std::uint64_t{300} * kMostCopied);
  for (int i = 0; i < 300; ++i) delta += delta_copy(0, kMostCopied);
  pack_.add_offset_delta(a_, pack_.next_offset() - base, delta);
  EXPECT_EQ(only_problem(a_), "object is larger than 268.4 MB");
}

TEST_F(HostilePack, HugeClaimTakesNoMemory) {
  pack_.add(PackEntryKind::blob, a_, std::uint64_t{100} << 30U, zlib_stream("hi"));
  EXPECT_EQ(only_problem(a_), "object is shorter than its header says");
}

TEST_F(HostilePack, BytesBeforeTheDamageAreStillVisited) {
  pack_.add(PackEntryKind::blob, a_, 100, zlib_stream("short"));
  pack_.add(PackEntryKind::blob, b_, 2, zlib_stream("too long"));
  const CollectedObjects collected = read();
  EXPECT_EQ(collected.problems.at(name_of(a_)), "object is shorter than its header says");
  EXPECT_EQ(collected.problems.at(name_of(b_)), "object is longer than its header says");
  EXPECT_EQ(collected.objects.at(a_.hex()).bytes, "short");
  EXPECT_EQ(collected.objects.at(b_.hex()).bytes, "to");
}

TEST_F(HostilePack, StreamThatIsCutIsNamed) {
  test::RandomText random(1);
  pack_.add(PackEntryKind::blob, a_, 10000, zlib_stream(random.bytes(10000)).substr(0, 200));
  EXPECT_EQ(only_problem(a_), "zlib stream is damaged");
}

TEST_F(HostilePack, UnknownKindIsNamed) {
  pack_.add(static_cast<PackEntryKind>(5), a_, 2, zlib_stream("hi"));
  EXPECT_EQ(only_problem(a_), "pack entry is damaged");
}

TEST_F(HostilePack, LongChainEndsWhereItsBoundIs) {
  std::uint64_t before = good_;
  const std::string delta = delta_sizes(11, 11) + delta_copy(0, 11);
  for (int i = 0; i < 10100; ++i) {
    const std::uint64_t next = pack_.next_offset();
    pack_.add_offset_delta(invented_id(std::to_string(i)), next - before, delta);
    before = next;
  }
  const CollectedObjects collected = read();
  EXPECT_EQ(collected.problems.size(), 100U);
  EXPECT_EQ(collected.objects.size(), 10001U);
  EXPECT_EQ(collected.problems.at(name_of(invented_id("10000"))), "its delta chain is too long");
  EXPECT_EQ(collected.problems.at(name_of(invented_id("10099"))), "its delta base cannot be read");
}

TEST_F(HostilePack, ExpandingBeyondTheWholeBudgetEndsTheWalk) {
  const std::uint64_t base = pack_.add_blob(std::string(1 << 20, 'x'));
  for (int i = 0; i < 100; ++i) {
    pack_.add_offset_delta(invented_id(std::to_string(i)), pack_.next_offset() - base,
                           delta_sizes(1 << 20, 1 << 20) + delta_copy(0, 1 << 20));
  }
  ObjectWalkOptions options = every_type(2);
  options.limits.total_bytes = 10 << 20;
  const CollectedObjects collected = read(WithIndex::yes, options);
  EXPECT_LT(collected.objects.size(), 12U);
  EXPECT_EQ(collected.problems.at(".git/objects/pack/pack-1.pack"),
            "objects expand to more than 10.5 MB; the rest was not read");
}

TEST_F(HostilePack, BasesThatWaitAreWithinTheBudgetWhateverTheThreads) {
  // A comb: every tooth has a leaf, so that all the bases wait at once.
  std::uint64_t base = pack_.add_blob(std::string(1 << 20, 'x'));
  const std::string delta = delta_sizes(1 << 20, 1 << 20) + delta_copy(0, 1 << 20);
  for (int level = 0; level < 5; ++level) {
    const std::uint64_t next = pack_.next_offset();
    pack_.add_offset_delta(invented_id("node" + std::to_string(level)), next - base, delta);
    pack_.add_offset_delta(invented_id("leaf" + std::to_string(level)), pack_.next_offset() - base, delta);
    base = next;
  }
  ObjectWalkOptions options = every_type(1);
  options.limits.live_bytes = (2 << 20) + 1000;
  const CollectedObjects one = read(WithIndex::yes, options);
  EXPECT_TRUE(one.problems.empty());  // the heaviest child comes last, so two buffers are enough
  options.limits.live_bytes = (2 << 20) - 1;
  const CollectedObjects less = read(WithIndex::yes, options);
  EXPECT_EQ(less.problems.size(), 10U);
  options.threads = 4;
  EXPECT_EQ(read(WithIndex::yes, options).problems, less.problems);
}

TEST_F(HostilePack, ObjectThatTheIndexLeavesOutIsNoticed) {
  pack_.add_raw(std::string(1, '\x32') + zlib_stream("hi"));
  const CollectedObjects collected = read();
  ASSERT_EQ(collected.problems.size(), 1U);
  EXPECT_EQ(collected.problems.begin()->second, "bytes behind the object at offset 12 belong to no object of the index");
}

TEST_F(HostilePack, IndexThatPointsOutsideIsReplaced) {
  pack_.add_blob("second");
  std::string index = pack_.index();
  index.replace(8 + 1024 + 2 * 24, 4, "\x7F\xFF\xFF\x00", 4);
  folder_.write(".git/objects/pack/pack-1.pack", pack_.pack());
  folder_.write(".git/objects/pack/pack-1.idx", index);
  const CollectedObjects collected = collect(open(), every_type(1));
  EXPECT_TRUE(collected.problems.empty());
  EXPECT_EQ(collected.objects.size(), 2U);
}

TEST_F(HostilePack, WithoutIndexEverythingBeforeTheDamageIsRead) {
  pack_.add(PackEntryKind::blob, a_, 10000, zlib_stream("short"));
  pack_.add_blob("behind it");
  const CollectedObjects collected = read(WithIndex::no);
  EXPECT_EQ(collected.objects.size(), 1U);
  EXPECT_EQ(collected.problems.at(".git/objects/pack/pack-1.pack"),
            "without an index, objects from offset 32 on cannot be found: object is shorter than its header says");
}

TEST_F(HostilePack, PackThatIsCutNamesWhatIsGone) {
  pack_.add_blob("second");
  pack_.add_blob("third");
  folder_.write(".git/objects/pack/pack-1.idx", pack_.index());
  folder_.write(".git/objects/pack/pack-1.pack", pack_.pack().substr(0, 12 + 20 + 20 + 5));
  const CollectedObjects collected = collect(open(), every_type(2));
  EXPECT_EQ(collected.objects.at(id_of(kGood).hex()).bytes, kGood);
  EXPECT_TRUE(collected.problems.contains(name_of(id_of("second"))));
  EXPECT_TRUE(collected.problems.contains(name_of(id_of("third"))));
}

TEST_F(HostilePack, DamagedCopyIsReadFromTheOtherPack) {
  pack_.add(PackEntryKind::blob, id_of("twice"), 5, "no stream at all");
  PackWriter other;
  other.add_blob("twice");
  folder_.write(".git/objects/pack/pack-2.pack", other.pack());
  folder_.write(".git/objects/pack/pack-2.idx", other.index());
  const CollectedObjects collected = read();
  EXPECT_TRUE(collected.problems.empty());
  EXPECT_EQ(collected.objects.at(id_of("twice").hex()).bytes, "twice");
  EXPECT_EQ(collected.repeated, 0);
  EXPECT_EQ(open().read(id_of("twice"))->bytes, "twice");
}

TEST_F(HostilePack, FilesThatAreNoPacksAreNamed) {
  folder_.write(".git/objects/pack/pack-2.pack", "nonsense");
  folder_.write(".git/objects/pack/pack-3.pack", "");
  folder_.write(".git/objects/pack/pack-4.pack/folder", "");
  const CollectedObjects collected = read();
  EXPECT_EQ(collected.problems.size(), 3U);
  EXPECT_EQ(collected.problems.at(".git/objects/pack/pack-2.pack"), "not a pack file");
}

// A repository whose objects are all in one pack, of which one file is changed again and again.
class MutatedFile : public testing::TestWithParam<const char*> {
 protected:
  MutatedFile() {
    std::string text = random_.letters(3000);
    for (int i = 0; i < 12; ++i) {
      text.replace(random_.below(2900), 10, random_.letters(12));
      repository_.write("file", text);
      repository_.write("new" + std::to_string(i), random_.letters(200));
      repository_.commit_all();
    }
    repository_.git({"gc", "-q", "--aggressive"});
    for (const auto& file : std::filesystem::directory_iterator(repository_.path(".git/objects/pack"))) {
      std::filesystem::permissions(file.path(), std::filesystem::perms::owner_all);
      if (file.path().extension() == GetParam()) name_ = ".git/objects/pack/" + file.path().filename().string();
    }
  }

  [[nodiscard]] CollectedObjects read() const {
    return collect(ObjectStore::open(**find_repository(repository_.path()), {"/"}, 2), every_type(2));
  }

  std::string mutated(std::string bytes) {
    const std::size_t at = random_.below(bytes.size() - 20);
    const std::size_t size = 1 + random_.below(16);
    switch (random_.below(4)) {
      case 0: bytes[at] = static_cast<char>(bytes[at] ^ (1 << random_.below(8))); break;
      case 1: bytes.resize(at); break;
      case 2: bytes.replace(at, size, size, '\0'); break;
      default: bytes.replace(at, size, random_.bytes(size)); break;
    }
    return bytes;
  }

  const test::ScratchRepository repository_;
  test::RandomText random_{11};
  std::string name_;
};

// Damage is never silent, never hangs and never crashes. Only a changed id, or a header that says "tree" for "blob", passes
// unnoticed, for nothing is hashed; the bytes are visited all the same.
TEST_P(MutatedFile, WhatIsNotVisitedIsNamed) {
  const CollectedObjects good = read();
  const std::string original = repository_.around().read("repo/" + name_);
  for (int i = 0; i < 300; ++i) {
    repository_.write(name_, mutated(original));
    const CollectedObjects changed = read();
    std::set<std::string> visited;
    for (const auto& [id, object] : changed.objects) visited.insert(object.bytes);
    const bool file_named = std::any_of(changed.problems.begin(), changed.problems.end(),
                                        [](const auto& problem) { return !problem.first.starts_with("object "); });
    for (const auto& [id, object] : good.objects) {
      const bool named = file_named || changed.problems.contains("object " + id);
      EXPECT_TRUE(named || visited.contains(object.bytes)) << i << ": " << id;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Pack, MutatedFile, testing::Values(".pack", ".idx"));

}  // namespace
}  // namespace hfscan
