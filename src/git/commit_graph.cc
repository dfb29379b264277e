#include "git/commit_graph.h"

#include <algorithm>
#include <unordered_map>

#include "base/encoding.h"
#include "base/text.h"

namespace hfscan {

struct CommitGraphBuilder::State {
  enum class Visit : std::uint8_t { absent, fresh, seen };  // absent: named as a parent, not added

  struct Node {
    std::uint32_t first_parent = 0;  // index into `parents`
    std::uint32_t parent_count = 0;
    std::uint32_t tree = IdTable::kNone;
    std::uint32_t author = 0;  // indices into `people`
    std::uint32_t committer = 0;
    CommitDates dates;
    Visit visit = Visit::absent;
    CommitNumber number = kNoCommit;  // in the finished graph
  };

  explicit State(ObjectFormat format) : ids(format), trees(format) {}

  // The number of a commit here, which is not the one of the finished graph.
  std::uint32_t node_of(const ObjectId& id) {
    const std::uint32_t number = ids.add(id.raw());
    if (number == nodes.size()) nodes.emplace_back();
    return number;
  }

  std::uint32_t person(std::string_view ident) {
    const auto [found, fresh] = people.try_emplace(std::string(ident_person(ident)), people_in_order.size());
    if (fresh) people_in_order.emplace_back(found->first);
    return static_cast<std::uint32_t>(found->second);
  }

  IdTable ids;
  IdTable trees;
  std::vector<Node> nodes;  // by number in `ids`
  std::vector<std::uint32_t> parents;
  std::unordered_map<std::string, std::size_t> people;
  std::vector<std::string> people_in_order;
};

namespace {

std::string label_of(const ObjectId& id) { return cat("commit ", id.hex()); }

}  // namespace

CommitGraphBuilder::CommitGraphBuilder(ObjectFormat format) : state_(std::make_unique<State>(format)) {}
CommitGraphBuilder::~CommitGraphBuilder() = default;

void CommitGraphBuilder::add(const ObjectId& id, std::string_view bytes) {
  State& state = *state_;
  const std::uint32_t number = state.node_of(id);
  if (state.nodes[number].visit != State::Visit::absent) return;
  State::Node node;
  node.visit = State::Visit::fresh;
  node.first_parent = static_cast<std::uint32_t>(state.parents.size());
  const std::optional<Commit> parsed = parse_commit(bytes);
  if (!parsed) diagnostics_.push_back({label_of(id), "is malformed: it has no tree"});
  const Commit commit = parsed.value_or(Commit());
  bool well_formed = commit.well_formed && commit.tree.size == id.size;
  if (commit.tree.size == id.size) node.tree = state.trees.add(commit.tree.raw());
  for (const ObjectId& parent : commit.parents) {
    well_formed = well_formed && parent.size == id.size;
    if (parent.size == id.size) state.parents.push_back(state.node_of(parent));
  }
  if (parsed && !well_formed)
    diagnostics_.push_back({label_of(id), "is malformed: its tree, a parent or a date cannot be read"});
  node.parent_count = static_cast<std::uint32_t>(state.parents.size()) - node.first_parent;
  node.author = state.person(commit.author);
  node.committer = state.person(commit.committer);
  node.dates = {ident_time(commit.author).value_or(0), commit.time};
  state.nodes[number] = node;
}

// Depth first: a commit after all of its parents, unless it is an ancestor of itself.
std::vector<std::uint32_t> CommitGraphBuilder::ordered() {
  struct Step {
    std::uint32_t node;
    std::uint32_t next_parent;
  };
  State& state = *state_;
  std::vector<std::uint32_t> order;
  std::vector<Step> path;
  const auto enter = [&](std::uint32_t number) {
    if (state.nodes[number].visit != State::Visit::fresh) return;
    state.nodes[number].visit = State::Visit::seen;
    path.push_back({number, 0});
  };
  for (std::uint32_t start = 0; start < state.nodes.size(); ++start) {
    enter(start);
    while (!path.empty()) {
      Step& step = path.back();
      const State::Node& node = state.nodes[step.node];
      if (step.next_parent < node.parent_count) {
        enter(state.parents[node.first_parent + step.next_parent++]);
      } else {
        order.push_back(step.node);
        path.pop_back();
      }
    }
  }
  return order;
}

void CommitGraphBuilder::append(std::uint32_t number, CommitGraph& graph) {
  State& state = *state_;
  State::Node& node = state.nodes[number];
  const CommitNumber commit = graph.ids_.add(state.ids.raw(number));
  for (std::uint32_t i = 0; i < node.parent_count; ++i) {
    const std::uint32_t parent = state.parents[node.first_parent + i];
    const ObjectId parent_id = state.ids.id(parent);
    if (state.nodes[parent].number != kNoCommit)
      graph.parents_.push_back(state.nodes[parent].number);
    else if (state.nodes[parent].visit == State::Visit::absent)
      graph.missing_parents_.emplace_back(commit, parent_id);
    else
      diagnostics_.push_back({label_of(graph.id(commit)), cat("is its own ancestor by way of its parent ", parent_id.hex())});
  }
  node.number = commit;
  graph.first_parent_.push_back(static_cast<std::uint32_t>(graph.parents_.size()));
  graph.trees_.append(node.tree == IdTable::kNone ? std::string(graph.ids_.width(), '\0') : state.trees.raw(node.tree));
  graph.dates_.push_back(node.dates);
  graph.authors_.push_back(node.author);
  graph.committers_.push_back(node.committer);
}

CommitGraph CommitGraphBuilder::build() {
  CommitGraph graph(static_cast<ObjectFormat>(state_->ids.width()));
  const std::vector<std::uint32_t> order = ordered();
  graph.trees_.reserve(order.size() * graph.ids_.width());
  graph.dates_.reserve(order.size());
  graph.authors_.reserve(order.size());
  graph.committers_.reserve(order.size());
  graph.parents_.reserve(state_->parents.size());
  for (const std::uint32_t number : order) append(number, graph);
  graph.people_ = std::move(state_->people_in_order);
  return graph;
}

ObjectId CommitGraph::tree(CommitNumber commit) const {
  const std::string_view raw = std::string_view(trees_).substr(commit * ids_.width(), ids_.width());
  return raw.find_first_not_of('\0') == std::string_view::npos ? ObjectId() : ObjectId::from_raw(raw);
}

std::vector<CommitNumber> CommitGraph::find_prefix(std::string_view hex) const {
  std::vector<CommitNumber> found;
  const std::string digits = to_lower_ascii(hex);
  const std::optional<std::string> whole = hex_decode(std::string_view(digits).substr(0, digits.size() / 2 * 2));
  if (!whole) return found;
  for (CommitNumber commit = 0; commit < size(); ++commit) {
    const std::string_view raw = ids_.raw(commit);
    if (raw.substr(0, whole->size()) == *whole && hex_encode(raw).compare(0, digits.size(), digits) == 0)
      found.push_back(commit);
  }
  return found;
}

std::size_t CommitGraph::memory() const {
  const std::size_t per_commit = sizeof(CommitDates) + 3 * sizeof(std::uint32_t);
  std::size_t people = 0;
  for (const std::string& person : people_) people += sizeof(std::string) + person.capacity();
  return ids_.memory() + trees_.capacity() + dates_.capacity() * per_commit + parents_.capacity() * sizeof(CommitNumber) +
         people;
}

void sort_by_date(const CommitGraph& graph, std::vector<CommitNumber>& commits) {
  std::sort(commits.begin(), commits.end(), [&](CommitNumber a, CommitNumber b) {
    const std::uint64_t time_a = graph.dates(a).committer;
    const std::uint64_t time_b = graph.dates(b).committer;
    return time_a != time_b ? time_a < time_b : graph.id(a).raw() < graph.id(b).raw();
  });
}

}  // namespace hfscan
