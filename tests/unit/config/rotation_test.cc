// [rotation]: what is understood, what is refused and where, and what a repository may say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/text.h"
#include "config/loader.h"
#include "config/show.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

class RotationConfig : public testing::Test {
 protected:
  RotationConfig() {
    inputs.repository_root = folder.path("repo");
    inputs.home = folder.path("home");
    std::filesystem::create_directories(folder.path("repo"));
  }
  void repository(std::string_view text) const { folder.write("repo/.hfscan.toml", text); }
  void user(std::string_view text) const { folder.write("home/.config/hfscan/config.toml", text); }

  RotationPolicy policy() {
    const Result<LoadedConfig> result = load_config(inputs);
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result.ok() ? rotation_policy(result->settings) : RotationPolicy();
  }
  std::string error() {
    const Result<LoadedConfig> result = load_config(inputs);
    EXPECT_FALSE(result.ok());
    return result.ok() ? "" : result.error().message;
  }
  // The error about one line below [rotation] in the user's file.
  std::string error_of(std::string_view line) {
    user(cat("[rotation]\n", line, "\n"));
    return error();
  }
  std::string error_of_place(std::string_view line) {
    user(cat("[[rotation.place]]\nmatch = \"ci\"\n", line, "\n"));
    return error();
  }

  test::TempFolder folder;
  LoadInputs inputs;
};

TEST_F(RotationConfig, EverythingThatCanBeSaidIsUnderstood) {
  user(
      "[rotation]\nmax_age = { read = \"700d\", write = \"60d\", fineGrained = \"1d\" }\nwarn_before = \"0d\"\n"
      "[[rotation.place]]\nmatch = \"ci\"\nallow_roles = [\"fineGrained\", \"read\"]\nmax_age = \"90d\"\nprefer = "
      "\"trusted-publisher\"\n"
      "[[rotation.place]]\nmatch = \"gpu-1\"\npaths = [\"cluster/**\"]\n");
  const RotationPolicy found = policy();
  EXPECT_EQ(found.max_age, (RotationPeriods{700, 60, 1}));
  EXPECT_EQ(found.warn_before, 0);
  const std::vector<RotationPlace> places = {{.match = "ci",
                                              .allow_roles = {TokenRole::fine_grained, TokenRole::read},
                                              .max_age = 90,
                                              .prefer = Preference::trusted_publisher},
                                             {.match = "gpu-1", .paths = {"cluster/**"}}};
  EXPECT_EQ(found.places, places);
}

TEST_F(RotationConfig, WithoutAnyTheDefaultsHold) {
  EXPECT_EQ(policy().max_age, RotationPeriods());
  EXPECT_EQ(policy().warn_before, RotationPolicy().warn_before);
}

TEST_F(RotationConfig, RoleThatIsNotNamedKeepsItsPeriod) {
  repository("[rotation]\nmax_age = { write = \"30d\" }\n");
  EXPECT_EQ(policy().max_age, (RotationPeriods{365, 30, 90}));
  user("[rotation]\nmax_age = { read = \"400d\" }\n");
  EXPECT_EQ(policy().max_age, (RotationPeriods{400, 30, 90}));
}

TEST_F(RotationConfig, PlacesOfAllFilesHold) {
  repository("[[rotation.place]]\nmatch = \"ci\"\nmax_age = \"60d\"\n");
  user("[[rotation.place]]\nmatch = \"ci\"\nallow_roles = [\"read\"]\n");
  EXPECT_EQ(policy().most_days(TokenRole::write, "ci"), 60);
  EXPECT_FALSE(policy().allows(TokenRole::write, "ci"));
}

TEST_F(RotationConfig, WrongValuesAreNamedWithTheirPlace) {
  const std::string file = "~/.config/hfscan/config.toml:";
  EXPECT_THAT(error_of("warn_before = 14"), AllOf(StartsWith(file + "2:15: "), HasSubstr("\"90d\"")));
  for (const char* value :
       {"\"\"", "\"d\"", "\"90\"", "\"-1d\"", "\"3651d\"", "\"9 d\"", "\"1.5d\"", "\"99999999999999999999d\"", "[]", "true"})
    EXPECT_THAT(error_of(cat("warn_before = ", value)), StartsWith(file + "2:15: ")) << value;
  EXPECT_THAT(error_of("max_age = \"90d\""), AllOf(StartsWith(file + "2:11: "), HasSubstr("table of days")));
  EXPECT_THAT(error_of("max_age = { read = \"0d\" }"), AllOf(StartsWith(file + "2:20: "), HasSubstr("from 1 to 3650")));
  EXPECT_THAT(error_of("max_age = { finegrained = \"9d\" }"),
              AllOf(HasSubstr("unknown role"), HasSubstr("did you mean 'fineGrained'?")));
  EXPECT_THAT(error_of("max_ages = {}"), HasSubstr("did you mean 'rotation.max_age'?"));
  EXPECT_THAT(error_of("place = \"ci\""), HasSubstr("[[rotation.place]]"));
  user("[rotations]\n");
  EXPECT_THAT(error(), HasSubstr("did you mean 'rotation'?"));
}

TEST_F(RotationConfig, WrongPlacesAreNamedWithTheirPlace) {
  const std::string file = "~/.config/hfscan/config.toml:";
  EXPECT_THAT(error_of_place("allow_roles = [\"read\", \"writes\"]"),
              AllOf(StartsWith(file + "3:24: "), HasSubstr("did you mean 'write'?")));
  EXPECT_THAT(error_of_place("max_age = \"1y\""), AllOf(StartsWith(file + "3:11: "), HasSubstr("\"90d\"")));
  EXPECT_THAT(error_of_place("prefer = \"trusted-publishers\""), HasSubstr("did you mean 'trusted-publisher'?"));
  EXPECT_THAT(error_of_place("allow_role = []"), HasSubstr("did you mean 'allow_roles'?"));
  EXPECT_THAT(error_of_place("paths = [1]"), StartsWith(file));
  user("[[rotation.place]]\nmatch = \"a b\\u001b\"\n");
  EXPECT_THAT(error(), AllOf(StartsWith(file + "2:9: "), HasSubstr("'match' must be a name")));
  user("[[rotation.place]]\nmax_age = \"9d\"\n");
  EXPECT_THAT(error(), HasSubstr("match"));
}

TEST_F(RotationConfig, RepositoryMayMakeItStricterOnly) {
  repository("[rotation]\nmax_age = { read = \"366d\" }\n");
  EXPECT_THAT(error(), AllOf(StartsWith(".hfscan.toml:2:11: "), HasSubstr("may shorten"), HasSubstr("your own config file")));
  repository("[rotation]\nwarn_before = \"13d\"\n");
  EXPECT_THAT(error(), HasSubstr("may raise"));
  repository(
      "[rotation]\nmax_age = { read = \"365d\", write = \"1d\" }\nwarn_before = \"30d\"\n[[rotation.place]]\nmatch = "
      "\"x\"\nmax_age = \"3650d\"\n");
  EXPECT_EQ(policy().max_age, (RotationPeriods{365, 1, 90}));
  EXPECT_EQ(policy().most_days(TokenRole::read, "x"), 365);
}

TEST_F(RotationConfig, RepositoryThatTheUserNamesIsBelieved) {
  folder.write("repo/.hfscan.toml", "[rotation]\nmax_age = { read = \"700d\" }\n");
  inputs.config_file = folder.path("repo/.hfscan.toml");
  EXPECT_EQ(policy().max_age.read, 700);
}

TEST_F(RotationConfig, ShownValuesAreTomlAndReadBackTheSame) {
  user(
      "[rotation]\nmax_age = { read = \"700d\" }\n[[rotation.place]]\nmatch = \"ci\"\npaths = [\"a\\\"b/**\"]\nallow_roles = "
      "[\"read\"]\n"
      "max_age = \"9d\"\nprefer = \"trusted-publisher\"\n");
  const Result<LoadedConfig> loaded = load_config(inputs);
  ASSERT_TRUE(loaded.ok());
  const std::string text = show_config(*loaded);
  EXPECT_THAT(text, HasSubstr("rotation.max_age = { read = \"700d\", write = \"90d\", fineGrained = \"90d\" }"));
  const std::string place =
      R"({ match = "ci", paths = ["a\"b/**"], allow_roles = ["read"], max_age = "9d", prefer = "trusted-publisher" })";
  EXPECT_THAT(text, HasSubstr(cat("rotation.place += ", place)));
  const RotationPolicy before = policy();
  user(cat("[rotation]\nplace = [", place, "]\n"));
  EXPECT_EQ(policy().places, before.places);
}

}  // namespace
}  // namespace hfscan
