// Tested by tests/unit/syntax/yaml_scalar_test.cc, which holds it against libyaml's own values.
#include "syntax/yaml_scalar.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "base/utf.h"

namespace hfscan {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_break(char c) { return c == '\n' || c == '\r'; }

// A cursor over the content of one scalar; `end` lies within `text`.
class ScalarReader {
 public:
  explicit ScalarReader(const YamlScalarSource& source)
      : text_(source.text.substr(0, static_cast<std::size_t>(source.span.end))),
        at_(static_cast<std::size_t>(source.span.begin)),
        style_(source.style),
        indent_(source.indent) {}

  MappedText read() {
    switch (style_) {
      case YamlStyle::literal:
      case YamlStyle::folded: read_block(); break;
      case YamlStyle::single_quoted:
      case YamlStyle::double_quoted: read_quoted(); break;
      default: read_flow(); break;
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool done() const { return at_ >= text_.size(); }
  [[nodiscard]] std::size_t break_length(std::size_t at) const {
    if (at >= text_.size() || !is_break(text_[at])) return 0;
    return text_[at] == '\r' && at + 1 < text_.size() && text_[at + 1] == '\n' ? 2 : 1;
  }
  void copy(std::size_t begin, std::size_t end) { out_.append_copied(text_.substr(begin, end - begin), begin); }
  void spell(std::string_view bytes, std::size_t begin, std::size_t end) { out_.append_spelled(bytes, {begin, end}); }
  void put_break(std::size_t at) {
    if (text_[at] == '\n')
      copy(at, at + 1);
    else
      spell("\n", at, at + break_length(at));
  }

  // ---- plain and quoted scalars

  void read_quoted() {
    ++at_;
    if (text_.size() > at_) text_.remove_suffix(1);
    read_flow();
  }

  void read_flow() {
    while (!done()) {
      const std::size_t begin = at_;
      while (!done() && !is_blank(text_[at_]) && !is_break(text_[at_]) && !starts_escape(at_)) ++at_;
      copy(begin, at_);
      if (done()) return;
      if (starts_escape(at_))
        read_escape();
      else
        read_white_space();
    }
  }

  [[nodiscard]] bool starts_escape(std::size_t at) const {
    if (style_ == YamlStyle::double_quoted) return text_[at] == '\\' && at + 1 < text_.size();
    return style_ == YamlStyle::single_quoted && text_.substr(at, 2) == "''";
  }

  // Blanks within a line stay; with line ends in them they are one space, or one LF less than there are line ends.
  void read_white_space() {
    const std::size_t begin = at_;
    while (!done() && is_blank(text_[at_])) ++at_;
    if (done() || !is_break(text_[at_])) return copy(begin, at_);
    const std::size_t breaks = skip_breaks();
    spell(breaks == 1 ? std::string(" ") : std::string(breaks - 1, '\n'), begin, at_);
  }

  // Steps over line ends and the blanks that begin and end the lines; says how many line ends there were.
  std::size_t skip_breaks() {
    std::size_t breaks = 0;
    while (!done() && (is_blank(text_[at_]) || is_break(text_[at_]))) {
      const std::size_t length = break_length(at_);
      breaks += length != 0 ? 1 : 0;
      at_ += std::max<std::size_t>(length, 1);
    }
    return breaks;
  }

  void read_escape() {
    const std::size_t begin = at_;
    if (style_ == YamlStyle::single_quoted) {
      at_ += 2;
      return spell("'", begin, at_);
    }
    if (is_break(text_[at_ + 1])) return read_escaped_break();
    const std::string value = escape_value();
    spell(value, begin, at_);
  }

  // A backslash at the end of a line joins it to the next without a space; empty lines in between stay.
  void read_escaped_break() {
    const std::size_t begin = at_++;
    const std::size_t breaks = skip_breaks();
    spell(std::string(breaks - 1, '\n'), begin, at_);
  }

  // YAML 1.1, section 5.6. Moves past the escape.
  std::string escape_value() {
    const char kind = text_[at_ + 1];
    if (const std::size_t digits = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0; digits != 0)
      return hex_escape(digits);
    constexpr std::string_view kNames = "0abt\tnvfre \"'\\/N_LP";
    constexpr std::string_view kValues[] = {{"\0", 1}, "\a", "\b", "\t", "\t", "\n",     "\v",     "\f",     "\r",    "\x1b",
                                            " ",       "\"", "'",  "\\", "/",  "\u0085", "\u00a0", "\u2028", "\u2029"};
    const std::size_t found = kNames.find(kind);
    const std::size_t begin = at_;
    at_ += 2;
    return std::string(found == std::string_view::npos ? text_.substr(begin, 2) : kValues[found]);
  }

  std::string hex_escape(std::size_t digits) {
    const std::string_view spelled = text_.substr(at_ + 2, digits);
    char32_t value = 0;
    const bool good = spelled.size() == digits && std::all_of(spelled.begin(), spelled.end(), [&value](char c) {
                        const std::optional<unsigned> digit = hex_value(c);
                        value = value << 4U | digit.value_or(0);
                        return digit.has_value();
                      });
    const std::size_t length = good ? 2 + digits : 2;
    const std::string_view whole = text_.substr(at_, length);
    at_ += length;
    const bool character = good && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF);
    if (!character) return std::string(whole);
    std::string encoded;
    append_utf8(encoded, value);
    return encoded;
  }

  static std::optional<unsigned> hex_value(char c) {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    const char lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'f') return static_cast<unsigned>(lower - 'a' + 10);
    return std::nullopt;
  }

  // ---- block scalars

  enum class Chomping { clip, strip, keep };

  void read_block() {
    const Chomping chomping = read_header();
    bool first = true;
    bool after_more_indented = false;
    std::size_t held = at_;  // the line end of the last content line and the empty lines after it: [held, at_) is not put yet
    while (!done()) {
      const std::size_t content = content_of_line();
      if (content == line_end(content)) {
        at_ = content + break_length(content);
        continue;
      }
      const bool more_indented = is_blank(text_[content]);
      const bool joins = style_ == YamlStyle::folded && !first && !more_indented && !after_more_indented;
      put_line_ends(held, at_, joins);
      held = line_end(content);
      copy(content, held);
      at_ = held + break_length(held);
      first = false;
      after_more_indented = more_indented;
    }
    if (chomping == Chomping::keep) put_line_ends(held, text_.size(), false);
    if (chomping == Chomping::clip && !first && break_length(held) != 0) put_break(held);
  }

  Chomping read_header() {
    const std::size_t end = line_end(at_);
    const std::size_t comment = std::min(text_.substr(0, end).find('#', at_), end);
    const std::string_view header = text_.substr(at_, comment - at_);
    at_ = end + break_length(end);
    if (header.find('-') != std::string_view::npos) return Chomping::strip;
    return header.find('+') != std::string_view::npos ? Chomping::keep : Chomping::clip;
  }

  [[nodiscard]] std::size_t line_end(std::size_t at) const { return std::min(text_.find_first_of("\r\n", at), text_.size()); }

  // Where the current line goes on after its indentation.
  [[nodiscard]] std::size_t content_of_line() const {
    std::size_t content = at_;
    while (content < text_.size() && content - at_ < indent_ && text_[content] == ' ') ++content;
    return content;
  }

  // The line ends within [begin, end), which holds nothing else but indentation. Folded, the first one is a space if it is
  // alone and nothing if it is not.
  void put_line_ends(std::size_t begin, std::size_t end, bool joins) {
    const auto next_break = [&](std::size_t at) {
      while (at < end && break_length(at) == 0) ++at;
      return at;
    };
    std::size_t at = next_break(begin);
    if (joins && at < end) {
      const std::size_t after = at + break_length(at);
      const std::size_t second = next_break(after);
      if (second >= end) spell(" ", at, after);
      at = second;
    }
    for (; at < end; at = next_break(at + break_length(at))) put_break(at);
  }

  std::string_view text_;
  std::size_t at_;
  YamlStyle style_;
  std::size_t indent_;
  MappedText out_;
};

}  // namespace

MappedText read_yaml_scalar(const YamlScalarSource& source) { return ScalarReader(source).read(); }

}  // namespace hfscan
