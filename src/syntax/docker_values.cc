// Tested by tests/unit/syntax/dockerfile_test.cc.
#include "syntax/docker_values.h"

#include <algorithm>

#include "base/utf.h"

namespace hfscan {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

MappedText mapped_to_input(MappedText piece, const MappedText& arguments) {
  piece.map = piece.map.through(arguments.map);
  return piece;
}

// Without quotes and escapes, up to a blank outside quotes or, for the old form, to the end.
class ValueReader {
 public:
  ValueReader(std::string_view text, std::size_t at, char escape) : text_(text), at_(at), escape_(escape) {}

  MappedText read() {
    while (at_ < text_.size() && (quote_ != '\0' || !is_blank(text_[at_]))) step();
    return std::move(value_);
  }
  [[nodiscard]] std::size_t end() const { return at_; }

 private:
  void step() {
    const char c = text_[at_];
    const bool escapes = c == escape_ && quote_ != '\'' && at_ + 1 < text_.size();
    const bool escapable =
        quote_ == '\0' || (escapes && (text_[at_ + 1] == '"' || text_[at_ + 1] == '$' || text_[at_ + 1] == escape_));
    if (escapes && escapable) {
      take(++at_);
    } else if (c == quote_) {
      quote_ = '\0';
    } else if (quote_ == '\0' && (c == '"' || c == '\'')) {
      quote_ = c;
    } else {
      take(at_);
    }
    ++at_;
  }
  void take(std::size_t at) { value_.append_copied(text_.substr(at, 1), at); }

  std::string_view text_;
  std::size_t at_;
  char escape_;
  char quote_ = '\0';
  MappedText value_;
};

DockerPair old_form(const MappedText& arguments, std::size_t name_end) {
  const std::string_view text = arguments.text;
  const std::size_t value = skip_blanks(text, name_end);
  std::size_t end = text.size();
  while (end > value && is_blank(text[end - 1])) --end;
  DockerPair pair{
      std::string(text.substr(0, name_end)), value < end, {}, arguments.map.to_parent({0, std::max(end, name_end)})};
  pair.value.append_copied(text.substr(value, end - value), value);
  pair.value = mapped_to_input(std::move(pair.value), arguments);
  return pair;
}

void append_json_escape(MappedText& out, std::size_t at, std::size_t length, char32_t character) {
  std::string bytes;
  append_utf8(bytes, character);
  out.append_spelled(bytes, {at, at + length});
}

// The string whose opening quote stands at `at`; moves behind it. False when it is no JSON string.
bool read_json_string(std::string_view text, std::size_t& at, MappedText& out) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  for (++at; at < text.size() && text[at] != '"';) {
    if (text[at] != '\\') {
      const std::size_t end = std::min(text.find_first_of("\"\\", at), text.size());
      out.append_copied(text.substr(at, end - at), at);
      at = end;
      continue;
    }
    if (at + 1 >= text.size()) return false;
    const std::size_t letter = kLetters.find(text[at + 1]);
    if (letter != std::string_view::npos) {
      append_json_escape(out, at, 2, static_cast<unsigned char>(kMeanings[letter]));
      at += 2;
      continue;
    }
    const std::string_view digits = text.substr(at + 1).starts_with('u') ? text.substr(at + 2, 4) : std::string_view();
    char32_t value = 0;
    if (digits.size() != 4 || digits.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos) return false;
    for (const char digit : digits)
      value = value * 16 + static_cast<char32_t>(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
    append_json_escape(out, at, 6, value);
    at += 6;
  }
  if (at >= text.size()) return false;
  ++at;
  return true;
}

}  // namespace

std::vector<DockerPair> docker_pairs(const MappedText& arguments, DockerPairForms forms, char escape, std::size_t limit) {
  std::vector<DockerPair> pairs;
  const std::string_view text = arguments.text;
  for (std::size_t at = skip_blanks(text, 0); at < text.size() && pairs.size() < limit; at = skip_blanks(text, at)) {
    const std::size_t name_end = std::min(text.find_first_of("= \t\r\n", at), text.size());
    const bool has_value = name_end < text.size() && text[name_end] == '=';
    if (forms == DockerPairForms::pairs_or_old && pairs.empty() && !has_value && skip_blanks(text, name_end) < text.size() &&
        at == 0)
      return {old_form(arguments, name_end)};
    DockerPair pair{std::string(text.substr(at, name_end - at)), has_value, {}, {}};
    ValueReader reader(text, has_value ? name_end + 1 : name_end, escape);
    if (has_value) pair.value = mapped_to_input(reader.read(), arguments);
    pair.span = arguments.map.to_parent({at, reader.end()});
    at = std::max(reader.end(), at + 1);
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

std::optional<std::vector<MappedText>> docker_exec(const MappedText& arguments, std::size_t limit) {
  const std::string_view text = arguments.text;
  std::size_t at = skip_blanks(text, 0);
  if (at >= text.size() || text[at] != '[') return std::nullopt;
  std::vector<MappedText> strings;
  at = skip_blanks(text, at + 1);
  while (at < text.size() && text[at] == '"' && strings.size() < limit) {
    MappedText string;
    if (!read_json_string(text, at, string)) return std::nullopt;
    strings.push_back(mapped_to_input(std::move(string), arguments));
    at = skip_blanks(text, at);
    if (at < text.size() && text[at] == ',') at = skip_blanks(text, at + 1);
  }
  if (at >= text.size() || text[at] != ']' || skip_blanks(text, at + 1) < text.size()) return std::nullopt;
  return strings;
}

}  // namespace hfscan
