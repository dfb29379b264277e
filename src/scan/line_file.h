// Reading files of one entry a line, as baselines and ignore files are: written by people, merged by git, and possibly hostile.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hfscan {

struct FileLine {
  std::uint64_t number = 0;  // 1-based
  std::string_view text;     // without its end
};

// Refuses text above `limit` bytes, lines above 32 KiB, NUL bytes and the conflict markers of an unfinished git merge.
Result<std::vector<FileLine>> read_lines(std::string_view text, std::string_view name, std::uint64_t limit);

// "name:line: message".
Error line_error(std::string_view name, std::uint64_t line, std::string_view message);

// One field of a line: backslash as "\\", bytes that are no printable UTF-8 and a space at either end as "\xNN".
std::string escape_field(std::string_view field);

// Nothing when there is a backslash that begins neither "\\" nor "\xNN".
std::optional<std::string> unescape_field(std::string_view text);

}  // namespace hfscan
