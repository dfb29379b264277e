#include "git/ignore.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <utility>

namespace hfscan {
namespace {

bool in_named_class(std::string_view name, unsigned char c) {
  using Test = int (*)(int);
  static constexpr std::array<std::pair<std::string_view, Test>, 12> kClasses = {{{"alnum", std::isalnum},
                                                                                  {"alpha", std::isalpha},
                                                                                  {"blank", std::isblank},
                                                                                  {"cntrl", std::iscntrl},
                                                                                  {"digit", std::isdigit},
                                                                                  {"graph", std::isgraph},
                                                                                  {"lower", std::islower},
                                                                                  {"print", std::isprint},
                                                                                  {"punct", std::ispunct},
                                                                                  {"space", std::isspace},
                                                                                  {"upper", std::isupper},
                                                                                  {"xdigit", std::isxdigit}}};
  return c < 0x80 && std::any_of(kClasses.begin(), kClasses.end(),
                                 [&](const auto& entry) { return entry.first == name && entry.second(c) != 0; });
}

// One byte of a bracket expression, '\' undone. `at` moves behind it.
std::optional<unsigned char> bracket_byte(std::string_view pattern, std::size_t& at) {
  if (at < pattern.size() && pattern[at] == '\\') ++at;
  if (at >= pattern.size()) return std::nullopt;
  return static_cast<unsigned char>(pattern[at++]);
}

// `at` stands behind '['; moves behind ']'. Nothing when the bracket does not end: the pattern then matches nothing, as in git.
std::optional<bool> bracket_matches(std::string_view pattern, std::size_t& at, unsigned char c) {
  const bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (negated) ++at;
  bool found = false;
  for (bool first = true; at < pattern.size(); first = false) {
    if (pattern[at] == ']' && !first) {
      ++at;
      return found != negated;
    }
    if (pattern.substr(at, 2) == "[:") {
      const std::size_t end = pattern.find(":]", at + 2);
      if (end == std::string_view::npos) return std::nullopt;
      found = found || in_named_class(pattern.substr(at + 2, end - at - 2), c);
      at = end + 2;
      continue;
    }
    const std::optional<unsigned char> low = bracket_byte(pattern, at);
    std::optional<unsigned char> high = low;
    if (at + 1 < pattern.size() && pattern[at] == '-' && pattern[at + 1] != ']') {
      ++at;
      high = bracket_byte(pattern, at);
    }
    if (!low || !high) return std::nullopt;
    found = found || (*low <= c && c <= *high);
  }
  return std::nullopt;
}

// Everything but '*' at pattern[at] against one byte; `at` moves behind what was used.
bool unit_matches(std::string_view pattern, std::size_t& at, char c) {
  const char unit = pattern[at++];
  if (unit == '?') return true;
  if (unit == '[') return bracket_matches(pattern, at, static_cast<unsigned char>(c)).value_or(false);
  if (unit != '\\') return unit == c;
  return at < pattern.size() && pattern[at++] == c;
}

bool component_matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::optional<std::size_t> star;  // behind the last '*' seen
  std::size_t star_text = 0;        // what that '*' has taken ends here
  while (t < text.size() || p < pattern.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = ++p;
      star_text = t;
      continue;
    }
    std::size_t next = p;
    if (p < pattern.size() && t < text.size() && unit_matches(pattern, next, text[t])) {
      p = next;
      ++t;
      continue;
    }
    if (!star || star_text >= text.size()) return false;
    p = *star;
    t = ++star_text;
  }
  return true;
}

std::size_t end_of_path_part(std::string_view path, std::size_t begin) { return std::min(path.find('/', begin), path.size()); }

// In a pattern a '/' that is escaped or stands in brackets ends no component.
std::size_t end_of_pattern_part(std::string_view pattern, std::size_t begin) {
  std::size_t at = begin;
  while (at < pattern.size() && pattern[at] != '/') {
    const char c = pattern[at++];
    if (c == '\\') ++at;
    if (c == '[' && !bracket_matches(pattern, at, '\0')) return pattern.size();
  }
  return std::min(at, pattern.size());
}

// Walks '/'-separated components in place.
class Components {
 public:
  using FindEnd = std::size_t (*)(std::string_view, std::size_t);
  Components(std::string_view text, FindEnd find_end) : text_(text), find_end_(find_end), end_(find_end(text, 0)) {}
  [[nodiscard]] bool done() const { return begin_ > text_.size(); }
  [[nodiscard]] bool last() const { return end_ == text_.size(); }
  [[nodiscard]] std::string_view current() const { return text_.substr(begin_, end_ - begin_); }
  void advance() {
    begin_ = end_ + 1;
    if (!done()) end_ = find_end_(text_, begin_);
  }

 private:
  std::string_view text_;
  FindEnd find_end_;
  std::size_t begin_ = 0;
  std::size_t end_;
};

bool is_double_star(std::string_view component) {
  return component.size() > 1 && component.find_first_not_of('*') == std::string_view::npos;
}

constexpr std::string_view kGlobCharacters = "*?[\\";
bool has_glob(std::string_view text) { return text.find_first_of(kGlobCharacters) != std::string_view::npos; }

// Trailing spaces do not count unless a '\' stands before them (gitignore(5)).
std::string_view without_trailing_spaces(std::string_view line) {
  std::size_t keep = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size())
      ++i;
    else if (line[i] == ' ')
      continue;
    keep = i + 1;
  }
  return line.substr(0, keep);
}

}  // namespace

bool git_glob_matches(std::string_view pattern, std::string_view path) {
  Components patterns(pattern, end_of_pattern_part);
  Components parts(path, end_of_path_part);
  std::optional<std::pair<Components, Components>> star;  // behind the last `**`, and the first part that it has not taken
  while (!parts.done()) {
    if (!patterns.done() && is_double_star(patterns.current())) {
      if (patterns.last()) return true;  // at least one component is left
      patterns.advance();
      star.emplace(patterns, parts);
    } else if (!patterns.done() && component_matches(patterns.current(), parts.current())) {
      patterns.advance();
      parts.advance();
    } else if (star) {
      star->second.advance();
      patterns = star->first;
      parts = star->second;
    } else {
      return false;
    }
  }
  return patterns.done();
}

bool IgnorePatterns::parse_line(std::string_view line, Pattern& pattern) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (line.empty() || line.front() == '#') return false;
  line = without_trailing_spaces(line);
  pattern.negated = !line.empty() && line.front() == '!';
  if (pattern.negated) line.remove_prefix(1);
  pattern.folder_only = !line.empty() && line.back() == '/';
  if (pattern.folder_only) line.remove_suffix(1);
  pattern.base_name = line.find('/') == std::string_view::npos;
  if (!line.empty() && line.front() == '/') line.remove_prefix(1);
  if (line.empty()) return false;
  if (!has_glob(line)) {
    pattern.shape = Shape::literal;
  } else if (pattern.base_name && line.front() == '*' && !has_glob(line.substr(1))) {
    pattern.shape = Shape::suffix;
    line.remove_prefix(1);
  }
  pattern.text = line;
  // git compares what stands before the first special character by itself and lets the glob begin behind it. That shows: in
  // "f**/x" the glob is "**/x", although `**` is no whole component there.
  if (pattern.shape == Shape::glob && !pattern.base_name) pattern.literal_size = line.find_first_of(kGlobCharacters);
  return true;
}

IgnorePatterns IgnorePatterns::parse(std::string_view content) {
  IgnorePatterns result;
  if (content.substr(0, 3) == "\xEF\xBB\xBF") content.remove_prefix(3);
  while (!content.empty()) {
    const std::size_t end = content.find('\n');
    Pattern pattern;
    if (parse_line(content.substr(0, end), pattern)) result.patterns_.push_back(std::move(pattern));
    content = end == std::string_view::npos ? std::string_view() : content.substr(end + 1);
  }
  return result;
}

bool IgnorePatterns::matches(const Pattern& pattern, std::string_view text) {
  switch (pattern.shape) {
    case Shape::literal: return text == pattern.text;
    case Shape::suffix: return text.ends_with(pattern.text);
    case Shape::glob: break;
  }
  if (pattern.base_name) return component_matches(pattern.text, text);
  const std::string_view glob = pattern.text;
  const std::size_t literal = pattern.literal_size;
  return text.substr(0, literal) == glob.substr(0, literal) && git_glob_matches(glob.substr(literal), text.substr(literal));
}

IgnoreVerdict IgnorePatterns::match(std::string_view path, EntryKind kind) const {
  const std::string_view base = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  const auto decides = [&](const Pattern& pattern) {
    return (!pattern.folder_only || kind == EntryKind::folder) && matches(pattern, pattern.base_name ? base : path);
  };
  const auto last = std::find_if(patterns_.rbegin(), patterns_.rend(), decides);
  if (last == patterns_.rend()) return IgnoreVerdict::no_match;
  return last->negated ? IgnoreVerdict::included : IgnoreVerdict::ignored;
}

}  // namespace hfscan
