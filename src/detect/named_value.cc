// Tested by tests/unit/detect/named_value_test.cc.
#include "detect/named_value.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "detect/byte_classes.h"

namespace hfscan {
namespace {

using std::string_view;

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

void skip_blanks(string_view text, std::size_t& position) {
  while (position < text.size() && (text[position] == ' ' || text[position] == '\t')) ++position;
}

// A quote, with the backslashes that JSON in JSON puts before it.
bool skip_quote(string_view text, std::size_t& position) {
  std::size_t next = position;
  while (next < text.size() && text[next] == '\\') ++next;
  if (next >= text.size() || !is_quote(text[next])) return false;
  position = next + 1;
  return true;
}

// What assigns or compares; `,` separates the arguments of a call, so only a quoted value may follow it.
enum class Operator { none, assigns, separates };

Operator skip_operator(string_view text, std::size_t& position) {
  static constexpr std::array<string_view, 9> kAssigning = {"===", "!==", "==", "!=", "=>", ":=", "?=", "=", ":"};
  for (const string_view sign : kAssigning) {
    if (!starts_with_at(text, position, sign)) continue;
    position += sign.size();
    return Operator::assigns;
  }
  if (!starts_with_at(text, position, ",")) return Operator::none;
  ++position;
  return Operator::separates;
}

// The prefix of a string literal of Python, when a quote follows it.
void skip_string_prefix(string_view text, std::size_t& position) {
  constexpr string_view kPrefixes = "rbfuRBFU";
  if (position + 1 < text.size() && kPrefixes.find(text[position]) != string_view::npos && is_quote(text[position + 1]))
    ++position;
}

bool ends_bare_value(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte <= ' ' || byte >= 0x7f || is_quote(c) || string_view(",;)]}>&|\\").find(c) != string_view::npos;
}

std::optional<NamedValue> bare_value(string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && end - begin <= kMaxNamedValue && !ends_bare_value(text[end])) ++end;
  if (end == begin || end - begin > kMaxNamedValue) return std::nullopt;
  return NamedValue{{begin, end}, false};
}

std::optional<NamedValue> quoted_value(string_view text, std::size_t begin) {
  const char quote = text[begin - 1];
  const string_view rest = text.substr(begin, kMaxNamedValue + 2);
  std::size_t length = std::min(rest.find(quote), rest.find('\n'));
  if (length == string_view::npos || rest[length] != quote) return std::nullopt;
  while (length > 0 && rest[length - 1] == '\\') --length;  // of an escaped quote
  if (length == 0 || length > kMaxNamedValue) return std::nullopt;
  return NamedValue{{begin, begin + length}, true};
}

bool contains_any(string_view text, const auto& parts) {
  return std::any_of(parts.begin(), parts.end(), [text](string_view part) { return text.find(part) != string_view::npos; });
}

// settings.secret, WEBHOOK_SECRET, token2: what a program calls its own variables. An environment file has values of that form,
// too, directly after NAME=, and to them nothing is added.
bool is_expression(string_view text, const NamedValue& value) {
  const auto begin = static_cast<std::size_t>(value.span.begin);
  const auto end = static_cast<std::size_t>(value.span.end);
  if (end < text.size() && string_view("([{<").find(text[end]) != string_view::npos) return true;
  const string_view bare = text.substr(begin, end - begin);
  if (bare.find_first_of("([{") != string_view::npos) return true;
  const bool name = std::all_of(bare.begin(), bare.end(), [](char c) { return is_alnum_ascii(c) || c == '_' || c == '.'; });
  const bool digits = std::any_of(bare.begin(), bare.end(), is_digit);
  if (!name || (digits && bare.find('.') == string_view::npos)) return false;
  const bool line_ends = end == text.size() || text[end] == '\n' || text[end] == '\r';
  const bool capitals = begin >= 2 && text[begin - 1] == '=' && text[begin - 2] >= 'A' && text[begin - 2] <= 'Z';
  return !(line_ends && capitals);
}

}  // namespace

std::optional<NamedValue> value_after(std::string_view text, std::size_t name_end) {
  std::size_t next = name_end;
  skip_quote(text, next);
  if (starts_with_at(text, next, ")") || starts_with_at(text, next, "]")) ++next;
  skip_blanks(text, next);
  const Operator sign = skip_operator(text, next);
  if (sign == Operator::none) return std::nullopt;
  skip_blanks(text, next);
  skip_string_prefix(text, next);
  if (skip_quote(text, next)) return quoted_value(text, next);
  return sign == Operator::assigns ? bare_value(text, next) : std::nullopt;
}

bool is_templated(std::string_view text, const NamedValue& value) {
  static constexpr std::array<string_view, 14> kMarks = {
      "${", "{{", "$(", "%(", "%s", "<", "...", "**", "env.", "environ", "getenv(", "secrets.", "import.meta", "\xe2\x80\xa6"};
  const string_view literal =
      text.substr(static_cast<std::size_t>(value.span.begin), static_cast<std::size_t>(value.span.size()));
  const bool visible = std::all_of(literal.begin(), literal.end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (!visible || contains_any(literal, kMarks) || literal.front() == '$' || literal.front() == '%') return true;
  if (literal.front() == '{' && literal.back() == '}') return true;
  return !value.quoted && is_expression(text, value);
}

bool is_stand_in(std::string_view value) {
  static constexpr std::array<string_view, 17> kWords = {"secret", "example", "change",  "placeholder", "your",    "xxxx",
                                                         "todo",   "dummy",   "fake",    "sample",      "replace", "redacted",
                                                         "insert", "passw",   "webhook", "undefined",   "random"};
  return has_few_characters(value) || contains_any(to_lower_ascii(value), kWords);
}

bool has_few_characters(std::string_view value) {
  constexpr std::ptrdiff_t kFew = 4;
  std::string characters = to_lower_ascii(value);
  std::sort(characters.begin(), characters.end());
  return std::unique(characters.begin(), characters.end()) - characters.begin() <= kFew;
}

}  // namespace hfscan
