// Locks the process down, runs the command, and turns whatever goes wrong beyond our own errors into exit 2.
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "cli/app.h"

namespace {

// Memory holds what is scanned, so it must not end up in a core file or in another process's hands. A limit of 1 is less than
// any core file, and the only one that also counts where cores go to a program (core(5), fs/coredump.c); programs that we start
// inherit it.
void forbid_memory_dumps() {
  const rlimit none{1, 1};
  ::setrlimit(RLIMIT_CORE, &none);
#ifdef PR_SET_DUMPABLE
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

// No time is ever shown. The C library would look for the machine's time zone at each member of a zip, to read a date nobody
// asks for.
void forget_time_zone() { ::setenv("TZ", "UTC0", 1); }  // NOLINT(concurrency-mt-unsafe): before any thread starts

extern "C" void on_interrupt(int) {
  static constexpr char kMessage[] = "\nhfscan: interrupted; no report was written\n";
  static_cast<void>(!::write(STDERR_FILENO, kMessage, sizeof kMessage - 1));
  ::_exit(static_cast<int>(hfscan::ExitCode::interrupted));
}

void handle_signals() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
  action.sa_handler = SIG_IGN;  // a closed pipe, and a file that may not grow, are noticed where they are written to
  for (const int signal : {SIGPIPE, SIGXFSZ}) ::sigaction(signal, &action, nullptr);
}

}  // namespace

int main(int argc, char** argv) {
  forbid_memory_dumps();
  forget_time_zone();
  handle_signals();
  try {
    return static_cast<int>(hfscan::run_hfscan(std::vector<std::string>(argv + 1, argv + argc)));
  } catch (const std::bad_alloc&) {
    static constexpr char kMessage[] = "hfscan: out of memory; no verdict (use fewer --jobs, or scan less at once)\n";
    static_cast<void>(!::write(STDERR_FILENO, kMessage, sizeof kMessage - 1));
  } catch (...) {
    static constexpr char kMessage[] = "hfscan: internal error (please report it); no verdict\n";
    static_cast<void>(!::write(STDERR_FILENO, kMessage, sizeof kMessage - 1));
  }
  return static_cast<int>(hfscan::ExitCode::usage);
}
