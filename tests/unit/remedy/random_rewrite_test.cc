// Random histories: whatever they look like, nothing of the token is left, nothing else changes, and exactly the predicted
// commits get new ids.
#include <gmock/gmock.h>

#include "base/encoding.h"
#include "remedy/clean_bytes.h"
#include "rewrite_scene.h"

namespace hfscan {
namespace {

using test::RandomText;
using test::RewriteScene;

// A history made with `git fast-import`, so that hundreds of commits take no time.
class RandomHistory {
 public:
  RandomHistory(std::uint64_t seed, std::string token) : random_(seed), token_(std::move(token)) {}

  std::string stream() {
    const std::size_t commits = 20 + random_.below(60);
    for (std::size_t i = 1; i <= commits; ++i) add_commit(i);
    for (std::size_t i = 0; i < 1 + random_.below(6); ++i) {
      out_ += cat("reset refs/heads/", name("branch"), std::to_string(i),
                  "\nfrom :", std::to_string(1 + random_.below(commits)), "\n\n");
      out_ += cat("tag ", name("tag"), std::to_string(i), "\nfrom :", std::to_string(1 + random_.below(commits)),
                  "\ntagger A <a@b> ", std::to_string(1'700'000'000 + i), " +0000\n", data(text("tag")));
    }
    return out_;
  }

 private:
  bool leaks() { return random_.below(25) == 0; }
  std::string name(const std::string& stem) { return leaks() ? cat(stem, "-", token_, "-") : stem; }

  std::string text(const std::string& stem) {
    const std::string noise = random_.letters(random_.below(40));
    return leaks() ? cat(stem, noise, token_, random_.letters(random_.below(3)), noise, "\n") : cat(stem, noise, "\n");
  }

  std::string content() {
    if (!leaks()) return random_.bytes(random_.below(300));
    const std::string before = random_.bytes(random_.below(100));
    const std::string after = random_.bytes(random_.below(100));
    switch (random_.below(5)) {
      case 0: return cat(before, test::wide(token_, 2, ByteOrder::little), after);
      case 1: return cat(before, test::wide(token_, 4, ByteOrder::big), token_);
      case 2: return cat(before, test::wide(token_, 2, ByteOrder::big));
      case 3: return cat(token_, token_, before, "hf_", token_, "hf_");
      default: return cat(before, token_, after);
    }
  }

  static std::string data(const std::string& bytes) { return cat("data ", std::to_string(bytes.size()), "\n", bytes, "\n"); }

  void add_commit(std::size_t number) {
    const std::string person = leaks() ? cat("Ann ", token_, " <ann@example.com> ") : std::string("Ann <ann@example.com> ");
    out_ += cat("commit refs/heads/work\nmark :", std::to_string(number), "\nauthor ", person,
                std::to_string(1'600'000'000 + number), " +0530\n");
    out_ += cat("committer Bob <bob@example.com> ", std::to_string(1'600'000'100 + number), " -0800\n", data(text("message ")));
    const bool root = number == 1 || random_.below(15) == 0;
    if (!root) add_parents(number);
    if (root) out_ += "deleteall\n";
    for (std::size_t i = random_.below(4); i > 0; --i) {
      const std::string folder = random_.below(2) == 0 ? "" : cat(name("folder"), std::to_string(random_.below(3)), "/");
      out_ += cat(random_.below(9) == 0 ? "M 120000" : "M 100644", " inline ", folder, name("file"),
                  std::to_string(random_.below(6)), "\n", data(content()));
    }
    out_ += "\n";
  }

  void add_parents(std::size_t number) {
    const std::size_t parent = number - 1 - random_.below(std::min<std::size_t>(number - 1, 6));
    out_ += cat("from :", std::to_string(parent), "\n");
    for (std::size_t i = random_.below(6) == 0 ? 1 + random_.below(3) : 0; i > 0; --i) {
      const std::size_t other = 1 + random_.below(number - 1);
      if (other != parent) out_ += cat("merge :", std::to_string(other), "\n");
    }
  }

  RandomText random_;
  std::string token_;
  std::string out_;
};

class RandomRewrite : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(RandomRewrite, LeavesNoTokenAndChangesNothingElse) {
  RewriteScene scene;
  scene.repository.git({"init", "-q", "--bare", scene.server()});
  test::ProcessOptions options;
  options.folder = scene.server();
  options.input = RandomHistory(GetParam(), scene.token).stream();
  const test::ProcessResult imported =
      test::run_process({"git", "-c", "core.fsync=none", "fast-import", "--quiet", "--force"}, options);
  ASSERT_EQ(imported.exit_code, 0) << imported.err;
  scene.back_up();
  const Survey plan = scene.surveyed();
  if (plan.clean()) GTEST_SKIP() << "no token was planted";
  const Result<RewriteResult> result = rewrite(scene.job, plan);
  ASSERT_TRUE(result.ok()) << result.error().message;
  EXPECT_EQ(result->commits.size(), plan.counts.tainted);
  EXPECT_EQ(scene.residue(scene.job.rewritten()), 0U);
  const Result<Collateral> proof = prove_rewrite(scene.job, plan, *result);
  ASSERT_TRUE(proof.ok()) << proof.error().message;
  EXPECT_TRUE(proof->holds()) << dump_pretty(to_json(*proof));
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomRewrite, ::testing::Range<std::uint64_t>(1, 26));

}  // namespace
}  // namespace hfscan
