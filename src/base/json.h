// JSON (RFC 8259). Separate so that the JSON library is included here and nowhere else, and so that no caller sees its
// exceptions or its default of throwing on text that is not UTF-8.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/result.h"

// Compiled once, in base/json.cc: every file that touches JSON would do it again.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace hfscan {

// Members keep the order in which they are added, so the same report always gives the same bytes.
using Json = nlohmann::ordered_json;

// Two spaces of indentation and a final line feed. Ill-formed UTF-8 becomes U+FFFD.
std::string dump_pretty(const Json& value);

// One line, no line feed.
std::string dump_line(const Json& value);

// `name` is what the error calls the document. Nesting above 256 is refused.
Result<Json> parse_json(std::string_view text, std::string_view name);

}  // namespace hfscan
