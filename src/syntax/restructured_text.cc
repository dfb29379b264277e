// Tested by tests/unit/syntax/restructured_text_test.cc.
#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/text.h"
#include "syntax/markdown.h"
#include "syntax/text_lines.h"

namespace hfscan {
namespace {

constexpr std::size_t kTab = 8;  // docutils' tab_width

struct Directive {
  std::string_view name;
  std::string_view argument;
};

// A target, footnote, citation or substitution: markup, but no comment.
bool is_reference(std::string_view markup) {
  return !markup.empty() && (markup[0] == '_' || markup[0] == '[' || markup[0] == '|');
}

// ".. name:: argument" without the dots; nothing for a comment or a reference.
std::optional<Directive> directive_of(std::string_view markup) {
  const std::size_t colons = markup.find("::");
  if (is_reference(markup) || colons == std::string_view::npos || colons == 0) return std::nullopt;
  const std::string_view name = markup.substr(0, colons);
  if (name.find_first_of(" \t") != std::string_view::npos) return std::nullopt;
  return Directive{name, trim(markup.substr(colons + 2))};
}

bool is_code(std::string_view name) {
  return name == "code-block" || name == "code" || name == "sourcecode" || name == "prompt" || name == "parsed-literal";
}

// Bytes of a list marker with its blanks at the start of `line` ("- ", "* ", "1. ", "#. "), or 0.
std::size_t list_marker(std::string_view line) {
  const std::size_t marker = std::min(line.find_first_of(" \t"), line.size());
  const std::string_view mark = line.substr(0, marker);
  const bool bullet = mark == "-" || mark == "*" || mark == "+";
  const bool enumerator = marker > 1 && marker < 5 && (mark.back() == '.' || mark.back() == ')');
  if (!bullet && !enumerator) return 0;
  return std::min(line.find_first_not_of(" \t", marker), line.size());
}

class RestReader {
 public:
  explicit RestReader(std::string_view text) : text_(text) {}

  DocumentParts read() {
    while (at_ < text_.size()) read_line();
    end_paragraph();
    return std::move(parts_);
  }

 private:
  void read_line() {
    const TextLine line = line_at(text_, at_);
    const std::string_view content = line.in(text_);
    if (is_blank_line(content)) {
      const bool literal_follows = ends_in_colons_;
      end_paragraph();
      at_ = line.next;
      if (literal_follows) read_block(FragmentKind::literal, highlight_, {line.begin, paragraph_columns_});
      return;
    }
    const Indentation indent = indentation_of(content, kTab);
    const std::string_view markup = content.substr(indent.bytes);
    if (!paragraph_ && (markup == ".." || markup.starts_with(".. ")))
      return read_markup(line, indent.columns, trim(markup.substr(2)));
    add_prose(line, indent.columns + (paragraph_ ? 0 : list_marker(markup)));
  }

  void read_markup(const TextLine& line, std::size_t columns, std::string_view markup) {
    const std::optional<Directive> directive = directive_of(markup);
    if (directive && is_code(directive->name)) {
      at_ = line.next;
      const std::string_view info = directive->argument.empty() ? std::string_view(highlight_) : directive->argument;
      return read_block(FragmentKind::directive, std::string(info), {line.begin, columns});
    }
    if (!directive && !is_reference(markup)) return read_comment(line, columns);
    if (directive && directive->name == "highlight") highlight_ = directive->argument;
    // Its arguments, options and body are prose, a line at a time.
    add_prose(line, columns);
    ends_in_colons_ = false;
    end_paragraph();
  }

  struct BlockStart {
    std::size_t begin;    // of the span
    std::size_t columns;  // the body is indented more
  };

  // Behind the last line that is indented more than `start`; blank lines between such lines belong to them.
  [[nodiscard]] std::size_t body_end(const BlockStart& start) const {
    std::size_t used = at_;
    for (std::size_t at = at_; at < text_.size();) {
      const TextLine line = line_at(text_, at);
      at = line.next;
      if (is_blank_line(line.in(text_))) continue;
      if (indentation_of(line.in(text_), kTab).columns <= start.columns) break;
      used = at;
    }
    return used;
  }

  // Steps over the `:name: value` lines right under a directive, and blank ones.
  [[nodiscard]] std::size_t after_options(FragmentKind kind, std::size_t end) const {
    bool options = kind == FragmentKind::directive;
    std::size_t at = at_;
    while (at < end) {
      const TextLine line = line_at(text_, at);
      const bool blank = is_blank_line(line.in(text_));
      options = options && trim(line.in(text_)).starts_with(':');
      if (!blank && !options) break;
      at = line.next;
    }
    return at;
  }

  [[nodiscard]] std::size_t least_indentation(std::size_t begin, std::size_t end) const {
    auto columns = static_cast<std::size_t>(-1);
    for (std::size_t at = begin; at < end;) {
      const TextLine line = line_at(text_, at);
      if (!is_blank_line(line.in(text_))) columns = std::min(columns, indentation_of(line.in(text_), kTab).columns);
      at = line.next;
    }
    return columns;
  }

  // Without the line end of the last line before `next`.
  [[nodiscard]] std::size_t end_before(std::size_t begin, std::size_t next) const {
    const std::size_t last = text_.substr(0, next).find_last_not_of("\r\n");
    return last == std::string_view::npos ? begin : std::max(begin, last + 1);
  }

  void read_block(FragmentKind kind, const std::string& info, BlockStart start) {
    const std::size_t end = body_end(start);
    if (end == at_ && kind == FragmentKind::literal) return;
    const std::size_t first = after_options(kind, end);
    const std::size_t columns = least_indentation(first, end);
    const std::size_t begin = kind == FragmentKind::directive ? start.begin : first;
    Fragment fragment{kind, info, language_named(info), {}, {begin, end_before(begin, end)}};
    for (std::size_t at = first; at < end;) {
      const TextLine line = line_at(text_, at);
      const std::size_t from = at + indentation_of(line.in(text_), kTab, columns).bytes;
      fragment.code.append_copied(text_.substr(from, line.next - from), from);
      at = line.next;
    }
    at_ = end;
    parts_.code.push_back(std::move(fragment));
  }

  void read_comment(const TextLine& line, std::size_t columns) {
    at_ = line.next;
    at_ = body_end({line.begin, columns});
    parts_.comments.push_back({line.begin, end_before(line.begin, at_)});
  }

  void add_prose(const TextLine& line, std::size_t columns) {
    if (!paragraph_) {
      paragraph_ = ByteSpan{line.begin, line.end};
      paragraph_columns_ = columns;
    }
    paragraph_->end = line.end;
    ends_in_colons_ = trim(line.in(text_)).ends_with("::");
    at_ = line.next;
  }

  void end_paragraph() {
    if (paragraph_) {
      append_inline_code(text_, *paragraph_, parts_.inline_code);
      parts_.prose.push_back(*paragraph_);
    }
    paragraph_.reset();
    ends_in_colons_ = false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string highlight_;  // the language of blocks that name none
  std::optional<ByteSpan> paragraph_;
  std::size_t paragraph_columns_ = 0;  // kept for the literal block after it
  bool ends_in_colons_ = false;
  DocumentParts parts_;
};

}  // namespace

DocumentParts read_restructured_text(std::string_view text) { return RestReader(text).read(); }

}  // namespace hfscan
