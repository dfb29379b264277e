#include "process/child.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>

#include "support/temp_folder.h"

namespace hfscan {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string fake_token() { return "hf_" + std::string(17, 'q') + std::string(17, 'Z'); }

ChildResult shell(const std::string& script, ChildRequest request = {}) {
  request.argv = {"sh", "-c", script};
  Result<ChildResult> result = run_child(request);
  EXPECT_TRUE(result.ok());
  return result.ok() ? *result : ChildResult{};
}

class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) { ::setenv(name, value.c_str(), 1); }
  ~Variable() { ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  Variable(Variable&&) = delete;
  Variable& operator=(Variable&&) = delete;

 private:
  const char* name_;
};

TEST(Child, SaysWhatTheProgramSaidAndHowItEnded) {
  const ChildResult result = shell("cat; printf oops >&2; exit 7", {.argv = {}, .input = "in and out"});
  EXPECT_EQ(result.out, "in and out");
  EXPECT_EQ(result.err, "oops");
  EXPECT_EQ(result.exit_code, 7);
}

TEST(Child, TakesMoreInputThanAPipeHolds) {
  const std::string much(3'000'000, 'x');
  const ChildResult result = shell("wc -c", {.argv = {}, .input = much});
  EXPECT_EQ(std::stoul(result.out), much.size());
}

TEST(Child, ThatDoesNotReadItsInputIsNoTrouble) {
  std::signal(SIGPIPE, SIG_IGN);
  const std::string much(3'000'000, 'x');
  EXPECT_EQ(shell("exit 3", {.argv = {}, .input = much}).exit_code, 3);
}

TEST(Child, SaysThatOutputWasCut) {
  const ChildResult result = shell("printf 123456789", {.argv = {}, .most_output = 4});
  EXPECT_EQ(result.out, "1234");
  EXPECT_TRUE(result.cut);
}

TEST(Child, IsKilledWhenItsTimeIsOver) {
  const ChildResult result = shell("exec sleep 600", {.argv = {}, .timeout = std::chrono::milliseconds(50)});
  EXPECT_TRUE(result.timed_out);
  EXPECT_FALSE(result.ok());
}

TEST(Child, DiesOfAClosedPipeAsProgramsDo) { EXPECT_EQ(shell("kill -PIPE $$; exit 5").exit_code, 128 + 13); }

TEST(Child, SeesNeitherTokensNorSwitchesOfOurEnvironment) {
  const Variable token("HF_TOKEN", fake_token());
  const Variable endpoint("HF_ENDPOINT", "https://example.org");
  const Variable trace("GIT_TRACE_CURL", "1");
  const Variable disguised("XDG_SECRET", fake_token());
  const Variable harmless("XDG_STATE_HOME", "/state");
  const std::string seen = shell("env").out;
  EXPECT_THAT(seen, Not(HasSubstr(fake_token())));
  EXPECT_THAT(seen, Not(HasSubstr("HF_ENDPOINT")));
  EXPECT_THAT(seen, Not(HasSubstr("GIT_TRACE")));
  EXPECT_THAT(seen, HasSubstr("XDG_STATE_HOME=/state\n"));
  EXPECT_THAT(seen, HasSubstr("GIT_TERMINAL_PROMPT=0\n"));
}

TEST(Child, HasNoOpenFilesOfOurs) {
  EXPECT_EQ(shell("ls /proc/self/fd | wc -l").out, shell("ls /proc/self/fd | wc -l", {.argv = {}, .input = "x"}).out);
}

TEST(Child, ThatIsNotInstalledIsNamed) {
  const Result<ChildResult> result = run_child({.argv = {"no-such-program-anywhere"}});
  ASSERT_FALSE(result.ok());
  EXPECT_THAT(result.error().message, HasSubstr("'no-such-program-anywhere' is not installed"));
}

TEST(Child, IsNeverTakenFromTheCurrentFolder) {
  test::TempFolder folder;
  folder.write("planted", "#!/bin/sh\n");
  const Variable path("PATH_BEFORE", std::getenv("PATH"));
  ::setenv("PATH", ".::relative", 1);
  EXPECT_FALSE(find_program("planted"));
  ::setenv("PATH", std::getenv("PATH_BEFORE"), 1);
  EXPECT_TRUE(find_program("sh"));
}

TEST(Child, LastWordsAreOneMaskedLine) {
  ChildResult result;
  result.err = "first\nfatal: could not read " + fake_token() + "\x1b[2J\n\n";
  EXPECT_THAT(last_words(result), HasSubstr("fatal: could not read hf_"));
  EXPECT_THAT(last_words(result), Not(HasSubstr(fake_token())));
  EXPECT_THAT(last_words(result), Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace hfscan
