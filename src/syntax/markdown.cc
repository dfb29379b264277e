// One pass over the lines. Of CommonMark's containers only what moves code is followed: how deep a line is quoted, and how far
// the innermost list item is indented.
//
// Tested by tests/unit/syntax/markdown_test.cc.
#include "syntax/markdown.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "syntax/text_lines.h"

namespace hfscan {
namespace {

constexpr std::size_t kTab = 4;
constexpr std::size_t kAnyDepth = static_cast<std::size_t>(-1);

struct Fence {
  char mark;
  std::size_t length;
  std::string_view info;
};

// ``` or ~~~ at the start of `line`, three or more; backticks may not stand in the info string of a backtick fence.
std::optional<Fence> fence_at(std::string_view line) {
  if (line.empty() || (line[0] != '`' && line[0] != '~')) return std::nullopt;
  const std::size_t length = std::min(line.find_first_not_of(line[0]), line.size());
  const std::string_view info = trim(line.substr(length));
  if (length < 3 || (line[0] == '`' && info.find('`') != std::string_view::npos)) return std::nullopt;
  return Fence{line[0], length, info};
}

bool closes(std::string_view line, const Fence& open) {
  const std::optional<Fence> fence = fence_at(line);
  return fence && fence->mark == open.mark && fence->length >= open.length && fence->info.empty();
}

// Bytes of the `>` markers before a line, at most `depth` of them, and how many there are.
struct QuotePrefix {
  std::size_t bytes = 0;
  std::size_t depth = 0;
};

QuotePrefix quote_prefix(std::string_view line, std::size_t depth = kAnyDepth) {
  QuotePrefix prefix;
  while (prefix.depth < depth) {
    const std::string_view rest = line.substr(prefix.bytes);
    const Indentation indent = indentation_of(rest, kTab, kTab);
    if (indent.columns >= kTab || rest.substr(indent.bytes, 1) != ">") break;
    const std::size_t marker = indent.bytes + 1;
    prefix.bytes += marker + (rest.substr(marker, 1) == " " ? 1 : 0);
    ++prefix.depth;
  }
  return prefix;
}

// Length of a list marker with its blank at the start of `line` ("- ", "12. "), or 0.
std::size_t list_marker(std::string_view line) {
  std::size_t at = 0;
  if (!line.empty() && (line[0] == '-' || line[0] == '*' || line[0] == '+')) {
    at = 1;
  } else {
    while (at < line.size() && at < 9 && line[at] >= '0' && line[at] <= '9') ++at;
    if (at == 0 || at == line.size() || (line[at] != '.' && line[at] != ')')) return 0;
    ++at;
  }
  if (at == line.size()) return at;
  return line[at] == ' ' || line[at] == '\t' ? at + 1 : 0;
}

// "---", "* * *", "___": a line between paragraphs, not the start of a list.
bool is_thematic_break(std::string_view line) {
  const std::string_view marks = trim(line);
  if (marks.empty() || std::string_view("-*_").find(marks[0]) == std::string_view::npos) return false;
  const bool only_marks =
      std::all_of(marks.begin(), marks.end(), [&](char c) { return c == marks[0] || c == ' ' || c == '\t'; });
  return only_marks && std::count(marks.begin(), marks.end(), marks[0]) >= 3;
}

class MarkdownReader {
 public:
  explicit MarkdownReader(std::string_view text) : text_(text) {}

  DocumentParts read() {
    read_front_matter();
    while (at_ < text_.size()) read_block();
    end_paragraph();
    return std::move(parts_);
  }

 private:
  // ---- lines

  [[nodiscard]] std::string_view rest_of(const TextLine& line, std::size_t from) const {
    return text_.substr(from, line.end - from);
  }

  void read_front_matter() {
    at_ = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    const TextLine open = line_at(text_, at_);
    if (trim(rest_of(open, at_)) != "---") return;
    for (TextLine line = open; line.next < text_.size();) {
      line = line_at(text_, line.next);
      const std::string_view marker = line.in(text_);
      if (is_blank_line(marker) && line.begin == open.next) return;  // a thematic break
      if (!marker.starts_with("---") && !marker.starts_with("...")) continue;
      Fragment fragment{FragmentKind::front_matter, "yaml", Language::yaml, {}, {at_, line.end}};
      fragment.code.append_copied(text_.substr(open.next, line.begin - open.next), open.next);
      parts_.code.push_back(std::move(fragment));
      at_ = line.next;
      return;
    }
  }

  void read_block() {
    const TextLine line = line_at(text_, at_);
    const QuotePrefix quote = quote_prefix(line.in(text_));
    std::size_t content = line.begin + quote.bytes;
    if (is_blank_line(rest_of(line, content))) return read_blank_line(line, quote.depth);
    if (quote.depth != quote_depth_) enter_quote(quote.depth);
    const Indentation indent = indentation_of(rest_of(line, content), kTab);
    leave_lists(indent.columns);
    const bool fenced = fence_at(rest_of(line, content + indent.bytes)).has_value();
    if (!fenced && starts_indented_code(indent.columns)) return read_indented_code();
    if (is_thematic_break(rest_of(line, content))) return add_prose(line);
    const std::size_t columns = enter_lists(line, indent, content);
    if (const std::optional<Fence> fence = fence_at(rest_of(line, content))) return read_fence(line, *fence, columns);
    if (rest_of(line, content).starts_with("<!--")) return read_comment(line, content);
    add_prose(line);
  }

  void read_blank_line(const TextLine& line, std::size_t depth) {
    end_paragraph();
    if (depth < quote_depth_) enter_quote(depth);
    at_ = line.next;
  }

  void enter_quote(std::size_t depth) {
    if (depth > quote_depth_) end_paragraph();
    quote_depth_ = depth;
    list_columns_.clear();
  }

  // ---- lists

  // A line that is indented less than the content of an item, after a blank line, is not part of it.
  void leave_lists(std::size_t columns) {
    if (paragraph_) return;
    while (!list_columns_.empty() && columns < list_columns_.back()) list_columns_.pop_back();
  }

  // Steps over list markers ("- 1. ") and moves `content` to what follows; says in which column that is.
  std::size_t enter_lists(const TextLine& line, const Indentation& indent, std::size_t& content) {
    content += indent.bytes;
    std::size_t columns = indent.columns;
    for (std::size_t marker = list_marker(rest_of(line, content)); marker != 0; marker = list_marker(rest_of(line, content))) {
      while (!list_columns_.empty() && columns < list_columns_.back()) list_columns_.pop_back();
      const Indentation blanks = indentation_of(rest_of(line, content + marker), kTab, kTab);
      const bool code_follows = blanks.columns >= kTab;
      content += marker + (code_follows ? 0 : blanks.bytes);
      columns += marker + (code_follows ? 0 : blanks.columns);
      list_columns_.push_back(columns);
    }
    return columns;
  }

  [[nodiscard]] std::size_t list_column() const { return list_columns_.empty() ? 0 : list_columns_.back(); }

  // ---- code

  [[nodiscard]] bool starts_indented_code(std::size_t columns) const { return !paragraph_ && columns >= list_column() + kTab; }

  // A line of code, less the quote markers and `columns` of its indentation.
  void append_code(MappedText& code, const TextLine& line, std::size_t columns) {
    const std::size_t quoted = line.begin + quote_prefix(line.in(text_), quote_depth_).bytes;
    const std::size_t begin = quoted + indentation_of(rest_of(line, quoted), kTab, columns).bytes;
    code.append_copied(text_.substr(begin, line.next - begin), begin);
  }

  // Whether the line is outside the quote that a block began in.
  [[nodiscard]] bool leaves_quote(const TextLine& line) const {
    return quote_depth_ != 0 && quote_prefix(line.in(text_), quote_depth_).depth < quote_depth_;
  }

  void read_fence(const TextLine& open, const Fence& fence, std::size_t columns) {
    end_paragraph();
    Fragment fragment{FragmentKind::fenced, std::string(fence.info), language_named(fence.info), {}, {open.begin, open.end}};
    at_ = open.next;
    for (bool closed = false; at_ < text_.size() && !closed;) {
      const TextLine line = line_at(text_, at_);
      if (leaves_quote(line)) break;
      const std::size_t quoted = line.begin + quote_prefix(line.in(text_), quote_depth_).bytes;
      const Indentation indent = indentation_of(rest_of(line, quoted), kTab);
      closed = indent.columns < columns + kTab && closes(rest_of(line, quoted + indent.bytes), fence);
      if (!closed) append_code(fragment.code, line, columns);
      fragment.span.end = line.end;
      at_ = line.next;
    }
    parts_.code.push_back(std::move(fragment));
  }

  // Blank lines between lines of code belong to it, those at its end do not.
  void read_indented_code() {
    const std::size_t columns = list_column() + kTab;
    Fragment fragment{FragmentKind::indented, "", Language::text, {}, {at_, at_}};
    for (std::size_t at = at_; at < text_.size();) {
      const TextLine line = line_at(text_, at);
      const QuotePrefix quote = quote_prefix(line.in(text_));
      const std::string_view rest = rest_of(line, line.begin + quote.bytes);
      if (quote.depth != quote_depth_) break;
      at = line.next;
      if (is_blank_line(rest)) continue;
      if (indentation_of(rest, kTab).columns < columns) break;
      for (; at_ != line.next; at_ = line_at(text_, at_).next) append_code(fragment.code, line_at(text_, at_), columns);
      fragment.span.end = line.end;
    }
    parts_.code.push_back(std::move(fragment));
  }

  // ---- prose

  // An HTML block of the comment kind: up to the end of the line that closes it (CommonMark 0.30, section 4.6).
  void read_comment(const TextLine& line, std::size_t content) {
    end_paragraph();
    const std::size_t close = text_.find("-->", content);
    const TextLine last = close == std::string_view::npos ? TextLine{0, text_.size(), text_.size()} : line_at(text_, close);
    parts_.comments.push_back({line.begin, last.end});
    at_ = last.next;
  }

  void add_prose(const TextLine& line) {
    if (!paragraph_) paragraph_ = ByteSpan{line.begin, line.end};
    paragraph_->end = line.end;
    at_ = line.next;
    // A heading or a break is a paragraph of its own, so that indented code may follow.
    const std::string_view content = trim(line.in(text_));
    if (content.starts_with('#') || is_thematic_break(content)) end_paragraph();
  }

  void end_paragraph() {
    if (!paragraph_) return;
    append_inline_code(text_, *paragraph_, parts_.inline_code);
    parts_.prose.push_back(*paragraph_);
    paragraph_.reset();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t quote_depth_ = 0;
  std::vector<std::size_t> list_columns_;  // where the content of the open list items begins, within the quote
  std::optional<ByteSpan> paragraph_;      // open: the next line may go on with it
  DocumentParts parts_;
};

}  // namespace

DocumentParts read_markdown(std::string_view text) { return MarkdownReader(text).read(); }

}  // namespace hfscan
