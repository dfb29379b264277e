// A server with a leaked token and a job to rewrite it: what the tests of the stages share.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "base/text.h"
#include "remedy/backup.h"
#include "remedy/collateral.h"
#include "remedy/push.h"
#include "remedy/rewrite.h"
#include "support/random_text.h"
#include "support/scratch_repository.h"
#include "support/stored_objects.h"

namespace hfscan::test {

class RewriteScene {
 public:
  RewriteScene() {
    token = RandomText(7).token();
    job.folder = repository.around().path("incident");
    job.source = server();
    job.threads = 1;
    job.now = 1'800'000'000;
    job.secrets = {leak_of(token)};
    job.rescan = [](const std::string&) -> Result<Leaks> { return Leaks{}; };
  }

  static LeakedSecret leak_of(const std::string& value) {
    LeakedSecret secret;
    secret.id = sha256(value);
    secret.masked = cat("hf_\u2026(", std::to_string(value.size()), ")");
    return secret;
  }

  [[nodiscard]] std::string server() const { return repository.around().path("server.git"); }

  // A bare repository with all refs of the work tree's.
  void publish() const { repository.git({"clone", "-q", "--mirror", repository.path(), server()}); }

  // The stages up to the new history.
  void back_up() {
    ASSERT_TRUE(take_mirror(job).ok());
    const Status bundled = write_bundle(job);
    ASSERT_TRUE(bundled.ok()) << bundled.error().message;
  }

  Survey surveyed() const {
    Result<Survey> result = survey(job, job.mirror());
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().message);
    return std::move(*result);
  }

  // All stages up to the proof.
  RewriteResult rewritten_and_proven() {
    publish();
    return proven();
  }
  RewriteResult proven() {
    back_up();
    const Survey plan = surveyed();
    Result<RewriteResult> result = rewrite(job, plan);
    EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().message);
    if (!result.ok()) return {};
    const Result<Collateral> proof = prove_rewrite(job, plan, *result);
    EXPECT_TRUE(proof.ok()) << (proof.ok() ? "" : proof.error().message);
    EXPECT_TRUE(proof.ok() && proof->holds()) << (proof.ok() ? dump_pretty(to_json(*proof)) : "");
    return std::move(*result);
  }

  // A history with the token in its second commit; the id of the first.
  std::string plant() {
    repository.write("README", "clean");
    const std::string root = repository.commit_all("clean");
    repository.write(".env", cat("T=", token, "\n"));
    repository.commit_all("leak");
    return root;
  }

  // How many objects and refs of a repository hold the token in plain, UTF-16 or UTF-32.
  [[nodiscard]] std::size_t residue(const std::string& git_dir) const {
    std::size_t count = 0;
    const TokenSearch search(known_secrets(job.secrets));
    for (const auto& [id, object] : stored_objects(repository, git_dir)) count += search.holds_any(object.bytes) ? 1U : 0U;
    return count + (search.holds_any(repository.git({"for-each-ref"}, git_dir)) ? 1U : 0U);
  }

  ScratchRepository repository;
  std::string token;
  RewriteJob job;
};

}  // namespace hfscan::test
