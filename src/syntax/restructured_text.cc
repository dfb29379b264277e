// Tested by tests/unit/syntax/restructured_text_test.cc.
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

// ".. name:: argument" without the dots; nothing for a comment, a target, a footnote or a substitution.
std::optional<Directive> directive_of(std::string_view markup) {
  const std::size_t colons = markup.find("::");
  if (colons == std::string_view::npos || colons == 0) return std::nullopt;
  const std::string_view name = markup.substr(0, colons);
  if (name.find_first_of(" \t|_[") != std::string_view::npos && name.front() != '|') return std::nullopt;
  return Directive{trim(name), trim(markup.substr(colons + 2))};
}

bool is_code(std::string_view name) {
  return name == "code-block" || name == "code" || name == "sourcecode" || name == "prompt" || name == "parsed-literal";
}

// A target, footnote, citation or substitution: markup, but no comment.
bool is_reference(std::string_view markup) {
  return !markup.empty() && (markup[0] == '_' || markup[0] == '[' || markup[0] == '|');
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
    add_prose(line, indent.columns);
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

  // The lines that are indented more than `start`, with the blank ones between them.
  [[nodiscard]] std::vector<TextLine> body_lines(const BlockStart& start) const {
    std::vector<TextLine> lines;
    std::size_t used = 0;
    for (std::size_t at = at_; at < text_.size();) {
      const TextLine line = line_at(text_, at);
      const bool blank = is_blank_line(line.in(text_));
      if (!blank && indentation_of(line.in(text_), kTab).columns <= start.columns) break;
      lines.push_back(line);
      if (!blank) used = lines.size();
      at = line.next;
    }
    lines.resize(used);
    return lines;
  }

  // `:name: value` lines right under a directive.
  static std::size_t count_options(std::string_view text, const std::vector<TextLine>& lines) {
    std::size_t count = 0;
    while (count < lines.size() && trim(lines[count].in(text)).starts_with(':')) ++count;
    return count;
  }

  void read_block(FragmentKind kind, const std::string& info, BlockStart start) {
    const std::vector<TextLine> lines = body_lines(start);
    if (lines.empty() && kind == FragmentKind::literal) return;
    std::size_t first = kind == FragmentKind::directive ? count_options(text_, lines) : 0;
    while (first < lines.size() && is_blank_line(lines[first].in(text_))) ++first;
    std::size_t columns = static_cast<std::size_t>(-1);
    for (std::size_t i = first; i < lines.size(); ++i) {
      const std::string_view line = lines[i].in(text_);
      if (!is_blank_line(line)) columns = std::min(columns, indentation_of(line, kTab).columns);
    }
    const std::size_t begin = kind == FragmentKind::directive ? start.begin : lines[first].begin;
    Fragment fragment{
        kind, info, language_named(info), {}, {begin, lines.empty() ? line_at(text_, begin).end : lines.back().end}};
    for (std::size_t i = first; i < lines.size(); ++i) {
      const std::size_t from = lines[i].begin + indentation_of(lines[i].in(text_), kTab, columns).bytes;
      fragment.code.append_copied(text_.substr(from, lines[i].next - from), from);
    }
    if (!lines.empty()) at_ = lines.back().next;
    parts_.code.push_back(std::move(fragment));
  }

  void read_comment(const TextLine& line, std::size_t columns) {
    at_ = line.next;
    const std::vector<TextLine> lines = body_lines({line.begin, columns});
    parts_.comments.push_back({line.begin, lines.empty() ? line.end : lines.back().end});
    if (!lines.empty()) at_ = lines.back().next;
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
