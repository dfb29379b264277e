// The escapes of `$'...'` (bash reference manual, "ANSI-C Quoting").
#pragma once

#include <string>
#include <string_view>

namespace hfscan {

struct AnsiCEscape {
  std::string bytes;
  std::size_t length;  // of the spelling, at least 1
};

// `text` begins with a backslash. An escape that is none of bash's stands for itself, backslash included.
AnsiCEscape decode_ansi_c_escape(std::string_view text);

}  // namespace hfscan
