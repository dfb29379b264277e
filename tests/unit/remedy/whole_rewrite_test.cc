// The whole way on a server that has the token wherever git can hold one, with the real scanner, a checker that knows nothing
// of hfscan, and a colleague who pushes in between.
#include <gmock/gmock.h>

#include "base/encoding.h"
#include "base/json.h"
#include "remedy/clean_bytes.h"
#include "remedy/preflight.h"
#include "remedy/remote_check.h"
#include "rewrite_scene.h"

namespace hfscan {
namespace {

using test::ProcessResult;
using test::run_process;
using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* kFixture = HFSCAN_SOURCE_DIR "/tests/e2e/rewrite_fixture.py";

Result<Leaks> scanned(const std::string& git_dir) {
  const ProcessResult result = run_process({HFSCAN_BINARY, "history", "-f", "json"}, {git_dir, {}, {}});
  return read_leaks(result.out, "report");
}

class WholeRewrite : public ::testing::Test {
 protected:
  void SetUp() override {
    const ProcessResult made = run_process({"python3", kFixture, "make", temp.path("scene")});
    ASSERT_EQ(made.exit_code, 0) << made.err;
    facts = *parse_json(made.out, "facts");
    job.folder = temp.path("incident");
    job.source = server;
    job.now = 1'800'000'000;
    job.rescan = scanned;
    const Result<Leaks> leaks = scanned(server);
    ASSERT_TRUE(leaks.ok()) << leaks.error().message;
    ASSERT_THAT(leaks->secrets, SizeIs(1));
    ASSERT_EQ(to_hex(leaks->secrets[0].id), facts["sha256"].get<std::string>());
    job.secrets = leaks->secrets;
    job.find_dressed = [this](std::string_view bytes, std::string_view) { return dressed(bytes); };
  }

  // Base64 in long words, and a literal in two halves.
  [[nodiscard]] std::vector<DressedSpan> dressed(std::string_view bytes) const {
    std::vector<DressedSpan> spans;
    const TokenSearch search(known_secrets(job.secrets));
    for (std::size_t begin = 0, end = 0; begin < bytes.size(); begin = end + 1) {
      for (end = begin; end < bytes.size() && base64_value(bytes[end]) >= 0;) ++end;
      if (base64_edited(bytes.substr(begin, end - begin), search)) spans.push_back({{begin, end}, job.secrets[0].id});
    }
    const std::size_t split = bytes.find("\" \\\n    \"");
    if (split != std::string_view::npos && split >= 23) {
      const std::string joined = cat(bytes.substr(split - 23, 23), bytes.substr(split + 9, 14));
      if (sha256(joined) == job.secrets[0].id) spans.push_back({{split - 23, split + 23}, job.secrets[0].id});
    }
    return spans;
  }

  std::string git(std::vector<std::string> arguments, const std::string& folder) const {
    arguments.insert(arguments.begin(), {"git", "-c", "user.name=Bob", "-c", "user.email=bob@example.com"});
    const ProcessResult result = run_process(arguments, {folder, {{"HOME", temp.path("scene/home")}}, {}});
    EXPECT_EQ(result.exit_code, 0) << arguments.at(5) << result.err;
    return result.out;
  }

  RewriteResult prepared() {
    EXPECT_TRUE(take_mirror(job).ok());
    EXPECT_TRUE(write_bundle(job).ok());
    const Result<Survey> plan = survey(job, job.mirror());
    EXPECT_TRUE(plan.ok());
    const Preflight preflight = check_history(job, *plan);
    EXPECT_TRUE(preflight.passed()) << dump_pretty(to_json(preflight));
    Result<RewriteResult> result = rewrite(job, *plan);
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().message);
    if (!result.ok()) return {};
    EXPECT_EQ(result->commits.size(), plan->counts.tainted);
    const Result<Collateral> proof = prove_rewrite(job, *plan, *result);
    EXPECT_TRUE(proof.ok() && proof->holds()) << (proof.ok() ? dump_pretty(to_json(*proof)) : proof.error().message);
    return std::move(*result);
  }

  [[nodiscard]] std::string residue(const std::string& git_dir) const {
    return run_process({"python3", kFixture, "check", git_dir}).out;
  }

  test::TempFolder temp;
  std::string server = temp.path("scene/server.git");
  RewriteJob job;
  Json facts;
};

TEST_F(WholeRewrite, EndsWithoutTheTokenAndWithEverythingElse) {
  ASSERT_NE(residue(server), "");
  const RewriteResult result = prepared();
  EXPECT_EQ(residue(job.rewritten()), "");
  const Result<PushReport> pushed = push_all(job, result);
  ASSERT_TRUE(pushed.ok()) << pushed.error().message;
  EXPECT_EQ(pushed->outcome, PushOutcome::done) << pushed->advice << ::testing::PrintToString(pushed->rejected);
  const Result<RemoteCheck> remote = check_remote(job, result);
  ASSERT_TRUE(remote.ok()) << remote.error().message;
  EXPECT_TRUE(remote->pushed_and_clean()) << dump_pretty(to_json(*remote));
  EXPECT_EQ(remote->host_refs, std::vector<std::string>{"refs/pull/7/head"});
  // The host does its part.
  git({"update-ref", "-d", "refs/pull/7/head"}, server);
  git({"gc", "-q", "--prune=now"}, server);
  EXPECT_EQ(residue(server), "");
  EXPECT_TRUE(check_remote(job, result)->residue_gone());
  EXPECT_EQ(git({"fsck", "--full", "--no-dangling"}, server), "");
}

TEST_F(WholeRewrite, KeepsOlderCommitsWithTheirSignatures) {
  const RewriteResult result = prepared();
  const std::string now = git({"rev-list", "--all"}, job.rewritten());
  for (const Json& id : facts["kept"]) {
    EXPECT_NE(now.find(id.get<std::string>()), std::string::npos);
    EXPECT_FALSE(result.commits.contains(*ObjectId::from_hex(id.get<std::string>())));
  }
  const std::string signers = cat("gpg.ssh.allowedSignersFile=", temp.path("scene/home/signers"));
  for (std::size_t i = 1; i < facts["kept"].size(); ++i)
    git({"-c", signers, "verify-commit", facts["kept"][i].get<std::string>()}, job.rewritten());
  git({"-c", signers, "verify-tag", "v0"}, job.rewritten());
}

TEST_F(WholeRewrite, NeighboursOfADressedTokenSurvive) {
  prepared();
  const std::string replacement = replacement_of(*job.secrets[0].known());
  for (int skipped = 0; skipped < 3; ++skipped) {
    const std::string text = git({"show", cat("main:b64-", std::to_string(skipped), ".txt")}, job.rewritten());
    const std::string decoded = base64_decode_lenient(std::string_view(text).substr(4));
    EXPECT_EQ(decoded, cat(std::string(static_cast<std::size_t>(skipped), 'x'), replacement, " tail"));
  }
  EXPECT_EQ(git({"show", "main:split.py"}, job.rewritten()).substr(0, 28), cat("x = \"", replacement.substr(0, 23)));
  EXPECT_EQ(git({"log", "--format=%e", "--grep=caf", "main"}, job.rewritten()), "ISO-8859-1\n");
  const std::string notes = git({"notes", "list"}, job.rewritten());
  EXPECT_NE(notes.find(trim(git({"rev-parse", "main"}, job.rewritten()))), std::string::npos);
}

TEST_F(WholeRewrite, ColleagueWhoPushesInBetweenLosesNothing) {
  const RewriteResult result = prepared();
  const std::string theirs = temp.path("theirs");
  git({"clone", "-q", server, theirs}, temp.path());
  git({"commit", "-q", "--allow-empty", "-m", "their work"}, theirs);
  git({"push", "-q", "origin", "main"}, theirs);
  const std::string before = git({"for-each-ref"}, server);
  EXPECT_EQ(push_all(job, result)->outcome, PushOutcome::moved);
  EXPECT_EQ(git({"for-each-ref"}, server), before);
  ASSERT_TRUE(drop_stale(job).ok());
  const RewriteResult again = prepared();
  EXPECT_EQ(push_all(job, again)->outcome, PushOutcome::done);
  EXPECT_EQ(git({"log", "-1", "--format=%s %an", "main"}, server), "their work Bob\n");
}

}  // namespace
}  // namespace hfscan
