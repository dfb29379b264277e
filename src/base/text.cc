#include "base/text.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <numeric>
#include <optional>

#include "base/encoding.h"
#include "base/utf.h"

namespace hfscan {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row.back();
}

struct ClassMatch {
  bool matched;
  std::size_t length;  // of the class in the pattern, brackets included
};

// `pattern` starts with '['. Nothing when the bracket is never closed: then it is a literal.
std::optional<ClassMatch> match_class(std::string_view pattern, char c) {
  std::size_t i = 1;
  const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
  if (negated) ++i;
  bool matched = false;
  for (std::size_t first = i; i < pattern.size() && (pattern[i] != ']' || i == first); ++i) {
    char low = pattern[i];
    char high = low;
    if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
      high = pattern[i + 2];
      i += 2;
    }
    matched = matched || (low <= c && c <= high);
  }
  if (i >= pattern.size()) return std::nullopt;
  return ClassMatch{matched != negated && c != '/', i + 1};
}

// Length of the pattern element that matches the one byte c, or 0.
std::size_t match_one(std::string_view pattern, char c) {
  if (pattern.empty()) return 0;
  switch (pattern[0]) {
    case '?': return c == '/' ? 0 : 1;
    case '[': {
      const std::optional<ClassMatch> found = match_class(pattern, c);
      if (found) return found->matched ? found->length : 0;
      return c == '[' ? 1 : 0;
    }
    case '\\': return pattern.size() > 1 && pattern[1] == c ? 2 : 0;
    default: return pattern[0] == c ? 1 : 0;
  }
}

// One path component against one pattern component: the classic loop with a single backtracking point, O(n*m).
bool component_matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::optional<std::size_t> star;
  std::size_t star_text = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_text = t;
    } else if (const std::size_t used = match_one(pattern.substr(p), text[t]); used != 0) {
      p += used;
      ++t;
    } else if (star) {
      p = *star + 1;
      t = ++star_text;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::vector<std::string_view> split_components(std::string_view path) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t slash = path.find('/', begin);
    if (slash == std::string_view::npos) {
      parts.push_back(path.substr(begin));
      return parts;
    }
    parts.push_back(path.substr(begin, slash - begin));
    begin = slash + 1;
  }
}

bool is_bidi_or_invisible(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || (c >= 0x200B && c <= 0x200F) || c == 0xFEFF ||
         c == 0x2028 || c == 0x2029 || c == 0x061C;
}

}  // namespace

std::string_view trim(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
  }
  return lines;
}

std::string to_lower_ascii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool is_alnum_ascii(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

bool is_name_byte(char c) { return is_alnum_ascii(c) || c == '_'; }

bool holds_one_of(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

std::string with_thousands(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, 1, ',');
  return digits;
}

std::string count_of(std::uint64_t count, std::string_view singular, std::string_view plural) {
  return cat(with_thousands(count), " ", count == 1 ? singular : plural);
}

std::string human_bytes(std::uint64_t bytes) {
  static constexpr std::array<const char*, 5> kUnits = {"KB", "MB", "GB", "TB", "PB"};
  if (bytes < 1000) return std::to_string(bytes) + " B";
  double value = static_cast<double>(bytes) / 1000;
  std::size_t unit = 0;
  while (value >= 999.95 && unit + 1 < kUnits.size()) {
    value /= 1000;
    ++unit;
  }
  std::array<char, 32> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%.1f %s", value, kUnits.at(unit));
  return buffer.data();
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(to_lower_ascii(word), to_lower_ascii(candidate));
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string file_name(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string suggestion = nearest(word, candidates);
  return suggestion.empty() ? std::string() : cat(" (did you mean '", suggestion, "'?)");
}

bool wildmatch(std::string_view pattern, std::string_view path) {
  const std::vector<std::string_view> patterns = split_components(pattern);
  const std::vector<std::string_view> parts = split_components(path);
  // The same single-backtrack loop, one level up: `**` is the star and components are the characters.
  std::size_t p = 0;
  std::size_t t = 0;
  std::optional<std::size_t> star;
  std::size_t star_part = 0;
  while (t < parts.size()) {
    if (p < patterns.size() && patterns[p] == "**") {
      star = p++;
      star_part = t;
    } else if (p < patterns.size() && component_matches(patterns[p], parts[t])) {
      ++p;
      ++t;
    } else if (star) {
      p = *star + 1;
      t = ++star_part;
    } else {
      return false;
    }
  }
  while (p < patterns.size() && patterns[p] == "**") ++p;
  return p == patterns.size();
}

bool path_matches(std::string_view pattern, std::string_view path) {
  if (pattern.find('/') == std::string_view::npos) return component_matches(pattern, path.substr(path.rfind('/') + 1));
  if (pattern.front() == '/') return wildmatch(pattern.substr(1), path);
  return wildmatch(cat("**/", pattern), path);
}

bool ignore_pattern_matches(std::string_view pattern, std::string_view path) {
  const bool folder_only = !pattern.empty() && pattern.back() == '/';
  if (folder_only) pattern.remove_suffix(1);
  if (pattern.empty()) return false;
  const bool anchored = pattern.find('/') != std::string_view::npos;
  if (pattern.front() == '/') pattern.remove_prefix(1);
  const std::string rooted = anchored ? std::string(pattern) : cat("**/", pattern);
  for (std::size_t end = path.find('/'); end != std::string_view::npos; end = path.find('/', end + 1)) {
    if (wildmatch(rooted, path.substr(0, end))) return true;
  }
  return !folder_only && wildmatch(rooted, path);
}

std::string escape_for_display(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const DecodedCharacter next = decode_utf8(bytes, i);
    const std::string_view raw = bytes.substr(i, next.length);
    i += next.length;
    if (!next.valid || next.value < 0x20 || next.value == 0x7F || (next.value >= 0x80 && next.value < 0xA0)) {
      if (raw == "\n")
        out += "\\n";
      else if (raw == "\t")
        out += "\\t";
      else if (raw == "\r")
        out += "\\r";
      else
        for (const char byte : raw) out += cat("\\x", hex_encode({&byte, 1}));
    } else if (is_bidi_or_invisible(next.value)) {
      std::array<char, 16> buffer{};
      std::snprintf(buffer.data(), buffer.size(), "\\u{%x}", static_cast<unsigned>(next.value));
      out += buffer.data();
    } else {
      out.append(raw);
    }
  }
  return out;
}

std::string quoted(std::string_view bytes) { return cat("'", escape_for_display(bytes), "'"); }

}  // namespace hfscan
