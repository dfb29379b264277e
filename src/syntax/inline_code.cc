// Tested by tests/unit/syntax/markdown_test.cc.
#include <array>
#include <utility>

#include "syntax/text_lines.h"

namespace hfscan {
namespace {

// Longer runs are decoration (cmark has the same limit).
constexpr std::size_t kLongestRun = 80;

struct TickRun {
  std::size_t begin;
  std::size_t length;
  bool escaped;
};

std::vector<TickRun> tick_runs(std::string_view text, std::size_t begin, std::size_t end) {
  std::vector<TickRun> runs;
  std::size_t backslashes = 0;
  for (std::size_t at = begin; at < end;) {
    if (text[at] != '`') {
      backslashes = text[at] == '\\' ? backslashes + 1 : 0;
      ++at;
      continue;
    }
    const std::size_t after = std::min(text.find_first_not_of('`', at), end);
    if (after - at <= kLongestRun) runs.push_back({at, after - at, backslashes % 2 == 1});
    backslashes = 0;
    at = after;
  }
  return runs;
}

}  // namespace

void append_inline_code(std::string_view text, ByteSpan paragraph, std::vector<ByteSpan>& found) {
  const std::vector<TickRun> runs =
      tick_runs(text, static_cast<std::size_t>(paragraph.begin), static_cast<std::size_t>(paragraph.end));
  // closer[i]: the next run after i that is as long.
  std::vector<std::size_t> closer(runs.size(), runs.size());
  std::array<std::size_t, kLongestRun + 1> next{};  // of each length
  next.fill(runs.size());
  for (std::size_t i = runs.size(); i-- > 0;) closer[i] = std::exchange(next[runs[i].length], i);
  for (std::size_t i = 0; i < runs.size();) {
    if (runs[i].escaped || closer[i] == runs.size()) {
      ++i;
      continue;
    }
    found.push_back({runs[i].begin + runs[i].length, runs[closer[i]].begin});
    i = closer[i] + 1;
  }
}

}  // namespace hfscan
