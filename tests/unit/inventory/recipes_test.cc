// Every command of the table, run in a shell with programs that stand in for the real ones and tell what they were given.
#include "inventory/recipes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <set>

#include "base/mask.h"
#include "base/text.h"
#include "support/process.h"
#include "support/temp_folder.h"

namespace hfscan {
namespace {

using test::ProcessOptions;
using test::ProcessResult;
using test::run_process;
using test::TempFolder;
using testing::HasSubstr;
using testing::Not;

const std::string kNew = "hf_" + std::string(17, 'n') + std::string(17, 'E');

UsePlace filled_place(std::string_view kind) {
  UsePlace place;
  place.kind = kind;
  place.name = "HF_TOKEN";
  place.key = "token";
  place.scope = "me";
  place.path = "some/file";
  return settled(place);
}

// Programs that write their arguments and their environment to `seen`, and their standard input to `got`.
void write_programs(const TempFolder& folder) {
  for (const char* name : {"gh", "glab", "circleci", "hf", "kubectl", "docker", "aws", "python3", "git", "vi", "terraform"}) {
    folder.write(cat("bin/", name), cat("#!/bin/bash\n{ printf '%s\\n' \"$0\" \"$@\"; env; } >>", folder.path("seen"), "\n",
                                        "for word in \"$@\"; do case $word in /dev/fd/*) cat \"$word\" >>", folder.path("got"),
                                        "; esac; done\n", "case $0 in *hf|*vi) ;; *) cat >>", folder.path("got"), ";; esac\n"));
    ::chmod(folder.path(cat("bin/", name)).c_str(), 0755);
  }
}

ProcessResult run_command(const TempFolder& folder, const std::string& command) {
  ProcessOptions options;
  options.folder = folder.path();
  options.environment = {{"PATH", folder.path("bin") + ":/usr/bin:/bin"}};
  options.input = kNew + "\n";
  return run_process({"bash", "-c", command}, options);
}

TEST(Recipes, NoCommandShowsTheTokenInArgumentsOrEnvironment) {
  for (const Recipe& recipe : recipes()) {
    const TempFolder folder;
    write_programs(folder);
    folder.write("some/file", "old");
    folder.write("seen", "");
    folder.write("got", "");
    const UsePlace place = filled_place(recipe.kind);
    run_command(folder, place.command);
    EXPECT_THAT(folder.read("seen"), Not(HasSubstr(kNew))) << recipe.kind;
    if (place.command.find("read -rs") == std::string::npos) continue;
    const std::string reached = folder.read("got") + folder.read("some/file");
    EXPECT_THAT(reached, HasSubstr(kNew)) << recipe.kind;
  }
}

TEST(Recipes, WhatIsTypedIsForgottenAndNeverExported) {
  for (const Recipe& recipe : recipes()) {
    const std::string command(recipe.command);
    EXPECT_EQ(command.find("export"), std::string::npos) << recipe.kind;
    const bool reads = command.find("read -rs NEW") != std::string::npos;
    EXPECT_EQ(command.find("unset NEW") != std::string::npos, reads) << recipe.kind;
    EXPECT_EQ(command.find("--body"), std::string::npos) << recipe.kind;
    EXPECT_EQ(command.find("--from-literal"), std::string::npos) << recipe.kind;
    EXPECT_EQ(command.find('\n'), std::string::npos) << recipe.kind;
  }
}

TEST(Recipes, KindsAreUniqueAndEveryCommandIsShell) {
  std::set<std::string_view> kinds;
  for (const Recipe& recipe : recipes()) {
    EXPECT_TRUE(kinds.insert(recipe.kind).second) << recipe.kind;
    EXPECT_FALSE(recipe.title.empty() || recipe.check.empty() || recipe.role_place.empty()) << recipe.kind;
    const ProcessResult result = run_process({"bash", "-n", "-c", filled_place(recipe.kind).command});
    EXPECT_EQ(result.exit_code, 0) << recipe.kind << result.err;
    for (const UsePlace& place : {filled_place(recipe.kind)}) {
      for (const std::string& text : {place.command, place.check, place.caution})
        EXPECT_EQ(text.find("{name}"), std::string::npos) << recipe.kind;
    }
  }
  EXPECT_EQ(recipe_for("no such kind"), nullptr);
}

TEST(Recipes, HostileFieldsStayOneWordAndRunNothing) {
  const std::string token = "hf_" + std::string(34, 'Q');
  for (const std::string& evil :
       {std::string("$(touch ran)"), std::string("`touch ran`"), std::string("a'; touch ran; '"), std::string("x\ntouch ran\n"),
        std::string("--body=x"), std::string("-"), std::string("|touch ran"), std::string("a\x1b[31mb"),
        std::string("\xff\xfe"), token, std::string(3000, 'a')}) {
    const TempFolder folder;
    write_programs(folder);
    std::string script;
    for (const Recipe& recipe : recipes()) {
      UsePlace place;
      place.kind = recipe.kind;
      place.name = place.key = place.scope = place.path = place.alias_of = evil;
      place = settled(place);
      for (const std::string& text : {place.command, place.check, place.caution, place.name, place.path, place.scope}) {
        EXPECT_FALSE(holds_token_shape(text)) << recipe.kind;
        EXPECT_EQ(text.find_first_of("\n\x1b"), std::string::npos) << recipe.kind;
      }
      if (!place.command.empty()) script += cat("(", place.command, ") </dev/null\n");
    }
    run_command(folder, script);
    struct stat status {};
    EXPECT_NE(::stat(folder.path("ran").c_str(), &status), 0) << evil;
  }
}

TEST(Recipes, HomeStaysTheHomeOfTheShell) {
  UsePlace place;
  place.kind = "token-file";
  place.path = "~/.cache/hugging face/token";
  EXPECT_THAT(settled(place).command, HasSubstr(">~/'.cache/hugging face/token'"));
}

TEST(Recipes, ScopeIsAnOptionOnlyWhereThereIsOne) {
  UsePlace place;
  place.kind = "github-actions-secret";
  place.name = "HF_TOKEN";
  EXPECT_THAT(settled(place).command, HasSubstr("gh secret set HF_TOKEN;"));
  place.scope = "production";
  EXPECT_THAT(settled(place).command, HasSubstr("gh secret set HF_TOKEN --env production;"));
}

}  // namespace
}  // namespace hfscan
