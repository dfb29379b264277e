// Tested by tests/unit/detect/escapes_test.cc.
#include "detect/escapes.h"

#include <algorithm>
#include <array>
#include <utility>

#include "detect/byte_classes.h"

namespace hfscan {
namespace {

using std::string_view;

struct Number {
  char32_t value;
  std::size_t end;
};

unsigned digit_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  return static_cast<unsigned>((c | ' ') - 'a') + 10;
}

// How many digits a number may have.
struct Digits {
  std::size_t least;
  std::size_t most;
};

std::optional<Number> number_at(string_view text, std::size_t position, unsigned base, Digits digits) {
  Number number{0, position};
  while (number.end < text.size() && number.end < position + digits.most) {
    const char c = text[number.end];
    if (!in_class(c, kHexClass) || digit_value(c) >= base) break;
    number.value = number.value * base + digit_value(c);
    ++number.end;
  }
  if (number.end - position < digits.least) return std::nullopt;
  return number;
}

std::optional<Escape> numbered(const std::optional<Number>& number, EscapeKind kind) {
  constexpr char32_t kLastCharacter = 0x10FFFF;
  if (!number || number->value > kLastCharacter) return std::nullopt;
  return Escape{number->value, number->end, kind};
}

// A number that `close` must follow.
std::optional<Number> closed(std::optional<Number> number, string_view text, char close) {
  if (!number || number->end >= text.size() || text[number->end] != close) return std::nullopt;
  ++number->end;
  return number;
}

// 5f or {5f}.
std::optional<Number> hex_or_braced(string_view text, std::size_t i, std::size_t digits) {
  if (starts_with_at(text, i, "{")) return closed(number_at(text, i + 1, 16, {1, 6}), text, '}');
  return number_at(text, i, 16, {digits, digits});
}

// These four: what comes after the `\`, `%`, `&` or `=` that stands somewhere before `i`.
std::optional<Escape> backslash_rest(string_view text, std::size_t i) {
  if (i >= text.size()) return std::nullopt;
  const char c = text[i];
  switch (c) {
    case 'n': return Escape{'\n', i + 1, EscapeKind::backslash};
    case 't': return Escape{'\t', i + 1, EscapeKind::backslash};
    case 'r': return Escape{'\r', i + 1, EscapeKind::backslash};
    case 'x': return numbered(hex_or_braced(text, i + 1, 2), EscapeKind::hex);
    case 'u': return numbered(hex_or_braced(text, i + 1, 4), EscapeKind::unicode);
    case 'U': return numbered(number_at(text, i + 1, 16, {8, 8}), EscapeKind::unicode);
    case '0': return numbered(number_at(text, i, 8, {3, 4}), EscapeKind::octal);  // four digits: printf of the shell
    case '1': return numbered(number_at(text, i, 8, {3, 3}), EscapeKind::octal);
    default: break;
  }
  const bool punctuation = c > ' ' && c < 0x7F && !in_class(c, kAlnumClass);
  if (!punctuation) return std::nullopt;
  return Escape{static_cast<char32_t>(c), i + 1, EscapeKind::backslash};
}

std::optional<Escape> percent_rest(string_view text, std::size_t i) {
  if (starts_with_at(text, i, "u")) return numbered(number_at(text, i + 1, 16, {4, 4}), EscapeKind::percent);
  return numbered(number_at(text, i, 16, {2, 2}), EscapeKind::percent);
}

std::optional<Escape> entity_rest(string_view text, std::size_t i) {
  static constexpr std::array<std::pair<string_view, char32_t>, 19> kNamed = {{
      {"quot;", '"'},
      {"apos;", '\''},
      {"lt;", '<'},
      {"gt;", '>'},
      {"amp;", '&'},
      {"lowbar;", '_'},
      {"UnderBar;", '_'},
      {"plus;", '+'},
      {"sol;", '/'},
      {"equals;", '='},
      {"period;", '.'},
      {"colon;", ':'},
      {"nbsp;", 0xA0},
      {"NewLine;", '\n'},
      {"Tab;", '\t'},
      {"shy;", 0xAD},
      {"zwnj;", 0x200C},
      {"zwj;", 0x200D},
      {"ZeroWidthSpace;", 0x200B},
  }};
  if (starts_with_at(text, i, "#")) {
    const bool hex = starts_with_at(text, i + 1, "x") || starts_with_at(text, i + 1, "X");
    const std::optional<Number> number = hex ? number_at(text, i + 2, 16, {1, 8}) : number_at(text, i + 1, 10, {1, 7});
    return numbered(closed(number, text, ';'), EscapeKind::html_entity);
  }
  for (const auto& [name, character] : kNamed) {
    if (starts_with_at(text, i, name)) return Escape{character, i + name.size(), EscapeKind::html_entity};
  }
  return std::nullopt;
}

std::optional<Escape> escape_rest(char lead, string_view text, std::size_t i) {
  switch (lead) {
    case '\\': return backslash_rest(text, i);
    case '%': return percent_rest(text, i);
    case '&': return entity_rest(text, i);
    case '=': return numbered(number_at(text, i, 16, {2, 2}), EscapeKind::quoted_printable);
    case '{':
      if (starts_with_at(text, i, "\\_}")) return Escape{'_', i + 3, EscapeKind::backslash};
      return std::nullopt;
    default: return std::nullopt;
  }
}

}  // namespace

std::string_view name_of(EscapeKind kind) {
  switch (kind) {
    case EscapeKind::none: break;
    case EscapeKind::backslash: return "backslash";
    case EscapeKind::hex: return "hex-escape";
    case EscapeKind::unicode: return "unicode-escape";
    case EscapeKind::octal: return "octal-escape";
    case EscapeKind::percent: return "percent";
    case EscapeKind::html_entity: return "html-entity";
    case EscapeKind::quoted_printable: return "quoted-printable";
  }
  return "plain";
}

std::optional<Escape> escape_at(std::string_view text, std::size_t position) {
  if (position >= text.size()) return std::nullopt;
  return escape_rest(text[position], text, position + 1);
}

std::optional<Escape> spelled_at(std::string_view text, std::size_t position) {
  if (position >= text.size()) return std::nullopt;
  const char lead = text[position];
  // What one more level of escaping puts behind the character that begins an escape.
  const string_view nested = lead == '\\' ? "\\" : lead == '%' ? "25" : lead == '&' ? "amp;" : "";
  constexpr std::size_t kLevels = 8;
  std::size_t rest = position + 1;
  for (std::size_t level = 0; !nested.empty() && level < kLevels && starts_with_at(text, rest, nested); ++level)
    rest += nested.size();
  if (std::optional<Escape> escape = escape_rest(lead, text, rest)) return escape;
  return Escape{static_cast<unsigned char>(lead), position + 1, EscapeKind::none};
}

std::size_t end_of_spelled(std::string_view text, std::size_t position, std::string_view word) {
  for (const char c : word) {
    const std::optional<Escape> spelled = spelled_at(text, position);
    if (!spelled || spelled->character != static_cast<unsigned char>(c)) return string_view::npos;
    position = spelled->end;
  }
  return position;
}

}  // namespace hfscan
