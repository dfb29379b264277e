#include "syntax/shell_words.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace hfscan {
namespace {

std::string joined(std::span<const ShellWord> words) {
  std::string text;
  for (const ShellWord& word : words) text.append(text.empty() ? "" : " ").append(word.text);
  return text;
}

std::string real_words(std::string_view line) {
  const ShellScript script = read_shell(line);
  return joined(effective_words(script, script.commands.at(0)).words);
}

TEST(EffectiveWords, WrappersAndTheirOptionsArePassedOver) {
  EXPECT_EQ(real_words("sudo -E -u bob hf auth login"), "hf auth login");
  EXPECT_EQ(real_words("env A=b -u X /usr/bin/time -p curl x"), "curl x");
  EXPECT_EQ(real_words("nohup timeout -k 5 10 python a.py"), "python a.py");
  EXPECT_EQ(real_words("xargs -n 1 -I {} hf download {}"), "hf download {}");
  EXPECT_EQ(real_words("uv run --with x hf jobs run"), "hf jobs run");
  EXPECT_EQ(real_words("conda run -n base hf download x"), "hf download x");
  EXPECT_EQ(real_words("$ hf auth login"), "hf auth login");
  EXPECT_EQ(real_words("sudo -- env"), "");
}

TEST(CommandName, LongestPathStillHasAName) {
  const std::string text = std::string(4000, 'a') + "/hf x";
  const ShellScript script = read_shell(text);
  EXPECT_EQ(command_name(script.words.at(0)), "hf");
}

TEST(CommandName, WordThatIsNoPathIsNoProgramOfOurs) {
  const std::string text = "hf$(" + std::string(100'000, 'a');
  const ShellScript script = read_shell(text);
  EXPECT_NE(command_name(script.words.at(0)), "hf");
}

TEST(EffectiveWords, OrdinaryCommandsStayWhole) {
  EXPECT_EQ(real_words("uv pip install x"), "uv pip install x");
  EXPECT_EQ(real_words("command -v hf"), "command -v hf");
  EXPECT_EQ(real_words("echo sudo"), "echo sudo");
}

TEST(EffectiveWords, AssignmentsOfAWrapperAreAmongWhatWasPassedOver) {
  const ShellScript script = read_shell("sudo HF_TOKEN=\"$HF_TOKEN\" make");
  const EffectiveWords found = effective_words(script, script.commands.at(0));
  EXPECT_EQ(joined(found.passed_over), "sudo HF_TOKEN=$HF_TOKEN");
  EXPECT_EQ(expansions_in(script, found.passed_over[1]).size(), 1U);
}

constexpr std::array<std::string_view, 5> kWithValue = {"-e", "--env", "-v", "--token", "--flavor"};

std::string described(std::string_view line, std::size_t positionals) {
  const ShellScript script = read_shell(line);
  const ParsedOptions parsed = parse_options(script.words_of(script.commands.at(0)).subspan(1), {kWithValue, positionals});
  std::string text;
  for (const ShellOption& option : parsed.options) {
    text.append(option.name);
    if (option.value_word != nullptr) text.append("(").append(option.value()).append(")");
    text.append(" ");
  }
  text.append("|");
  for (const ShellWord* word : parsed.positionals) text.append(" ").append(word->text);
  return text.append(" | ").append(joined(parsed.rest));
}

TEST(OptionParser, ReadsTheFourSpellingsOfAValue) {
  EXPECT_EQ(described("run --token=a --env b -e c -ed x", SIZE_MAX), "--token(a) --env(b) -e(c) -e(d) | x | ");
}

TEST(OptionParser, OptionsEndAtTheImageSoThatTheRemoteCommandKeepsItsOwn) {
  EXPECT_EQ(described("run --flavor t4 -d -e HF_TOKEN img python --token x", 1),
            "--flavor(t4) -d -e(HF_TOKEN) | img | python --token x");
}

TEST(OptionParser, ADoubleDashEndsTheOptions) {
  EXPECT_EQ(described("run -e A -- -e B", SIZE_MAX), "-e(A) | -e B | ");
  EXPECT_EQ(described("run -- img -e B", 1), "| img | -e B");
}

TEST(OptionParser, ClustersEndAtTheLetterThatTakesAValue) {
  EXPECT_EQ(described("run -it img", 1), "-it | img | ");
  EXPECT_EQ(described("run -ite A=b img", 1), "-e(A=b) | img | ");
}

TEST(OptionParser, AMissingValueIsNoValue) { EXPECT_EQ(described("run --env", 1), "--env | | "); }

TEST(OptionParser, AFlagWithAValueThatTheTableDoesNotKnowKeepsIt) {
  EXPECT_EQ(described("run --other=x img", 1), "--other(x) | img | ");
}

TEST(ScriptArgument, IsTheWordAfterTheOptionsOfAShell) {
  const auto script_of = [](std::string_view line) {
    const ShellScript script = read_shell(line);
    const ShellWord* word = script_argument(effective_words(script, script.commands.at(0)).words);
    return word == nullptr ? std::string("none") : std::string(word->text);
  };
  EXPECT_EQ(script_of("sudo bash -lc 'echo $X'"), "echo $X");
  EXPECT_EQ(script_of("sh -e -c \"a\" name"), "a");
  EXPECT_EQ(script_of("bash file -c x"), "none");
  EXPECT_EQ(script_of("zsh --rcfile x"), "none");
  EXPECT_EQ(script_of("python -c x"), "none");
}

}  // namespace
}  // namespace hfscan
