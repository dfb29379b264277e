// Tested by tests/e2e/hub_check.py.
#include "cli/token_input.h"

#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include "base/file.h"
#include "core/exit_code.h"
#include "remedy/secret_source.h"

namespace hfscan {
namespace {

constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// For the handler, which can be given nothing.
termios terminal_before{};

// Nobody wants a shell in which nothing can be seen.
extern "C" void show_again_and_leave(int /*signal*/) {
  ::tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
  ::_exit(static_cast<int>(ExitCode::interrupted));
}

// As long as this lives, the terminal on standard input does not show what is typed.
class QuietTerminal {
 public:
  QuietTerminal() {
    if (::isatty(STDIN_FILENO) != 1 || ::tcgetattr(STDIN_FILENO, &terminal_before) != 0) return;
    struct sigaction action {};
    action.sa_handler = show_again_and_leave;
    for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals.at(i), &action, &actions_before_.at(i));
    termios quiet = terminal_before;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
    changed_ = true;
  }
  ~QuietTerminal() {
    if (!changed_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal_before);
    for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals.at(i), &actions_before_.at(i), nullptr);
  }
  QuietTerminal(const QuietTerminal&) = delete;
  QuietTerminal& operator=(const QuietTerminal&) = delete;
  QuietTerminal(QuietTerminal&&) = delete;
  QuietTerminal& operator=(QuietTerminal&&) = delete;

  [[nodiscard]] bool changed() const { return changed_; }

 private:
  std::array<struct sigaction, kSignals.size()> actions_before_{};
  bool changed_ = false;
};

}  // namespace

Result<std::vector<Secret>> tokens_of_standard_input() {
  const QuietTerminal quiet;
  if (quiet.changed()) {
    HFSCAN_TRY(write_all(STDERR_FILENO, "Tokens, one a line, then Ctrl-D; they are not shown: ", "standard error"));
  }
  Result<std::vector<Secret>> secrets = read_secrets(STDIN_FILENO);
  if (quiet.changed()) {
    HFSCAN_TRY(write_all(STDERR_FILENO, "\n", "standard error"));
  }
  return secrets;
}

}  // namespace hfscan
