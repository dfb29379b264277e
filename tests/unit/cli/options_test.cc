#include "cli/options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Options parsed(std::vector<std::string> arguments) {
  Result<ParsedArguments> result = parse_arguments(std::move(arguments));
  EXPECT_TRUE(result.ok()) << result.error().message;
  return result.ok() ? result->options : Options{};
}

std::string error_of(std::vector<std::string> arguments) {
  const Result<ParsedArguments> result = parse_arguments(std::move(arguments));
  return result.ok() ? "" : result.error().message;
}

TEST(OptionsTest, WithoutACommandPathsAreScanned) {
  EXPECT_EQ(parsed({}).command, Command::scan);
  EXPECT_THAT(parsed({"a", "b/c"}).arguments, ElementsAre("a", "b/c"));
  EXPECT_THAT(parsed({"scan", "a", "b"}).arguments, ElementsAre("a", "b"));
}

TEST(OptionsTest, FlagsCountBeforeAndAfterTheCommand) {
  for (const auto& arguments : {std::vector<std::string>{"--exit-zero", "-j", "3", "scan", "a"},
                                {"scan", "--exit-zero", "-j", "3", "a"},
                                {"scan", "a", "--exit-zero", "--jobs=3"}}) {
    const Options options = parsed(arguments);
    EXPECT_EQ(options.command, Command::scan);
    EXPECT_TRUE(options.exit_zero);
    EXPECT_THAT(options.arguments, ElementsAre("a"));
    ASSERT_EQ(options.config_flags.size(), 1U);
    EXPECT_EQ(options.config_flags[0].key, "scan.jobs");
  }
}

TEST(OptionsTest, UnknownFlagIsNamedWithASuggestion) {
  EXPECT_THAT(error_of({"--exit-zeroo"}), HasSubstr("unknown flag '--exit-zeroo' (did you mean '--exit-zero'?)"));
  EXPECT_THAT(error_of({"scan", "--repot-path=x"}), HasSubstr("did you mean '--report-path'?"));
}

TEST(OptionsTest, TokenInAnArgumentIsRefusedAndNotEchoed) {
  const std::string token = test::RandomText(1).token();
  for (const auto& arguments :
       {std::vector<std::string>{token}, {"scan", token}, {"--reason", "x " + token}, {"--x=" + token}}) {
    const std::string error = error_of(arguments);
    EXPECT_THAT(error, HasSubstr("stdin"));
    EXPECT_EQ(error.find(token.substr(3)), std::string::npos);
    EXPECT_EQ(error.find('\n'), std::string::npos);
  }
}

TEST(OptionsTest, ExitCodeIsANumberOfAProcess) {
  EXPECT_EQ(parsed({"--exit-code", "7"}).findings_exit_code, 7);
  EXPECT_EQ(parsed({"scan", "--exit-code=0"}).findings_exit_code, 0);
  for (const std::string value : {"256", "-1", "x", ""}) EXPECT_NE(error_of({"--exit-code", value}), "") << value;
}

TEST(OptionsTest, EmptyValueBehindAnEqualsSignIsAValue) {
  const Options options = parsed({"history", "--log-opts=", "--branch=", "--timeout", "3"});
  EXPECT_EQ(options.log_opts, "");
  EXPECT_EQ(options.branch, "");
  EXPECT_EQ(options.timeout, 3U);
}

TEST(OptionsTest, NamesOfGitleaksCommandsAreUnderstood) {
  EXPECT_EQ(parsed({"dir", "a"}).command, Command::scan);
  EXPECT_EQ(parsed({"git", "--staged"}).command, Command::staged);
  EXPECT_EQ(parsed({"git", "--pre-commit", "repo"}).command, Command::staged);
  EXPECT_EQ(parsed({"git", "repo"}).command, Command::history);
  EXPECT_EQ(parsed({"--staged"}).command, Command::staged);
  EXPECT_EQ(parsed({"dir", "--no-banner", "--redact", "-l", "info"}).command, Command::scan);
}

TEST(OptionsTest, ReportPathMayBeRepeated) {
  EXPECT_THAT(parsed({"-r", "a.json", "--report-path", "b.sarif", "scan", "-r", "-"}).report_paths,
              ElementsAre("a.json", "b.sarif", "-"));
}

TEST(OptionsTest, RepeatableFlagTakesOneValueAndLeavesThePaths) {
  const std::vector<std::string> flags = {"-r",     "--rules", "--profile", "--rules-file", "--exclude",
                                          "--jobs", "-b",      "--fail-on", "--color"};
  for (const std::string& flag : flags) {
    EXPECT_THAT(parsed({flag, "1", "a", "b"}).arguments, ElementsAre("a", "b")) << flag;
    EXPECT_THAT(parsed({"scan", flag, "1", "a"}).arguments, ElementsAre("a")) << flag;
  }
}

TEST(OptionsTest, EveryCommandIsKnown) {
  const std::vector<std::pair<std::vector<std::string>, Command>> commands = {
      {{"staged"}, Command::staged},
      {{"stdin"}, Command::standard_input},
      {{"hook", "pre-commit"}, Command::hook},
      {{"rules"}, Command::rules_list},
      {{"rules", "list"}, Command::rules_list},
      {{"rules", "explain", "HF1001"}, Command::rules_explain},
      {{"rules", "check", "f"}, Command::rules_check},
      {{"rules", "new", "n"}, Command::rules_new},
      {{"config", "show"}, Command::config_show},
      {{"config", "check"}, Command::config_check},
      {{"config", "schema"}, Command::config_schema},
      {{"baseline", "create", "f"}, Command::baseline_create},
      {{"baseline", "update", "f"}, Command::baseline_update},
      {{"baseline", "prune", "f"}, Command::baseline_prune},
      {{"ignore", "f"}, Command::ignore},
      {{"version"}, Command::version},
      {{"fix", "a", "--apply", "--unsafe"}, Command::fix},
      {{"init", "--apply"}, Command::init},
      {{"verify", "--token-stdin", "--yes", "--endpoint", "https://huggingface.co", "--include-identity"}, Command::verify},
      {{"verify", "0123456789ab"}, Command::verify},
      {{"remediate", "revoke", "--proof-interval", "5", "--token-stdin", "--yes", "--net"}, Command::remediate_revoke},
      {{"--version"}, Command::version},
  };
  for (const auto& [arguments, command] : commands) EXPECT_EQ(parsed(arguments).command, command) << arguments[0];
}

TEST(OptionsTest, FlagsThatWriteAreForTheCommandsThatDo) {
  EXPECT_THAT(error_of({"scan", "--apply"}), HasSubstr("--apply is for"));
  EXPECT_THAT(error_of({"init", "--unsafe"}), HasSubstr("--unsafe is for"));
  EXPECT_THAT(error_of({"fix", "--staged"}), HasSubstr("not on the index"));
}

TEST(OptionsTest, FlagsThatSendAreForTheCommandsThatDo) {
  for (const char* flag : {"--token-stdin", "--yes", "--endpoint=https://huggingface.co", "--include-identity", "--net"}) {
    for (const char* command : {"scan", "history", "host", "fix", "stdin"}) EXPECT_NE(error_of({command, flag}), "") << flag;
    EXPECT_NE(error_of({flag}), "") << flag;
  }
  EXPECT_NE(error_of({"verify", "--proof-interval", "5"}), "");
  EXPECT_NE(error_of({"verify", "--net"}), "");
  EXPECT_EQ(parsed({"verify", "--endpoint", "https://hub.example.org"}).remediate.endpoint, "https://hub.example.org");
}

TEST(OptionsTest, HelpIsPrintedForTheProgramAndForACommand) {
  const auto help = [](std::vector<std::string> arguments) { return parse_arguments(std::move(arguments))->help.value_or(""); };
  EXPECT_THAT(help({"--help"}), HasSubstr("Exit codes"));
  EXPECT_THAT(help({"rules", "explain", "-h"}), HasSubstr("RULE"));
}

}  // namespace
}  // namespace hfscan
