#include "syntax/windows_shell.h"

#include <gtest/gtest.h>

#include <string>

#include "support/shell_spans.h"

namespace hfscan {
namespace {

std::string listed(const ShellScript& script) {
  std::string text;
  for (const ShellCommand& command : script.commands) {
    for (const ShellAssignment& assignment : script.assignments_of(command))
      text.append(assignment.name).append(":=").append(assignment.value()).append(" ");
    for (const ShellWord& word : script.words_of(command)) text.append("[").append(word.text).append("]");
    for (const ShellRedirection& redirection : script.redirections_of(command))
      text.append(">").append(redirection.target.text);
    text.append("; ");
  }
  return text;
}

std::string variables(const ShellScript& script) {
  std::string text;
  for (const ShellPart& part : script.parts) {
    if (part.kind == ShellPartKind::variable) text.append(part.name).append(part.operation).append(" ");
  }
  return text;
}

TEST(Powershell, AssignsEnvironmentVariables) {
  const std::string text = "$env:HF_TOKEN = \"a`\"b\"\n$Env:X='it''s'; $y=1\n$z = @\"\nl1 $env:Q\n\"@\n";
  const ShellScript script = read_powershell(text);
  EXPECT_EQ(listed(script), "env:HF_TOKEN:=a\"b ; Env:X:=it's ; y:=1 ; z:=l1 $env:Q ; ");
  EXPECT_EQ(variables(script), "env:HF_TOKEN Env:X y z env:Q ");
}

TEST(Powershell, CommandsPipesAndComments) {
  const std::string text =
      "# it's\n<# b \" #> hf auth login `\n  --token $env:HF_TOKEN | Out-Null\nif ($x) { & curl.exe -H \"A: ${env:T}\" > f }";
  const ShellScript script = read_powershell(text);
  EXPECT_EQ(listed(script),
            "[hf][auth][login][--token][$env:HF_TOKEN]; [Out-Null]; [if]; [$x]; [curl.exe][-H][A: ${env:T}]>f; ");
  EXPECT_EQ(script.commands[1].previous_in_pipeline, 0U);
  EXPECT_EQ(variables(script), "env:HF_TOKEN x env:T ");
}

TEST(Batch, SetAssignsToTheEndOfTheCommand) {
  const std::string text =
      "@echo off\r\nREM set A=b\n:: c\nset HF_TOKEN=a b\r\nset \"B=c & d\" & setx HF_TOKEN %HF_TOKEN%\nset /p X=ask\n";
  const ShellScript script = read_batch(text);
  EXPECT_EQ(listed(script),
            "[echo][off]; HF_TOKEN:=a b [set]; B:=c & d [set]; [setx][HF_TOKEN][%HF_TOKEN%]; X:=ask [set][/p]; ");
  EXPECT_EQ(script.comments.size(), 2U);
}

TEST(Batch, VariablesEscapesAndContinuations) {
  const ShellScript script = read_batch("echo %A:~0,4% !B! 100% ^& \"%C%\" ^\n x %1 >> f | y");
  EXPECT_EQ(listed(script), "[echo][%A:~0,4%][!B!][100%][&][%C%][x][%1]>f; [y]; ");
  EXPECT_EQ(variables(script), "A:~0,4 B C ");
}

TEST(WindowsShells, AnyInputGivesSpansInsideIt) {
  test::RandomText random(8);
  const std::string_view pieces[] = {"$env:A", " = ",  "\"", "'",  "`",  "@\"\n", "\n\"@", "%A%", "%", "set ",
                                     "^",      "\r\n", "(",  "| ", "> ", "a",     "<#",    "!",   "=", "${"};
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (int i = 0; i < 20; ++i) text += pieces[random.below(20)];
    ASSERT_TRUE(test::spans_hold(read_powershell(text), text)) << round;
    ASSERT_TRUE(test::spans_hold(read_batch(text), text)) << round;
  }
}

}  // namespace
}  // namespace hfscan
