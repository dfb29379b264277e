// Reads every object of a repository and looks at none: the floor of a scan of its history.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "cpu_seconds.h"
#include "git/object_store.h"

namespace {

using namespace hfscan;

// Memory of the process's own, without the mapped packs: proc(5), /proc/pid/status. In kB.
long anonymous_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("RssAnon:")) return std::strtol(line.c_str() + 8, nullptr, 10);
  }
  return 0;
}

struct Totals {
  std::atomic<std::uint64_t> objects = 0;
  std::atomic<std::uint64_t> bytes = 0;
  std::atomic<long> memory = 0;
  std::uint64_t problems = 0;
};

void add(Totals& totals, std::size_t size) {
  const std::uint64_t objects = totals.objects.fetch_add(1, std::memory_order_relaxed);
  totals.bytes.fetch_add(size, std::memory_order_relaxed);
  if (objects % 16384 == 0) totals.memory = std::max(totals.memory.load(), anonymous_memory());
}

int read_all(const std::string& path, const ObjectWalkOptions& options) {
  const auto start = std::chrono::steady_clock::now();
  const auto layout = find_repository(path);
  if (!layout.ok() || !*layout) {
    std::fputs("no repository\n", stderr);
    return 2;
  }
  Totals totals;
  ObjectVisitor visitor;
  visitor.object = [&](unsigned, const ObjectId&, ObjectType, std::string_view bytes) { add(totals, bytes.size()); };
  visitor.problem = [&](const Diagnostic& diagnostic) {
    ++totals.problems;
    std::fprintf(stderr, "%s: %s\n", diagnostic.path.c_str(), diagnostic.message.c_str());
  };
  ObjectStore::open(**layout, {"/"}, options.threads).for_each(options, visitor);
  const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - start;
  std::printf("%.3f CPU s, %.3f s, %llu objects, %.1f MB, %llu problems, %.1f MB of memory less the packs\n", cpu_seconds(),
              wall.count(), static_cast<unsigned long long>(totals.objects), static_cast<double>(totals.bytes) / 1e6,
              static_cast<unsigned long long>(totals.problems), static_cast<double>(totals.memory) / 1e3);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: read_objects REPOSITORY THREADS blobs|all\n", stderr);
    return 2;
  }
  ObjectWalkOptions options;
  options.threads = static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10));
  if (std::string_view(argv[3]) == "all") options.types = ObjectTypes::all();
  return read_all(argv[1], options);
}
