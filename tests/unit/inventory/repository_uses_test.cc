// The walk over a tree, and how tokens and names become places.
#include "inventory/repository_uses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mask.h"
#include "base/text.h"
#include "support/temp_folder.h"
#include "unit/inventory/project.h"

namespace hfscan {
namespace {

using test::builtin_rules;
using test::fixture_token;
using test::ScratchRepository;
using test::TempFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kLeaked = fixture_token("leak");
const std::string kOther = fixture_token("othr");

RepositoryUses uses_of(const std::string& root, std::vector<Finding> findings = {}, const RotationPolicy* policy = nullptr) {
  const std::vector<const Rule*> rules = builtin_rules().all();
  Result<RepositoryUses> uses = find_repository_uses({root, rules, {sha256(kLeaked)}, findings, policy});
  EXPECT_TRUE(uses.ok());
  return std::move(*uses);
}

std::vector<std::string> rows_of(const RepositoryUses& uses) {
  std::vector<std::string> rows;
  for (const UsePlace& place : uses.places)
    rows.push_back(cat(place.kind, " ", place.path, ":", std::to_string(place.line), " ", to_string(place.holds)));
  return rows;
}

TEST(RepositoryUses, IgnoredFilesThatKeepTokensCountAndOthersDoNot) {
  const ScratchRepository repository;
  repository.write(".gitignore", ".env\nbuild/\nnode_modules/\n");
  repository.write(".env", "HF_TOKEN=" + kLeaked + "\n");
  repository.write("build/generated.py", "t = os.environ['HF_TOKEN']\n");
  repository.write("node_modules/x/index.js", "process.env.HF_TOKEN\n");
  repository.write("build/prod.tfvars", "hf_token = \"" + kLeaked + "\"\n");
  EXPECT_THAT(rows_of(uses_of(repository.path())),
              ElementsAre("dotenv .env:1 yes", "literal build/prod.tfvars:1 yes", "terraform build/prod.tfvars:1 unknown"));
}

TEST(RepositoryUses, PlainFolderIsWalkedToo) {
  const TempFolder folder;
  folder.write("a/.env", "HF_TOKEN=" + kOther + "\n");
  EXPECT_THAT(rows_of(uses_of(folder.path())), ElementsAre("dotenv a/.env:1 no"));
}

TEST(RepositoryUses, TokenBelongsToTheLineItStandsOn) {
  const ScratchRepository repository;
  repository.write(".env", "HF_TOKEN_DEV=" + kOther + "\nHF_TOKEN_PROD=" + kLeaked + "\nX=" + kLeaked + "\n");
  const RepositoryUses uses = uses_of(repository.path());
  EXPECT_THAT(rows_of(uses), ElementsAre("dotenv .env:1 no", "dotenv .env:2 yes", "dotenv .env:3 yes"));
  EXPECT_THAT(uses.places[0].secret_ids, ElementsAre(to_hex(sha256(kOther)).substr(0, kShownDigits)));
  EXPECT_EQ(uses.places[0].role_place, "local");
  EXPECT_EQ(uses.places[1].role_place, "production");
}

TEST(RepositoryUses, LiteralBesideAReferenceIsAPlaceOfItsOwn) {
  const ScratchRepository repository;
  repository.write("compose.yml", "services:\n  a:\n    environment:\n      HF_TOKEN: " + kLeaked + "\n");
  EXPECT_THAT(rows_of(uses_of(repository.path())), ElementsAre("compose compose.yml:4 unknown", "literal compose.yml:4 yes"));
}

TEST(RepositoryUses, LinesAreCountedOnceEach) {
  const ScratchRepository repository;
  repository.write("a.py", "a = E['HF_TOKEN'] or E['HF_TOKEN']\nb = 1\nc = E['HF_TOKEN']\n");
  const RepositoryUses uses = uses_of(repository.path());
  ASSERT_EQ(uses.places.size(), 1U);
  EXPECT_EQ(uses.places[0].line, 1U);
  EXPECT_EQ(uses.places[0].more_lines, 1U);
}

Finding finding_at(std::string path, std::uint64_t line) {
  Finding finding;
  finding.rule = builtin_rules().all().front();
  finding.secret = SecretReference{sha256(kLeaked), "hf_x", CredentialKind::user_access_token, "base64"};
  finding.location.path = std::move(path);
  finding.location.range.start.line = line;
  return finding;
}

TEST(RepositoryUses, FindingsOfTheScanAddWhatOnlyItCanSee) {
  const ScratchRepository repository;
  repository.write(".env", "HF_TOKEN=YmFzZTY0\nPORT=1\n");
  repository.write("plain.py", "t = '" + kLeaked + "'\n");
  Finding removed = finding_at("old.py", 3);
  removed.location.commit = std::string(40, 'a');
  Finding other = finding_at("other.py", 1);
  other.secret->id = sha256(kOther);
  const RepositoryUses uses = uses_of(
      repository.path(), {finding_at(".env", 1), finding_at("a.zip!/x.txt", 2), finding_at("plain.py", 1), removed, other});
  EXPECT_THAT(rows_of(uses), ElementsAre("dotenv .env:1 yes", "literal a.zip!/x.txt:2 yes", "literal plain.py:1 yes"));
}

TEST(RepositoryUses, PolicyNamesThePlaceOfFilesAndEnvironments) {
  const ScratchRepository repository;
  repository.write("cluster/run.sh", "echo $HF_TOKEN\n");
  repository.write(
      ".github/workflows/a.yml",
      "jobs:\n  a:\n    environment: gpu-prod\n    steps: [{run: x, env: {HF_TOKEN: '${{ secrets.HF_TOKEN }}'}}]\n");
  RotationPolicy policy;
  policy.places.push_back({.match = "gpu", .paths = {"cluster/**"}});
  policy.places.push_back({.match = "gpu-prod"});
  const RepositoryUses uses = uses_of(repository.path(), {}, &policy);
  ASSERT_EQ(uses.places.size(), 2U);
  EXPECT_EQ(uses.places[0].role_place, "gpu");
  EXPECT_EQ(uses.places[1].role_place, "gpu-prod");
  EXPECT_EQ(uses_of(repository.path()).places[1].role_place, "ci");
}

TEST(RepositoryUses, FileThatCannotBeReadIsSaid) {
  if (::geteuid() == 0) GTEST_SKIP() << "root reads everything";
  const ScratchRepository repository;
  repository.write(".env", "HF_TOKEN=x\n");
  ::chmod(repository.path(".env").c_str(), 0);
  EXPECT_THAT(uses_of(repository.path()).diagnostics, testing::SizeIs(1));
}

TEST(RepositoryUses, HostileTreeGivesNoTokenAndNoControlCharacter) {
  const ScratchRepository repository;
  const std::string evil = "a\x1b[2J" + kLeaked + "\n$(touch x)";
  repository.write(evil + "/.env", "HF_TOKEN=" + kLeaked + "\n" + kLeaked + "_HF_TOKEN=1\n");
  repository.write(evil + "/.github/workflows/w.yml", "jobs:\n  a:\n    environment: \"p\\e[2J" + kLeaked +
                                                          "\"\n    steps: [{run: x, env: {HF_TOKEN: \"${{ secrets['X\x1b" +
                                                          kLeaked + "'] }}\"}}]\n");
  ASSERT_EQ(::symlink("/etc/passwd", repository.path("link.env").c_str()), 0);
  ASSERT_EQ(::symlink("loop", repository.path("loop").c_str()), 0);
  ASSERT_EQ(::mkfifo(repository.path("pipe.env").c_str(), 0600), 0);
  const RepositoryUses uses = uses_of(repository.path());
  EXPECT_FALSE(uses.places.empty());
  for (const UsePlace& place : uses.places) {
    for (const std::string& text :
         {place.name, place.alias_of, place.scope, place.key, place.path, place.command, place.check, place.caution}) {
      EXPECT_FALSE(holds_token_shape(text)) << place.kind;
      EXPECT_EQ(text.find_first_of("\n\x1b"), std::string::npos) << place.kind;
    }
    EXPECT_NE(place.path, "link.env");
  }
}

TEST(RepositoryUses, LargeAndBinaryFilesAreLeftToTheScan) {
  const ScratchRepository repository;
  repository.write("big.py", "t = os.environ['HF_TOKEN']\n" + std::string(kMostInventoryFileBytes, ' '));
  repository.write("model.bin", std::string("HF_TOKEN\0HF_TOKEN", 17));
  const RepositoryUses uses = uses_of(repository.path());
  EXPECT_THAT(uses.places, IsEmpty());
  EXPECT_THAT(uses.notes, ElementsAre(HasSubstr("1 file is larger than")));
}

}  // namespace
}  // namespace hfscan
