#include "history/object_scan.h"

#include <filesystem>

#include "support/stored_objects.h"
#include "unit/history/scanned_history.h"

namespace hfscan {
namespace {

using test::leak;
using test::ScratchRepository;
using test::token;
using Names = std::vector<std::string>;

ObjectScanResult scan(const ScratchRepository& repository, unsigned threads = 2, HistoryProgress* progress = nullptr) {
  static const std::vector<const Rule*> rules = *test::builtin_rule_set().select({"HF1"}, "default");
  const ObjectStore store = ObjectStore::open(**find_repository(repository.path()), {"/"}, 1);
  ObjectScanOptions options{rules, {}, {}, threads};
  options.progress = progress;
  return scan_objects(store, options);
}

Names ids(const std::vector<ObjectHit>& hits) {
  Names result;
  for (const ObjectHit& hit : hits) result.push_back(hit.id.hex());
  return result;
}

// Of a type, with a token somewhere in their bytes; sorted.
Names with_tokens(const ScratchRepository& repository, const std::string& type) {
  Names result;
  for (const auto& [id, object] : test::stored_objects(repository)) {
    bool has = false;
    for (std::uint64_t i = 0; i < 30; ++i) has = has || object.bytes.find(token(i)) != std::string::npos;
    if (has && object.type == type) result.push_back(id);
  }
  return result;
}

TEST(ObjectScan, HitsAreTheObjectsThatHoldTokensLooseOrPacked) {
  const ScratchRepository repository;
  for (std::uint64_t i = 0; i < 24; ++i) {
    repository.write("f" + std::to_string(i % 5),
                     std::string(100 * (i % 7), 'x') + "\n" + (i % 3 == 0 ? leak(i) : "harmless\n"));
    repository.commit_all(i % 4 == 0 ? "message with " + token(i) : "message");
    if (i % 6 == 0) repository.git({"tag", "-a", "-m", token(i), "v" + std::to_string(i)});
    if (i == 15) repository.git({"repack", "-adq"});
  }
  for (const char* layout : {"as it is", "packed"}) {
    SCOPED_TRACE(layout);
    const ObjectScanResult result = scan(repository);
    EXPECT_EQ(ids(result.blobs), with_tokens(repository, "blob"));
    EXPECT_EQ(ids(result.commits), with_tokens(repository, "commit"));
    EXPECT_EQ(ids(result.tags), with_tokens(repository, "tag"));
    EXPECT_EQ(result.counts.objects, test::stored_objects(repository).size());
    EXPECT_TRUE(result.missing.empty());
    EXPECT_TRUE(result.diagnostics.empty());
    repository.git({"repack", "-adq"});
  }
}

TEST(ObjectScan, SecretsOfAHitAreNamedOnceEach) {
  const ScratchRepository repository;
  repository.write("f", leak(1) + leak(2) + leak(1));
  repository.commit_all();
  const ObjectScanResult result = scan(repository);
  ASSERT_EQ(result.blobs.size(), 1U);
  std::vector<SecretIdentity> expected = {sha256(token(1)), sha256(token(2))};
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(result.blobs[0].secrets, expected);
}

TEST(ObjectScan, NamesAreFoundInFilesFoldersAndSubmodules) {
  const ScratchRepository repository;
  repository.write(token(1) + ".txt", "x");
  repository.write("a/" + token(2) + "/f", "x");
  repository.commit_all();
  repository.git({"update-index", "--add", "--cacheinfo", "160000," + repository.rev("HEAD") + "," + token(3)});
  repository.git({"commit", "-q", "-m", "x"});
  Names names;
  for (const NameHit& hit : scan(repository).names) names.push_back(hit.name);
  Names expected = {token(1) + ".txt", token(2), token(3)};
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(names, expected);
}

TEST(ObjectScan, MissingObjectsAreThoseThatTreesAndCommitsNameOnceEach) {
  const ScratchRepository repository;
  repository.write("a/f", "x");
  repository.write("b/f", "x");
  repository.write("g", "y");
  repository.commit_all();
  Names lost = {repository.rev("HEAD:a/f"), repository.rev("HEAD:g")};
  std::sort(lost.begin(), lost.end());
  for (const std::string& id : lost) std::filesystem::remove(test::loose_path(repository, id));
  Names missing;
  for (const ObjectId& id : scan(repository).missing) missing.push_back(id.hex());
  EXPECT_EQ(missing, lost);
}

TEST(ObjectScan, ProgressCountsEveryObjectAndByte) {
  const ScratchRepository repository;
  repository.write("f", "some text");
  repository.commit_all();
  HistoryProgress progress;
  const ObjectScanResult result = scan(repository, 3, &progress);
  EXPECT_EQ(progress.objects, 3U);
  EXPECT_EQ(progress.bytes, result.counts.bytes);
}

}  // namespace
}  // namespace hfscan
