// JSON (RFC 8259). Separate so that the JSON library is included here and nowhere else, and so that no caller sees its
// exceptions or its default of throwing on text that is not UTF-8.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

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

// Members of a document that somebody else wrote: what is missing, or of another type, reads as empty, as zero, or as what is
// given. `object` may be anything.
const Json& json_member(const Json& object, const char* name);  // null when it is missing
std::string json_text(const Json& object, const char* name);
std::uint64_t json_number(const Json& object, const char* name);
bool json_flag(const Json& object, const char* name, bool otherwise);
std::vector<std::string> json_texts(const Json& object, const char* name);  // of an array; elements of other types are left out

}  // namespace hfscan
