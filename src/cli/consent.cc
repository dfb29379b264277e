// Tested by tests/e2e/hub_check.py.
#include "cli/consent.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "base/file.h"
#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostAnswer = 256;

// One line, without its end.
std::string read_line(int fd) {
  std::string line;
  char c = 0;
  while (line.size() < kMostAnswer) {
    const ssize_t count = ::read(fd, &c, 1);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || c == '\n') break;
    line += c;
  }
  return line;
}

bool is_consent(std::string_view answer, std::string_view word) {
  answer = trim(answer);
  return answer == word || (word == "y" && to_lower_ascii(answer) == "yes");
}

}  // namespace

Status ask_consent(const Question& question, Assumed assumed) {
  if (assumed == Assumed::yes) return {};
  const FileDescriptor terminal(::isatty(STDERR_FILENO) == 1 ? ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY) : -1);
  if (!terminal.valid())
    return Error{
        cat("there is no terminal to ask on: repeat it with ", question.automation, " if you mean it; ", question.undo)};
  const std::string prompt = question.word == "y" ? "Go on? [y/N] " : cat("Type ", quoted(question.word), " to go on: ");
  HFSCAN_TRY(write_all(terminal.get(), cat(question.text, "\n", prompt), "the terminal"));
  if (is_consent(read_line(terminal.get()), question.word)) return {};
  return Error{std::string(question.undo)};
}

}  // namespace hfscan
