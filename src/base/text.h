// Small text helpers that several modules need: joining, trimming, spelling suggestions, path patterns, safe display.
#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hfscan {

// cat("a", name, "b"): one allocation-friendly way to build messages.
template <typename... Parts>
std::string cat(const Parts&... parts) {
  std::string out;
  out.reserve((std::string_view(parts).size() + ... + 0));
  (out.append(std::string_view(parts)), ...);
  return out;
}

std::string_view trim(std::string_view text);                      // ASCII white space, both sides
std::vector<std::string_view> split_lines(std::string_view text);  // without line ends; "\r\n" counts as one
std::string to_lower_ascii(std::string_view text);
[[nodiscard]] bool is_alnum_ascii(char c);
[[nodiscard]] bool is_name_byte(char c);  // letter, digit or '_'

// Whether the word is one of these. Inline: readers ask it about every token.
[[nodiscard]] inline bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}
[[nodiscard]] inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}
// Whether one of these stands in the text.
[[nodiscard]] bool holds_one_of(std::string_view text, std::span<const std::string_view> words);

// "1 file", "2 files", "12,345 files".
std::string count_of(std::uint64_t count, std::string_view singular, std::string_view plural);
std::string with_thousands(std::uint64_t number);
// "812 B", "4.2 KB", "1.3 GB": decimal units.
std::string human_bytes(std::uint64_t bytes);

// The candidate nearest to `word` when it is near enough to be a likely typing error, else empty.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

// " (did you mean 'x'?)" or empty: the tail of a message about an unknown name.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

// What follows the last '/' of a path.
std::string file_name(std::string_view path);

// Shell pattern against a path with '/' separators: `*` and `?` stop at '/', `**` as a whole component crosses it,
// `[a-z]` and `[!a]` are classes, `{a,b}` is not special. Linear in practice and bounded: no exponential backtracking.
[[nodiscard]] bool wildmatch(std::string_view pattern, std::string_view path);

// As rules use it: a pattern without '/' is tried on the last component, one with '/' at every directory level.
[[nodiscard]] bool path_matches(std::string_view pattern, std::string_view path);

// As a line of .gitignore uses it: with a '/' not at its end the pattern is anchored at the root; a match of a parent folder
// counts; a '/' at the end matches folders only. No negation here.
[[nodiscard]] bool ignore_pattern_matches(std::string_view pattern, std::string_view path);

// For terminals, logs and messages: control characters, bidirectional overrides and ill-formed bytes become \xNN or \u{...}.
// Never more than one line.
std::string escape_for_display(std::string_view bytes);

// escape_for_display in single quotes.
std::string quoted(std::string_view bytes);

}  // namespace hfscan
