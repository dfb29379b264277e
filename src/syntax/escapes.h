// Backslash escapes of string literals undone, with the way back. Separate because JSON, notebooks and source text share it.
#pragma once

#include <string_view>

#include "syntax/offset_map.h"

namespace hfscan {

enum class EscapeDialect {
  none,
  python,        // Python 3 reference, 2.4.1.1
  python_bytes,  // the same without \u, \U and \N
  javascript,    // ECMA-262, 12.9.4
  json,          // RFC 8259, section 7
  hcl,           // HCL native syntax specification, "Quoted templates"; TOML's basic strings have the same and \b \f
  groovy,
};

// Appends what `raw`, which stands at `begin` of its parent, spells. An escape that the dialect does not know stays as written;
// an unpaired surrogate becomes U+FFFD. Python's \N{...} stays as written. Linear.
void append_unescaped(MappedText& out, std::string_view raw, std::uint64_t begin, EscapeDialect dialect);

}  // namespace hfscan
