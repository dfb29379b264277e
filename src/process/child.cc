// Tested by tests/unit/process/child_test.cc.
#include "process/child.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>

#include "base/file.h"
#include "base/mask.h"
#include "base/text.h"

extern char** environ;  // NOLINT(readability-redundant-declaration): environ(7) wants it declared

namespace hfscan {
namespace {

using Clock = std::chrono::steady_clock;

// Exact names; a '*' at the end stands for any rest.
constexpr std::array<std::string_view, 38> kKeptVariables = {"PATH",
                                                             "HOME",
                                                             "USER",
                                                             "LOGNAME",
                                                             "SHELL",
                                                             "TERM",
                                                             "TMPDIR",
                                                             "XDG_*",
                                                             "DISPLAY",
                                                             "WAYLAND_*",
                                                             "DBUS_*",
                                                             "SSH_AUTH_SOCK",
                                                             "SSH_ASKPASS",
                                                             "SSH_AGENT_PID",
                                                             "GNUPGHOME",
                                                             "GIT_ASKPASS",
                                                             "GIT_SSH",
                                                             "GIT_SSH_*",
                                                             "GIT_SSL_*",
                                                             "GIT_PROXY_*",
                                                             "GIT_CONFIG_GLOBAL",
                                                             "http_proxy",
                                                             "HTTP_PROXY",
                                                             "https_proxy",
                                                             "HTTPS_PROXY",
                                                             "all_proxy",
                                                             "ALL_PROXY",
                                                             "no_proxy",
                                                             "NO_PROXY",
                                                             "SSL_CERT_*",
                                                             "CURL_CA_BUNDLE",
                                                             "GIT_CONFIG_NOSYSTEM",
                                                             "GIT_CONFIG_SYSTEM",
                                                             "LD_LIBRARY_PATH",
                                                             "ASAN_OPTIONS",
                                                             "UBSAN_OPTIONS",
                                                             "TSAN_OPTIONS",
                                                             "PYTHONDONTWRITEBYTECODE"};

bool matches(std::string_view name, std::string_view pattern) {
  if (!pattern.ends_with('*')) return name == pattern;
  pattern.remove_suffix(1);
  return name.starts_with(pattern);
}

bool is_kept(std::string_view name, const std::vector<std::string>& keep) {
  for (const std::string_view pattern : kKeptVariables) {
    if (matches(name, pattern)) return true;
  }
  return std::find(keep.begin(), keep.end(), name) != keep.end();
}

struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return Error{cat("cannot make a pipe: ", errno_text(errno))};
  return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

// What execve(2) takes: pointers into strings that outlive it.
std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  result.reserve(words.size() + 1);
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

struct Prepared {
  std::string program;
  std::vector<std::string> argv;
  std::vector<std::string> environment;
  std::string folder;
  NewFiles new_files;
};

// In the child, between fork and exec: nothing here may allocate or lock.
[[noreturn]] void become(const Prepared& prepared, char* const* argv, char* const* environment, const std::array<int, 3>& fds,
                         pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);  // it died before we could ask
  for (int fd = 0; fd < 3; ++fd) {
    if (::dup2(fds.at(static_cast<std::size_t>(fd)), fd) < 0) ::_exit(127);
  }
  std::signal(SIGPIPE, SIG_DFL);  // NOLINT(cert-err33-c): we ignore it, and that would be inherited
  if (prepared.new_files == NewFiles::owner_only) ::umask(077);
  if (!prepared.folder.empty() && ::chdir(prepared.folder.c_str()) != 0) ::_exit(127);
  ::execve(prepared.program.c_str(), argv, environment);
  ::_exit(127);
}

// One direction of the talk with a child.
class Talk {
 public:
  Talk(const ChildRequest& request, ChildResult& result) : request_(request), result_(result), input_(request.input) {}

  void run(FileDescriptor in, FileDescriptor out, FileDescriptor err) {
    in_ = std::move(in);
    out_ = std::move(out);
    err_ = std::move(err);
    ::fcntl(in_.get(), F_SETFL, O_NONBLOCK);
    const Clock::time_point end = Clock::now() + request_.timeout;
    while (out_.valid() || err_.valid()) {
      if (input_.empty()) in_.reset();
      if (!step(request_.timeout.count() == 0 ? -1 : remaining(end))) return;
    }
  }

 private:
  static int remaining(Clock::time_point end) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    return left < 0 ? 0 : static_cast<int>(std::min<std::int64_t>(left + 1, 60'000));
  }

  // False when the time is over.
  bool step(int wait) {
    std::array<pollfd, 3> fds = {{{out_.valid() ? out_.get() : -1, POLLIN, 0},
                                  {err_.valid() ? err_.get() : -1, POLLIN, 0},
                                  {in_.valid() ? in_.get() : -1, POLLOUT, 0}}};
    const int ready = ::poll(fds.data(), fds.size(), wait);
    if (ready < 0) return errno == EINTR;
    if (ready == 0) {
      result_.timed_out = wait == 0;
      return wait != 0;
    }
    if (fds[0].revents != 0) take(out_, result_.out);
    if (fds[1].revents != 0) take(err_, result_.err);
    if (fds[2].revents != 0) give();
    return true;
  }

  void take(FileDescriptor& from, std::string& into) {
    std::array<char, 65536> buffer;  // NOLINT(cppcoreguidelines-pro-type-member-init): read fills it
    const ssize_t count = ::read(from.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) return;
    if (count <= 0) return from.reset();
    const auto size = static_cast<std::size_t>(count);
    const std::size_t room = into.size() < request_.most_output ? request_.most_output - into.size() : 0;
    result_.cut = result_.cut || size > room;
    into.append(buffer.data(), std::min(size, room));
  }

  void give() {
    const ssize_t count = ::write(in_.get(), input_.data(), input_.size());
    if (count > 0) input_.remove_prefix(static_cast<std::size_t>(count));
    if (count < 0 && errno != EAGAIN && errno != EINTR) in_.reset();  // it does not want to read any more
  }

  const ChildRequest& request_;
  ChildResult& result_;
  std::string_view input_;
  FileDescriptor in_;
  FileDescriptor out_;
  FileDescriptor err_;
};

Result<Prepared> prepare(const ChildRequest& request) {
  const std::string& name = request.argv.front();
  const std::optional<std::string> program = name.find('/') == std::string::npos ? find_program(name) : name;
  if (!program) return Error{cat("'", escape_for_display(name), "' is not installed (no such program in PATH)")};
  std::vector<std::string> environment = child_environment(request.keep);
  for (const auto& [variable, value] : request.environment) {
    const std::string beginning = variable + "=";
    std::erase_if(environment, [&beginning](const std::string& pair) { return pair.starts_with(beginning); });
    environment.push_back(beginning + value);
  }
  return Prepared{*program, request.argv, std::move(environment), request.folder, request.new_files};
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool is_executable_file(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

Result<ChildResult> run_child(const ChildRequest& request) {
  HFSCAN_TRY_ASSIGN(Prepared prepared, prepare(request));
  HFSCAN_TRY_ASSIGN(Pipe in, make_pipe());
  HFSCAN_TRY_ASSIGN(Pipe out, make_pipe());
  HFSCAN_TRY_ASSIGN(Pipe err, make_pipe());
  const std::vector<char*> argv = pointers(prepared.argv);
  const std::vector<char*> environment = pointers(prepared.environment);
  const std::array<int, 3> fds = {in.read.get(), out.write.get(), err.write.get()};
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  if (child < 0) return Error{cat("cannot start '", escape_for_display(request.argv.front()), "': ", errno_text(errno))};
  if (child == 0) become(prepared, argv.data(), environment.data(), fds, parent);
  in.read.reset();
  out.write.reset();
  err.write.reset();
  ChildResult result;
  Talk(request, result).run(std::move(in.write), std::move(out.read), std::move(err.read));
  if (result.timed_out) ::kill(child, SIGKILL);
  result.exit_code = wait_for(child);
  return result;
}

std::optional<std::string> find_program(std::string_view name) {
  const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe): nobody writes to the environment
  std::string_view rest = path == nullptr ? "/usr/bin:/bin" : path;
  while (!rest.empty()) {
    const std::string_view folder = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(folder.size() + 1, rest.size()));
    if (!folder.starts_with('/')) continue;
    std::string candidate = cat(folder, "/", name);
    if (is_executable_file(candidate)) return candidate;
  }
  return std::nullopt;
}

std::vector<std::string> child_environment(const std::vector<std::string>& keep) {
  std::vector<std::string> result = {"LC_ALL=C.UTF-8", "GIT_TERMINAL_PROMPT=0"};
  for (char** pair = environ; pair != nullptr && *pair != nullptr; ++pair) {
    const std::string_view text = *pair;
    if (is_kept(text.substr(0, text.find('=')), keep) && !holds_token_shape(text)) result.emplace_back(text);
  }
  return result;
}

std::string last_words(const ChildResult& result) {
  const std::vector<std::string_view> lines = split_lines(result.err);
  const auto last = std::find_if(lines.rbegin(), lines.rend(), [](std::string_view line) { return !trim(line).empty(); });
  if (last != lines.rend()) return mask_token_shapes(escape_for_display(trim(*last).substr(0, 300)));
  return result.timed_out ? "it took too long" : cat("exit code ", std::to_string(result.exit_code));
}

}  // namespace hfscan
