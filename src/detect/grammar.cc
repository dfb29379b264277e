// Tested by tests/unit/detect/grammar_test.cc and, over random tokens in random surroundings, by tests/differential.
#include "detect/grammar.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "detect/byte_classes.h"
#include "detect/escapes.h"
#include "detect/split_literal.h"

namespace hfscan {
namespace {

using std::string_view;

// A prefix and a body of fixed length.
struct FixedShape {
  string_view prefix;
  std::size_t body;
  CredentialKind kind;
};

constexpr std::size_t kBody = 34;
constexpr FixedShape kUserToken = {"hf_", kBody, CredentialKind::user_access_token};
constexpr FixedShape kOrgToken = {"api_org_", kBody, CredentialKind::org_token};
constexpr FixedShape kAppSecret = {"oauth_app_secret_", kBody, CredentialKind::oauth_app_secret};
constexpr FixedShape kAppToken = {"hf_app_", 32, CredentialKind::app_token};
constexpr FixedShape kRefreshToken = {"hf_oauth__refresh_", kBody, CredentialKind::oauth_refresh_token};

// A prefix and three base64url parts joined by dots.
struct JwtShape {
  string_view prefix;
  CredentialKind kind;
};

constexpr std::array<JwtShape, 3> kJwtShapes = {{
    {"hf_oauth_", CredentialKind::oauth_access_token},
    {"hf_jwt_", CredentialKind::short_lived_jwt},
    {"hf_s3_", CredentialKind::s3_secret_key},
}};

// Directly before a token: an escape whose last character happens to be a letter or a digit, so that the token is not glued to
// a word. `before` ends where the token begins.
bool ends_in_escape(string_view before) {
  const auto hex_tail = [&](string_view lead, std::size_t digits) {
    if (before.size() < lead.size() + digits) return false;
    const string_view tail = before.substr(before.size() - lead.size() - digits);
    return tail.substr(0, lead.size()) == lead && run_length(tail, lead.size(), kHexClass, digits) == digits;
  };
  const auto letter_escape = [&] {
    constexpr string_view kLetters = "ntrbfv0";
    return before.size() >= 2 && before[before.size() - 2] == '\\' && kLetters.find(before.back()) != string_view::npos;
  };
  const auto ansi_colour = [&] {
    if (before.empty() || before.back() != 'm') return false;
    std::size_t i = before.size() - 1;
    while (i > 0 && ((before[i - 1] >= '0' && before[i - 1] <= '9') || before[i - 1] == ';')) --i;
    return i >= 2 && before[i - 1] == '[' && before[i - 2] == '\x1b';
  };
  // u00NN without its backslash: what is left after careless unescaping.
  return letter_escape() || hex_tail("\\x", 2) || hex_tail("\\u", 4) || hex_tail("\\U", 8) || hex_tail("%", 2) ||
         hex_tail("=", 2) || hex_tail("u00", 2) || ansi_colour();
}

bool is_glued(string_view text, std::size_t begin) {
  if (begin == 0 || !is_alnum_ascii(text[begin - 1])) return false;
  constexpr std::size_t kLongestEscape = 12;
  const std::size_t from = begin - std::min(begin, kLongestEscape);
  return !ends_in_escape(text.substr(from, begin - from));
}

// The bytes by which binary formats announce a string of 37 bytes (37 = '%') or end a record.
bool length_cue_before(string_view text, std::size_t begin) {
  static constexpr std::array<string_view, 12> kCues = {
      string_view("X%\0\0\0", 5),             // pickle protocols 1 to 3, BINUNICODE
      string_view("\x8d%\0\0\0\0\0\0\0", 9),  // pickle 4, BINUNICODE8
      string_view("\x8e%\0\0\0\0\0\0\0", 9),  // pickle 4, BINBYTES8
      string_view("\x8c%", 2),                // pickle 4, SHORT_BINUNICODE
      string_view("z%", 2),                   // marshal, short ASCII
      string_view("Z%", 2),                   // marshal, short ASCII, interned
      string_view("\xfa%", 2),                // the same two with a reference flag
      string_view("\xda%", 2),                //
      string_view("\xd9%", 2),                // msgpack str8
      string_view("x%", 2),                   // CBOR text, one-byte length
      string_view("\0%", 2),                  // 16-bit length, big-endian
      string_view("&\0\0\0", 4),              // BSON: 32-bit length with the final NUL
  };
  const string_view before = text.substr(0, begin);
  return std::any_of(kCues.begin(), kCues.end(), [before](string_view cue) { return before.ends_with(cue); });
}

// More alphanumerics follow than the body has. In text that is another word; in binary data they may belong to the next record.
bool may_cut_body(string_view text, std::size_t begin, ByteSpan body, std::size_t run) {
  const auto end = static_cast<std::size_t>(body.end);
  if (starts_with_at(text, end, kUserToken.prefix) || starts_with_at(text, end, kOrgToken.prefix)) return true;
  const std::size_t next = static_cast<std::size_t>(body.begin) + run;
  if (is_binary_around(text, begin, next) || length_cue_before(text, begin)) return true;
  constexpr std::size_t kGluedAtMost = 2;
  if (run > body.size() + kGluedAtMost || next >= text.size()) return false;
  const char c = text[next];
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

Credential make(string_view text, ByteSpan span, string_view canonical, CredentialKind kind) {
  return Credential{span, Secret(canonical), kind, "plain", BodyClass::token, is_glued(text, span.begin)};
}

// A fixed shape whose body begins at `body`. `begin` is where the prefix begins, in whatever spelling.
std::optional<Credential> fixed_shape_at(string_view text, std::size_t begin, std::size_t body, const FixedShape& shape) {
  constexpr std::size_t kLongestRun = 256;
  const std::size_t run = run_length(text, body, kAlnumClass, kLongestRun);
  if (run < shape.body || (run > shape.body && !may_cut_body(text, begin, {body, body + shape.body}, run))) return std::nullopt;
  const string_view characters = text.substr(body, shape.body);
  Credential credential = make(text, {begin, body + shape.body}, cat(shape.prefix, characters), shape.kind);
  credential.body = classify_body(characters);
  return credential;
}

// Length of three dot-joined base64url parts of at least 10 characters at `position`, or 0.
std::size_t jwt_length(string_view text, std::size_t position) {
  constexpr std::size_t kShortestPart = 10;
  constexpr std::size_t kLongestPart = std::size_t{16} * 1024;
  std::size_t end = position;
  for (int part = 0; part < 3; ++part) {
    if (part > 0 && (end >= text.size() || text[end++] != '.')) return 0;
    const std::size_t run = run_length(text, end, kBase64UrlClass, kLongestPart);
    if (run < kShortestPart) return 0;
    end += run;
  }
  return end - position;
}

std::optional<Credential> jwt_shape_at(string_view text, std::size_t begin, const JwtShape& shape) {
  const std::size_t body = begin + shape.prefix.size();
  constexpr std::size_t kOpaque = 32;  // what is no JWT must at least have this many alphanumerics
  std::size_t length = jwt_length(text, body);
  if (length == 0) length = run_length(text, body, kAlnumClass, 512);
  if (length < kOpaque) return std::nullopt;
  Credential credential = make(text, {begin, body + length}, text.substr(begin, shape.prefix.size() + length), shape.kind);
  // A JWT begins with the base64 of `{"`: decided. Else the body must look random.
  if (!starts_with_at(text, body, "eyJ")) credential.body = classify_body(text.substr(body, std::min(length, kBody)));
  return credential;
}

// The published grammar says 34 characters; samples with 32 exist, so the whole run counts as long as it is no sentence.
std::optional<Credential> refresh_token_at(string_view text, std::size_t begin) {
  constexpr std::size_t kShortest = 32;
  constexpr std::size_t kLongest = 64;
  const std::size_t body = begin + kRefreshToken.prefix.size();
  if (auto credential = fixed_shape_at(text, begin, body, kRefreshToken)) return credential;
  const std::size_t run = run_length(text, body, kAlnumClass, kLongest + 1);
  if (run < kShortest || run > kLongest) return std::nullopt;
  Credential credential =
      make(text, {begin, body + run}, text.substr(begin, kRefreshToken.prefix.size() + run), kRefreshToken.kind);
  credential.body = classify_body(text.substr(body, run));
  return credential;
}

std::optional<Credential> s3_key_id_at(string_view text, std::size_t begin) {
  constexpr string_view kPrefix = "HFAK";
  constexpr std::size_t kShortest = 12;  // the length is not published; the range is a guess
  constexpr std::size_t kLongest = 40;
  const std::size_t run = run_length(text, begin + kPrefix.size(), kAlnumClass, kLongest + 1);
  if (run < kShortest || run > kLongest || is_glued(text, begin)) return std::nullopt;
  const std::size_t length = kPrefix.size() + run;
  Credential credential = make(text, {begin, begin + length}, text.substr(begin, length), CredentialKind::s3_key_id);
  credential.body = classify_body(text.substr(begin + kPrefix.size(), run));
  return credential;
}

std::optional<Credential> split_literal_credential(string_view text, std::size_t begin) {
  const std::optional<SplitLiteral> joined = join_split_literal(text, begin + kUserToken.prefix.size(), kBody);
  if (!joined) return std::nullopt;
  Credential credential = make(text, {begin, joined->end}, cat(kUserToken.prefix, joined->body), kUserToken.kind);
  credential.encoding = "split";
  credential.body = classify_body(joined->body);
  // Pieces of text stand next to each other by chance much more often than a token is cut: only what looks random counts.
  if (credential.body != BodyClass::token) return std::nullopt;
  return credential;
}

std::optional<Credential> hf_prefix_at(string_view text, std::size_t begin) {
  if (starts_with_at(text, begin, kAppToken.prefix))
    return fixed_shape_at(text, begin, begin + kAppToken.prefix.size(), kAppToken);
  if (starts_with_at(text, begin, kRefreshToken.prefix)) return refresh_token_at(text, begin);
  for (const JwtShape& shape : kJwtShapes) {
    if (starts_with_at(text, begin, shape.prefix)) return jwt_shape_at(text, begin, shape);
  }
  const std::size_t body = begin + kUserToken.prefix.size();
  if (auto credential = fixed_shape_at(text, begin, body, kUserToken)) return credential;
  return split_literal_credential(text, begin);
}

std::optional<Credential> escaped_prefix_at(string_view text, std::size_t begin) {
  const EscapedUnderscore* underscore = escaped_underscore_at(text.substr(begin + 2));
  if (underscore == nullptr) return std::nullopt;
  const std::size_t body = begin + 2 + underscore->spelling.size();
  std::optional<Credential> credential = fixed_shape_at(text, begin, body, kUserToken);
  if (credential) credential->encoding = underscore->encoding;
  return credential;
}

}  // namespace

std::string mask_of(CredentialKind kind, std::string_view canonical) {
  string_view prefix;
  switch (kind) {
    case CredentialKind::user_access_token: prefix = kUserToken.prefix; break;
    case CredentialKind::org_token: prefix = kOrgToken.prefix; break;
    case CredentialKind::oauth_app_secret: prefix = kAppSecret.prefix; break;
    case CredentialKind::app_token: prefix = kAppToken.prefix; break;
    case CredentialKind::oauth_refresh_token: prefix = kRefreshToken.prefix; break;
    case CredentialKind::oauth_access_token: prefix = kJwtShapes[0].prefix; break;
    case CredentialKind::short_lived_jwt: prefix = kJwtShapes[1].prefix; break;
    case CredentialKind::s3_secret_key: prefix = kJwtShapes[2].prefix; break;
    case CredentialKind::s3_key_id: prefix = "HFAK"; break;
    case CredentialKind::other: break;
  }
  return cat(prefix, "…(", std::to_string(canonical.size()), ")");
}

bool is_binary_around(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t kReach = 512;
  constexpr int kControlBytes = 2;
  const std::size_t from = begin - std::min(begin, kReach);
  const std::size_t to = std::min(text.size(), end + kReach);
  int control = 0;
  for (const char c : text.substr(from, to - from)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0) return true;
    if ((byte < 9 || (byte >= 14 && byte < 32)) && byte != 0x1B && ++control > kControlBytes) return true;
  }
  return false;
}

std::optional<Credential> credential_at(std::string_view text, const Anchor& anchor) {
  const auto begin = static_cast<std::size_t>(anchor.offset);
  switch (anchor.kind) {
    case AnchorKind::prefix: return hf_prefix_at(text, begin);
    case AnchorKind::escaped_prefix: return escaped_prefix_at(text, begin);
    case AnchorKind::org_prefix: return fixed_shape_at(text, begin, begin + kOrgToken.prefix.size(), kOrgToken);
    case AnchorKind::app_secret: return fixed_shape_at(text, begin, begin + kAppSecret.prefix.size(), kAppSecret);
    case AnchorKind::s3_key_id: return s3_key_id_at(text, begin);
    default: return std::nullopt;
  }
}

}  // namespace hfscan
