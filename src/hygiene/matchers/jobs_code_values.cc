// What names stand for. Tested by tests/unit/hygiene/matchers/jobs_test.cc.
#include <algorithm>

#include "hygiene/matchers/jobs_code.h"

namespace hfscan {
namespace {

constexpr std::size_t kBudgetPerToken = 2;
constexpr std::size_t kLeastBudget = 100'000;
constexpr std::size_t kMostSteps = 256;     // groups and names of one value
constexpr std::size_t kMostChanges = 64;    // of one name
constexpr std::size_t kMostFunctions = 32;  // looked at to tell whether a name is another function's

constexpr std::string_view kMappingCalls[] = {"dict",   "OrderedDict", "Map",   "copy",   "deepcopy",         "fromEntries",
                                              "assign", "entries",     "items", "freeze", "MappingProxyType", "RuntimeEnv"};

// The dotted name that begins at the token, and one past its last token.
std::pair<std::string, std::uint32_t> dotted_name(const CodeTree& tree, std::uint32_t token, std::uint32_t end) {
  std::string name(tree.spelled(token));
  ++token;
  while (token + 1 < end && tree.is(token, ".") && tree.tokens[token + 1].kind == TokenKind::name) {
    name.append(".").append(tree.spelled(token + 1));
    token += 2;
  }
  return {std::move(name), token};
}

bool opens(const CodeTree& tree, std::uint32_t token, char bracket) {
  return tree.tokens[token].kind == TokenKind::open && tree.text[tree.tokens[token].begin] == bracket;
}

}  // namespace

// Gathers the entries of one value: a work list of ranges instead of recursion.
class MappingReader {
 public:
  MappingReader(const CodeValues& values, std::uint32_t at) : values_(values), tree_(values.tree_), at_(at) {}

  std::vector<CodeEntry> read(TokenRange value) {
    work_.push_back(value);
    for (std::size_t step = 0; step < work_.size() && step < kMostSteps; ++step) walk(work_[step]);
    return std::move(entries_);
  }

 private:
  void walk(TokenRange range) {
    for (std::uint32_t token = range.begin; token < range.end;) {
      const CodeToken& found = tree_.tokens[token];
      if (found.kind == TokenKind::open) {
        if (work_.size() < kMostSteps) group(found.link);
        token = tree_.next(token);
      } else if (found.kind == TokenKind::name) {
        token = name(token, range.end);
      } else {
        token = tree_.next(token);
      }
    }
  }

  void group(std::uint32_t index) {
    const TokenRange inside = tree_.groups[index].inside();
    if (!values_.spend(inside.empty() ? 1 : inside.end - inside.begin)) return;
    switch (tree_.opener(index)) {
      case '{': take(index); return;
      case '[': work_.push_back(inside); return;
      default: break;
    }
    const std::optional<Callee> callee = callee_of(tree_, index);
    if (!callee) return work_.push_back(inside);
    if (is_one_of(callee->last(), kMappingCalls)) take(index);
  }

  void take(std::uint32_t index) {
    for (CodeEntry& entry : entries_of(tree_, index)) {
      if (is_shorthand(index, entry)) {
        entry.name = std::string(tree_.spelled(entry.value.begin));
        entry.name_span = entry.value_span;
      }
      if (!entry.name) {
        work_.push_back(entry.value);
        continue;
      }
      comprehension(entry);
      entries_.push_back(std::move(entry));
    }
  }

  // JavaScript's { env }.
  bool is_shorthand(std::uint32_t index, const CodeEntry& entry) const {
    return tree_.language == Language::javascript && tree_.opener(index) == '{' && !entry.name && !entry.spread &&
           entry.value.end - entry.value.begin == 1 && tree_.tokens[entry.value.begin].kind == TokenKind::name;
  }

  // {k: os.environ[k] for k in ["HF_TOKEN", "WANDB_API_KEY"]}
  void comprehension(const CodeEntry& entry) {
    std::uint32_t token = entry.value.begin;
    while (token < entry.value.end && !tree_.is(token, "for")) token = tree_.next(token);
    for (; token < entry.value.end; ++token) {
      if (tree_.tokens[token].kind != TokenKind::string) continue;
      CodeEntry key;
      key.name = decoded(tree_, token).text;
      key.name_span = tree_.tokens[token].span();
      entries_.push_back(std::move(key));
    }
  }

  // A name that is no callee stands for its assignments. Returns where to go on.
  std::uint32_t name(std::uint32_t token, std::uint32_t end) {
    const auto [name, after] = dotted_name(tree_, token, end);
    if (after < end && opens(tree_, after, '(')) {
      // base.copy(), env.items(): what stands before the last dot
      const std::size_t dot = name.rfind('.');
      if (dot == std::string::npos) results_of(name);
      if (dot != std::string::npos && is_one_of(std::string_view(name).substr(dot + 1), kMappingCalls))
        look_up(name.substr(0, dot));
    } else {
      look_up(name);
    }
    return after;
  }

  void look_up(const std::string& name) {
    const auto found = values_.changes_.find(name);
    if (found == values_.changes_.end() || !seen_.insert(name).second) return;
    const std::vector<CodeValues::Change>& changes = found->second;
    auto change = std::lower_bound(changes.begin(), changes.end(), at_,
                                   [](const CodeValues::Change& entry, std::uint32_t at) { return entry.token < at; });
    for (std::size_t count = 0; change != changes.begin() && count < kMostChanges; ++count) {
      --change;
      if (take_change(*change)) return;
    }
  }

  // What a function of the file returns, where that is a mapping: return {...}.
  void results_of(const std::string& name) {
    const auto& functions = values_.functions_;
    const auto found =
        std::find_if(functions.begin(), functions.end(), [&name](const CodeFunction& f) { return f.name == name; });
    if (found == functions.end() || !values_.spend(functions.size()) || !seen_.insert(name + "()").second) return;
    const auto next = std::find_if(found + 1, functions.end(), [&found](const CodeFunction& f) {
      return !f.name.empty() && f.indentation <= found->indentation;
    });
    const std::uint64_t end = next == functions.end() ? tree_.text.size() : next->span.begin;
    for (std::uint32_t token = tree_.token_from(found->span.end); token < tree_.tokens.size(); ++token) {
      if (tree_.tokens[token].begin >= end || !values_.spend(1)) return;
      if (!tree_.is(token, "return")) continue;
      std::uint32_t after = token + 1;
      while (after < tree_.tokens.size() && tree_.tokens[after].kind != TokenKind::line_end) after = tree_.next(after);
      work_.push_back({token + 1, after});
    }
  }

  // True when nothing before it counts.
  bool take_change(const CodeValues::Change& change) {
    if (change.assignment == nullptr) {
      updated(change.group);
      return false;
    }
    const CodeAssignment& assignment = *change.assignment;
    constexpr std::size_t kLook = 8;  // as dear as so many tokens
    if (!values_.spend(kLook)) return true;
    if (!values_.is_visible(assignment, at_)) return false;
    if (assignment.key) {
      CodeEntry entry;
      entry.name = assignment.key;
      entry.name_span = assignment.target_span;
      entry.value = assignment.value;
      entry.value_span = assignment.value_span;
      entries_.push_back(std::move(entry));
      return false;
    }
    if (values_.spend(assignment.value.end - assignment.value.begin)) work_.push_back(assignment.value);
    return assignment.value.begin == 0 || tree_.is(assignment.value.begin - 1, "=");
  }

  // env.update({"HF_TOKEN": t}), env.update(HF_TOKEN=t), env.setdefault("HF_TOKEN", t)
  void updated(std::uint32_t group) {
    const std::optional<Callee> callee = callee_of(tree_, group);
    if (callee && callee->last() == "setdefault") {
      std::vector<CodeEntry> entries = entries_of(tree_, group);
      if (entries.size() < 2) return;
      const std::optional<MappedText> key = string_value(tree_, entries[0].value);
      if (!key) return;
      entries[1].name = key->text;
      entries[1].name_span = entries[0].value_span;
      entries_.push_back(std::move(entries[1]));
    } else {
      take(group);
    }
  }

  const CodeValues& values_;
  const CodeTree& tree_;
  std::uint32_t at_;
  std::vector<TokenRange> work_;
  std::vector<CodeEntry> entries_;
  std::set<std::string> seen_;
};

CodeValues::CodeValues(const CodeTree& tree, FileView& file)
    : tree_(tree),
      file_(file),
      assignments_(hfscan::assignments_of(tree)),
      functions_(functions_of(tree)),
      budget_(kLeastBudget + kBudgetPerToken * tree.tokens.size()) {
  for (const CodeAssignment& assignment : assignments_)
    changes_[assignment.target].push_back({assignment.token, &assignment, 0});
  add_calls();
  for (auto& [name, changes] : changes_) {
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) { return a.token < b.token; });
  }
}

void CodeValues::add_calls() {
  static constexpr std::string_view kUpdates[] = {"update", "setdefault"};
  for (const CodeCall& call : calls_named(tree_, kUpdates)) {
    const std::size_t dot = call.callee.name.rfind('.');
    if (dot == std::string::npos || !call.group) continue;
    changes_[call.callee.name.substr(0, dot)].push_back({tree_.groups[*call.group].open, nullptr, *call.group});
  }
}

// A name assigned inside a function is not seen in the functions after it.
bool CodeValues::is_visible(const CodeAssignment& assignment, std::uint32_t at) const {
  const bool of_object = assignment.target.find('.') != std::string::npos;
  if (assignment.indentation == 0 || of_object || tree_.language != Language::python) return true;
  const std::uint64_t begin = assignment.target_span.begin;
  const std::uint64_t end = at < tree_.tokens.size() ? tree_.tokens[at].begin : tree_.text.size();
  auto function = std::lower_bound(functions_.begin(), functions_.end(), end,
                                   [](const CodeFunction& f, std::uint64_t offset) { return f.span.begin < offset; });
  for (std::size_t count = 0; function != functions_.begin() && count < kMostFunctions; ++count) {
    --function;
    if (function->span.begin < begin) return true;
    if (!function->name.empty() && function->indentation < assignment.indentation) return false;
  }
  return true;
}

bool CodeValues::spend(std::size_t tokens) const {
  if (tokens > budget_) {
    file_.leaves_out("more values behind names than are followed");
    return false;
  }
  budget_ -= tokens;
  return true;
}

std::vector<CodeEntry> CodeValues::mapping(TokenRange value, std::uint32_t at) const {
  return MappingReader(*this, at).read(value);
}

std::vector<CodeEntry> CodeValues::arguments(TokenRange inside, char opener) const {
  const std::uint32_t at = inside.begin;
  std::vector<CodeEntry> all = entries_in(tree_, inside, opener);
  constexpr std::size_t kMostArguments = 4096;
  for (std::size_t i = 0; i < all.size() && i < kMostArguments; ++i) {
    if (all[i].value.empty()) continue;
    for (CodeEntry& entry : mapping(all[i].value, at)) all.push_back(std::move(entry));
  }
  return all;
}

TokenRange CodeValues::resolved(TokenRange value, std::uint32_t at) const {
  value = tree_.trimmed(value);
  if (value.empty() || tree_.tokens[value.begin].kind != TokenKind::name) return value;
  const auto [name, after] = dotted_name(tree_, value.begin, value.end);
  const auto found = changes_.find(name);
  if (after != value.end || found == changes_.end()) return value;
  for (std::size_t i = found->second.size(), count = 0; i > 0 && count < kMostChanges; --i, ++count) {
    const Change& change = found->second[i - 1];
    if (change.token >= at || change.assignment == nullptr || change.assignment->key) continue;
    if (is_visible(*change.assignment, at) && spend(1 + (change.assignment->value.end - change.assignment->value.begin)))
      return change.assignment->value;
  }
  return value;
}

std::optional<std::string> CodeValues::text_of(TokenRange value, std::uint32_t at) const {
  const std::optional<MappedText> text = string_value(tree_, resolved(value, at));
  if (!text) return std::nullopt;
  return text->text;
}

}  // namespace hfscan
