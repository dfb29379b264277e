// The whole inventory of a repository as people have them.
#include "inventory/inventory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/mask.h"
#include "base/text.h"
#include "inventory/recipes.h"
#include "unit/inventory/project.h"

namespace hfscan {
namespace {

using test::builtin_rules;
using test::fixture_token;
using test::ScratchRepository;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ProjectInventory : public testing::Test {
 protected:
  ProjectInventory() { test::write_project(repository_, leaked_, other_); }

  Inventory take() {
    InventoryRequest request;
    rules_ = builtin_rules().all();
    request.root = repository_.path();
    request.rules = rules_;
    request.leaked = {sha256(leaked_)};
    Result<Inventory> inventory = take_inventory(request);
    EXPECT_TRUE(inventory.ok());
    return std::move(*inventory);
  }

  std::string leaked_ = fixture_token("leak");
  std::string other_ = fixture_token("othr");
  std::vector<const Rule*> rules_;
  ScratchRepository repository_;
};

// "kind name@path:line holds"
std::vector<std::string> rows_of(const Inventory& inventory) {
  std::vector<std::string> rows;
  for (const UsePlace& place : inventory.places) {
    const std::string alias = place.alias_of.empty() ? "" : cat("->", place.alias_of);
    rows.push_back(
        cat(place.kind, " ", place.name, alias, " ", place.path, ":", std::to_string(place.line), " ", to_string(place.holds)));
  }
  return rows;
}

TEST_F(ProjectInventory, FindsEveryPlaceOnce) {
  const Inventory inventory = take();
  EXPECT_THAT(
      rows_of(inventory),
      testing::UnorderedElementsAre(
          "github-actions-secret HUGGINGFACE_TOKEN->HF_TOKEN .github/workflows/upload.yml:9 unknown",
          "github-actions-secret MODEL_READER->HF_TOKEN .github/workflows/upload.yml:13 unknown",
          "github-actions-secret HF_TOKEN .github/workflows/reuse.yml:8 unknown",
          "gitlab-variable HUB_SECRET->HF_TOKEN .gitlab-ci.yml:3 unknown",
          "circleci-variable HF_TOKEN .circleci/config.yml:4 unknown", "compose HF_TOKEN docker-compose.yml:4 unknown",
          "kubernetes-secret hf-credentials->HF_TOKEN deploy/k8s.yaml:13 unknown", "dockerfile HF_TOKEN Dockerfile:2 unknown",
          "dockerfile hf_token Dockerfile:3 unknown", "terraform hf_token infra/main.tf:1 unknown",
          "notebook HF_TOKEN notebooks/train.ipynb:1 no", "hf-job HF_TOKEN jobs/train.py:2 unknown",
          "hf-scheduled-job HF_TOKEN jobs/train.py:3 unknown", "hf-job HF_TOKEN jobs/run.sh:1 unknown",
          "code HF_TOKEN jobs/run.sh:2 no", "sagemaker HUGGING_FACE_HUB_TOKEN sagemaker/deploy.py:3 unknown",
          "hf-space-secret HF_TOKEN space/README.md:3 unknown", "code HF_TOKEN space/app.py:2 no", "dotenv HF_TOKEN .env:2 yes",
          "dotenv HF_TOKEN_DEV .env:3 no", "token-file  secrets/huggingface.token:1 yes", "netrc  .netrc:1 yes",
          "literal  src/client.py:1 yes", "git-remote-url hub .git/config:10 yes"));
  EXPECT_TRUE(inventory.complete());
  EXPECT_THAT(inventory.environments, testing::ElementsAre("production"));
  EXPECT_THAT(inventory.spaces, testing::ElementsAre("me/demo"));
  EXPECT_THAT(inventory.notes, testing::ElementsAre(HasSubstr("passes all secrets on")));
}

TEST_F(ProjectInventory, NoOutputHoldsAToken) {
  const Inventory inventory = take();
  for (const std::string& text : {inventory_text(inventory), dump_pretty(inventory_json(inventory))}) {
    EXPECT_FALSE(holds_token_shape(text));
    EXPECT_THAT(text, Not(HasSubstr(leaked_.substr(3))));
    EXPECT_THAT(text, HasSubstr(to_hex(sha256(leaked_)).substr(0, kShownDigits)));
  }
}

TEST_F(ProjectInventory, EveryPlaceSaysWhatToDoOrWhyNothing) {
  for (const UsePlace& place : take().places) {
    EXPECT_NE(recipe_for(place.kind), nullptr) << place.kind;
    EXPECT_FALSE(place.check.empty()) << place.kind;
    EXPECT_FALSE(place.role_place.empty()) << place.kind;
    EXPECT_FALSE(place.command.empty() && recipe_for(place.kind)->value != ValueIs::nowhere) << place.kind;
  }
}

TEST_F(ProjectInventory, TextPutsTheLeakedTokenFirstAndTellsOneTaskOnce) {
  repository_.write(".github/workflows/third.yml",
                    "jobs:\n  a:\n    steps:\n      - run: x\n        env: {A: '${{ secrets.HF_TOKEN }}'}\n");
  const std::string text = inventory_text(take());
  EXPECT_LT(text.find("leaked  yes"), text.find("leaked  unknown"));
  const std::string command = "gh secret set HF_TOKEN;";
  EXPECT_NE(text.find(command), std::string::npos) << text;
  EXPECT_EQ(text.find(command), text.rfind(command));
  EXPECT_THAT(text, HasSubstr("gh secret set HUGGINGFACE_TOKEN --env production"));
  EXPECT_THAT(text, HasSubstr("Nothing to replace"));
}

TEST_F(ProjectInventory, SecretUnderTwoNamesOfVariablesIsOneTask) {
  repository_.write(".github/workflows/w.yml",
                    "a: {HF_TOKEN: '${{ secrets.ABC_HF_TOKEN }}', HUGGINGFACE_TOKEN: '${{ secrets.ABC_HF_TOKEN }}'}\nb: ${{ "
                    "secrets.ABC_HF_TOKEN }}\n");
  const std::string text = inventory_text(take());
  EXPECT_THAT(text, HasSubstr("GitHub Actions secret ABC_HF_TOKEN, used as HF_TOKEN and HUGGINGFACE_TOKEN\n"));
  EXPECT_EQ(text.find("gh secret set ABC_HF_TOKEN"), text.rfind("gh secret set ABC_HF_TOKEN"));
}

TEST_F(ProjectInventory, ManyReadersOfAVariableAreFewLines) {
  for (int i = 0; i < 30; ++i) repository_.write(cat("lib/", std::to_string(i), ".py"), "x = os.environ['HF_API_TOKEN']\n");
  EXPECT_THAT(inventory_text(take()), HasSubstr("and 25 further files"));
}

TEST_F(ProjectInventory, JsonHasSchemaAliasesAndPlaces) {
  const Json json = inventory_json(take());
  EXPECT_EQ(json["schema"], "hfscan-inventory/1");
  EXPECT_EQ(json["complete"], true);
  EXPECT_EQ(json["aliases"]["HUGGINGFACE_TOKEN"][0], "HF_TOKEN");
  EXPECT_EQ(json["places"].size(), take().places.size());
}

TEST_F(ProjectInventory, SameTreeGivesTheSameBytes) {
  EXPECT_EQ(dump_pretty(inventory_json(take())), dump_pretty(inventory_json(take())));
}

TEST(Inventory, FolderThatIsNotThereIsAnError) {
  InventoryRequest request;
  request.root = "/nonexistent/folder";
  EXPECT_FALSE(take_inventory(request).ok());
}

TEST(Inventory, WithoutATreeTheHostIsAllThereIs) {
  const Result<Inventory> inventory = take_inventory(InventoryRequest());
  ASSERT_TRUE(inventory.ok());
  EXPECT_THAT(inventory->places, IsEmpty());
  EXPECT_THAT(inventory_text(*inventory), HasSubstr("No place"));
}

TEST(Inventory, WithoutLeakedTokensNothingIsSaidAboutThem) {
  const ScratchRepository repository;
  repository.write(".env", "HF_TOKEN=" + fixture_token("leak") + "\n");
  const std::vector<const Rule*> rules = builtin_rules().all();
  const Result<Inventory> inventory = take_inventory({.root = repository.path(), .rules = rules});
  ASSERT_TRUE(inventory.ok());
  ASSERT_EQ(inventory->places.size(), 1U);
  EXPECT_EQ(inventory->places[0].holds, HoldsLeaked::unknown);
  EXPECT_EQ(inventory->places[0].secret_ids.size(), 1U);
}

}  // namespace
}  // namespace hfscan
