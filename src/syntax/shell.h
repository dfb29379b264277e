// Reader of shell text: sh, bash and zsh (fish is tolerated), in script files and wherever else command lines stand (workflow
// steps, Dockerfile RUN, make recipes, fenced blocks, transcripts of a terminal).
//
// Gives every simple command with its words, wherever it stands: in pipelines, compound commands, functions, substitutions. It
// does not expand anything and does not check syntax: it reads on where a shell would refuse. A command inside another one, in
// a substitution or in a compound command, is a command of its own with a link to its parent. Separate from what is asked about
// commands (shell_words.h).
//
// Grammar: POSIX.1-2017, XCU chapter 2, and the bash reference manual for `$'...'`, `<<<`, `<(...)`, arrays, `[[` and `((`.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "syntax/gave_up.h"
#include "syntax/offset_map.h"

namespace hfscan {

enum class ShellDialect {
  posix,
  make,        // a recipe: $(VAR) and ${VAR} are make's, $$ is the shell's dollar
  powershell,  // only made by read_powershell
  batch,       // only made by read_batch
};

enum class ShellLayout {
  script,
  // Documentation: prompts and lines of output may stand between the commands. An open quote or substitution ends at a blank
  // line or at a line with a prompt, and an apostrophe inside a word is a letter.
  transcript,
};

struct ShellOptions {
  ShellDialect dialect = ShellDialect::posix;
  ShellLayout layout = ShellLayout::script;
};

enum class ShellQuote { none, single_quoted, double_quoted, ansi_c, locale };

enum class ShellPartKind {
  literal,
  variable,              // $NAME ${NAME...} and, by dialect, $$NAME %NAME% $env:NAME
  command_substitution,  // $(...) `...`
  process_substitution,  // <(...) >(...)
  arithmetic,            // $((...)) ((...))
  github_expression,     // ${{ ... }}, also inside single quotes: it is replaced before the shell starts
  make_variable,         // $(NAME) ${NAME} $X, also inside single quotes
  parenthesized,         // the elements of an array NAME=(...), a pattern @(a|b): their words are not split
};

constexpr std::uint32_t kNoIndex = UINT32_MAX;

// A stretch of a word with one meaning. An expansion inside another one (`${A:-$B}`) follows it, with depth + 1; literals are
// reported at depth 0 only.
struct ShellPart {
  ShellPartKind kind = ShellPartKind::literal;
  ShellQuote quote = ShellQuote::none;
  std::uint16_t depth = 0;
  std::uint32_t first_command =
      kNoIndex;           // of a substitution: its first command; those inside it follow, see ShellCommand::parent
  ByteSpan span;          // in the input, without quotes
  ByteSpan text;          // in the text of the word
  std::string_view name;  // of a variable: NAME; of a GitHub expression: what stands between the braces, trimmed
  // What stands between the name and the brace: ":-default", ":0:5", "%%x", "[0]"; "#" before the name for a length, "!" for an
  // indirection.
  std::string_view operation;
};

struct ShellWord {
  ByteSpan span;                       // in the input, with quotes
  std::string_view text;               // without quotes and escapes; expansions stand as they are spelled
  const MappedText* mapped = nullptr;  // where `text` is not a piece of the input
  std::uint64_t text_begin = 0;        // where it is: its place
  std::uint32_t first_part = 0;        // in ShellScript::parts
  std::uint32_t part_count = 0;        // 0 for a word that is one unquoted literal

  // `text` with the way back to the input.
  [[nodiscard]] MappedText mapped_text() const;
  // A span of `text` as a span of the input.
  [[nodiscard]] ByteSpan place_of(ByteSpan in_text) const;
};

// NAME=value, NAME+=value or NAME[i]=value before a command, or alone. An array `NAME=(a b)` is one word.
struct ShellAssignment {
  ShellWord word;
  std::string_view name;
  std::size_t value_begin = 0;  // in word.text

  [[nodiscard]] std::string_view value() const { return word.text.substr(value_begin); }
};

enum class RedirectionKind {
  input,          // <  <&  <>
  output,         // >  >|  >&FD  &>
  append,         // >>  &>>
  here_string,    // <<<
  here_document,  // <<  <<-
};

struct ShellRedirection {
  RedirectionKind kind = RedirectionKind::output;
  int descriptor = -1;        // the number before the operator, else -1
  bool duplicates = false;    // <&  >&: the target is a descriptor, or a file that takes both streams
  bool both_streams = false;  // &>  &>>
  std::uint32_t here_document = kNoIndex;
  ByteSpan span;     // operator and target
  ShellWord target;  // empty when there is none; the delimiter of a here-document
};

struct HereDocument {
  ByteSpan body;                 // whole lines, without the delimiter's
  bool expanded = true;          // the delimiter is not quoted
  bool closed = true;            // the delimiter was found
  std::uint32_t first_part = 0;  // expansions of the body; their `text` spans count from body.begin
  std::uint32_t part_count = 0;
};

enum class ShellCommandKind {
  simple,
  // if, while, until, for, select, case, { } and ( ): the words of a `for`, `select` or `case` header, the redirections after
  // its end, and the parent of the commands inside it.
  group,
  function_definition,  // its body is the group that follows
};

enum class ShellNesting { none, group, command_substitution, process_substitution };

struct ShellCommand {
  ShellCommandKind kind = ShellCommandKind::simple;
  ShellNesting nesting = ShellNesting::none;  // how it stands in its parent
  bool negated = false;                       // by `!`; also the `!cmd` of notebooks
  bool prompted = false;                      // stands on a line that starts with a prompt
  bool in_background = false;
  std::uint32_t parent = kNoIndex;
  std::uint32_t previous_in_pipeline = kNoIndex;
  std::uint32_t next_in_pipeline = kNoIndex;
  std::uint32_t first_word = 0;
  std::uint32_t word_count = 0;
  std::uint32_t first_assignment = 0;
  std::uint32_t assignment_count = 0;
  std::uint32_t first_redirection = 0;
  std::uint32_t redirection_count = 0;
  ByteSpan span;  // from the first byte of the first piece to the last; of a group without its body
};

// Everything refers to everything by index. Owns the text of words that are no piece of the input; the input must outlive it.
struct ShellScript {
  ShellScript() = default;
  ShellScript(ShellScript&&) = default;
  ShellScript& operator=(ShellScript&&) = default;
  ShellScript(const ShellScript&) = delete;  // words point into `texts`
  ShellScript& operator=(const ShellScript&) = delete;
  ~ShellScript() = default;

  std::vector<ShellCommand> commands;  // in the order in which they begin
  std::vector<ShellWord> words;
  std::vector<ShellAssignment> assignments;
  std::vector<ShellRedirection> redirections;
  std::vector<ShellPart> parts;
  std::vector<HereDocument> here_documents;
  std::vector<ByteSpan> comments;  // from the '#' to the line end
  std::deque<MappedText> texts;
  std::optional<GaveUp> gave_up;

  [[nodiscard]] std::span<const ShellWord> words_of(const ShellCommand& command) const;
  [[nodiscard]] std::span<const ShellAssignment> assignments_of(const ShellCommand& command) const;
  [[nodiscard]] std::span<const ShellRedirection> redirections_of(const ShellCommand& command) const;
  [[nodiscard]] std::span<const ShellPart> parts_of(const ShellWord& word) const;
  [[nodiscard]] std::span<const ShellPart> parts_of(const HereDocument& document) const;
};

// Never fails. Takes linear time. Bounds: a quote, `${` or `$((` that is not closed within kShellQuoteLimit bytes (in a
// transcript: before the next blank or prompt line) ends there, or at its line end when no closing quote is in sight; nesting
// beyond kShellDepthLimit is text; after kShellItemLimit words, parts and commands reading stops and `gave_up` says so.
ShellScript read_shell(std::string_view text, const ShellOptions& options = {});

constexpr std::size_t kShellQuoteLimit = std::size_t{64} * 1024;
constexpr std::size_t kShellDepthLimit = 200;
constexpr std::size_t kShellItemLimit = 2'000'000;

}  // namespace hfscan
