// Tested by tests/unit/hygiene/matchers/jobs_test.cc.
#include "hygiene/matchers/jobs_calls.h"

#include <algorithm>

namespace hfscan {
namespace {

constexpr std::string_view kClientCalls[] = {"run_job", "run_uv_job", "create_scheduled_job", "create_scheduled_uv_job"};
constexpr std::string_view kToolCalls[] = {"hf_jobs"};
constexpr std::string_view kAllWords[] = {"run_job",    "run_uv_job", "create_scheduled", "hf_jobs",    "operation\"",
                                          "operation'", "operation:", "operation=",       "operation\\"};
constexpr std::string_view kOperations[] = {"run", "uv", "scheduled run", "scheduled uv"};

// An object with `operation: run`, or one that names the tool and has its arguments beside.
bool is_tool_object(const CodeTree& tree, const std::vector<CodeEntry>& entries) {
  const auto says = [&tree](const CodeEntry& entry, Words words) {
    const std::optional<MappedText> text = string_value(tree, entry.value);
    return text && is_one_of(text->text, words);
  };
  static constexpr std::string_view kNames[] = {"name", "tool", "tool_name", "toolName", "function"};
  return std::any_of(entries.begin(), entries.end(), [&](const CodeEntry& entry) {
    if (!entry.name || entry.value.empty()) return false;
    if (*entry.name == "operation") return says(entry, kOperations);
    return is_one_of(*entry.name, kNames) && says(entry, kToolCalls);
  });
}

class JobFinder {
 public:
  JobFinder(const JobText& text, const std::function<void(const JobText&, const JobCall&)>& visit)
      : text_(text), tree_(text.values.tree()), visit_(visit) {}

  void run() {
    calls(kClientCalls, false);
    calls(kToolCalls, true);
    objects();
  }

 private:
  void calls(Words names, bool is_tool) {
    for (const CodeCall& call : calls_or_passed(tree_, names)) {
      if (call.callee.defined || !call.group) continue;
      if (is_tool) tools_.push_back(call.arguments);
      give(call.callee.span, call.arguments, '(', is_tool);
    }
  }

  void objects() {
    std::uint32_t after = 0;
    for (std::uint32_t group = 1; group < tree_.groups.size(); ++group) {
      const TokenRange inside = tree_.groups[group].inside();
      if (tree_.opener(group) != '{' || inside.begin < after || is_in_tool_call(inside.begin)) continue;
      if (inside.empty() || !is_tool_object(tree_, entries_of(tree_, group))) continue;
      after = inside.end;
      give(tree_.tokens[tree_.groups[group].open].span(), inside, '{', true);
    }
  }

  // Calls come in the order of the text, so the last one that begins before decides.
  bool is_in_tool_call(std::uint32_t token) const {
    const auto next = std::upper_bound(tools_.begin(), tools_.end(), token,
                                       [](std::uint32_t at, const TokenRange& range) { return at < range.begin; });
    return next != tools_.begin() && token < std::prev(next)->end;
  }

  void give(ByteSpan head, TokenRange inside, char opener, bool is_tool) {
    JobCall call{head, inside, text_.values.arguments(inside, opener), is_tool};
    visit_(text_, call);
  }

  const JobText& text_;
  const CodeTree& tree_;
  const std::function<void(const JobText&, const JobCall&)>& visit_;
  std::vector<TokenRange> tools_;
};

// run_job, passed to a call as its first argument: the call's other arguments are those of run_job.
void add_passed(const CodeTree& tree, Words names, std::vector<CodeCall>& calls) {
  for (std::uint32_t token = 1; token + 1 < tree.tokens.size(); ++token) {
    if (tree.tokens[token].kind != TokenKind::name || !is_one_of(tree.spelled(token), names) || !tree.is(token + 1, ","))
      continue;
    std::uint32_t open = token;
    while (open > 0 && (tree.tokens[open].kind == TokenKind::name || tree.is(open, "."))) --open;
    while (open > 0 && tree.tokens[open].kind == TokenKind::line_end) --open;
    if (tree.tokens[open].kind != TokenKind::open || tree.text[tree.tokens[open].begin] != '(') continue;
    const std::uint32_t group = tree.tokens[open].link;
    CodeCall call;
    call.callee.name = std::string(tree.spelled(token));
    call.callee.span = tree.tokens[token].span();
    call.group = group;
    call.arguments = {token + 2, tree.groups[group].inside().end};
    call.span = {call.callee.span.begin, tree.span_of_group(group).end};
    calls.push_back(std::move(call));
  }
}

}  // namespace

const Words kJobWords = kAllWords;

std::vector<CodeCall> calls_or_passed(const CodeTree& tree, Words names) {
  std::vector<CodeCall> calls = calls_named(tree, names);
  add_passed(tree, names, calls);
  std::stable_sort(calls.begin(), calls.end(), [](const CodeCall& a, const CodeCall& b) { return a.span < b.span; });
  std::vector<CodeCall> outer;
  for (CodeCall& call : calls) {
    if (outer.empty() || call.span.begin >= outer.back().span.end) outer.push_back(std::move(call));
  }
  return outer;
}

void for_each_job_call(const FileCheck& check, const std::function<void(const JobText&, const JobCall&)>& visit) {
  for_each_code(check, kJobWords, [&visit](const CodeText& text) {
    const JobText job_text{text, *text.values};
    JobFinder(job_text, visit).run();
  });
}

std::vector<CodeEntry> channel(const JobText& text, const JobCall& call, std::string_view name) {
  std::vector<CodeEntry> found;
  std::set<std::uint64_t> seen;
  for (const CodeEntry& entry : call.entries) {
    if (entry.name != name || entry.value.empty() || !seen.insert(entry.name_span.begin).second) continue;
    for (CodeEntry& pair : text.values.mapping(entry.value, call.at())) found.push_back(std::move(pair));
  }
  return found;
}

}  // namespace hfscan
