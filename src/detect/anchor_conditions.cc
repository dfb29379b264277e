#include "detect/anchor_conditions.h"

#include <algorithm>
#include <optional>

#include "detect/byte_classes.h"
#include "detect/byte_list.h"
#include "detect/escapes.h"
#include "detect/gunzip.h"
#include "detect/split_literal.h"

namespace hfscan::anchor_detail {
namespace {

using std::string_view;

constexpr std::size_t kBodyCheck = 30;  // alphanumerics that must follow a prefix; the shortest body has 32
constexpr std::size_t kBody = 34;
constexpr std::size_t kJwtCheck = 10;  // base64url characters that must follow a JWT prefix

bool followed_by(string_view bytes, std::size_t position, ByteClass wanted, std::size_t count) {
  return run_length(bytes, position, wanted, count) == count;
}

bool body_at(string_view bytes, std::size_t position) {
  const std::size_t length = run_length(bytes, position, kAlnumClass, kBodyCheck);
  return length == kBodyCheck || may_be_split_at(bytes, position + length);
}

// A body in which characters may be escaped; npos for `position` is none.
bool escaped_body_at(string_view bytes, std::size_t position) {
  return position != string_view::npos && followed_by(bytes, position, kEscapedClass, kBodyCheck);
}

// Steps over the `;` or `}` that ends the escape of the `h`.
bool f_and_underscore_at(string_view bytes, std::size_t position) {
  const bool closed = position < bytes.size() && (bytes[position] == ';' || bytes[position] == '}');
  return escaped_body_at(bytes, end_of_spelled(bytes, closed ? position + 1 : position, "f_"));
}

bool list_reads_prefix(string_view bytes, std::size_t begin, ListNotation notation) {
  ByteListReader reader(bytes, begin, notation);
  for (const char wanted : string_view("hf_")) {
    const std::optional<ListByte> byte = reader.next();
    if (!byte || byte->byte != wanted) return false;
  }
  return reader.next().has_value();
}

}  // namespace

bool body_follows(string_view bytes, std::size_t /*begin*/, std::size_t after) { return body_at(bytes, after); }

bool any_shape_follows(string_view bytes, std::size_t /*begin*/, std::size_t after) {
  const std::size_t length = run_length(bytes, after, kAlnumClass, kBodyCheck);
  if (length == kBodyCheck) return true;
  if (after + length >= bytes.size() || bytes[after + length] != '_') return may_be_split_at(bytes, after + length);
  if (starts_with_at(bytes, after, "oauth__refresh_")) return body_at(bytes, after + 15);
  if (starts_with_at(bytes, after, "app_")) return body_at(bytes, after + 4);
  for (const string_view word : {string_view("oauth_"), string_view("jwt_"), string_view("s3_")}) {
    if (starts_with_at(bytes, after, word)) return followed_by(bytes, after + word.size(), kBase64UrlClass, kJwtCheck);
  }
  return false;
}

bool key_id_follows(string_view bytes, std::size_t /*begin*/, std::size_t after) {
  return followed_by(bytes, after, kAlnumClass, 12);
}

bool escape_in_body_follows(string_view bytes, std::size_t /*begin*/, std::size_t after) {
  const std::size_t length = run_length(bytes, after, kAlnumClass, kBody);
  if (length == kBody) return false;
  const std::optional<Escape> next = spelled_at(bytes, after + length);
  if (!next || next->kind == EscapeKind::none) return false;
  // A part of a body, or something invisible.
  const bool ascii = next->character < 0x80;
  const bool wanted = !ascii || next->character == 0x1B || in_class(static_cast<char>(next->character), kBase64UrlClass);
  return wanted && escaped_body_at(bytes, after);
}

bool escaped_hf_prefix(string_view bytes, std::size_t begin, std::size_t /*after*/) {
  return escaped_body_at(bytes, end_of_spelled(bytes, begin, "hf_"));
}

bool escaped_org_prefix(string_view bytes, std::size_t begin, std::size_t /*after*/) {
  return escaped_body_at(bytes, end_of_spelled(bytes, begin, "api_org_"));
}

bool escaped_app_secret(string_view bytes, std::size_t begin, std::size_t /*after*/) {
  return escaped_body_at(bytes, end_of_spelled(bytes, begin, "oauth_app_secret_"));
}

bool hex_h_and_prefix(string_view bytes, std::size_t /*begin*/, std::size_t after) { return f_and_underscore_at(bytes, after); }

bool octal_h_and_prefix(string_view bytes, std::size_t begin, std::size_t after) {
  const bool escaped = begin > 0 && (bytes[begin - 1] == '\\' || bytes[begin - 1] == '0');
  return escaped && f_and_underscore_at(bytes, after);
}

bool decimal_h_and_prefix(string_view bytes, std::size_t begin, std::size_t after) {
  const bool escaped = begin > 0 && (bytes[begin - 1] == '#' || bytes[begin - 1] == '0');
  return escaped && starts_with_at(bytes, after, ";") && f_and_underscore_at(bytes, after);
}

// What is written without anything between the bytes is an escaped text and no list.
bool hex_list_reads_prefix(string_view bytes, std::size_t begin, std::size_t after) {
  if (bytes[begin] == '6') return list_reads_prefix(bytes, begin, ListNotation::hex);
  return !f_and_underscore_at(bytes, after) && list_reads_prefix(bytes, after - 2, ListNotation::hex);
}

bool octal_list_reads_prefix(string_view bytes, std::size_t begin, std::size_t after) {
  return !octal_h_and_prefix(bytes, begin, after) && list_reads_prefix(bytes, begin, ListNotation::octal);
}

bool decimal_list_reads_prefix(string_view bytes, std::size_t begin, std::size_t after) {
  return !decimal_h_and_prefix(bytes, begin, after) && list_reads_prefix(bytes, begin, ListNotation::decimal);
}

bool character_list_reads_prefix(string_view bytes, std::size_t begin, std::size_t /*after*/) {
  return list_reads_prefix(bytes, bytes[begin] == 'h' ? begin : begin + 1, ListNotation::characters);
}

// Little-endian or big-endian: the pattern of non-zero bytes is the same, only which zeros belong to which unit differs.
bool wide_body_follows(string_view bytes, std::size_t begin, std::size_t /*after*/) {
  const std::size_t width = bytes[begin + 2] == 'f' ? 2 : 4;
  constexpr std::size_t kUnits = 3 + kBodyCheck;
  if (begin + (kUnits - 1) * width >= bytes.size()) return false;
  for (std::size_t i = 0; i <= (kUnits - 1) * width; ++i) {
    const char byte = bytes[begin + i];
    const std::size_t unit = i / width;
    if (i % width != 0 ? byte != '\0' : unit < 3 ? byte != "hf_"[unit] : !in_class(byte, kAlnumClass)) return false;
  }
  return true;
}

bool gzip_header(string_view bytes, std::size_t begin, std::size_t /*after*/) { return begins_gzip(bytes.substr(begin)); }

bool jwt_header_follows(string_view bytes, std::size_t /*begin*/, std::size_t after) {
  constexpr std::size_t kReach = 128;
  const std::size_t length = run_length(bytes, after, kBase64UrlClass, kReach);
  return length == kReach || (length >= kJwtCheck && starts_with_at(bytes, after + length, "."));
}

bool cookie_value_follows(string_view bytes, std::size_t /*begin*/, std::size_t after) {
  return followed_by(bytes, after, kLetterClass, 128);
}

bool secret_follows(string_view bytes, std::size_t /*begin*/, std::size_t after) {
  constexpr std::size_t kReach = 150;  // of its first letter
  const string_view near = bytes.substr(after, kReach + 5);
  // `rest` follows the `s` in either case; the search is for its `c`, the rarest letter.
  const auto holds = [near](string_view rest) {
    for (std::size_t c = near.find(rest.substr(1)); c != string_view::npos; c = near.find(rest.substr(1), c + 1)) {
      if (c >= 2 && near[c - 1] == rest[0] && (near[c - 2] | ' ') == 's') return true;
    }
    return false;
  };
  return holds("ecret") || holds("ECRET");
}

bool signature_follows(string_view bytes, std::size_t /*begin*/, std::size_t after) {
  constexpr std::size_t kCheck = 16;
  constexpr string_view kMarks = "~%";
  std::size_t length = 0;
  const auto fits = [&](char c) { return in_class(c, kBase64Class) || kMarks.find(c) != string_view::npos; };
  while (length < kCheck && after + length < bytes.size() && fits(bytes[after + length])) ++length;
  return length == kCheck;
}

}  // namespace hfscan::anchor_detail
