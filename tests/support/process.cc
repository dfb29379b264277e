#include "support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace hfscan::test {
namespace {

struct Pipe {
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe2 failed");
  }
  std::array<int, 2> ends{};
};

[[noreturn]] void become(const std::vector<std::string>& argv, const ProcessOptions& options, const Pipe& in, const Pipe& out,
                         const Pipe& err) {
  ::dup2(in.ends[0], 0);
  ::dup2(out.ends[1], 1);
  ::dup2(err.ends[1], 2);
  std::signal(SIGPIPE, SIG_DFL);
  if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(126);
  std::map<std::string, std::string> environment = {
      {"PATH", std::getenv("PATH") == nullptr ? "/usr/bin:/bin" : std::getenv("PATH")},
      {"HOME", "/nonexistent"},
      {"LC_ALL", "C.UTF-8"}};
  for (const auto& [name, value] : options.environment) environment[name] = value;
  std::vector<std::string> pairs;
  pairs.reserve(environment.size());
  for (const auto& [name, value] : environment) pairs.push_back(name + "=" + value);
  std::vector<char*> envp;
  for (std::string& pair : pairs) envp.push_back(pair.data());
  envp.push_back(nullptr);
  std::vector<std::string> words = argv;
  std::vector<char*> args;
  for (std::string& word : words) args.push_back(word.data());
  args.push_back(nullptr);
  ::execvpe(args[0], args.data(), envp.data());
  ::_exit(127);
}

// Feeds stdin and drains stdout and stderr until the child has closed both.
void converse(int in, int out, int err, const std::string& input, ProcessResult& result) {
  std::size_t sent = 0;
  bool out_open = true;
  bool err_open = true;
  ::fcntl(in, F_SETFL, O_NONBLOCK);
  if (input.empty()) ::close(std::exchange(in, -1));
  while (out_open || err_open) {
    std::array<pollfd, 3> fds = {{{out_open ? out : -1, POLLIN, 0}, {err_open ? err : -1, POLLIN, 0}, {in, POLLOUT, 0}}};
    if (::poll(fds.data(), fds.size(), -1) < 0 && errno != EINTR) return;
    std::array<char, 65536> buffer{};
    const auto drain = [&buffer](const pollfd& fd, std::string& into, bool& open) {
      if ((fd.revents & (POLLIN | POLLHUP)) == 0) return;
      const ssize_t count = ::read(fd.fd, buffer.data(), buffer.size());
      if (count > 0)
        into.append(buffer.data(), static_cast<std::size_t>(count));
      else
        open = false;
    };
    drain(fds[0], result.out, out_open);
    drain(fds[1], result.err, err_open);
    if (in >= 0 && (fds[2].revents & (POLLOUT | POLLERR | POLLHUP)) != 0) {
      const ssize_t count = ::write(in, input.data() + sent, input.size() - sent);
      if (count > 0) sent += static_cast<std::size_t>(count);
      if (count < 0 || sent == input.size()) ::close(std::exchange(in, -1));
    }
  }
  if (in >= 0) ::close(in);
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& argv, const ProcessOptions& options) {
  std::signal(SIGPIPE, SIG_IGN);
  const Pipe in;
  const Pipe out;
  const Pipe err;
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) become(argv, options, in, out, err);
  ::close(in.ends[0]);
  ::close(out.ends[1]);
  ::close(err.ends[1]);
  ProcessResult result;
  converse(in.ends[1], out.ends[0], err.ends[0], options.input, result);
  ::close(out.ends[0]);
  ::close(err.ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

}  // namespace hfscan::test
