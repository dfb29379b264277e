// What a form of a command can ask for, each on a rule of its own.
#include "hygiene/command_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

CommandForm form(std::string words, std::vector<std::string> options, std::string value) {
  CommandForm form;
  form.words = std::move(words);
  form.options = std::move(options);
  form.value = std::move(value);
  return form;
}

// The text of each hit, as the file has it.
std::vector<std::string> hits(const CommandForm& form, std::string_view text, std::string_view path = "a.sh") {
  Rule rule;
  rule.match = CommandMatch{{"x"}, {form}};
  FileView file(path, text);
  FileHits found;
  CommandRule(rule).find(FileCheck(rule, file, found));
  std::vector<std::string> shown;
  for (const RuleHit& hit : found.hits)
    shown.emplace_back(text.substr(static_cast<std::size_t>(hit.span.begin), static_cast<std::size_t>(hit.span.size())));
  return shown;
}

std::string mended(CommandForm form, std::string_view text) {
  form.shortens = true;
  Rule rule;
  rule.match = CommandMatch{{"x"}, {form}};
  FileView file("a.sh", text);
  FileHits found;
  CommandRule(rule).find(FileCheck(rule, file, found));
  std::string result(text);
  for (const RuleHit& hit : found.hits) {
    for (const Edit& edit : hit.edits)
      result.replace(static_cast<std::size_t>(edit.span.begin), static_cast<std::size_t>(edit.span.size()), edit.text);
  }
  return result;
}

TEST(CommandRules, AFormBeginsAtTheFirstWordAndEndsWithOne) {
  const CommandForm two = form("tool|hf(?: auth)? login", {"--opt"}, ".*");
  EXPECT_THAT(hits(two, "hf auth login --opt $X; hf login --opt=$X; /bin/tool --opt $X\n"),
              ElementsAre("hf auth login --opt $X", "hf login --opt=$X", "/bin/tool --opt $X"));
  EXPECT_THAT(hits(two, "hf auth logins --opt $X; my tool --opt $X; tools --opt $X\n"), IsEmpty());
}

TEST(CommandRules, WordsOfAnyLengthAreReadUpToABound) {
  const std::string nest = "tool --opt \"$X$(" + std::string(200'000, 'a') + ")\"\n";
  EXPECT_EQ(hits(form("tool", {"--opt"}, ".*\\$X.*"), nest).size(), 1U);
  EXPECT_THAT(hits(form("tool", {"--opt"}, ".*\\$X.*"), "tool " + std::string(200'000, 'a') + " --opt $X\n").size(), 1U);
}

TEST(CommandRules, AnOptionsValueStandsInItsWordOrInTheNext) {
  const CommandForm any = form("tool", {"--opt", "-o"}, ".*\\$X.*");
  EXPECT_THAT(hits(any, "tool --opt $X a\n"), ElementsAre("tool --opt $X"));
  EXPECT_THAT(hits(any, "tool --opt=\"$X\"\n"), ElementsAre("tool --opt=\"$X\""));
  EXPECT_THAT(hits(any, "tool -o$X; tool -ito $X\n"), ElementsAre("tool -o$X", "tool -ito $X"));
  EXPECT_THAT(hits(any, "tool --option $X --opt\n"), IsEmpty());
  EXPECT_THAT(hits(any, "tool a --opt\n"), IsEmpty());
}

TEST(CommandRules, AnOptionCanBeAnExpression) {
  CommandForm any = form("tool", {}, ".*\\$X");
  any.option = "--(?:hf|hub)[-_]token";
  EXPECT_THAT(hits(any, "tool --hf-token $X\ntool --hub_token=$X\n"), ElementsAre("tool --hf-token $X", "tool --hub_token=$X"));
  EXPECT_THAT(hits(any, "tool --hf-token-file $X\n"), IsEmpty());
}

TEST(CommandRules, WhatTheShellDoesNotExpandIsNoValue) {
  const CommandForm any = form("tool", {"--opt"}, ".*\\$X.*");
  EXPECT_THAT(hits(any, "tool --opt '$X'\ntool --opt \"\\$X\"\n"), IsEmpty());
  EXPECT_THAT(hits(any, "tool --opt 'a'\"$X\"\n"), ElementsAre("tool --opt 'a'\"$X\""));
}

TEST(CommandRules, APlaceholderCountsOnlyWhereTheFormSaysSo) {
  CommandForm any = form("tool", {"--opt"}, ".+");
  EXPECT_THAT(hits(any, "tool --opt hf_xxx\n"), IsEmpty());
  any.placeholders = true;
  EXPECT_THAT(hits(any, "tool --opt hf_xxx\n"), ElementsAre("tool --opt hf_xxx"));
}

TEST(CommandRules, OptionsOfTheCommandBehindItAreNotItsOwn) {
  CommandForm any = form("tool run", {"--opt"}, ".*\\$X");
  any.before_positional = true;
  EXPECT_THAT(hits(any, "tool run --size 2 --opt $X image\n"), ElementsAre("tool run --size 2 --opt $X"));
  EXPECT_THAT(hits(any, "tool run image --opt $X\ntool run --size 2 image --opt $X\ntool run -- --opt $X\n"), IsEmpty());
}

TEST(CommandRules, TheRestOfTheCommandCanBeAskedFor) {
  CommandForm any = form("tool", {"--opt"}, ".*\\$X");
  any.mentions = "\\bhf\\b";
  any.except = "--dry-run";
  EXPECT_THAT(hits(any, "tool set hf --opt $X\n"), ElementsAre("tool set hf --opt $X"));
  EXPECT_THAT(hits(any, "tool set other --opt $X\ntool set hf --opt $X --dry-run\n"), IsEmpty());
}

TEST(CommandRules, ArgumentsOfAWrapperAreArguments) {
  const CommandForm any = form("sudo|env", {}, "N=\\$X");
  EXPECT_THAT(hits(any, "sudo -E N=$X tool\n$ env N=$X tool\n"), ElementsAre("sudo -E N=$X", "env N=$X"));
  EXPECT_THAT(hits(any, "N=$X tool\nsudo tool N=$X\n"), IsEmpty());
}

TEST(CommandRules, ASentenceMayMentionACommand) {
  const CommandForm any = form("git", {"--opt"}, ".*\\$X");
  EXPECT_THAT(hits(any, "Never use `git --opt $X` here.\n", "a.md"), IsEmpty());
  EXPECT_THAT(hits(any, "- `git --opt $X`\n", "a.md"), ElementsAre("git --opt $X"));
}

TEST(CommandRules, AVariablePassedUnderItsOwnNameIsShortened) {
  const CommandForm any = form("tool", {"-e"}, ".*\\$.*");
  EXPECT_EQ(mended(any, "tool -e N=$N i\n"), "tool -e N i\n");
  EXPECT_EQ(mended(any, "tool -e \"N=${N}\" i\n"), "tool -e N i\n");
  EXPECT_EQ(mended(any, "tool -e ALL,N=$N,M=2 i\n"), "tool -e ALL,N,M=2 i\n");
  EXPECT_EQ(mended(any, "tool -e N=$M i\n"), "tool -e N=$M i\n");
  EXPECT_EQ(mended(any, "tool -e N=$N-1 i\n"), "tool -e N=$N-1 i\n");
  EXPECT_EQ(mended(any, "tool -e N=${N:-x} i\n"), "tool -e N=${N:-x} i\n");
}

}  // namespace
}  // namespace hfscan
