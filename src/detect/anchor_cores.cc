#include "detect/anchor_cores.h"

#include <algorithm>

#include "detect/byte_classes.h"
#include "detect/escapes.h"

namespace hfscan::anchor_detail {
namespace {

using std::string_view;

constexpr std::size_t kBodyCheck = 30;  // alphanumerics that must follow a prefix; the shortest body has 32
constexpr std::size_t kJwtCheck = 10;   // base64url characters that must follow a JWT prefix

bool followed_by(string_view bytes, std::size_t position, ByteClass wanted, std::size_t count) {
  return run_length(bytes, position, wanted, count) == count;
}

// A body that ends early at one of these may go on in the next literal or line: "hf_abc" "def", hf_abc\<newline>def.
bool is_joint(string_view bytes, std::size_t position) {
  if (position >= bytes.size()) return false;
  switch (bytes[position]) {
    case '"':
    case '\'':
    case '`':
    case '\\': return true;
    case '=': return starts_with_at(bytes, position, "=\n") || starts_with_at(bytes, position, "=\r\n");
    default: return false;
  }
}

bool body_follows(string_view bytes, std::size_t after) { return followed_by(bytes, after, kAlnumClass, kBodyCheck); }

// After `hf_`: a body, a body cut by a joint, or one of the longer prefixes and its body.
bool any_shape_follows(string_view bytes, std::size_t after) {
  const std::size_t length = run_length(bytes, after, kAlnumClass, kBodyCheck);
  if (length == kBodyCheck || is_joint(bytes, after + length)) return true;
  if (after + length >= bytes.size() || bytes[after + length] != '_') return false;
  const auto word = [&](string_view text, ByteClass wanted, std::size_t count) {
    return starts_with_at(bytes, after, text) && followed_by(bytes, after + text.size(), wanted, count);
  };
  return word("oauth__refresh_", kAlnumClass, kBodyCheck) || word("oauth_", kBase64UrlClass, kJwtCheck) ||
         word("jwt_", kBase64UrlClass, kJwtCheck) || word("app_", kAlnumClass, kBodyCheck) ||
         word("s3_", kBase64UrlClass, kJwtCheck);
}

// `after` is one past the first byte that follows `hf`, which the pattern has matched as the start of an escape.
bool escaped_underscore_and_body_follow(string_view bytes, std::size_t after) {
  const EscapedUnderscore* underscore = escaped_underscore_at(bytes.substr(after - 1));
  return underscore != nullptr && body_follows(bytes, after - 1 + underscore->spelling.size());
}

bool key_id_follows(string_view bytes, std::size_t after) { return followed_by(bytes, after, kAlnumClass, 12); }

// After `eyJ`: the header goes on, and where it ends in reach, a dot follows.
bool header_follows(string_view bytes, std::size_t after) {
  constexpr std::size_t kReach = 128;
  const std::size_t length = run_length(bytes, after, kBase64UrlClass, kReach);
  return length == kReach || (length >= kJwtCheck && starts_with_at(bytes, after + length, "."));
}

bool cookie_value_follows(string_view bytes, std::size_t after) { return followed_by(bytes, after, kLetterClass, 128); }

// After `webhook`: the word `secret` not far away.
bool secret_follows(string_view bytes, std::size_t after) {
  constexpr std::size_t kReach = 150;
  for (std::size_t i = after; i < std::min(bytes.size(), after + kReach); ++i) {
    if ((bytes[i] | ' ') == 's' && (starts_with_at(bytes, i + 1, "ecret") || starts_with_at(bytes, i + 1, "ECRET")))
      return true;
  }
  return false;
}

bool signature_follows(string_view bytes, std::size_t after) {
  constexpr std::size_t kCheck = 16;
  constexpr string_view kMarks = "~%";
  std::size_t length = 0;
  const auto fits = [&](char c) { return in_class(c, kBase64Class) || kMarks.find(c) != string_view::npos; };
  while (length < kCheck && after + length < bytes.size() && fits(bytes[after + length])) ++length;
  return length == kCheck;
}

// Steps over the separators between two bytes that are written on their own (`\x`, `, 0x`, `%`, `\u00`, `;&#x`).
std::size_t skip_byte_separator(string_view bytes, std::size_t position) {
  constexpr std::size_t kMaxSeparator = 8;
  std::size_t end = position;
  while (end < bytes.size() && end < position + kMaxSeparator && kHexByteSeparators.find(bytes[end]) != string_view::npos)
    ++end;
  return end;
}

// After the `68` of `h`: separators, `66`, separators, `5f`.
bool separated_f_and_underscore_follow(string_view bytes, std::size_t after) {
  for (const string_view digits : {string_view("66"), string_view("5f")}) {
    const std::size_t begin = skip_byte_separator(bytes, after);
    if (begin == after || begin + 1 >= bytes.size()) return false;
    if (bytes[begin] != digits[0] || (bytes[begin + 1] | ' ') != (digits[1] | ' ')) return false;
    after = begin + 2;
  }
  return true;
}

// `h`, `f`, `_` in units of 2 or 4 bytes and 30 alphanumerics after them, little-endian or big-endian: the pattern of non-zero
// bytes is the same, only which zeros belong to which unit differs. The pattern has matched three bytes.
bool wide_body_follows(string_view bytes, std::size_t after) {
  const std::size_t begin = after - 3;
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

// The cores (which three bytes, which bucket) were chosen by search: of all choices the one with the fewest accidental matches
// on 8 MB of Python and TypeScript, about one in 6,000 bytes. bench/anchors.cc measures the effect.
//
// Base64 patterns: the characters that do not depend on the neighbours, widened by the partly fixed ones at the edges under the
// assumption that an alphanumeric follows the prefix. "Twice" patterns: the same once more over the inner pattern.
constexpr std::array<Core, 38> kCores = {{
    {"hf_", 0, 0, AnchorKind::prefix, any_shape_follows},
    {"hf[\\%&={]", 0, 0, AnchorKind::escaped_prefix, escaped_underscore_and_body_follow},
    {"api_org_", 1, 6, AnchorKind::org_prefix, body_follows},
    {"oauth_app_secret_", 11, 4, AnchorKind::app_secret, body_follows},
    {"HFAK", 0, 0, AnchorKind::s3_key_id, key_id_follows},
    {"api_", 1, 6, AnchorKind::legacy_prefix, body_follows},
    {"eyJ", 0, 3, AnchorKind::web_token, header_follows},
    {"[cC]ookie", 2, 6, AnchorKind::cookie, nullptr},
    {"token\t", 3, 4, AnchorKind::cookie_jar, cookie_value_follows},
    {"[wW][eE][bB][hH][oO][oO][kK]", 1, 6, AnchorKind::webhook, secret_follows},
    {"[?&;6-]Signature=", 1, 1, AnchorKind::signature, signature_follows},
    {"68665[fF]", 3, 5, AnchorKind::hex, nullptr},
    {"[xX%0]68", 0, 2, AnchorKind::hex_separated, separated_f_and_underscore_follow},
    {string_view("h\0[\0f]", 6), 0, 7, AnchorKind::wide, wide_body_follows},
    // `hf_`
    {"aGZf", 0, 3, AnchorKind::base64, nullptr},
    {"[GWm2]hmX[0-3z]", 1, 7, AnchorKind::base64, nullptr},
    {"[BFJNRVZdhlptx159]oZl[89]", 2, 1, AnchorKind::base64, nullptr},
    // `api_org_`
    {"YXBpX29yZ1", 7, 3, AnchorKind::base64, nullptr},
    {"FwaV9vcmdf", 3, 5, AnchorKind::base64, nullptr},
    {"hcGlfb3JnX", 1, 7, AnchorKind::base64, nullptr},
    // `oauth_app_secret_`
    {"b2F1dGhfYXBwX3NlY3JldF", 6, 0, AnchorKind::base64, nullptr},
    {"9hdXRoX2FwcF9zZWNyZXRf", 1, 7, AnchorKind::base64, nullptr},
    {"vYXV0aF9hcHBfc2VjcmV0X", 17, 7, AnchorKind::base64, nullptr},
    // `HFAK`
    {"SEZBS", 1, 2, AnchorKind::base64, nullptr},
    {"hGQU", 0, 3, AnchorKind::base64, nullptr},
    {"IRkFL", 2, 0, AnchorKind::base64, nullptr},
    // `hf_` in UTF-16LE, as in the argument of PowerShell's -EncodedCommand
    {"aABmAF8A", 0, 3, AnchorKind::base64_utf16, nullptr},
    {"[GWm2]gAZgBfA", 3, 1, AnchorKind::base64_utf16, nullptr},
    {"oAGYAXw", 0, 3, AnchorKind::base64_utf16, nullptr},
    // base64 of the three `hf_` patterns above
    {"YUdaZ[i-n]", 1, 1, AnchorKind::base64_twice, nullptr},
    {"[2GWm]FHWm[YZ]", 3, 1, AnchorKind::base64_twice, nullptr},
    {"[159BFJNRVZdhlptx]hR1pm", 2, 5, AnchorKind::base64_twice, nullptr},
    {"[MRVb][2Wm]htW[DH][ABEFIJMNop]", 3, 3, AnchorKind::base64_twice, nullptr},
    {"[012DEFGTUVWjklmz][1Jd]obV[gh][6w-z]", 3, 5, AnchorKind::base64_twice, nullptr},
    {"[HXty]aG1Y[Me]", 1, 3, AnchorKind::base64_twice, nullptr},
    {"[MNOQRSTUVWZabcde][GWm]9abD[ghkl]", 4, 7, AnchorKind::base64_twice, nullptr},
    {"[0123DEFGHTUVWXjklmnz][5BFJRVZhlpx]vWmw[45]", 3, 4, AnchorKind::base64_twice, nullptr},
    {"[0145CGKOSWakoswx]b1psO[C-HS-X]", 1, 5, AnchorKind::base64_twice, nullptr},
}};

// One element of a pattern: a byte, or what stands between brackets.
struct Element {
  string_view set;
  bool bracketed;

  [[nodiscard]] constexpr bool has(char c) const {
    if (!bracketed) return set[0] == c;
    for (std::size_t i = 0; i < set.size(); ++i) {
      const bool range = i + 2 < set.size() && set[i + 1] == '-';
      if (range ? set[i] <= c && c <= set[i + 2] : set[i] == c) return true;
      if (range) i += 2;
    }
    return false;
  }
};

// Takes the next element off the front of the pattern.
constexpr Element next_element(string_view& pattern) {
  const bool bracketed = pattern.front() == '[';
  const std::size_t length = bracketed ? pattern.find(']') : 1;
  const Element element{bracketed ? pattern.substr(1, length - 1) : pattern.substr(0, 1), bracketed};
  pattern.remove_prefix(bracketed ? length + 1 : 1);
  return element;
}

constexpr void add_element(CoreTables& tables, std::size_t position, const Element& element, unsigned bucket) {
  const auto bit = static_cast<std::uint8_t>(1U << bucket);
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (!element.has(static_cast<char>(byte))) continue;
    tables.low[position][byte & 15U] |= bit;
    tables.high[position][byte >> 4U] |= bit;
    tables.exact[position][byte] |= bit;
  }
}

constexpr CoreTables make_tables() {
  CoreTables tables;
  for (const Core& core : kCores) {
    string_view pattern = core.pattern;
    for (std::size_t i = 0; i < core.at; ++i) next_element(pattern);
    for (std::size_t i = 0; i < kCoreLength; ++i) add_element(tables, i, next_element(pattern), core.bucket);
  }
  return tables;
}

void verify_core(const Core& core, string_view bytes, std::size_t position, std::vector<Anchor>& anchors) {
  if (position < core.at) return;
  std::size_t next = position - core.at;
  for (string_view pattern = core.pattern; !pattern.empty(); ++next) {
    if (next >= bytes.size() || !next_element(pattern).has(bytes[next])) return;
  }
  if (core.condition == nullptr || core.condition(bytes, next)) anchors.push_back({position - core.at, core.kind});
}

}  // namespace

constexpr CoreTables kTables = make_tables();
const CoreTables kCoreTables = kTables;

void verify_cores(std::string_view bytes, std::size_t position, unsigned buckets, std::vector<Anchor>& anchors) {
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data()) + position;
  const auto& exact = kCoreTables.exact;
  buckets &= static_cast<unsigned>(exact[0][data[0]] & exact[1][data[1]] & exact[2][data[2]]);
  if (buckets == 0) return;
  for (const Core& core : kCores) {
    if ((buckets >> core.bucket & 1U) != 0) verify_core(core, bytes, position, anchors);
  }
}

void scan_scalar(std::string_view bytes, std::size_t from, std::vector<Anchor>& anchors) {
  const auto& exact = kCoreTables.exact;
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  for (std::size_t i = from; i + kCoreLength <= bytes.size(); ++i) {
    const unsigned buckets = exact[0][data[i]] & exact[1][data[i + 1]] & exact[2][data[i + 2]];
    if (buckets != 0) verify_cores(bytes, i, buckets, anchors);
  }
}

}  // namespace hfscan::anchor_detail
