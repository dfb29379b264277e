// Tested by tests/unit/syntax/escapes_test.cc.
#include "syntax/escapes.h"

#include <optional>

#include "base/utf.h"

namespace hfscan {
namespace {

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Exactly `count` hexadecimal digits at `position`.
std::optional<char32_t> hex_digits(std::string_view text, std::size_t position, std::size_t count) {
  if (position + count > text.size()) return std::nullopt;
  char32_t value = 0;
  for (std::size_t i = position; i < position + count; ++i) {
    const int digit = digit_value(text[i]);
    if (digit < 0) return std::nullopt;
    value = value << 4U | static_cast<char32_t>(digit);
  }
  return value;
}

bool is_high_surrogate(char32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low_surrogate(char32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// What one escape spells and how many bytes it takes; a length of 0 says that it is none.
struct Escape {
  std::size_t length = 0;
  std::string text;
};

class EscapeReader {
 public:
  EscapeReader(std::string_view raw, std::size_t at, EscapeDialect dialect) : raw_(raw), at_(at), dialect_(dialect) {}

  Escape read() const {
    if (at_ + 1 >= raw_.size()) return {};
    const char c = raw_[at_ + 1];
    if (const char plain = single(c); plain != '\0') return {2, std::string(1, plain)};
    switch (c) {
      case 'u': return is(EscapeDialect::python_bytes) ? Escape{} : unicode();
      case 'U': return is(EscapeDialect::python) || is(EscapeDialect::hcl) ? coded(2, 8) : Escape{};
      case 'x': return has_octal() ? byte() : Escape{};
      case '\r':
      case '\n':
        return json_like() ? Escape{} : Escape{raw_.substr(at_ + 1, 2) == "\r\n" ? std::size_t{3} : std::size_t{2}, ""};
      default: break;
    }
    if (has_octal() && c >= '0' && c <= '7') return octal();
    return {};
  }

 private:
  bool is(EscapeDialect dialect) const { return dialect_ == dialect; }
  bool json_like() const { return is(EscapeDialect::json) || is(EscapeDialect::hcl); }
  bool has_octal() const { return !json_like(); }
  bool is_python() const { return is(EscapeDialect::python) || is(EscapeDialect::python_bytes); }

  // The character that a one-letter escape stands for, or NUL.
  char single(char c) const {
    switch (c) {
      case 'n': return '\n';
      case 't': return '\t';
      case 'r': return '\r';
      case 'b': return '\b';
      case 'f': return '\f';
      case 'v': return is(EscapeDialect::javascript) || is_python() ? '\v' : '\0';
      case 'a': return is_python() ? '\a' : '\0';
      case '\\':
      case '"': return c;
      case '/': return is(EscapeDialect::json) || is(EscapeDialect::javascript) ? c : '\0';
      case '\'': return json_like() ? '\0' : c;
      case '`': return is(EscapeDialect::javascript) ? c : '\0';
      case '$': return is(EscapeDialect::javascript) || is(EscapeDialect::groovy) ? c : '\0';
      default: return '\0';
    }
  }

  Escape coded(std::size_t from, std::size_t digits) const {
    const std::optional<char32_t> value = hex_digits(raw_, at_ + from, digits);
    return value ? spelled(from + digits, *value) : Escape{};
  }

  static Escape spelled(std::size_t length, char32_t character) {
    const bool unpaired = is_high_surrogate(character) || is_low_surrogate(character);
    Escape escape{length, {}};
    append_utf8(escape.text, unpaired || character > 0x10FFFF ? kReplacementCharacter : character);
    return escape;
  }

  // \uXXXX, a surrogate pair of two of them, or JavaScript's \u{...}.
  Escape unicode() const {
    if (is(EscapeDialect::javascript) && raw_.substr(at_ + 2, 1) == "{") return braced();
    const std::optional<char32_t> high = hex_digits(raw_, at_ + 2, 4);
    if (!high) return {};
    if (is_high_surrogate(*high) && raw_.substr(at_ + 6, 2) == "\\u") {
      const std::optional<char32_t> low = hex_digits(raw_, at_ + 8, 4);
      if (low && is_low_surrogate(*low)) return spelled(12, 0x10000 + ((*high - 0xD800) << 10U) + (*low - 0xDC00));
    }
    return spelled(6, *high);
  }

  Escape braced() const {
    const std::size_t end = raw_.substr(0, at_ + 11).find('}', at_ + 3);  // at most six digits, and some zeros
    if (end == std::string_view::npos || end == at_ + 3) return {};
    const std::size_t digits = end - at_ - 3;
    Escape escape = coded(3, digits);
    if (escape.length > 0) ++escape.length;
    return escape;
  }

  // In bytes \xE9 is a byte; elsewhere it is a character.
  Escape byte() const {
    const std::optional<char32_t> value = hex_digits(raw_, at_ + 2, 2);
    if (!value) return {};
    if (is(EscapeDialect::python_bytes)) return {4, std::string(1, static_cast<char>(*value))};
    return spelled(4, *value);
  }

  Escape octal() const {
    char32_t value = 0;
    std::size_t length = 1;
    while (length < 4 && at_ + length < raw_.size() && raw_[at_ + length] >= '0' && raw_[at_ + length] <= '7')
      value = value * 8 + static_cast<char32_t>(raw_[at_ + length++] - '0');
    return spelled(length, value);
  }

  std::string_view raw_;
  std::size_t at_;
  EscapeDialect dialect_;
};

}  // namespace

void append_unescaped(MappedText& out, std::string_view raw, std::uint64_t begin, EscapeDialect dialect) {
  std::size_t copied = 0;
  std::size_t slash = dialect == EscapeDialect::none ? std::string_view::npos : raw.find('\\');
  while (slash != std::string_view::npos) {
    const Escape escape = EscapeReader(raw, slash, dialect).read();
    if (escape.length > 0) {
      out.append_copied(raw.substr(copied, slash - copied), begin + copied);
      out.append_spelled(escape.text, {begin + slash, begin + slash + escape.length});
      copied = slash + escape.length;
    }
    slash = raw.find('\\', slash + (escape.length > 0 ? escape.length : 2));
  }
  out.append_copied(raw.substr(copied), begin + copied);
}

}  // namespace hfscan
