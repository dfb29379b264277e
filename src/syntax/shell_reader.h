// The machine behind read_shell: a stack of frames, each a stretch of input that is read by its own rules, and one step
// function per kind of frame. Only shell_*.cc include it.
//
// Words, assignments, redirections and parts of what is still open wait on stacks; when a command or a word ends, its own lie
// on top and move to the script, so that they stand together there whatever was nested in them.
#pragma once

#include <array>
#include <deque>
#include <string_view>
#include <utility>
#include <vector>

#include "syntax/shell.h"
#include "syntax/shell_text.h"

namespace hfscan {

constexpr std::string_view kShellBlanks = " \t\r\f\v";

inline bool is_shell_blank(char c) { return kShellBlanks.find(c) != std::string_view::npos; }
inline bool is_name_start(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
inline bool is_name_char(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

// Bytes of `NAME=`, `NAME+=` or `NAME[index]=` at the start of `text`, else 0.
std::size_t assignment_prefix(std::string_view text);

class ShellReader {
 public:
  ShellReader(std::string_view input, const ShellOptions& options) : input_(input), options_(options) {}
  ShellScript read();

 private:
  static constexpr std::size_t kNoFrame = SIZE_MAX;
  enum class FrameKind {
    commands,  // commands up to `closer`
    double_quote,
    parameter,      // ${NAME...
    arithmetic,     // $((... and ((...
    parenthesis,    // arrays NAME=(...) and the patterns of ksh: @(a|b)
    here_document,  // an expanded body
  };
  enum class Closer { none, parenthesis, backtick, brace, fi, done, esac };
  enum class CasePart { none, pattern, body };

  struct Frame {
    FrameKind kind = FrameKind::commands;
    Closer closer = Closer::none;
    CasePart case_part = CasePart::none;
    ShellQuote quote = ShellQuote::none;
    ShellNesting nesting = ShellNesting::none;
    std::uint64_t end = 0;               // nothing beyond is read in this frame
    std::uint64_t resume = 0;            // of a here-document: where the line after its delimiter begins
    std::size_t backtick = kNoFrame;     // the innermost frame that a backtick closes
    std::size_t home = 0;                // the frame whose word this one is a part of
    std::size_t part = kNoFrame;         // the open part that ends with this frame, in parts_
    std::uint64_t operation_begin = 0;   // of a parameter
    std::uint32_t open_parentheses = 0;  // of arithmetic and parenthesis
    std::uint32_t document = kNoIndex;   // of a here-document
    std::size_t parts_at_open = 0;       // of a double quote: to see that nothing stood in it
    // Only of frames that are a home.
    std::uint32_t owner = kNoIndex;    // parent of the commands inside
    std::uint32_t command = kNoIndex;  // being read
    std::uint32_t pipe_from = kNoIndex;
    Closer header = Closer::none;  // `command` is the header of a group that this would close
    bool group_done = false;       // `command` is a group whose end has been read
    bool in_word = false;
    bool in_test = false;      // between [[ and ]]
    bool negate = false;       // a `!` stands before the command
    bool redirecting = false;  // the next word is the target of `redirection`
    bool strip_tabs = false;   // <<-
    int descriptor = -1;
    ShellRedirection redirection;
    std::size_t words_base = 0;
    std::size_t assignments_base = 0;
    std::size_t redirections_base = 0;
    std::size_t parts_base = 0;
    std::uint64_t word_begin = 0;
    std::uint64_t literal_begin = 0;
    std::size_t literal_text = 0;
    std::uint16_t depth = 0;  // open expansions of the word
    ShellTextBuilder text;
  };
  struct OpenDocument {
    std::uint32_t document;
    std::uint32_t command;
    std::string_view delimiter;
    bool strip_tabs;
  };

  // shell_reader.cc: frames, words and here-documents
  void step();
  Frame& top() { return frames_.back(); }
  Frame& home() { return frames_[top().home]; }
  [[nodiscard]] bool has_room();
  Frame& push(FrameKind kind, std::uint64_t end);
  Frame& push_commands(Closer closer, ShellNesting nesting, std::uint32_t owner, std::uint64_t end);
  // Closes the frame on top, whose closer is the next `closer_bytes` bytes; 0 when it ends without one or that has been read.
  void close_top(std::uint64_t closer_bytes);
  // Closes all frames from `frame` up.
  void close_down_to(std::size_t frame, std::uint64_t closer_bytes);
  void close_word_frame(std::uint64_t closer_bytes);
  void close_here_document();
  [[nodiscard]] std::uint32_t inner_owner();
  [[nodiscard]] char peek(std::uint64_t ahead = 0) {
    return pos_ + ahead < top().end ? input_[static_cast<std::size_t>(pos_ + ahead)] : '\0';
  }
  [[nodiscard]] bool at(std::string_view text) const {
    return input_.substr(static_cast<std::size_t>(pos_), text.size()) == text && pos_ + text.size() <= frames_.back().end;
  }
  [[nodiscard]] std::string_view slice(std::uint64_t begin, std::uint64_t end) const {
    return input_.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
  }
  // First `c` in [from, end), else `end`.
  [[nodiscard]] std::uint64_t find(char c, std::uint64_t from, std::uint64_t end) const;
  [[nodiscard]] std::uint64_t line_end(std::uint64_t from, std::uint64_t end) const { return find('\n', from, end); }
  [[nodiscard]] std::uint64_t quote_end(std::uint64_t from);
  [[nodiscard]] std::uint64_t next_break(std::uint64_t from);
  void start_word();
  void end_word();
  void read_here_documents();
  bool open_here_document(const OpenDocument& open);
  [[nodiscard]] ByteSpan delimiter_line(const OpenDocument& open);
  void push_here_document(const OpenDocument& open, std::uint64_t resume);
  void flush_parts(std::size_t base, std::uint32_t& first, std::uint32_t& count);
  void count_item();

  // shell_expansions.cc: inside words
  void begin_literal(std::uint64_t at);
  void end_literal(std::uint64_t at);
  void skip_text(std::uint64_t count);
  std::size_t open_part(ShellPartKind kind, std::uint64_t begin);
  void close_part(std::size_t part, std::uint64_t end);
  void add_part(ShellPartKind kind, ByteSpan span, std::string_view name);
  Frame& push_part(FrameKind kind, std::size_t part, std::uint64_t end);
  void word_character();
  void escape();
  std::uint64_t continuation();
  void single_quote();
  std::uint64_t single_quote_close(std::uint64_t from, std::uint64_t end);
  void read_verbatim(std::uint64_t end);
  void ansi_c_quote();
  void double_quote(ShellQuote quote);
  void dollar();
  void shell_dollar(std::uint64_t begin);
  void make_dollar();
  bool github_expression();
  std::uint64_t github_expression_end(std::uint64_t begin, std::uint64_t end);
  void brace_parameter(std::uint64_t begin);
  void open_substitution(std::uint64_t begin);
  void open_process_substitution();
  void open_arithmetic(std::uint64_t begin, std::uint64_t content);
  void open_word_parenthesis(std::uint64_t end);
  void backtick();
  void step_double_quote();
  void step_parameter();
  void step_arithmetic();
  void step_parenthesis();
  void step_here_document();

  // shell_commands.cc: between words
  void step_commands();
  void step_outside_word();
  void step_in_word(char c);
  void ensure_command();
  void drop_command();
  void settle();          // ends the open word and redirection
  void end_command();     // at a separator: a header opens its group, everything else is finished
  void finish_command();  // after settle()
  void new_line();
  void skip_prompt();
  void comment();
  void operator_character(char c);
  void semicolon();
  void ampersand();
  void pipe();
  void open_parenthesis();
  void close_parenthesis();
  void redirection_operator();
  void finish_redirection(const ShellWord& target);
  void place_word(const ShellWord& word);
  void pattern_word(const ShellWord& word);
  bool keyword(const ShellWord& word);
  void open_group(Closer closer);
  bool close_group(std::string_view word);
  void after_header_word();
  [[nodiscard]] std::size_t word_count() { return words_.size() - home().words_base; }
  [[nodiscard]] bool at_command_position();

  std::string_view input_;
  ShellOptions options_;
  ShellScript script_;
  std::uint64_t pos_ = 0;
  std::uint64_t next_break_ = 0;  // cached: the first break at or after every position that is not beyond it
  std::uint64_t break_from_ = UINT64_MAX;
  std::uint64_t double_brace_ = 0;  // cached: the first "}}" at or after double_brace_from_
  std::uint64_t double_brace_from_ = UINT64_MAX;
  std::uint64_t make_unclosed_ = 0;  // up to here a make variable was looked for in vain
  std::size_t items_ = 0;
  bool prompted_ = false;  // the current line starts with a prompt
  std::vector<Frame> frames_;
  std::vector<ShellWord> words_;
  std::vector<ShellAssignment> assignments_;
  std::vector<ShellRedirection> redirections_;
  std::vector<ShellPart> parts_;
  std::deque<OpenDocument> open_documents_;  // whose bodies begin at the next line
  std::size_t unclosed_documents_ = 0;
};

}  // namespace hfscan
