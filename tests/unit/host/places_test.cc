// What is looked at, what is left alone, and what is said about files that cannot be read.
#include "host/places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "host/place_table.h"
#include "unit/host/scratch_home.h"

namespace hfscan {
namespace {

using test::ScratchHome;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;
using testing::Not;

std::vector<std::string> shown(const HostInventory& inventory, HostPlaceKind kind) {
  std::vector<std::string> paths;
  for (const HostPlace& place : inventory.places) {
    if (place.kind == kind) paths.push_back(place.shown);
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

TEST(Places, EmptyHomeHasNoneAndIsNoTrouble) {
  ScratchHome home;
  const HostInventory inventory = take_inventory(home.view());
  EXPECT_THAT(inventory.places, IsEmpty());
  EXPECT_THAT(inventory.diagnostics, IsEmpty());
  EXPECT_THAT(inventory.looked_at, Contains(Field(&LookedAt::shown, "~/.netrc")));
}

TEST(Places, TokenFilesAreThoseOfTheDefaultsWithoutVariables) {
  ScratchHome home;
  for (const char* path : {"~/.cache/huggingface/token", "~/.cache/huggingface/stored_tokens", "~/.huggingface/token",
                           "~/.cache/huggingface_staging/token"})
    home.write(path, "x");
  EXPECT_EQ(shown(take_inventory(home.view()), HostPlaceKind::token_file).size(), 4U);
}

TEST(Places, VariablesMoveTokenFilesAndTheDefaultsStay) {
  ScratchHome home;
  home.write("~/data/hub/token", "x");
  home.write("~/else/my", "x");
  home.write("~/else/stored_tokens", "x");
  home.write("~/.cache/huggingface/token", "x");
  home.view().environment = {{"HF_HOME", home.real("~/data/hub")}, {"HF_TOKEN_PATH", "~/else/my"}};
  EXPECT_THAT(shown(take_inventory(home.view()), HostPlaceKind::token_file),
              ElementsAre("~/.cache/huggingface/token", "~/data/hub/token", "~/else/my", "~/else/stored_tokens"));
}

TEST(Places, RelativeValueOfAVariableIsNotGuessedAt) {
  ScratchHome home;
  home.view().environment = {{"HISTFILE", "history"}};
  EXPECT_EQ(resolve_pattern(home.view(), "$HISTFILE"), "");
  EXPECT_EQ(resolve_pattern(home.view(), "$HF_HOME/token"), home.real("~/.cache/huggingface/token"));
}

TEST(Places, HistoriesOfManyProgramsAndTheOneOfHistfile) {
  ScratchHome home;
  for (const char* path : {"~/.bash_history", "~/.zsh_history", "~/.python_history", "~/.psql_history", "~/.Rhistory",
                           "~/.local/share/fish/fish_history", "~/.ipython/profile_default/history.sqlite", "~/.lesshst"})
    home.write(path, "x");
  home.write("/var/my_history", "x");
  home.view().environment = {{"HISTFILE", home.real("/var/my_history")}};
  EXPECT_EQ(shown(take_inventory(home.view()), HostPlaceKind::history).size(), 9U);
}

TEST(Places, SameFileByTwoNamesIsReadOnce) {
  ScratchHome home;
  home.write("~/.zsh_history", "x");
  home.view().environment = {{"HISTFILE", home.real("~/.zsh_history")}, {"ZDOTDIR", home.real("~")}};
  EXPECT_EQ(take_inventory(home.view()).places.size(), 1U);
}

TEST(Places, FileOfACredentialStoreOfAnotherNameIsRead) {
  ScratchHome home;
  home.write("~/.gitconfig", "[credential]\n\thelper = store --file ~/.keys\n");
  home.write("~/.keys", "x");
  EXPECT_THAT(shown(take_inventory(home.view()), HostPlaceKind::git_credentials), ElementsAre("~/.keys"));
}

TEST(Places, SecretFilesAreFoundByNameInTheFirstLevelsOnly) {
  ScratchHome home;
  for (const char* path : {"~/.env", "~/a/b/.env", "~/secrets/hub.token", "~/hf_token.txt", "~/a/node_modules/.env",
                           "~/.hidden/.env", "~/1/2/3/4/5/.env", "~/a/notes.txt"})
    home.write(path, "x");
  EXPECT_THAT(shown(take_inventory(home.view()), HostPlaceKind::secret_file),
              ElementsAre("~/.env", "~/a/b/.env", "~/hf_token.txt", "~/secrets/hub.token"));
}

TEST(Places, ModesOfFileAndFolderAreKept) {
  ScratchHome home;
  home.write("~/.cache/huggingface/token", "x", 0640);
  ::chmod(home.real("~/.cache/huggingface").c_str(), 0775);
  const HostInventory inventory = take_inventory(home.view());
  ASSERT_EQ(inventory.places.size(), 1U);
  EXPECT_EQ(inventory.places[0].mode, 0640U);
  EXPECT_EQ(inventory.places[0].folder_mode, 0775U);
  EXPECT_EQ(inventory.places[0].folder, "~/.cache/huggingface");
}

TEST(Places, LinkWithinTheHomeIsFollowedAndOneOutOfItIsNot) {
  ScratchHome home;
  home.write("~/dotfiles/bashrc", "inside");
  home.write("/outside", "outside");
  ASSERT_EQ(::symlink("dotfiles/bashrc", home.real("~/.bashrc").c_str()), 0);
  ASSERT_EQ(::symlink(home.real("/outside").c_str(), home.real("~/.zshrc").c_str()), 0);
  const HostInventory inventory = take_inventory(home.view());
  EXPECT_THAT(shown(inventory, HostPlaceKind::start_up_file), ElementsAre("~/.bashrc"));
  ASSERT_EQ(inventory.skipped.size(), 1U);
  EXPECT_EQ(inventory.skipped[0].path, "~/.zshrc");
  EXPECT_EQ(inventory.skipped[0].reason, SkipReason::symlink_target);
}

TEST(Places, PipesAreNotOpenedAndFoldersAreNotFiles) {
  ScratchHome home;
  ASSERT_EQ(::mkfifo(home.real("~/.netrc").c_str(), 0600), 0);
  home.write("~/.history/a", "x");
  const HostInventory inventory = take_inventory(home.view());
  EXPECT_THAT(inventory.places, IsEmpty());
  ASSERT_EQ(inventory.skipped.size(), 1U);
  EXPECT_EQ(inventory.skipped[0].reason, SkipReason::special_file);
}

TEST(Places, FileThatCannotBeReachedIsADiagnosticWithoutThePathOfTheMachine) {
  ScratchHome home;
  ASSERT_EQ(::symlink(".netrc", home.real("~/.netrc").c_str()), 0);
  const HostInventory inventory = take_inventory(home.view());
  ASSERT_EQ(inventory.diagnostics.size(), 1U);
  EXPECT_EQ(inventory.diagnostics[0].path, "~/.netrc");
  EXPECT_THAT(inventory.diagnostics[0].message, Not(testing::HasSubstr(home.view().home)));
}

TEST(Places, UnreadableFileIsADiagnostic) {
  if (::geteuid() == 0) GTEST_SKIP() << "root reads everything";
  ScratchHome home;
  home.write("~/.bash_history", "x", 0);
  const HostInventory inventory = take_inventory(home.view());
  ASSERT_EQ(inventory.diagnostics.size(), 1U);
  EXPECT_EQ(inventory.diagnostics[0].message, "permission denied");
}

TEST(Places, FileThatIsTooLargeIsADiagnostic) {
  ScratchHome home;
  home.write("~/.bash_history", "");
  ASSERT_EQ(::truncate(home.real("~/.bash_history").c_str(), static_cast<off_t>(kMostHostFileBytes) + 1), 0);
  EXPECT_EQ(take_inventory(home.view()).diagnostics.size(), 1U);
}

TEST(Places, LinkToAFileNamedByAVariableMayLeadAnywhere) {
  ScratchHome home;
  home.write("/srv/token", "x");
  ASSERT_EQ(::symlink(home.real("/srv/token").c_str(), home.real("~/token").c_str()), 0);
  home.view().environment = {{"HF_TOKEN_PATH", home.real("~/token")}};
  EXPECT_THAT(shown(take_inventory(home.view()), HostPlaceKind::token_file), ElementsAre("~/token"));
}

}  // namespace
}  // namespace hfscan
