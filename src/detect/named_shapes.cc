// Tested by tests/unit/detect/credential_shapes_test.cc.
#include "detect/named_shapes.h"

#include <algorithm>

#include "base/mask.h"
#include "base/text.h"
#include "detect/byte_classes.h"
#include "detect/named_value.h"
#include "detect/shape_parts.h"

namespace hfscan {
namespace {

using std::string_view;

string_view text_of(string_view text, ByteSpan span) {
  return text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
}

bool is_name_character(char c) { return is_alnum_ascii(c) || c == '_'; }

bool equals_at(string_view text, std::size_t position, string_view lower_case) {
  return to_lower_ascii(text.substr(std::min(position, text.size()), lower_case.size())) == lower_case;
}

// Offset of `word`, case ignored, in text[from, to); npos when it is not there.
std::size_t find_word(string_view text, std::size_t from, std::size_t to, string_view word) {
  for (std::size_t i = from; i < std::min(to, text.size()); ++i) {
    if ((text[i] | ' ') == word.front() && equals_at(text, i, word)) return i;
  }
  return string_view::npos;
}

// The browser's login cookie has 128 letters: a constant of Hugging Face's own tests (dataset-viewer, e2e).
constexpr std::size_t kCookieLetters = 128;

std::optional<Credential> cookie_value(string_view text, std::size_t begin) {
  const bool ends = run_length(text, begin, kLetterClass, kCookieLetters + 1) == kCookieLetters;
  if (!ends || run_length(text, begin + kCookieLetters, kBase64UrlClass, 1) != 0) return std::nullopt;
  const string_view letters = text.substr(begin, kCookieLetters);
  Credential credential = plain_credential(text, {begin, begin + kCookieLetters}, letters, CredentialKind::login_cookie);
  if (has_few_characters(letters)) credential.body = BodyClass::placeholder;
  return credential;
}

// The literal that follows the name, unless it is filled in later, or is a credential that has a shape.
std::optional<Credential> webhook_value(string_view text, std::size_t name_end) {
  constexpr std::size_t kShortest = 8;
  const std::optional<NamedValue> value = value_after(text, name_end);
  if (!value || value->span.size() < kShortest || is_templated(text, *value)) return std::nullopt;
  const string_view literal = text_of(text, value->span);
  if (holds_token_shape(literal)) return std::nullopt;
  Credential credential = plain_credential(text, value->span, literal, CredentialKind::webhook_secret);
  if (is_stand_in(literal)) credential.body = BodyClass::placeholder;
  return credential;
}

}  // namespace

std::optional<Credential> legacy_user_token_at(std::string_view text, std::size_t begin) {
  constexpr string_view kPrefix = "api_";
  constexpr std::size_t kShortest = 30;  // the length is not published; the range is a guess
  constexpr std::size_t kLongest = 64;
  const std::size_t body = begin + kPrefix.size();
  const std::size_t run = run_length(text, body, kAlnumClass, kLongest + 1);
  if (run < kShortest || run > kLongest || (begin > 0 && text[begin - 1] == '_') || is_glued(text, begin)) return std::nullopt;
  if (classify_body(text.substr(body, run)) != BodyClass::token) return std::nullopt;
  return plain_credential(text, {begin, body + run}, text.substr(begin, kPrefix.size() + run),
                          CredentialKind::legacy_user_token);
}

std::optional<Credential> web_token_at(std::string_view text, std::size_t begin) {
  // After `_` it belongs to a prefix such as hf_jwt_, after `.` it is the payload of another.
  if (begin > 0 && (text[begin - 1] == '_' || text[begin - 1] == '.')) return std::nullopt;
  const std::size_t length = web_token_length(text, begin);
  if (length == 0 || is_glued(text, begin)) return std::nullopt;
  return plain_credential(text, {begin, begin + length}, text.substr(begin, length), CredentialKind::web_token);
}

std::optional<Credential> login_cookie_at(std::string_view text, std::size_t begin) {
  constexpr string_view kName = "token";
  constexpr std::size_t kReach = 2048;  // the other cookies of the header
  const string_view near = text.substr(0, begin + kReach);
  for (std::size_t at = near.find(kName, begin); at != string_view::npos; at = near.find(kName, at + 1)) {
    if (is_name_character(text[at - 1]) || text[at - 1] == '-') continue;
    const std::optional<NamedValue> value = value_after(text, at + kName.size());
    if (!value) continue;
    if (auto credential = cookie_value(text, static_cast<std::size_t>(value->span.begin))) return credential;
  }
  return std::nullopt;
}

std::optional<Credential> jar_cookie_at(std::string_view text, std::size_t begin) {
  return cookie_value(text, begin + string_view("token\t").size());
}

// webhook_secret = "...", X-Webhook-Secret: ..., https://.../webhook?secret=..., create_webhook(..., secret="...").
std::optional<Credential> webhook_secret_at(std::string_view text, std::size_t begin) {
  constexpr string_view kSecret = "secret";
  constexpr std::size_t kReach = 256;
  const std::size_t name_end = begin + string_view("webhook").size();
  const std::size_t joined =
      name_end + (run_length(text, name_end, kBase64UrlClass, 1) == 1 && !is_alnum_ascii(text[name_end]));
  if (equals_at(text, joined, kSecret)) return webhook_value(text, joined + kSecret.size());
  for (std::size_t at = name_end; (at = find_word(text, at, begin + kReach, kSecret)) != string_view::npos; ++at) {
    if (is_name_character(text[at - 1])) continue;
    if (auto credential = webhook_value(text, at + kSecret.size())) return credential;
  }
  return std::nullopt;
}

std::optional<Credential> presigned_url_at(std::string_view text, std::size_t begin) {
  constexpr std::size_t kShortest = 20;
  constexpr std::size_t kLongest = 1024;
  constexpr string_view kMarks = "-_~%+/=.";
  const std::size_t value = text.find('=', begin) + 1;
  std::size_t end = value;
  while (end < text.size() && end - value <= kLongest &&
         (is_alnum_ascii(text[end]) || kMarks.find(text[end]) != string_view::npos))
    ++end;
  if (end - value < kShortest || end - value > kLongest) return std::nullopt;
  const string_view signature = text.substr(value, end - value);
  Credential credential = plain_credential(text, {value, end}, signature, CredentialKind::presigned_url);
  credential.glued = false;
  if (has_few_characters(signature)) credential.body = BodyClass::placeholder;
  return credential;
}

}  // namespace hfscan
