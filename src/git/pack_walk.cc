#include "git/pack_walk.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <vector>

#include "base/run_workers.h"
#include "base/text.h"
#include "git/buffer_pool.h"
#include "git/delta.h"
#include "git/inflate.h"
#include "git/subtree_queue.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kLeastTotal = std::uint64_t{8} << 30U;
constexpr std::uint64_t kTotalPerPackByte = 64;  // real packs stay below 40

const Marks kNoMarks;

using SharedBuffer = std::shared_ptr<Buffer>;

// A node that is to be read, from there on.
struct Subtree {
  PackNode node;
  SharedBuffer base;        // null for a root
  std::uint64_t held = 0;   // bytes of the bases that wait on one thread, less this one: the same however work is shared
  bool base_waits = false;  // for further children, on one thread
};

// A node whose children are being read; there is always one still to come.
struct Level {
  SharedBuffer bytes;
  std::span<const PackNode> children;  // those still to come
  PackNode last_child;                 // before which, on one thread, the bytes are given up
  std::uint64_t held;                  // as of a subtree
  bool lent = false;                   // another worker may still read the bytes

  [[nodiscard]] Subtree subtree(PackNode child) const { return {child, bytes, held, child != last_child}; }
};

struct Walk {
  const PackFile& pack;
  const DeltaForest& forest;
  PackWalkLimits limits;
  const PackVisitor& visitor;
  SubtreeQueue<Subtree> queue;
  std::atomic<std::size_t> next_root = 0;
  std::atomic<std::uint64_t> total = 0;
  std::atomic<bool> stopped = false;  // total_bytes are spent

  [[nodiscard]] bool ended() const {
    return stopped.load(std::memory_order_relaxed) || (limits.stop != nullptr && limits.stop->load(std::memory_order_relaxed));
  }
};

class Worker {
 public:
  Worker(Walk& walk, unsigned number) : walk_(walk), number_(number) {}

  void run() {
    while (std::optional<Subtree> subtree = next_subtree()) {
      begin(*subtree);
      *subtree = {};  // the last reader of a lent base frees it
      while (!levels_.empty() && !walk_.ended()) step();
      levels_.clear();
    }
  }

 private:
  std::optional<Subtree> next_subtree() {
    const std::span<const PackNode> roots = walk_.forest.roots();
    const std::size_t next = walk_.next_root.fetch_add(1, std::memory_order_relaxed);
    if (next < roots.size() && !walk_.ended()) return Subtree{roots[next], nullptr};
    return walk_.queue.take();
  }

  void step() {
    if (walk_.queue.asked()) lend_largest();
    Level& top = levels_.back();
    const PackNode child = top.children.front();
    top.children = top.children.subspan(1);
    const std::size_t parent = levels_.size() - 1;
    begin(top.subtree(child));
    if (levels_[parent].children.empty()) drop(parent);
  }

  // Visits the node and, when it has children, makes it the top level.
  void begin(const Subtree& subtree) {
    const PackNode node = subtree.node;
    Result<SharedBuffer> bytes = subtree.base == nullptr ? read_root(node) : read_delta(subtree);
    if (!bytes.ok()) return name_unread(node, bytes.error().message);
    if (*bytes == nullptr) return name_unread_children(node);
    if (walk_.forest.wanted(node)) visit(subtree, **bytes);
    const std::span<const PackNode> children = walk_.forest.children(node);
    if (children.empty()) return pool_.give_back(std::move(*bytes));
    const std::uint64_t held = subtree.held + (subtree.base_waits ? subtree.base->size() : 0);
    levels_.push_back({std::move(*bytes), children, children.back(), held});
  }

  void visit(const Subtree& subtree, Buffer& buffer) {
    if (!walk_.visitor.delta_object) return walk_.visitor.object(number_, subtree.node, buffer.view());
    const bool root = subtree.base == nullptr;
    if (root) runs_.clear();
    const Marks& base_marks = root ? kNoMarks : subtree.base->marks();
    walk_.visitor.delta_object(number_, subtree.node, {buffer.view(), runs_, base_marks, buffer.marks()});
  }

  // The bytes of a level are of no more use; it is the top one, or the one below.
  void drop(std::size_t level) {
    if (!levels_[level].lent) pool_.give_back(std::move(levels_[level].bytes));
    levels_.erase(levels_.begin() + static_cast<std::ptrdiff_t>(level));
  }

  // The lowest level has the largest subtrees, and of those the last is the largest. The only one that is left is kept.
  void lend_largest() {
    const auto lowest = std::find_if(levels_.begin(), levels_.end(), [](const Level& l) { return !l.children.empty(); });
    if (lowest == levels_.end() || (lowest + 1 == levels_.end() && lowest->children.size() == 1)) return;
    const PackNode child = lowest->children.back();
    lowest->children = lowest->children.first(lowest->children.size() - 1);
    lowest->lent = true;
    walk_.queue.give(lowest->subtree(child));
    if (lowest->children.empty()) levels_.erase(lowest);
  }

  [[nodiscard]] Result<PackEntry> entry(PackNode node) const {
    return walk_.pack.entry(walk_.forest.offset(node), walk_.forest.end(node));
  }

  // Null when the object was handed out as a stream.
  Result<SharedBuffer> read_root(PackNode node) {
    HFSCAN_TRY_ASSIGN(const PackEntry root, entry(node));
    const bool streams = root.size > walk_.limits.object_bytes && root.size <= walk_.limits.total_bytes && walk_.visitor.large;
    if (streams && can_inflate_to(root.size, root.stream.size())) {
      HFSCAN_TRY(charge(root.size));
      const std::unique_ptr<Content> content = open_stream(root);
      if (walk_.forest.wanted(node)) walk_.visitor.large(number_, node, *content);
      return SharedBuffer();
    }
    Result<SharedBuffer> bytes = inflate(node, root);
    if (!bytes.ok()) visit_readable_part(node, root);
    return bytes;
  }

  Result<SharedBuffer> read_delta(const Subtree& subtree) {
    HFSCAN_TRY_ASSIGN(const PackEntry delta_entry, entry(subtree.node));
    HFSCAN_TRY_ASSIGN(SharedBuffer delta_bytes, inflate(subtree.node, delta_entry));
    Result<SharedBuffer> result = rebuild(subtree, delta_bytes->view());
    pool_.give_back(std::move(delta_bytes));
    return result;
  }

  Result<SharedBuffer> rebuild(const Subtree& subtree, std::string_view delta_bytes) {
    HFSCAN_TRY_ASSIGN(const DeltaHeader delta, read_delta_header(delta_bytes));
    if (delta.result_size > walk_.limits.object_bytes) return too_large();
    if (subtree.held + subtree.base->size() + delta_bytes.size() + delta.result_size > walk_.limits.live_bytes) {
      return Error{cat("rebuilding it takes more than ", human_bytes(walk_.limits.live_bytes), " of memory")};
    }
    HFSCAN_TRY(charge(delta.result_size));
    SharedBuffer result = pool_.take(static_cast<std::size_t>(delta.result_size));
    const std::string_view base = subtree.base->view();
    const Status applied =
        walk_.visitor.delta_object ? apply_delta(delta, base, result->span(), runs_) : apply_delta(delta, base, result->span());
    if (applied.ok()) return result;
    pool_.give_back(std::move(result));
    return Error{applied.error()};
  }

  Result<SharedBuffer> inflate(PackNode node, const PackEntry& entry) {
    if (!can_inflate_to(entry.size, entry.stream.size())) return Error{"object is shorter than its header says"};
    if (entry.size > walk_.limits.object_bytes) return too_large();
    HFSCAN_TRY(charge(entry.size));
    SharedBuffer bytes = pool_.take(static_cast<std::size_t>(entry.size));
    const Result<std::size_t> consumed = inflater_.inflate(entry.stream, bytes->span());
    if (!consumed.ok()) {
      pool_.give_back(std::move(bytes));
      return consumed.error();
    }
    if (*consumed != entry.stream.size()) walk_.visitor.gap(node);
    return bytes;
  }

  [[nodiscard]] Error too_large() const { return Error{cat("object is larger than ", human_bytes(walk_.limits.object_bytes))}; }

  // What stands before the damage of a whole object.
  void visit_readable_part(PackNode node, const PackEntry& entry) {
    if (!walk_.forest.wanted(node) || !can_inflate_to(entry.size, entry.stream.size())) return;
    if (entry.size > walk_.limits.object_bytes) return;
    const std::unique_ptr<Content> content = open_stream(entry);
    SharedBuffer bytes = pool_.take(static_cast<std::size_t>(entry.size));
    std::size_t size = 0;
    while (size < bytes->size()) {
      const Result<std::size_t> count = content->read(bytes->span().subspan(size));
      if (!count.ok() || *count == 0) break;
      size += *count;
    }
    bytes->set_size(size);
    if (size > 0) visit({node, nullptr}, *bytes);
    pool_.give_back(std::move(bytes));
  }

  // Before bytes are made. The walk ends when objects expand to more than is sane.
  Status charge(std::uint64_t size) {
    if (walk_.total.fetch_add(size, std::memory_order_relaxed) + size <= walk_.limits.total_bytes) return {};
    walk_.stopped = true;
    return Error{cat("objects expand to more than ", human_bytes(walk_.limits.total_bytes), "")};
  }

  void name_unread(PackNode node, const std::string& message) {
    if (walk_.forest.wanted(node)) walk_.visitor.problem(node, message);
    name_unread_children(node);
  }

  void name_unread_children(PackNode node) {
    std::vector<PackNode> unread(walk_.forest.children(node).begin(), walk_.forest.children(node).end());
    while (!unread.empty()) {
      const PackNode next = unread.back();
      unread.pop_back();
      if (walk_.forest.wanted(next)) walk_.visitor.problem(next, "its delta base cannot be read");
      unread.insert(unread.end(), walk_.forest.children(next).begin(), walk_.forest.children(next).end());
    }
  }

  Walk& walk_;
  unsigned number_;
  StreamInflater inflater_;
  BufferPool pool_;
  std::vector<CopiedRun> runs_;  // of the delta that was applied last
  std::vector<Level> levels_;
};

}  // namespace

Status walk_pack(const PackFile& pack, const DeltaForest& forest, unsigned threads, const PackWalkLimits& limits,
                 const PackVisitor& visitor) {
  threads = std::max(threads, 1U);
  Walk walk{pack, forest, limits, visitor, SubtreeQueue<Subtree>(threads)};
  walk.limits.object_bytes = std::min(limits.object_bytes, kMostMarkedBytes);
  if (limits.total_bytes == 0) walk.limits.total_bytes = std::max(kLeastTotal, kTotalPerPackByte * pack.size());
  run_workers(threads, [&walk](unsigned number) { Worker(walk, number).run(); });
  if (!walk.stopped) return {};
  return Error{cat("objects expand to more than ", human_bytes(walk.limits.total_bytes), "; the rest was not read")};
}

}  // namespace hfscan
