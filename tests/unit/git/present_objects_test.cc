#include "git/present_objects.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/stored_objects.h"

namespace hfscan {
namespace {

using test::ScratchRepository;
using test::stored_objects;

ObjectStore open(const ScratchRepository& repository) {
  return ObjectStore::open(**find_repository(repository.path()), {repository.around().path()}, 1);
}

TEST(PresentObjects, AreThoseOfGitAndNoOthersLooseOrPacked) {
  const ScratchRepository repository;
  for (int i = 0; i < 20; ++i) {
    repository.write("f" + std::to_string(i % 7), std::to_string(i));
    repository.commit_all();
    if (i == 5 || i == 12) repository.git({"repack", "-dq"});
  }
  const ObjectStore store = open(repository);
  const PresentObjects present(store);
  for (const auto& [id, object] : stored_objects(repository)) {
    std::string raw(ObjectId::from_hex(id)->raw());
    EXPECT_TRUE(present.contains(raw)) << id;
    raw.back() = static_cast<char>(raw.back() ^ 1);
    EXPECT_FALSE(present.contains(raw));
  }
}

TEST(PresentObjects, AlternatesCount) {
  const ScratchRepository repository;
  repository.commit_all();
  repository.write("shared/x", "");
  std::filesystem::rename(repository.path(".git/objects"), repository.path("shared/objects"));
  repository.write(".git/objects/info/alternates", "../../shared/objects\n");
  const ObjectStore store = open(repository);
  EXPECT_TRUE(PresentObjects(store).contains(ObjectId::from_hex(repository.rev("HEAD"))->raw()));
}

TEST(LooseIds, FilesThatAreNoObjectsAreLeftOutAndTheOrderIsThatOfIds) {
  const ScratchRepository repository;
  for (int i = 0; i < 30; ++i) repository.write(std::to_string(i), std::to_string(i));
  repository.git({"add", "-A"});
  repository.write(".git/objects/ab/tmp_obj_123456", "");
  repository.write(".git/objects/abc/" + std::string(38, 'a'), "");
  repository.write(".git/objects/zz/" + std::string(38, 'a'), "");
  const std::vector<ObjectId> ids = loose_ids(repository.path(".git/objects"), ObjectFormat::sha1);
  EXPECT_EQ(ids.size(), 30U);
  EXPECT_TRUE(std::is_sorted(ids.begin(), ids.end(), [](const ObjectId& a, const ObjectId& b) { return a.raw() < b.raw(); }));
}

}  // namespace
}  // namespace hfscan
