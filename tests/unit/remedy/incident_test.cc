#include "remedy/incident.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "base/text.h"
#include "remedy/incident_folder.h"
#include "remedy/journal.h"
#include "support/scratch_repository.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr std::int64_t kDay = 1795219200;  // 2026-11-21

LeakedSecret secret(char digit) {
  LeakedSecret leaked;
  leaked.id = *digest_from_hex(std::string(64, digit));
  leaked.masked = "hf_\u2026(37)";
  return leaked;
}

Incident incident(char digit = 'a') {
  Incident made;
  made.created = kDay;
  made.secrets = {secret(digit)};
  return made;
}

LeakPlace place(PlaceKind kind, std::vector<std::string> refs) {
  LeakPlace made;
  made.kind = kind;
  made.blob = "0123";
  made.refs = std::move(refs);
  return made;
}

LeakClass class_of_place(const LeakPlace& where, bool pushed, std::string_view url = "", bool in_repository = true) {
  Leaks leaks;
  leaks.secrets = {secret('a')};
  leaks.secrets[0].pushed = pushed;
  leaks.secrets[0].places = {where};
  return class_of(leaks, url, in_repository);
}

TEST(LeakClass, IsHowFarTheSecretGot) {
  EXPECT_EQ(class_of_place(place(PlaceKind::blob, {"refs/heads/main"}), true, "https://example.org/x"), LeakClass::pushed);
  EXPECT_EQ(class_of_place(place(PlaceKind::blob, {"refs/heads/main"}), true, "git@hf.co:me/model"), LeakClass::hub);
  EXPECT_EQ(class_of_place(place(PlaceKind::blob, {"refs/heads/main"}), false, "git@hf.co:me/model"), LeakClass::unpushed);
  EXPECT_EQ(class_of_place(place(PlaceKind::blob, {}), false), LeakClass::staged);
  LeakPlace file;
  file.path = ".env";
  EXPECT_EQ(class_of_place(file, false, "", false), LeakClass::outside_git);
  EXPECT_EQ(class_of_place(file, false), LeakClass::staged);
  LeakPlace stash = place(PlaceKind::blob, {"refs/stash"});
  stash.reachable = false;
  EXPECT_EQ(class_of_place(stash, false), LeakClass::staged);
}

TEST(HubUrl, IsDecidedByTheHostAlone) {
  for (const char* url :
       {"https://huggingface.co/a/b", "https://user@HuggingFace.co:443/a", "git@hf.co:a/b", "ssh://git@hf.co/a/b"})
    EXPECT_TRUE(is_hub_url(url)) << url;
  for (const char* url : {"https://example.org/huggingface.co", "https://huggingface.co.example.org/a", "/srv/hf.co/a", ""})
    EXPECT_FALSE(is_hub_url(url)) << url;
}

TEST(RemoteUrl, LosesUserAndPassword) {
  EXPECT_EQ(without_userinfo("https://me:pass@example.org/a?b@c"), "https://example.org/a?b@c");
  EXPECT_EQ(without_userinfo("https://example.org/a@b"), "https://example.org/a@b");
  EXPECT_EQ(without_userinfo("ssh://git@example.org/a"), "ssh://git@example.org/a");
  EXPECT_EQ(without_userinfo("ssh://git:pass@example.org/a"), "ssh://git@example.org/a");
  EXPECT_EQ(without_userinfo("git@example.org:a/b"), "git@example.org:a/b");
  EXPECT_EQ(without_userinfo("/srv/a@b.git"), "/srv/a@b.git");
}

TEST(Incident, IsTheSameAfterItWasWritten) {
  Incident made = incident();
  made.repository = "/a b";
  made.remote_url = "https://me:pass@example.org/x";
  made.visibility = Visibility::open;
  made.leak_class = LeakClass::hub;
  const Result<Incident> again = incident_from(to_json(made));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->remote_url, "https://example.org/x");
  EXPECT_EQ(dump_line(to_json(*again)), dump_line(to_json(made)));
  for (const char* text : {"{}", "[]", R"({"schema":"hfscan-incident/1"})"})
    EXPECT_FALSE(incident_from(*parse_json(text, "x")).ok());
}

class IncidentFolderTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string state() const { return folder_.path("state/hfscan"); }
  test::TempFolder folder_;
};

TEST_F(IncidentFolderTest, IsTheUsersAloneAndFoundByABeginningOfItsName) {
  {
    const Result<IncidentFolder> made = IncidentFolder::create(state(), incident());
    ASSERT_TRUE(made.ok()) << made.error().message;
    EXPECT_EQ(made->incident().id, "2026-11-21-aaaaaaaa");
    struct stat status {};
    ASSERT_EQ(::stat(made->path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U);
    ASSERT_EQ(::stat(made->file("incident.json").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
  }
  EXPECT_TRUE(IncidentFolder::open(state(), "2026-11").ok());
  EXPECT_TRUE(IncidentFolder::open(state(), "").ok());
  EXPECT_THAT(IncidentFolder::open(state(), "2025").error().message, HasSubstr("there are: 2026-11-21-aaaaaaaa"));
}

TEST_F(IncidentFolderTest, IsLockedWhileSomebodyWorksOnIt) {
  const Result<IncidentFolder> made = IncidentFolder::create(state(), incident());
  const Result<IncidentFolder> second = IncidentFolder::open(state(), "");
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(second.error().message, HasSubstr("another hfscan works on the incident"));
}

TEST_F(IncidentFolderTest, OpenOnesAreTakenBeforeClosedOnesAndTwoAreAQuestion) {
  std::string first;
  {
    Result<IncidentFolder> made = IncidentFolder::create(state(), incident('a'));
    first = made->incident().id;
    ASSERT_TRUE(IncidentFolder::create(state(), incident('b')).ok());
  }
  EXPECT_THAT(IncidentFolder::open(state(), "").error().message, HasSubstr("several incidents are open"));
  Journal journal = *Journal::open(cat(state(), "/incidents/", first, "/journal.jsonl"));
  ASSERT_TRUE(journal.append("closed", Json::object(), kDay).ok());
  EXPECT_EQ(IncidentFolder::open(state(), "")->incident().id, "2026-11-21-bbbbbbbb");
  EXPECT_THAT(list_incidents(state()), SizeIs(2));
}

TEST_F(IncidentFolderTest, TwoOfOneDayAndSecretHaveDifferentNames) {
  const Result<IncidentFolder> one = IncidentFolder::create(state(), incident());
  const Result<IncidentFolder> two = IncidentFolder::create(state(), incident());
  ASSERT_TRUE(two.ok());
  EXPECT_EQ(two->incident().id, "2026-11-21-aaaaaaaa-2");
}

TEST_F(IncidentFolderTest, NeverLiesInARepository) {
  const test::ScratchRepository repository;
  const Result<IncidentFolder> made = IncidentFolder::create(repository.path("state"), incident());
  ASSERT_FALSE(made.ok());
  EXPECT_THAT(made.error().message, HasSubstr("lies in a repository"));
  struct stat status {};
  EXPECT_NE(::stat(repository.path("state").c_str(), &status), 0);
}

TEST_F(IncidentFolderTest, WithoutIncidentsSaysHowToBegin) {
  EXPECT_THAT(IncidentFolder::open(state(), "").error().message, HasSubstr("hfscan remediate plan"));
}

}  // namespace
}  // namespace hfscan
