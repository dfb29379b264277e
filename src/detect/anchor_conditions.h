// The checks that make a literal of anchor_table.inc an anchor: what must follow it. Internal to the anchor stage.
#pragma once

#include <cstddef>
#include <string_view>

namespace hfscan::anchor_detail {

// The literal stands in [begin, after). `bytes` ends kAnchorReach behind `begin` at the latest.
using Condition = bool (*)(std::string_view bytes, std::size_t begin, std::size_t after);

// A body of letters and digits, or one that is cut by a joint.
bool body_follows(std::string_view bytes, std::size_t begin, std::size_t after);
// After `hf_`: a body, or one of the longer prefixes and its body.
bool any_shape_follows(std::string_view bytes, std::size_t begin, std::size_t after);
bool key_id_follows(std::string_view bytes, std::size_t begin, std::size_t after);

// After `eyJ`: the header of a JSON web token goes on, and where it ends in reach, a dot follows.
bool jwt_header_follows(std::string_view bytes, std::size_t begin, std::size_t after);
// After the name field in a line of a cookie jar: 128 letters.
bool cookie_value_follows(std::string_view bytes, std::size_t begin, std::size_t after);
// After `webhook`: the word `secret` not far away.
bool secret_follows(std::string_view bytes, std::size_t begin, std::size_t after);
bool signature_follows(std::string_view bytes, std::size_t begin, std::size_t after);

// After `hf_`: some letters and digits, then one that is escaped.
bool escape_in_body_follows(std::string_view bytes, std::size_t begin, std::size_t after);
// At `begin` the prefix is spelled with an escape in it, and a body of letters, digits and escapes follows.
bool escaped_hf_prefix(std::string_view bytes, std::size_t begin, std::size_t after);
bool escaped_org_prefix(std::string_view bytes, std::size_t begin, std::size_t after);
bool escaped_app_secret(std::string_view bytes, std::size_t begin, std::size_t after);
// The literal holds the last digits of an escaped `h`; the rest of the prefix and a body follow.
bool hex_h_and_prefix(std::string_view bytes, std::size_t begin, std::size_t after);
bool octal_h_and_prefix(std::string_view bytes, std::size_t begin, std::size_t after);
bool decimal_h_and_prefix(std::string_view bytes, std::size_t begin, std::size_t after);

// The literal holds the first byte of a list (byte_list.h) that reads `hf_`.
bool hex_list_reads_prefix(std::string_view bytes, std::size_t begin, std::size_t after);
bool octal_list_reads_prefix(std::string_view bytes, std::size_t begin, std::size_t after);
bool decimal_list_reads_prefix(std::string_view bytes, std::size_t begin, std::size_t after);
bool character_list_reads_prefix(std::string_view bytes, std::size_t begin, std::size_t after);

// `h`, `f`, `_` in units of 2 or 4 bytes and 30 alphanumerics after them.
bool wide_body_follows(std::string_view bytes, std::size_t begin, std::size_t after);
bool gzip_header(std::string_view bytes, std::size_t begin, std::size_t after);

}  // namespace hfscan::anchor_detail
