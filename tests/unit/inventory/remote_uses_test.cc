// What gh and hf are asked, and what is made of what they say. Scripts of the test stand in for both.
#include "inventory/remote_uses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "base/mask.h"
#include "base/text.h"
#include "inventory/inventory.h"
#include "support/temp_folder.h"
#include "unit/inventory/project.h"

namespace hfscan {
namespace {

using test::TempFolder;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// Puts its programs before all others.
class RemoteUsesTest : public testing::Test {
 protected:
  RemoteUsesTest() : path_(std::getenv("PATH")) { ::setenv("PATH", cat(folder_.path("bin"), ":/usr/bin:/bin").c_str(), 1); }
  ~RemoteUsesTest() override { ::setenv("PATH", path_.c_str(), 1); }

  void program(const std::string& name, const std::string& script) const {
    folder_.write(cat("bin/", name), cat("#!/bin/sh\nprintf '%s ' \"", name, "\" \"$@\" >>", folder_.path("asked"), "; pwd >>",
                                         folder_.path("asked"), "\n", script));
    ::chmod(folder_.path(cat("bin/", name)).c_str(), 0755);
  }
  void answers(const std::string& name, const std::string& answer) const {
    folder_.write(cat("answer-", name), answer);
    program(name, cat("cat ", folder_.path(cat("answer-", name)), "\n"));
  }

  TempFolder folder_;
  std::string path_;
};

std::vector<std::string> rows_of(const std::vector<UsePlace>& places) {
  std::vector<std::string> rows;
  for (const UsePlace& place : places) {
    EXPECT_EQ(place.where, Where::remote);
    rows.push_back(cat(place.kind, " ", place.name, " ", place.scope, " ", place.updated_at));
  }
  return rows;
}

TEST_F(RemoteUsesTest, NamesAndDatesOfWhatIsUsedAreListed) {
  answers("gh",
          R"([{"name":"HF_TOKEN","updatedAt":"2026-01-02T03:04:05Z"},{"name":"MODEL_READER","updatedAt":"x"},{"name":"NPM"}])");
  answers("hf", R"([{"key":"HF_TOKEN","description":null,"updated_at":"2026-02-03 04:05:06+00:00"}])");
  const RemoteUses uses = find_remote_uses({"github.com/me/model", {"MODEL_READER"}, {"production"}, {"me/demo"}});
  EXPECT_THAT(
      rows_of(uses.places),
      ElementsAre("github-actions-secret HF_TOKEN  2026-01-02T03:04:05Z",
                  "github-actions-secret HF_TOKEN production 2026-01-02T03:04:05Z", "github-actions-secret MODEL_READER  ",
                  "github-actions-secret MODEL_READER production ", "hf-space-secret HF_TOKEN me/demo 2026-02-03T04:05:06Z"));
  EXPECT_THAT(uses.diagnostics, IsEmpty());
  EXPECT_EQ(folder_.read("asked"),
            "gh secret list --repo github.com/me/model --json name,updatedAt /\n"
            "gh secret list --repo github.com/me/model --json name,updatedAt --env production /\n"
            "hf spaces secrets ls me/demo --format json /\n"
            "hf jobs scheduled ps -a --format json /\n");
}

TEST_F(RemoteUsesTest, ScheduledJobsAreListedByTheirId) {
  answers("hf", R"([{"id":"66f0aa","schedule":"@daily","createdAt":"2026-03-04T05:06:07.123Z"},{"schedule":"x"}])");
  const RemoteUses uses = find_remote_uses({"", {}, {}, {}});
  EXPECT_THAT(rows_of(uses.places), ElementsAre("hf-scheduled-job 66f0aa  2026-03-04T05:06:07Z"));
}

TEST_F(RemoteUsesTest, OrganisationIsAskedOnlyWhenItIsNamed) {
  answers("gh", "[]");
  answers("hf", "[]");
  find_remote_uses({"github.com/me/x", {}, {}, {}});
  EXPECT_THAT(folder_.read("asked"), Not(HasSubstr("--org")));
  find_remote_uses({"github.com/me/x", {}, {}, {}, "acme"});
  EXPECT_THAT(folder_.read("asked"), HasSubstr("gh secret list --org acme --json"));
}

TEST_F(RemoteUsesTest, MissingProgramIsADiagnosticWithTheNextStep) {
  ::setenv("PATH", folder_.path("bin").c_str(), 1);
  const RemoteUses uses = find_remote_uses({"github.com/me/x", {}, {"a", "b"}, {"me/demo"}});
  ASSERT_THAT(uses.diagnostics, SizeIs(2));  // each program once
  EXPECT_THAT(uses.diagnostics[0].path, HasSubstr("gh secret list"));
  EXPECT_THAT(uses.diagnostics[0].message, AllOf(HasSubstr("not installed"), HasSubstr("install it")));
}

TEST_F(RemoteUsesTest, FailureIsTheLastLineOfTheProgramMasked) {
  const std::string token = "hf_" + std::string(34, 'Z');
  program("gh", cat("echo 'first' >&2; printf 'no \\033[31mlogin ", token, "\\n' >&2; exit 4\n"));
  answers("hf", "[]");
  const RemoteUses uses = find_remote_uses({"github.com/me/x", {}, {}, {}});
  ASSERT_THAT(uses.diagnostics, SizeIs(1));
  const std::string& message = uses.diagnostics[0].message;
  EXPECT_THAT(message, AllOf(HasSubstr("exit code 4"), HasSubstr("login"), HasSubstr("gh auth login"), Not(HasSubstr("\x1b"))));
  EXPECT_FALSE(holds_token_shape(message));
}

TEST_F(RemoteUsesTest, AnswersThatAreNoListAreRefused) {
  answers("hf", "[]");
  for (const std::string& answer : {std::string("garbage"), std::string("{}"), std::string(""), std::string("[[[["),
                                    cat("[\"", std::string(2U << 20U, 'x'), "\"]")}) {
    answers("gh", answer);
    const RemoteUses uses = find_remote_uses({"github.com/me/x", {}, {}, {}});
    EXPECT_THAT(uses.places, IsEmpty());
    EXPECT_THAT(uses.diagnostics, SizeIs(1)) << answer.substr(0, 10);
  }
}

TEST_F(RemoteUsesTest, HostileEntriesShowNothing) {
  const std::string token = "hf_" + std::string(34, 'Z');
  answers("gh", cat(R"([{"name":")", token,
                    R"(_HF_TOKEN","updatedAt":"\u001b[31m"},{"name":"HF_TOKEN\u001b[2J","updatedAt":7},1,null,)",
                    R"({"name":["HF_TOKEN"]}])"));
  answers("hf", "[]");
  const RemoteUses uses = find_remote_uses({"github.com/me/x", {"HF_TOKEN\x1b[2J"}, {}, {}});
  for (const UsePlace& place : uses.places) {
    EXPECT_FALSE(holds_token_shape(place.name + place.command));
    EXPECT_THAT(place.name + place.updated_at + place.command, Not(HasSubstr("\x1b")));
  }
}

TEST_F(RemoteUsesTest, NamesThatCouldBeOptionsAreNotAskedAbout) {
  answers("gh", "[]");
  answers("hf", "[]");
  const RemoteUses uses = find_remote_uses({"github.com/me/x", {}, {"--help", "a\nb", "x;y"}, {"-h/x"}, "--web"});
  EXPECT_THAT(uses.diagnostics, SizeIs(5));
  EXPECT_THAT(folder_.read("asked"), AllOf(Not(HasSubstr("--help")), Not(HasSubstr("--web")), Not(HasSubstr("-h/x"))));
}

TEST_F(RemoteUsesTest, ManyQuestionsAreCutAndSaid) {
  answers("gh", "[]");
  answers("hf", "[]");
  std::set<std::string> environments;
  for (int i = 0; i < 50; ++i) environments.insert(cat("e", std::to_string(i)));
  const RemoteUses uses = find_remote_uses({"github.com/me/x", {}, environments, {}});
  ASSERT_THAT(uses.diagnostics, SizeIs(1));
  EXPECT_THAT(uses.diagnostics[0].message, HasSubstr("first 20 of 50"));
}

TEST_F(RemoteUsesTest, InventoryGivesTheDateToThePlacesThatNameTheSecret) {
  answers("gh", R"([{"name":"HUGGINGFACE_TOKEN","updatedAt":"2026-01-02T03:04:05Z"}])");
  answers("hf", "[]");
  const test::ScratchRepository repository;
  test::write_project(repository, test::fixture_token("leak"), test::fixture_token("othr"));
  const std::vector<const Rule*> rules = test::builtin_rules().all();
  InventoryRequest request;
  request.root = repository.path();
  request.rules = rules;
  ASSERT_TRUE(take_inventory(request).ok());
  EXPECT_EQ(::access(folder_.path("asked").c_str(), F_OK), -1) << "nobody asked for the network";
  request.net = NetRequest{};
  const Result<Inventory> inventory = take_inventory(request);
  ASSERT_TRUE(inventory.ok());
  std::size_t dated = 0;
  for (const UsePlace& place : inventory->places) {
    if (place.where == Where::repository && place.updated_at == "2026-01-02T03:04:05Z") ++dated;
  }
  EXPECT_EQ(dated, 1U);
  EXPECT_THAT(inventory_text(*inventory), HasSubstr("In stores of services"));
}

}  // namespace
}  // namespace hfscan
