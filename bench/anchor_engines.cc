// Runs both engines of the anchor stage over every object of a repository: how much CPU time each takes beyond reading, and
// whether they find the same.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "cpu_seconds.h"
#include "detect/delta_anchors.h"
#include "git/object_store.h"

namespace {

using namespace hfscan;

struct Totals {
  std::atomic<std::uint64_t> objects = 0;
  std::atomic<std::uint64_t> bytes = 0;
  std::atomic<std::uint64_t> anchors = 0;
  std::atomic<std::uint64_t> marks = 0;
  std::atomic<std::uint64_t> copied = 0;
  std::atomic<std::uint64_t> runs = 0;
  std::atomic<std::uint64_t> differences = 0;
};

void add_to(std::atomic<std::uint64_t>& total, std::size_t count) { total.fetch_add(count, std::memory_order_relaxed); }

// One list for each worker, used again and again.
using Lists = std::vector<std::vector<Anchor>>;

class Bench {
 public:
  Bench(const RepositoryLayout& layout, ObjectWalkOptions options)
      : store_(ObjectStore::open(layout, {"/"}, options.threads)),
        options_(options),
        found_(options.threads),
        again_(options.threads) {
    silent_.problem = [](const Diagnostic&) {};
  }

  // False when there is no such pass.
  bool run(std::string_view pass) {
    Totals totals;
    ObjectVisitor visitor = silent_;
    if (pass == "read") visitor.object = [](unsigned, const ObjectId&, ObjectType, std::string_view) {};
    if (pass == "full") visitor.object = full(totals);
    if (pass == "delta") visitor.delta_object = delta(totals);
    if (pass == "check") visitor.delta_object = check(totals);
    if (!visitor.object && !visitor.delta_object) return false;
    const double before = cpu_seconds();
    store_.for_each(options_, visitor);
    std::printf("%-6.*s %.3f CPU s, %llu anchors\n", static_cast<int>(pass.size()), pass.data(), cpu_seconds() - before,
                static_cast<unsigned long long>(totals.anchors));
    if (pass == "check") print_check(totals);
    differences_ += totals.differences;
    return true;
  }

  [[nodiscard]] bool same() const { return differences_ == 0; }

 private:
  std::function<void(unsigned, const ObjectId&, ObjectType, std::string_view)> full(Totals& totals) {
    return [&](unsigned worker, const ObjectId&, ObjectType, std::string_view bytes) {
      found_[worker].clear();
      find_anchors(bytes, found_[worker]);
      add_to(totals.anchors, found_[worker].size());
    };
  }

  std::function<void(unsigned, const ObjectId&, ObjectType, const DeltaObject&)> delta(Totals& totals) {
    return [&](unsigned worker, const ObjectId&, ObjectType, const DeltaObject& object) {
      found_[worker].clear();
      find_delta_anchors(object, found_[worker]);
      add_to(totals.anchors, found_[worker].size());
    };
  }

  std::function<void(unsigned, const ObjectId&, ObjectType, const DeltaObject&)> check(Totals& totals) {
    return [this, &totals, by_delta = delta(totals)](unsigned worker, const ObjectId& id, ObjectType type,
                                                     const DeltaObject& object) {
      by_delta(worker, id, type, object);
      again_[worker].clear();
      find_anchors(object.bytes, again_[worker]);
      if (found_[worker] != again_[worker]) add_to(totals.differences, 1);
      count(object, totals);
    };
  }

  static void count(const DeltaObject& object, Totals& totals) {
    add_to(totals.objects, 1);
    add_to(totals.bytes, object.bytes.size());
    add_to(totals.marks, object.marks.places.size());
    add_to(totals.runs, object.runs.size());
    for (const CopiedRun& run : object.runs) add_to(totals.copied, run.size);
  }

  static void print_check(const Totals& totals) {
    const auto number = [](const std::atomic<std::uint64_t>& total) { return static_cast<unsigned long long>(total); };
    std::printf("%llu objects, %.1f MB, %.1f %% of it copied in %llu runs, %llu cores, %llu differences\n",
                number(totals.objects), static_cast<double>(totals.bytes) / 1e6,
                100 * static_cast<double>(totals.copied) / static_cast<double>(totals.bytes), number(totals.runs),
                number(totals.marks), number(totals.differences));
  }

  ObjectStore store_;
  ObjectWalkOptions options_;
  ObjectVisitor silent_;
  Lists found_;
  Lists again_;
  std::uint64_t differences_ = 0;
};

int usage() {
  std::fputs("usage: anchor_engines REPOSITORY THREADS blobs|all [read|full|delta|check]...\n", stderr);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return usage();
  const auto layout = find_repository(argv[1]);
  if (!layout.ok() || !*layout) {
    std::fputs("no repository\n", stderr);
    return 2;
  }
  ObjectWalkOptions options;
  options.threads = std::max(1U, static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10)));
  if (std::string_view(argv[3]) == "all") options.types = ObjectTypes::all();
  std::vector<std::string_view> passes(argv + 4, argv + argc);
  if (passes.empty()) passes = {"read", "full", "delta", "check"};
  Bench bench(**layout, options);
  for (const std::string_view pass : passes) {
    if (!bench.run(pass)) return usage();
  }
  return bench.same() ? 0 : 1;
}
