#include "git/object_store.h"

#include <git2.h>
#include <gtest/gtest.h>

#include <atomic>
#include <charconv>
#include <filesystem>

#include "support/letter_marks.h"
#include "support/object_collector.h"
#include "support/random_text.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using test::collect;
using test::CollectedObjects;
using test::every_type;
using test::ScratchRepository;
using Objects = std::map<std::string, CollectedObjects::Object>;

ObjectStore open(const std::string& path, const std::vector<std::string>& roots = {"/"}) {
  const auto layout = find_repository(path);
  EXPECT_TRUE(layout.ok() && *layout);
  return ObjectStore::open(**layout, roots, 2);
}

// What `git cat-file --batch` says of every object.
Objects objects_of_git(const ScratchRepository& repository) {
  const std::string out = repository.git({"cat-file", "--batch-all-objects", "--batch", "--unordered"});
  Objects objects;
  for (std::size_t at = 0; at < out.size();) {
    const std::size_t line_end = out.find('\n', at);
    const std::string line = out.substr(at, line_end - at);
    const std::size_t space = line.find(' ');
    const std::size_t second = line.find(' ', space + 1);
    std::size_t size = 0;
    std::from_chars(line.data() + second + 1, line.data() + line.size(), size);
    objects[line.substr(0, space)] = {*object_type_from(line.substr(space + 1, second - space - 1)),
                                      out.substr(line_end + 1, size)};
    at = line_end + 1 + size + 1;
  }
  return objects;
}

// What libgit2 says of every object.
Objects objects_of_libgit2(const std::string& folder) {
  git_libgit2_init();
  git_odb* database = nullptr;
  EXPECT_EQ(git_odb_open(&database, folder.c_str()), 0);
  Objects objects;
  const auto add = [](const git_oid* id, void* payload) -> int {
    auto& [store, list] = *static_cast<std::pair<git_odb*, Objects*>*>(payload);
    git_odb_object* object = nullptr;
    if (git_odb_read(&object, store, id) != 0) return 0;
    const std::string_view raw(reinterpret_cast<const char*>(id->id), 20);
    (*list)[ObjectId::from_raw(raw).hex()] = {
        *object_type_from(git_object_type2string(git_odb_object_type(object))),
        {static_cast<const char*>(git_odb_object_data(object)), git_odb_object_size(object)}};
    git_odb_object_free(object);
    return 0;
  };
  std::pair<git_odb*, Objects*> payload(database, &objects);
  EXPECT_EQ(git_odb_foreach(database, add, &payload), 0);
  git_odb_free(database);
  git_libgit2_shutdown();
  return objects;
}

// Files that change a little from commit to commit, so that their versions become deltas.
void add_history(const ScratchRepository& repository, int commits, unsigned seed) {
  test::RandomText random(seed);
  std::vector<std::string> files(8);
  for (std::string& file : files) {
    for (int line = 0; line < 200; ++line) file += random.letters(40) + "\n";
  }
  for (int i = 0; i < commits; ++i) {
    for (std::size_t f = 0; f < files.size(); ++f) {
      files[f].replace(random.below(files[f].size() - 100), 20, random.letters(1 + random.below(60)));
      repository.write("folder/file" + std::to_string(f), files[f]);
    }
    repository.write("binary" + std::to_string(i), random.bytes(random.below(3000)));
    repository.commit_all("commit " + std::to_string(i));
  }
  repository.git({"tag", "-a", "-m", "a tag", "tag" + std::to_string(seed)});
}

void expect_same(const CollectedObjects& ours, const Objects& theirs) {
  EXPECT_EQ(ours.problems, (std::map<std::string, std::string>{}));
  EXPECT_EQ(ours.repeated, 0);
  EXPECT_EQ(ours.objects.size(), theirs.size());
  EXPECT_TRUE(ours.objects == theirs);
}

std::vector<std::string> packs_of(const ScratchRepository& repository, std::string_view extension) {
  std::vector<std::string> paths;
  for (const auto& file : std::filesystem::directory_iterator(repository.path(".git/objects/pack"))) {
    if (file.path().extension() == extension) paths.push_back(file.path());
  }
  return paths;
}

TEST(ObjectStore, AgreesWithGitAndLibgit2OnLooseAndPackedObjects) {
  const ScratchRepository repository;
  add_history(repository, 30, 1);
  expect_same(collect(open(repository.path()), every_type(2)), objects_of_git(repository));
  repository.git({"gc", "-q", "--aggressive"});
  add_history(repository, 3, 2);
  const Objects expected = objects_of_git(repository);
  expect_same(collect(open(repository.path()), every_type(1)), expected);
  expect_same(collect(open(repository.path()), every_type(4)), expected);
  EXPECT_TRUE(objects_of_libgit2(repository.path(".git/objects")) == expected);
}

TEST(ObjectStore, SingleObjectsAreReadToo) {
  const ScratchRepository repository;
  add_history(repository, 20, 1);
  repository.git({"gc", "-q", "--aggressive"});
  add_history(repository, 1, 2);
  const ObjectStore store = open(repository.path());
  for (const auto& [hex, object] : objects_of_git(repository)) {
    const Result<GitObject> read = store.read(*ObjectId::from_hex(hex));
    ASSERT_TRUE(read.ok()) << hex;
    EXPECT_EQ(read->type, object.type);
    EXPECT_TRUE(read->bytes == object.bytes) << hex;
  }
  EXPECT_EQ(store.read(*ObjectId::from_hex(std::string(40, 'a'))).error().message, "object is missing");
}

TEST(ObjectStore, SeveralPacksOverlapAndEachObjectIsVisitedOnce) {
  const ScratchRepository repository;
  add_history(repository, 10, 1);
  repository.git({"repack", "-q", "-a"});  // the loose objects stay
  add_history(repository, 10, 2);
  repository.git({"repack", "-q"});
  const std::string all = repository.git({"rev-list", "--all", "--objects"});
  add_history(repository, 2, 3);
  repository.git({"repack", "-q", "-a"});
  repository.git({"multi-pack-index", "write"});
  ASSERT_GE(packs_of(repository, ".pack").size(), 2U);
  expect_same(collect(open(repository.path()), every_type(2)), objects_of_git(repository));
}

TEST(ObjectStore, PackWithoutIndexIsIndexedInMemory) {
  for (const char* offsets : {"--delta-base-offset", "--no-delta-base-offset"}) {
    const ScratchRepository repository;
    add_history(repository, 25, 1);
    repository.git(
        {"config", "repack.usedeltabaseoffset", std::string_view(offsets) == "--delta-base-offset" ? "true" : "false"});
    repository.git({"gc", "-q"});
    const Objects expected = objects_of_git(repository);
    for (const std::string& index : packs_of(repository, ".idx")) std::filesystem::remove(index);
    expect_same(collect(open(repository.path()), every_type(2)), expected);
  }
}

TEST(ObjectStore, IndexThatIsCutOrOfAnotherPackIsReplacedInMemory) {
  const ScratchRepository repository;
  add_history(repository, 5, 1);
  repository.git({"gc", "-q"});
  const Objects expected = objects_of_git(repository);
  const std::string index = packs_of(repository, ".idx").at(0);
  const auto size = std::filesystem::file_size(index);
  std::filesystem::permissions(index, std::filesystem::perms::owner_all);
  for (const std::uintmax_t cut : {size - 21, size / 2, std::uintmax_t{1032}, std::uintmax_t{7}, std::uintmax_t{0}}) {
    std::filesystem::resize_file(index, cut);
    expect_same(collect(open(repository.path()), every_type(2)), expected);
  }
}

TEST(ObjectStore, MarksAreThoseOfTheObjectWhereverItLies) {
  const ScratchRepository repository;
  add_history(repository, 40, 1);
  repository.git({"gc", "-q", "--aggressive"});
  add_history(repository, 5, 2);
  repository.git({"repack", "-q"});
  add_history(repository, 2, 3);  // loose
  const std::size_t objects = objects_of_git(repository).size();
  for (const unsigned threads : {1U, 4U}) {
    std::atomic<std::size_t> visited = 0;
    std::atomic<std::size_t> known = 0;
    ObjectVisitor visitor;
    visitor.delta_object = [&](unsigned, const ObjectId& id, ObjectType, const DeltaObject& object) {
      ++visited;
      if (object.base_marks.complete) ++known;
      test::mark_letters(object);
      EXPECT_EQ(object.marks.places, test::letters_in(object.bytes)) << id.hex();
    };
    visitor.problem = [](const Diagnostic& diagnostic) { ADD_FAILURE() << diagnostic.message; };
    open(repository.path()).for_each(every_type(threads), visitor);
    EXPECT_EQ(visited, objects);
    EXPECT_GT(known, 250U);  // the versions of eight files
  }
}

TEST(ObjectStore, OnlyTheTypesAskedForAreVisited) {
  const ScratchRepository repository;
  add_history(repository, 10, 1);
  repository.git({"gc", "-q"});
  add_history(repository, 2, 2);
  Objects expected = objects_of_git(repository);
  std::erase_if(expected, [](const auto& object) { return object.second.type != ObjectType::blob; });
  expect_same(collect(open(repository.path()), {}), expected);
}

TEST(ObjectStore, Sha256RepositoriesAreReadByTheSameCode) {
  const ScratchRepository repository;
  std::filesystem::remove_all(repository.path());
  repository.git({"init", "-q", "-b", "main", "--object-format=sha256", repository.path()}, repository.around().path());
  add_history(repository, 15, 1);
  repository.git({"gc", "-q"});
  add_history(repository, 2, 2);
  const Objects expected = objects_of_git(repository);
  EXPECT_EQ(expected.begin()->first.size(), 64U);
  expect_same(collect(open(repository.path()), every_type(2)), expected);
  for (const std::string& index : packs_of(repository, ".idx")) std::filesystem::remove(index);
  expect_same(collect(open(repository.path()), every_type(2)), expected);
}

TEST(ObjectStore, AlternatesAreReadInsideTheRootAndNamedOutside) {
  const ScratchRepository repository;
  add_history(repository, 3, 1);
  const std::string borrower = repository.around().path("borrower");
  repository.git({"clone", "-q", "--shared", repository.path(), borrower}, repository.around().path());
  const std::string around = std::filesystem::canonical(repository.around().path());
  expect_same(collect(open(borrower, {around}), every_type(1)), objects_of_git(repository));
  const CollectedObjects refused = collect(open(borrower, {around + "/borrower"}), every_type(1));
  EXPECT_TRUE(refused.objects.empty());
  ASSERT_EQ(refused.problems.size(), 1U);
  EXPECT_TRUE(refused.problems.begin()->second.starts_with("objects of an alternate outside the scanned root were not read"));
}

TEST(ObjectStore, LooseObjectsThatArePackedMeanwhileAreStillRead) {
  const ScratchRepository repository;
  add_history(repository, 5, 1);
  const Objects expected = objects_of_git(repository);
  const ObjectStore store = open(repository.path());
  CollectedObjects collected;
  ObjectVisitor visitor;
  visitor.object = [&](unsigned, const ObjectId& id, ObjectType type, std::string_view bytes) {
    if (collected.objects.empty()) repository.git({"gc", "-q"});
    if (!collected.objects.emplace(id.hex(), CollectedObjects::Object{type, std::string(bytes)}).second) ++collected.repeated;
  };
  visitor.problem = [&](const Diagnostic& diagnostic) { collected.problems.emplace(diagnostic.path, diagnostic.message); };
  store.for_each(every_type(1), visitor);
  expect_same(collected, expected);
}

TEST(ObjectStore, DamagedLooseObjectsAreNamedAndTheRestIsRead) {
  const ScratchRepository repository;
  add_history(repository, 3, 1);
  Objects expected = objects_of_git(repository);
  const std::string hex = repository.rev("HEAD:folder/file1");
  const std::string path = repository.path(".git/objects/" + hex.substr(0, 2) + "/" + hex.substr(2));
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2);
  const CollectedObjects collected = collect(open(repository.path()), every_type(2));
  EXPECT_EQ(collected.problems, (std::map<std::string, std::string>{{"object " + hex, "object is truncated"}}));
  EXPECT_EQ(collected.objects.size(), expected.size());
  EXPECT_EQ(expected.at(hex).bytes.substr(0, 100), collected.objects.at(hex).bytes.substr(0, 100));
}

TEST(ObjectStore, LargeObjectsAreStreamed) {
  const ScratchRepository repository;
  const std::string large(3 << 20, 'x');
  repository.write("large", large);
  repository.write("small", "small");
  repository.commit_all();
  for (const bool packed : {false, true}) {
    if (packed) repository.git({"gc", "-q"});
    ObjectWalkOptions options;
    options.limits.object_bytes = 1 << 20;
    EXPECT_EQ(collect(open(repository.path()), options).problems.begin()->second, "object is larger than 1.0 MB");
    std::string streamed;
    ObjectVisitor visitor;
    visitor.object = [](unsigned, const ObjectId&, ObjectType, std::string_view bytes) { EXPECT_EQ(bytes, "small"); };
    visitor.large = [&](unsigned, const ObjectId& id, ObjectType type, Content& content) {
      EXPECT_EQ(id.hex(), repository.rev("HEAD:large"));
      EXPECT_EQ(type, ObjectType::blob);
      std::string buffer(10000, '\0');
      for (auto count = content.read(buffer); count.ok() && *count > 0; count = content.read(buffer))
        streamed.append(buffer, 0, *count);
    };
    visitor.problem = [](const Diagnostic& diagnostic) { ADD_FAILURE() << diagnostic.message; };
    open(repository.path()).for_each(options, visitor);
    EXPECT_TRUE(streamed == large);
  }
}

TEST(ObjectStore, QuarantineOfAPushIsRead) {
  const ScratchRepository repository;
  repository.write("f", "x");
  const std::string commit = repository.commit_all();
  const std::string quarantine = repository.path(".git/objects/tmp_objdir-incoming-a1b2c3");
  std::filesystem::create_directories(quarantine);
  std::filesystem::rename(repository.path(".git/objects/" + commit.substr(0, 2)), quarantine + "/" + commit.substr(0, 2));
  const CollectedObjects found = collect(open(repository.path()), every_type(2));
  EXPECT_TRUE(found.objects.contains(commit));
  EXPECT_EQ(found.objects.size(), 3U);
  EXPECT_TRUE(found.problems.empty());
}

TEST(ObjectStore, HalfOfAPackIsReadAsFarAsItGoes) {
  const ScratchRepository repository;
  for (int i = 0; i < 20; ++i) repository.write(std::to_string(i), test::RandomText(static_cast<std::uint64_t>(i)).bytes(1000));
  repository.commit_all();
  repository.git({"repack", "-adq"});
  const std::string folder = repository.path(".git/objects/pack");
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string path = entry.path();
    if (path.ends_with(".pack"))
      std::filesystem::rename(path, folder + "/tmp_pack_a1b2c3");
    else
      std::filesystem::remove(path);
  }
  std::filesystem::permissions(folder + "/tmp_pack_a1b2c3", std::filesystem::perms::owner_all);
  std::filesystem::resize_file(folder + "/tmp_pack_a1b2c3", 10'000);
  const CollectedObjects found = collect(open(repository.path()), every_type(2));
  EXPECT_GE(found.objects.size(), 8U);
  EXPECT_FALSE(found.problems.empty());
}

}  // namespace
}  // namespace hfscan
