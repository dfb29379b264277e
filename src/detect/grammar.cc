// Tested by tests/unit/detect/grammar_test.cc and, over random tokens in random surroundings, by tests/differential.
#include "detect/grammar.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "detect/byte_classes.h"
#include "detect/named_shapes.h"
#include "detect/shape_parts.h"
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

// A fixed shape whose body begins at `body`. `begin` is where the prefix begins, in whatever spelling.
std::optional<Credential> fixed_shape_at(string_view text, std::size_t begin, std::size_t body, const FixedShape& shape) {
  constexpr std::size_t kLongestRun = 256;
  const std::size_t run = run_length(text, body, kAlnumClass, kLongestRun);
  if (run < shape.body || (run > shape.body && !may_cut_body(text, begin, {body, body + shape.body}, run))) return std::nullopt;
  const string_view characters = text.substr(body, shape.body);
  Credential credential = plain_credential(text, {begin, body + shape.body}, cat(shape.prefix, characters), shape.kind);
  credential.body = classify_body(characters);
  return credential;
}

// A fixed shape in one piece, or one whose body is cut into several.
std::optional<Credential> whole_or_split(string_view text, std::size_t begin, const FixedShape& shape) {
  const std::size_t body = begin + shape.prefix.size();
  if (auto credential = fixed_shape_at(text, begin, body, shape)) return credential;
  const std::optional<SplitLiteral> joined = join_split_literal(text, body, shape.body);
  if (!joined) return std::nullopt;
  Credential credential = plain_credential(text, {begin, joined->end}, cat(shape.prefix, joined->body), shape.kind);
  credential.encoding = "split";
  credential.body = classify_body(joined->body);
  // Pieces of text stand next to each other by chance much more often than a token is cut: only what looks random counts.
  if (credential.body != BodyClass::token) return std::nullopt;
  return credential;
}

std::optional<Credential> jwt_shape_at(string_view text, std::size_t begin, const JwtShape& shape) {
  const std::size_t body = begin + shape.prefix.size();
  constexpr std::size_t kOpaque = 32;  // what is no JWT must at least have this many alphanumerics
  std::size_t length = web_token_length(text, body);
  if (length == 0) length = run_length(text, body, kAlnumClass, 512);
  if (length < kOpaque) return std::nullopt;
  Credential credential =
      plain_credential(text, {begin, body + length}, text.substr(begin, shape.prefix.size() + length), shape.kind);
  // A JWT begins with the base64 of `{"`: decided. Else the body must look random.
  if (!starts_with_at(text, body, "eyJ")) credential.body = classify_body(text.substr(body, std::min(length, kBody)));
  return credential;
}

// The published grammar says 34 characters; samples with 32 exist, so the whole run counts as long as it is no sentence.
std::optional<Credential> refresh_token_at(string_view text, std::size_t begin) {
  constexpr std::size_t kShortest = 32;
  constexpr std::size_t kLongest = 64;
  const std::size_t body = begin + kRefreshToken.prefix.size();
  if (auto credential = whole_or_split(text, begin, kRefreshToken)) return credential;
  const std::size_t run = run_length(text, body, kAlnumClass, kLongest + 1);
  if (run < kShortest || run > kLongest) return std::nullopt;
  Credential credential =
      plain_credential(text, {begin, body + run}, text.substr(begin, kRefreshToken.prefix.size() + run), kRefreshToken.kind);
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
  Credential credential =
      plain_credential(text, {begin, begin + length}, text.substr(begin, length), CredentialKind::s3_key_id);
  credential.body = classify_body(text.substr(begin + kPrefix.size(), run));
  return credential;
}

// Survives a change of the format, and finds what a log or a copy cut off: but only where nothing else explains the text.
std::optional<Credential> wrong_length_at(string_view text, std::size_t begin) {
  constexpr std::size_t kShortest = 30;
  constexpr std::size_t kLongest = 64;
  const std::size_t body = begin + kUserToken.prefix.size();
  const std::size_t run = run_length(text, body, kAlnumClass, kLongest + 1);
  if (run < kShortest || run > kLongest || run == kBody || is_binary_around(text, begin, body + run)) return std::nullopt;
  if (is_glued(text, begin) || classify_body(text.substr(body, run)) != BodyClass::token) return std::nullopt;
  return plain_credential(text, {begin, body + run}, text.substr(begin, kUserToken.prefix.size() + run),
                          CredentialKind::wrong_length_token);
}

std::optional<Credential> hf_prefix_at(string_view text, std::size_t begin) {
  if (starts_with_at(text, begin, kAppToken.prefix)) return whole_or_split(text, begin, kAppToken);
  if (starts_with_at(text, begin, kRefreshToken.prefix)) return refresh_token_at(text, begin);
  for (const JwtShape& shape : kJwtShapes) {
    if (starts_with_at(text, begin, shape.prefix)) return jwt_shape_at(text, begin, shape);
  }
  if (auto credential = whole_or_split(text, begin, kUserToken)) return credential;
  return wrong_length_at(text, begin);
}

}  // namespace

std::string mask_of(CredentialKind kind, std::string_view canonical) {
  static constexpr std::array<std::pair<CredentialKind, string_view>, 11> kPrefixes = {{
      {kUserToken.kind, kUserToken.prefix},
      {kOrgToken.kind, kOrgToken.prefix},
      {kAppSecret.kind, kAppSecret.prefix},
      {kAppToken.kind, kAppToken.prefix},
      {kRefreshToken.kind, kRefreshToken.prefix},
      {kJwtShapes[0].kind, kJwtShapes[0].prefix},
      {kJwtShapes[1].kind, kJwtShapes[1].prefix},
      {kJwtShapes[2].kind, kJwtShapes[2].prefix},
      {CredentialKind::s3_key_id, "HFAK"},
      {CredentialKind::legacy_user_token, "api_"},
      {CredentialKind::wrong_length_token, kUserToken.prefix},
  }};
  const auto* found =
      std::find_if(kPrefixes.begin(), kPrefixes.end(), [kind](const auto& entry) { return entry.first == kind; });
  return cat(found == kPrefixes.end() ? "" : found->second, "…(", std::to_string(canonical.size()), ")");
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
    case AnchorKind::org_prefix: return whole_or_split(text, begin, kOrgToken);
    case AnchorKind::app_secret: return whole_or_split(text, begin, kAppSecret);
    case AnchorKind::s3_key_id: return s3_key_id_at(text, begin);
    case AnchorKind::legacy_prefix: return legacy_user_token_at(text, begin);
    case AnchorKind::web_token: return web_token_at(text, begin);
    case AnchorKind::cookie: return login_cookie_at(text, begin);
    case AnchorKind::cookie_jar: return jar_cookie_at(text, begin);
    case AnchorKind::webhook: return webhook_secret_at(text, begin);
    case AnchorKind::signature: return presigned_url_at(text, begin);
    default: return std::nullopt;
  }
}

}  // namespace hfscan
