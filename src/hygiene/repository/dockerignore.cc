// Tested by tests/unit/hygiene/repository/dockerignore_test.cc.
#include "hygiene/repository/dockerignore.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace hfscan {
namespace {

using std::string_view;

// "./a//b/" becomes "a/b", as Go's path.Clean does; ".." is left to match nothing.
std::string cleaned(string_view pattern) {
  std::string result;
  while (!pattern.empty()) {
    const string_view part = pattern.substr(0, pattern.find('/'));
    pattern.remove_prefix(std::min(part.size() + 1, pattern.size()));
    if (part.empty() || part == ".") continue;
    result += cat(result.empty() ? "" : "/", part);
  }
  return result;
}

void append_literal(std::string& expression, char c) {
  if (!is_alnum_ascii(c) && static_cast<unsigned char>(c) < 0x80) expression += '\\';
  expression += c;
}

// `**/` is any number of folders, `**` elsewhere anything; `*` and `?` stop at '/'. Returns how much of the pattern was used.
std::size_t append_stars(std::string& expression, string_view rest) {
  if (!rest.starts_with("**")) {
    expression += "[^/]*";
    return 1;
  }
  const bool folders = rest.size() > 2 && rest[2] == '/';
  expression += folders ? "(?:.*/)?" : ".*";
  return folders ? 3 : 2;
}

// A class in brackets, or nothing when it is not closed.
std::size_t append_class(std::string& expression, string_view rest) {
  const std::size_t close = rest.find(']', 2);
  if (close == string_view::npos) return 0;
  expression += cat("[", rest.substr(1, close - 1), "]");
  return close + 1;
}

std::string to_expression(string_view pattern) {
  std::string expression = "^";
  for (std::size_t i = 0; i < pattern.size();) {
    const char c = pattern[i];
    std::size_t used = 0;
    if (c == '*') used = append_stars(expression, pattern.substr(i));
    if (c == '[') used = append_class(expression, pattern.substr(i));
    if (c == '?') {
      expression += "[^/]";
      used = 1;
    }
    if (used == 0) {
      if (c == '\\' && i + 1 < pattern.size()) ++i;
      append_literal(expression, pattern[i]);
      used = 1;
    }
    i += used;
  }
  return expression + "$";
}

}  // namespace

DockerIgnore DockerIgnore::parse(std::string_view content) {
  constexpr std::size_t kMostPatterns = 10'000;
  DockerIgnore result;
  if (content.starts_with("\xEF\xBB\xBF")) content.remove_prefix(3);
  for (string_view line : split_lines(content)) {
    if (line.starts_with('#')) continue;
    line = trim(line);
    const bool negated = line.starts_with('!');
    if (negated) line = trim(line.substr(1));
    std::string expression = to_expression(cleaned(line));
    if (line.empty() || result.patterns_.size() == kMostPatterns || !check_regex(expression).ok()) continue;
    result.patterns_.push_back({std::make_unique<Regex>(std::move(expression)), negated});
  }
  return result;
}

bool DockerIgnore::excludes(std::string_view path) const {
  const auto matches = [path](const Pattern& pattern) {
    for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
      if (pattern.regex->search(path.substr(0, end))) return true;
      if (end == string_view::npos) return false;
    }
  };
  const auto last = std::find_if(patterns_.rbegin(), patterns_.rend(), matches);
  return last != patterns_.rend() && !last->negated;
}

}  // namespace hfscan
