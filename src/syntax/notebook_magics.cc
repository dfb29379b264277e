// IPython's magics: which lines of a cell are no Python, and what they are instead. One pass over the lines; whether a line
// begins inside brackets or a tripled string is carried from line to line. Source: IPython, "Built-in magic commands" and its
// input transformers. Tested by tests/unit/syntax/notebook_magics_test.cc.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "syntax/code_dialect.h"
#include "syntax/notebook.h"

namespace hfscan {
namespace {

constexpr std::string_view kShellCells[] = {"bash", "sh", "zsh", "shell", "sx", "system", "!", "ksh", "dash"};
constexpr std::string_view kForeignCells[] = {"perl",  "ruby", "R",     "sql",     "bigquery",
                                              "latex", "svg",  "julia", "mermaid", "cypher"};
// Line magics whose line is a command of that name, or an alias of one.
constexpr std::string_view kCommandMagics[] = {"pip",  "conda", "mamba", "micromamba", "uv", "ls",    "ll",    "lx", "lf",
                                               "ldir", "lk",    "cat",   "cp",         "mv", "mkdir", "rmdir", "rm", "man"};
// Line magics before a statement.
constexpr std::string_view kStatementMagics[] = {"time", "timeit", "prun", "memit", "mprun", "lprun"};

bool is_line_end(char c) { return is_code_byte(c, kLineEndByte); }

// How Python's lines hang together.
struct LineState {
  std::uint32_t depth = 0;  // of open brackets
  char tripled = '\0';      // the quote of the string we are in
  bool continued = false;   // after a backslash
};

class CellReader {
 public:
  CellReader(const MappedText& source, Language language)
      : source_(source), text_(source.text), language_(language), code_(source.text) {}

  CellParts run() {
    if (language_ == Language::python && !cell_magic()) {
      while (at_ < text_.size()) line();
    }
    if (!text_.empty() && !whole_cell_) add_code();
    return {std::move(parts_), std::move(gave_up_)};
  }

 private:
  void add_code() {
    NotebookPart code;
    code.language = language_;
    code.text = {std::move(code_), source_.map};
    parts_.insert(parts_.begin(), std::move(code));
  }

  std::size_t line_end(std::size_t from) const {
    while (from < text_.size() && !is_line_end(text_[from])) ++from;
    return from;
  }

  std::size_t next_line(std::size_t end) const {
    if (end >= text_.size()) return text_.size();
    return end + (text_.substr(end, 2) == "\r\n" ? std::size_t{2} : std::size_t{1});
  }

  std::size_t skip_blanks(std::size_t from) const {
    while (from < text_.size() && (text_[from] == ' ' || text_[from] == '\t')) ++from;
    return from;
  }

  std::string_view word_at(std::size_t from) const {
    std::size_t end = from;
    while (end < text_.size() && is_code_byte(text_[end], kNameByte)) ++end;
    return text_.substr(from, end - from);
  }

  // The end of the line, and of those that backslashes join to it.
  std::size_t joined_end(std::size_t from) const {
    std::size_t end = line_end(from);
    while (end > from && end < text_.size() && text_[end - 1] == '\\') end = line_end(next_line(end));
    return end;
  }

  void blank(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i)
      if (!is_line_end(code_[i])) code_[i] = ' ';
  }

  MappedText slice(ByteSpan span) const {
    const auto begin = static_cast<std::size_t>(span.begin);
    const auto size = static_cast<std::size_t>(span.size());
    OffsetMap own;
    own.add_copied(size, span.begin);
    return {std::string(text_.substr(begin, size)), own.through(source_.map)};
  }

  void add(PartKind kind, Language language, std::string_view magic, ByteSpan span) {
    if (parts_.size() < kMaxCellParts)
      parts_.push_back({kind, language, std::string(magic), {}, slice(span)});
    else if (!gave_up_)
      gave_up_ = GaveUp{source_.map.to_parent(span).begin, "more shell lines than one cell may have"};
  }

  // %%magic on the first line that is neither empty nor a comment. True when the cell is no Python and has become one part;
  // magics that leave it Python are blanked, and another may follow.
  bool cell_magic() {
    for (;;) {
      std::size_t begin = skip_blanks(at_);
      while (begin < text_.size() && (is_line_end(text_[begin]) || text_[begin] == '#')) {
        at_ = next_line(line_end(begin));
        begin = skip_blanks(at_);
      }
      if (text_.substr(begin, 2) != "%%") return false;
      const std::string_view name = text_.substr(begin + 2, 1) == "!" ? text_.substr(begin + 2, 1) : word_at(begin + 2);
      if (name.empty()) return false;
      const std::size_t end = line_end(begin);
      const std::size_t rest = skip_blanks(begin + 2 + name.size());
      at_ = next_line(end);
      if (take_cell(name, text_.substr(std::min(rest, end), end - std::min(rest, end)))) return true;
      blank(begin, end);
    }
  }

  bool take_cell(std::string_view name, std::string_view argument) {
    const bool writes = name == "writefile" || name == "file";
    const Language language = writes ? Language::text : cell_language(name, argument);
    if (!writes && language == Language::python) return false;
    const PartKind kind = writes ? PartKind::written_file : language == Language::shell ? PartKind::shell : PartKind::code;
    add(kind, language, "%%", {at_, text_.size()});
    parts_.back().magic.append(name);
    parts_.back().argument = writes ? file_name(argument) : std::string(argument);
    whole_cell_ = true;
    return true;
  }

  static Language cell_language(std::string_view name, std::string_view argument) {
    if (name == "script") {
      std::string_view program = argument.substr(0, argument.find(' '));
      program.remove_prefix(program.rfind('/') + 1);
      if (program == "node" || program == "deno") return Language::javascript;
      if (program.starts_with("python")) return Language::python;
      return is_one_of(program, kShellCells) ? Language::shell : Language::text;
    }
    if (is_one_of(name, kShellCells)) return Language::shell;
    if (name == "javascript" || name == "js") return Language::javascript;
    if (name == "html" || name == "HTML") return Language::html;
    if (name == "markdown") return Language::markdown;
    if (name == "cmd") return Language::batch;
    if (name == "configure") return Language::json;
    return is_one_of(name, kForeignCells) ? Language::text : Language::python;
  }

  // Of %%writefile [-a] NAME.
  static std::string file_name(std::string_view argument) {
    for (const std::string_view option : {"-a", "--append"}) {
      if (!argument.starts_with(option)) continue;
      argument.remove_prefix(option.size());
      argument.remove_prefix(std::min(argument.find_first_not_of(" \t"), argument.size()));
    }
    const std::size_t last = argument.find_last_not_of(" \t\"'");
    argument = argument.substr(0, last == std::string_view::npos ? 0 : last + 1);
    argument.remove_prefix(std::min(argument.find_first_not_of("\"'"), argument.size()));
    return std::string(argument);
  }

  void line() {
    const std::size_t end = line_end(at_);
    const std::size_t begin = std::min(skip_blanks(at_), end);
    const bool statement = state_.depth == 0 && state_.tripled == '\0' && !state_.continued;
    // No line of Python begins with `!`, in brackets neither: then a bracket was left open.
    const bool shell_in_brackets = state_.tripled == '\0' && text_.substr(begin, 1) == "!" && text_.substr(begin, 2) != "!=";
    const std::size_t magic_at = statement || shell_in_brackets ? find_magic(begin, end) : end;
    if (magic_at < end && magic(magic_at)) {
      state_ = {};
      return;
    }
    python(begin, end);
    at_ = next_line(end);
  }

  // Where on the line the magic begins: at its start, or behind `name =`; `end` when there is none.
  std::size_t find_magic(std::size_t begin, std::size_t end) const {
    if (begins_magic(begin, end)) return begin;
    std::size_t sign = begin;
    while (sign < end && is_target_byte(text_[sign])) ++sign;
    if (sign == begin || sign >= end || text_[sign] != '=' || text_.substr(sign, 2) == "==") return end;
    const std::size_t value = std::min(skip_blanks(sign + 1), end);
    return begins_magic(value, end) ? value : end;
  }

  static bool is_target_byte(char c) {
    return is_code_byte(c, kNameByte) || std::string_view(" \t,.[]'\"*").find(c) != std::string_view::npos;
  }

  bool begins_magic(std::size_t at, std::size_t end) const {
    if (at >= end) return false;
    if (text_[at] == '!') return text_.substr(at, 2) != "!=";
    return text_[at] == '%' && at + 1 < end && is_code_byte(text_[at + 1], kNameStartByte);
  }

  // The magic at `begin`, to its end. False when what follows it is a statement of Python, which is left to be read.
  bool magic(std::size_t begin) {
    const std::size_t end = joined_end(begin);
    if (text_[begin] == '!') {
      const std::size_t length = text_.substr(begin, 2) == "!!" ? std::size_t{2} : std::size_t{1};
      shell(text_.substr(begin, length), begin + length, end);
    } else {
      const std::string_view name = word_at(begin + 1);
      const std::size_t rest = std::min(skip_blanks(begin + 1 + name.size()), end);
      if (is_one_of(name, kStatementMagics)) {
        blank(begin, rest);
        return text_.substr(rest, 1) == "!" && magic(rest);
      }
      line_magic(begin, rest, end);
    }
    blank(begin, end);
    at_ = next_line(end);
    return true;
  }

  void line_magic(std::size_t begin, std::size_t rest, std::size_t end) {
    const std::string_view name = word_at(begin + 1);
    const std::string_view magic = text_.substr(begin, name.size() + 1);
    if (name == "sx" || name == "system") return shell(magic, rest, end);
    if (is_one_of(name, kCommandMagics)) return shell(magic, begin + 1, end);
    const bool sets = name == "env" || name == "set_env";
    const std::string_view setting = text_.substr(rest, end - rest);
    if (sets && setting.find_first_of("= \t") != std::string_view::npos)
      add(PartKind::environment, Language::dotenv, magic, {rest, end});
  }

  void shell(std::string_view magic, std::size_t begin, std::size_t end) {
    begin = std::min(skip_blanks(begin), end);
    if (begin < end) add(PartKind::shell, Language::shell, magic, {begin, end});
  }

  // Carries the state over a line of Python.
  void python(std::size_t at, std::size_t end) {
    state_.continued = false;
    while (at < end) {
      const char c = text_[at];
      if (state_.tripled != '\0') {
        at = in_tripled(at, end);
        continue;
      }
      if (c == '#') return;
      if (c == '"' || c == '\'') {
        at = after_quote(at, end);
        continue;
      }
      if (c == '(' || c == '[' || c == '{') ++state_.depth;
      if ((c == ')' || c == ']' || c == '}') && state_.depth > 0) --state_.depth;
      state_.continued = c == '\\' && at + 1 == end;
      ++at;
    }
  }

  bool three_at(std::size_t at, char quote) const {
    return at + 2 < text_.size() && text_[at] == quote && text_[at + 1] == quote && text_[at + 2] == quote;
  }

  std::size_t in_tripled(std::size_t at, std::size_t end) {
    if (text_[at] == '\\') return std::min(at + 2, end);
    if (!three_at(at, state_.tripled)) return at + 1;
    state_.tripled = '\0';
    return at + 3;
  }

  std::size_t after_quote(std::size_t at, std::size_t end) {
    const char quote = text_[at];
    if (three_at(at, quote)) {
      state_.tripled = quote;
      return at + 3;
    }
    for (++at; at < end && text_[at] != quote; ++at) {
      if (text_[at] != '\\') continue;
      state_.continued = at + 1 == end;
      ++at;
    }
    return std::min(at + 1, end);
  }

  const MappedText& source_;
  std::string_view text_;
  Language language_;
  std::string code_;  // the text with its magics blanked
  std::size_t at_ = 0;
  LineState state_;
  bool whole_cell_ = false;  // a cell magic has made it one part
  std::vector<NotebookPart> parts_;
  std::optional<GaveUp> gave_up_;
};

}  // namespace

CellParts parts_of_cell(const MappedText& source, Language language) { return CellReader(source, language).run(); }

}  // namespace hfscan
