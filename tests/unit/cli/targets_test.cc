#include "cli/targets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "base/file.h"
#include "support/collecting_sink.h"
#include "support/scratch_repository.h"

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Goes back when it dies.
class InFolder {
 public:
  explicit InFolder(const std::string& path) : before_(real_path(".")) { EXPECT_EQ(::chdir(path.c_str()), 0); }
  ~InFolder() { EXPECT_EQ(::chdir(before_.c_str()), 0); }
  InFolder(const InFolder&) = delete;
  InFolder& operator=(const InFolder&) = delete;
  InFolder(InFolder&&) = delete;
  InFolder& operator=(InFolder&&) = delete;

 private:
  std::string before_;
};

// The paths of everything that would be scanned, as a report shows them.
std::vector<std::string> reported(const std::vector<std::string>& typed) {
  Result<Targets> targets = find_targets(typed);
  if (!targets.ok()) return {"error: " + targets.error().message};
  const auto sources = sources_of(std::move(*targets), false);
  test::CollectingSink sink;
  for (const auto& source : sources) EXPECT_TRUE(source->for_each(sink).ok());
  return sink.paths();
}

TEST(TargetsTest, OutsideARepositoryRelativePathsKeepWhatWasTyped) {
  const test::TempFolder temp;
  temp.write("d/e/f.txt", "x");
  const InFolder here(temp.path());
  EXPECT_THAT(reported({"d"}), ElementsAre("d/e/f.txt"));
  EXPECT_THAT(reported({"./d//e/"}), ElementsAre("d/e/f.txt"));
  EXPECT_THAT(reported({"d/e/f.txt"}), ElementsAre("d/e/f.txt"));
  EXPECT_THAT(reported({"."}), ElementsAre("d/e/f.txt"));
}

TEST(TargetsTest, AbsolutePathsAreRelativeToThemselves) {
  const test::TempFolder temp;
  temp.write("d/e/f.txt", "x");
  EXPECT_THAT(reported({temp.path("d")}), ElementsAre("e/f.txt"));
  EXPECT_THAT(reported({temp.path("d/e/f.txt")}), ElementsAre("f.txt"));
}

TEST(TargetsTest, InARepositoryPathsAreRelativeToItsRoot) {
  const test::ScratchRepository repository;
  repository.write("a.txt", "x");
  repository.write("d/b.txt", "x");
  repository.write("d/c.txt", "x");
  EXPECT_THAT(reported({repository.path()}), ElementsAre("a.txt", "d/b.txt", "d/c.txt"));
  EXPECT_THAT(reported({repository.path("d")}), ElementsAre("d/b.txt", "d/c.txt"));
  const InFolder here(repository.path("d"));
  EXPECT_THAT(reported({"."}), ElementsAre("d/b.txt", "d/c.txt"));
  EXPECT_THAT(reported({"b.txt"}), ElementsAre("d/b.txt"));
  EXPECT_THAT(reported({"b.txt", "../a.txt"}), ElementsAre("a.txt", "d/b.txt"));
}

TEST(TargetsTest, WholeRepositorySwallowsItsParts) {
  const test::ScratchRepository repository;
  repository.write("a.txt", "x");
  repository.write("d/b.txt", "x");
  for (const auto& typed :
       {std::vector<std::string>{repository.path(), repository.path("d")}, {repository.path("d"), repository.path()}}) {
    EXPECT_THAT(reported(typed), ElementsAre("a.txt", "d/b.txt"));
  }
}

TEST(TargetsTest, MissingPathIsNamed) {
  const test::TempFolder temp;
  EXPECT_THAT(reported({temp.path("none")})[0], HasSubstr("no such path: '" + temp.path("none") + "'"));
}

TEST(TargetsTest, RootIsThatOfTheFirstTarget) {
  const test::ScratchRepository repository;
  repository.write("d/b.txt", "x");
  const Result<Targets> targets = find_targets({repository.path("d"), repository.around().path()});
  ASSERT_TRUE(targets.ok());
  EXPECT_EQ(targets->root.folder, real_path(repository.path()));
  EXPECT_EQ(targets->root.scanned_folder, "d");
  EXPECT_EQ(targets->root.unused, UnusedEntries::keep_quiet);
}

TEST(AbsolutePath, ResolvesAndIsEmptyForWhatIsNotThere) {
  const test::TempFolder temp;
  temp.write("d/f", "x");
  EXPECT_EQ(real_path(temp.path("d/../d/f")), real_path(temp.path()) + "/d/f");
  EXPECT_EQ(real_path(temp.path("none")), "");
}

}  // namespace
}  // namespace hfscan
