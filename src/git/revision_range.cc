#include "git/revision_range.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <limits>
#include <optional>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kShortestId = 4;  // as git (MINIMUM_ABBREV)
constexpr std::string_view kSupported =
    "supported are A, ^A, A..B, A...B, --not, --all, --branches, --tags, --remotes, --merges, --no-merges, --since=DATE and "
    "--until=DATE";

Error no_such(std::string_view revision) {
  return Error{cat("no such revision: ", quoted(revision), "; it must name a commit of this repository")};
}

// The decimal number at the start of `text`, which moves behind it; `otherwise` when there is none.
std::uint32_t take_number(std::string_view& text, std::uint32_t otherwise) {
  std::uint32_t number = otherwise;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
  return parsed.ec == std::errc::result_out_of_range ? std::numeric_limits<std::uint32_t>::max() : number;
}

// Applies "~3^2^{commit}" and the like; kNoCommit when there is no such parent, or it is written otherwise.
CommitNumber follow(const CommitGraph& graph, CommitNumber commit, std::string_view suffix) {
  while (!suffix.empty() && commit != kNoCommit) {
    const char kind = suffix.front();
    suffix.remove_prefix(1);
    if (kind == '^' && suffix.substr(0, 2) == "{}") {
      suffix.remove_prefix(2);
    } else if (kind == '^' && suffix.substr(0, 8) == "{commit}") {
      suffix.remove_prefix(8);
    } else if (kind == '^') {
      const std::uint32_t parent = take_number(suffix, 1);
      if (parent > graph.parents(commit).size()) return kNoCommit;
      if (parent > 0) commit = graph.parents(commit)[parent - 1];
    } else if (kind == '~') {
      for (std::uint32_t steps = take_number(suffix, 1); steps > 0 && commit != kNoCommit; --steps) {
        commit = graph.parents(commit).empty() ? kNoCommit : graph.parents(commit)[0];
      }
    } else {
      return kNoCommit;
    }
  }
  return commit;
}

// Places where git looks for a short name, in this order (gitrevisions(7)).
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kPlaces = {
    {{"", ""}, {"refs/", ""}, {"refs/tags/", ""}, {"refs/heads/", ""}, {"refs/remotes/", ""}, {"refs/remotes/", "/HEAD"}}};

CommitNumber find_ref(std::span<const CommitRef> refs, std::string_view name) {
  for (const auto& [before, after] : kPlaces) {
    const std::string full = cat(before, name, after);
    const auto found = std::find_if(refs.begin(), refs.end(), [&](const CommitRef& ref) { return ref.name == full; });
    if (found != refs.end()) return found->commit;
  }
  return kNoCommit;
}

// "2026-01-31" or "2026-01-31T12:00:00Z", in seconds since 1970.
std::optional<std::uint64_t> date_from(std::string_view text) {
  std::array<std::uint64_t, 6> fields{};  // year to second
  constexpr std::string_view kSeparators = "--T::Z";
  const std::size_t count = text.size() == 10 ? 3 : 6;
  if (text.size() != 10 && text.size() != 20) return std::nullopt;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t before = text.size();
    fields[i] = take_number(text, 0);
    if (before - text.size() != (i == 0 ? 4U : 2U)) return std::nullopt;
    if (i + 1 == 3 && count == 3) break;
    if (text.empty() || text.front() != kSeparators[i]) return std::nullopt;
    text.remove_prefix(1);
  }
  const std::chrono::year_month_day day(std::chrono::year(static_cast<int>(fields[0])),
                                        std::chrono::month(static_cast<unsigned>(fields[1])),
                                        std::chrono::day(static_cast<unsigned>(fields[2])));
  if (!day.ok() || fields[0] < 1970 || fields[3] > 23 || fields[4] > 59 || fields[5] > 60) return std::nullopt;
  const auto days = static_cast<std::uint64_t>(std::chrono::sys_days(day).time_since_epoch().count());
  return days * 86400 + fields[3] * 3600 + fields[4] * 60 + fields[5];
}

// What the arguments said so far.
class Selection {
 public:
  explicit Selection(const Revisions& revisions) : revisions_(revisions) {}

  Status add(std::string_view argument) {
    if (argument.substr(0, 1) == "-") return add_option(argument);
    const std::size_t dots = argument.find("..");
    if (dots != std::string_view::npos) return add_range(argument, dots);
    const bool hides = argument.substr(0, 1) == "^";
    HFSCAN_TRY_ASSIGN(const CommitNumber commit, revisions_.resolve(argument.substr(hides ? 1 : 0)));
    add_commit(commit, hides != hiding_);
    return {};
  }

  Result<CommitSet> commits() {
    if (!named_) {
      HFSCAN_TRY_ASSIGN(const CommitNumber head, revisions_.resolve("HEAD"));
      tips_.push_back(head);
    }
    const CommitGraph& graph = revisions_.graph;
    CommitSet chosen = commits_between(graph, tips_, hidden_);
    for (CommitNumber commit = 0; commit < graph.size(); ++commit) {
      const std::uint64_t time = graph.dates(commit).committer;
      const bool is_merge = graph.parents(commit).size() > 1;
      if (time < since_ || time > until_ || (is_merge ? !merges_ : !others_)) chosen[commit] = false;
    }
    return chosen;
  }

 private:
  Status add_option(std::string_view option) {
    const auto is_one_of = [&](std::initializer_list<std::string_view> names) {
      return std::find(names.begin(), names.end(), option) != names.end();
    };
    if (is_one_of({"--full-history", "--date-order", "--topo-order", "--reverse", "-m"})) return {};
    if (option == "--all") return add_refs("");
    if (option == "--branches") return add_refs("refs/heads/");
    if (option == "--tags") return add_refs("refs/tags/");
    if (option == "--remotes") return add_refs("refs/remotes/");
    if (option == "--not")
      hiding_ = !hiding_;
    else if (option == "--merges")
      others_ = false;
    else if (option == "--no-merges")
      merges_ = false;
    else
      return add_date(option);
    return {};
  }

  Status add_date(std::string_view option) {
    const std::size_t equals = std::min(option.find('='), option.size());
    const std::string_view name = option.substr(0, equals);
    const bool from = name == "--since" || name == "--after";
    if (equals == option.size() || (!from && name != "--until" && name != "--before"))
      return Error{cat("option ", quoted(option), " of git log is not supported; ", kSupported)};
    const std::optional<std::uint64_t> date = date_from(option.substr(equals + 1));
    if (!date) return Error{cat(quoted(option), " needs a date like 2026-01-31 or 2026-01-31T12:00:00Z")};
    (from ? since_ : until_) = *date;
    return {};
  }

  Status add_range(std::string_view argument, std::size_t dots) {
    const bool symmetric = argument.substr(dots, 3) == "...";
    const auto end_named = [&](std::string_view name) { return revisions_.resolve(name.empty() ? "HEAD" : name); };
    HFSCAN_TRY_ASSIGN(const CommitNumber left, end_named(argument.substr(0, dots)));
    HFSCAN_TRY_ASSIGN(const CommitNumber right, end_named(argument.substr(dots + (symmetric ? 3 : 2))));
    add_commit(right, hiding_);
    add_commit(left, symmetric ? hiding_ : !hiding_);
    if (symmetric) add_common(left, right);
    return {};
  }

  // What can be reached from both is on the other side.
  void add_common(CommitNumber left, CommitNumber right) {
    const CommitSet from_left = commits_between(revisions_.graph, std::array{left}, {});
    const CommitSet from_right = commits_between(revisions_.graph, std::array{right}, {});
    for (CommitNumber commit = 0; commit < from_left.size(); ++commit) {
      if (from_left[commit] && from_right[commit]) add_commit(commit, !hiding_);
    }
  }

  // HEAD is one of all.
  Status add_refs(std::string_view prefix) {
    for (const CommitRef& ref : revisions_.refs) {
      if (ref.name.compare(0, prefix.size(), prefix) == 0) add_commit(ref.commit, hiding_);
    }
    named_ = true;
    return {};
  }

  void add_commit(CommitNumber commit, bool hides) {
    (hides ? hidden_ : tips_).push_back(commit);
    named_ = named_ || !hides;
  }

  const Revisions& revisions_;
  std::vector<CommitNumber> tips_;
  std::vector<CommitNumber> hidden_;
  bool hiding_ = false;  // after --not
  bool named_ = false;   // a beginning, though there may be no such ref
  bool merges_ = true;
  bool others_ = true;
  std::uint64_t since_ = 0;
  std::uint64_t until_ = std::numeric_limits<std::uint64_t>::max();
};

}  // namespace

CommitSet commits_between(const CommitGraph& graph, std::span<const CommitNumber> tips, std::span<const CommitNumber> hidden) {
  CommitSet chosen(graph.size(), false);
  CommitSet excluded(graph.size(), false);
  for (const CommitNumber commit : tips) chosen[commit] = true;
  for (const CommitNumber commit : hidden) excluded[commit] = true;
  for (CommitNumber commit = graph.size(); commit-- > 0;) {
    for (const CommitNumber parent : graph.parents(commit)) {
      if (chosen[commit]) chosen[parent] = true;
      if (excluded[commit]) excluded[parent] = true;
    }
    if (excluded[commit]) chosen[commit] = false;
  }
  return chosen;
}

Result<CommitNumber> Revisions::resolve(std::string_view revision) const {
  const std::size_t end = std::min(revision.find_first_of("~^"), revision.size());
  const std::string_view name = revision.substr(0, end);
  CommitNumber commit = name == "@" ? find_ref(refs, "HEAD") : find_ref(refs, name);
  if (commit == kNoCommit && name.size() >= kShortestId) {
    const std::vector<CommitNumber> found = graph.find_prefix(name);
    if (found.size() > 1) return Error{cat("revision ", quoted(name), " is ambiguous; write more digits")};
    if (found.size() == 1) commit = found[0];
  }
  commit = follow(graph, commit, revision.substr(end));
  if (commit == kNoCommit) return no_such(revision);
  return commit;
}

Result<CommitSet> Revisions::select(std::span<const std::string> arguments) const {
  Selection selection(*this);
  for (const std::string& argument : arguments) HFSCAN_TRY(selection.add(argument));
  return selection.commits();
}

Result<std::vector<std::string>> split_log_opts(std::string_view text) {
  std::vector<std::string> words;
  bool in_word = false;
  char quote = '\0';
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (quote == '\0' && (c == ' ' || c == '\t' || c == '\n')) {
      in_word = false;
      continue;
    }
    if (!in_word) words.emplace_back();
    in_word = true;
    if (c == quote)
      quote = '\0';
    else if (quote == '\0' && (c == '\'' || c == '"'))
      quote = c;
    else if (c == '\\' && quote != '\'' && i + 1 < text.size())
      words.back() += text[++i];
    else
      words.back() += c;
  }
  if (quote != '\0') return Error{cat("--log-opts ", quoted(text), " has a quote that is not closed")};
  return words;
}

}  // namespace hfscan
