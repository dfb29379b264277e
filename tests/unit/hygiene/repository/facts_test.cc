#include "hygiene/repository/facts.h"
#include "hygiene/file_finder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hygiene/repository/paths.h"

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> facts_in(std::string_view path, std::string_view text) {
  const FileFinder finder({}, Facts::gather);
  FileHits found;
  finder.find(text, path, found);
  std::vector<std::string> shown;
  for (const Fact& fact : found.facts) shown.push_back(fact.kind + ":" + std::to_string(fact.line) + ":" + fact.value);
  return shown;
}

TEST(Facts, CodeThatReadsDotenv) {
  EXPECT_THAT(facts_in("a.py", "import os\nload_dotenv()\n"), ElementsAre("reads-dotenv:2:.env"));
  EXPECT_THAT(facts_in("a.py", "load_dotenv(\"conf/.env.local\")"), ElementsAre("reads-dotenv:1:conf/.env.local"));
  EXPECT_THAT(facts_in("a.ts", "import 'dotenv/config'\n"), ElementsAre("reads-dotenv:1:.env"));
  EXPECT_THAT(facts_in("a.py", "load_dotenv(path)\nos.environ['HOME']\n"), IsEmpty());
}

TEST(Facts, CommandsThatReadDotenv) {
  EXPECT_THAT(facts_in("a.sh", "set -a; source .env\n"), ElementsAre("reads-dotenv:1:.env"));
  EXPECT_THAT(facts_in("README.md", "    cp .env.example .env\n"), ElementsAre("reads-dotenv:1:.env"));
  EXPECT_THAT(facts_in("compose.yaml", "env_file: conf/.env\n"), ElementsAre("reads-dotenv:1:conf/.env"));
  EXPECT_THAT(facts_in("a.c", "source .env\n"), IsEmpty());
}

TEST(Facts, ContinuedLinesCountAsOneAndKeepTheFirstNumber) {
  EXPECT_THAT(facts_in("a.sh", "echo\nhf jobs run \\\n  --env-file prod.env \\\n  img\nx\n"),
              ElementsAre("reads-dotenv:2:prod.env", "hf-jobs-env-file:2:prod.env"));
}

TEST(Facts, SecretAnywhereInALongFileIsSeen) {
  for (const std::size_t before : {0U, 1U, 31U, 60U, 61U, 62U, 63U, 64U, 65U, 127U, 128U, 240U, 255U, 256U, 257U, 1000U}) {
    const std::string text = std::string(before, '\n') + "load_dotenv()\n" + std::string(before, '\n');
    EXPECT_THAT(facts_in("a.py", text), ElementsAre("reads-dotenv:" + std::to_string(before + 1) + ":.env")) << before;
  }
}

TEST(Facts, HomesInsideTheRepository) {
  EXPECT_THAT(facts_in("w.yml", "  HF_HOME: ${{ github.workspace }}/.hf\n"),
              ElementsAre("hub-home:1:${{ github.workspace }}/.hf/token"));
  EXPECT_THAT(facts_in("a.py", "os.environ[\"HF_TOKEN_PATH\"] = \"s/token\"\n"), ElementsAre("hub-home:1:s/token"));
  EXPECT_THAT(facts_in("a.sh", "export HF_HOME=\"$HOME/.cache\"\nHF_HOME=$(pwd)\n"), IsEmpty());
  EXPECT_THAT(facts_in("a.py", "HF_HOME = os.path.join(x)\n"), IsEmpty());
}

TEST(Facts, CopiesOfADockerfile) {
  EXPECT_THAT(facts_in("Dockerfile", "FROM a\ncopy --chown=1 . \\\n  src /app\nCOPY --from=x . /y\nADD [\"a b\", \"/c\"]\n"),
              ElementsAre("copies-context:2:.", "copies-context:2:src", "copies-context:5:a", "copies-context:5:b"));
}

TEST(Facts, SecretFilesSayWhatTheyHoldAndNeverTheValue) {
  EXPECT_THAT(facts_in(".env", "A=1\nHF_TOKEN=very-secret\n"), ElementsAre("dotenv:2:secret"));
  EXPECT_THAT(facts_in("b/.env.example", "HF_TOKEN=\n"), ElementsAre("dotenv-example:1:placeholder"));
  EXPECT_THAT(facts_in("x.token", ""), ElementsAre("token-file:1:placeholder"));
}

TEST(Paths, ResolveInsideTheTreeOnly) {
  EXPECT_EQ(resolve_path("a/b/", "../c/.env"), "a/c/.env");
  EXPECT_EQ(resolve_path("", "./.env"), ".env");
  EXPECT_EQ(resolve_path("a/", "../../.env"), std::nullopt);
  EXPECT_EQ(resolve_path("a/", "/etc/.env"), std::nullopt);
  EXPECT_EQ(resolve_path("a/", "$HOME/.env"), std::nullopt);
  EXPECT_EQ(resolve_path("a/", "b/"), "a/b/");
}

}  // namespace
}  // namespace hfscan
