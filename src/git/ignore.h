// Patterns of .gitignore, info/exclude and core.excludesFile, with git's meaning (gitignore(5)). Own code because libgit2 takes
// 12 to 19 microseconds per path, waits for ever on a FIFO named .gitignore and follows one that is a symlink (ADR 0004).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hfscan {

enum class IgnoreVerdict { no_match, ignored, included };
enum class EntryKind { file, folder };

// The patterns of one file. Immutable; may be shared by threads.
class IgnorePatterns {
 public:
  IgnorePatterns() = default;
  static IgnorePatterns parse(std::string_view content);

  // `path` is relative to the folder that the patterns belong to. The last pattern that matches decides. Only this path is
  // tried, not its parents: whoever walks has asked for those before.
  [[nodiscard]] IgnoreVerdict match(std::string_view path, EntryKind kind) const;

  [[nodiscard]] bool empty() const { return patterns_.empty(); }

 private:
  enum class Shape : std::uint8_t { literal, suffix, glob };
  struct Pattern {
    std::string text;              // without '!', leading and trailing '/'; for a suffix without its '*'
    std::size_t literal_size = 0;  // of a glob with '/': how much of the text has no special character
    Shape shape = Shape::glob;
    bool negated = false;
    bool folder_only = false;
    bool base_name = false;  // no '/' in it: tried on the last component
  };
  static bool parse_line(std::string_view line, Pattern& pattern);
  static bool matches(const Pattern& pattern, std::string_view text);

  std::vector<Pattern> patterns_;
};

// git's glob: `*` and `?` stop at '/', `**` (or more) as a whole component crosses it (at the end it stands for at least one
// component), [classes] with ranges, '!' or '^' and [:names:], '\' escapes. No recursion, and quadratic at worst.
[[nodiscard]] bool git_glob_matches(std::string_view pattern, std::string_view path);

}  // namespace hfscan
