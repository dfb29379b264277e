// Which part of a command a finished word is. Tested by tests/unit/syntax/shell_test.cc.
#include <algorithm>

#include "base/text.h"
#include "syntax/shell_reader.h"

namespace hfscan {
namespace {

struct Operator {
  std::string_view spelling;
  RedirectionKind kind;
  bool duplicates;
  bool both_streams;
};

// Longest first.
constexpr Operator kOperators[] = {
    {"<<<", RedirectionKind::here_string, false, false},  {"<<-", RedirectionKind::here_document, false, false},
    {"<<", RedirectionKind::here_document, false, false}, {"<&", RedirectionKind::input, true, false},
    {"<>", RedirectionKind::input, false, false},         {"<", RedirectionKind::input, false, false},
    {"&>>", RedirectionKind::append, false, true},        {"&>", RedirectionKind::output, false, true},
    {">>", RedirectionKind::append, false, false},        {">|", RedirectionKind::output, false, false},
    {">&", RedirectionKind::output, true, false},         {">", RedirectionKind::output, false, false},
};

constexpr std::size_t kLongestKeyword = 8;  // "function"
constexpr std::size_t kLongestDescriptor = 3;

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_name(std::string_view text) {
  return !text.empty() && is_name_start(text[0]) && std::all_of(text.begin(), text.end(), is_name_char);
}

}  // namespace

void ShellReader::redirection_operator() {
  if ((at("<(") || at(">(")) && has_room()) {
    start_word();
    return open_process_substitution();
  }
  if (top().redirecting) finish_redirection({});
  const auto* const found = std::find_if(std::begin(kOperators), std::end(kOperators),
                                         [this](const Operator& candidate) { return at(candidate.spelling); });
  if (found == std::end(kOperators) || top().case_part == CasePart::pattern) {
    ++pos_;
    return;
  }
  if (!top().group_done) ensure_command();
  Frame& frame = top();
  frame.redirecting = true;
  frame.strip_tabs = found->spelling == "<<-";
  frame.redirection = {};
  frame.redirection.kind = found->kind;
  frame.redirection.duplicates = found->duplicates;
  frame.redirection.both_streams = found->both_streams;
  frame.redirection.descriptor = std::exchange(frame.descriptor, -1);
  frame.redirection.span = {pos_, pos_ + found->spelling.size()};
  pos_ += found->spelling.size();
}

void ShellReader::finish_redirection(const ShellWord& target) {
  Frame& frame = top();
  ShellRedirection& redirection = frame.redirection;
  frame.redirecting = false;
  redirection.target = target;
  redirection.span.end = std::max(redirection.span.end, target.span.end);
  if (redirection.kind == RedirectionKind::here_document && !target.text.empty()) {
    redirection.here_document = static_cast<std::uint32_t>(script_.here_documents.size());
    HereDocument& document = script_.here_documents.emplace_back();
    document.body = {redirection.span.end, redirection.span.end};
    document.expanded = target.text.size() == target.span.size();
    document.closed = false;
    open_documents_.push_back({redirection.here_document, frame.command, target.text, frame.strip_tabs});
  }
  redirections_.push_back(redirection);
  ShellCommand& command = script_.commands[frame.command];
  command.span.end = std::max(command.span.end, redirection.span.end);
}

void ShellReader::place_word(const ShellWord& word) {
  Frame& frame = top();
  if (frame.redirecting) return finish_redirection(word);
  if (frame.case_part == CasePart::pattern) return pattern_word(word);
  const char next = peek();
  const bool descriptor = (next == '<' || next == '>') && word.part_count == 0 && word.text.size() <= kLongestDescriptor &&
                          word.span.size() == word.text.size() && is_digits(word.text);
  if (descriptor) {
    frame.descriptor = 0;
    for (const char digit : word.text) frame.descriptor = frame.descriptor * 10 + (digit - '0');
    return;
  }
  if (at_command_position() && keyword(word)) return;
  const std::size_t prefix = word_count() == 0 ? assignment_prefix(slice(word.span.begin, word.span.end)) : 0;
  if (prefix > 0 && prefix <= word.text.size()) {
    const std::string_view spelled = slice(word.span.begin, word.span.begin + prefix);
    const std::string_view name = spelled.substr(0, spelled.find_first_of("[+="));
    assignments_.push_back({word, name, prefix});
  } else {
    words_.push_back(word);
  }
  script_.commands[frame.command].span.end = word.span.end;
  after_header_word();
}

void ShellReader::pattern_word(const ShellWord& word) {
  if (word.text == "esac") close_group(word.text);
}

// Whether a word in the place of a command name is syntax; if so, it has been dealt with.
bool ShellReader::keyword(const ShellWord& word) {
  if (word.part_count > 0 || word.text.size() > kLongestKeyword || word.span.size() != word.text.size()) return false;
  const std::string_view text = word.text;
  ShellCommand& command = script_.commands[top().command];
  if (is_one_of(text, {"then", "else", "elif", "do", "!"})) {
    if (text == "!") command.negated = true;
    drop_command();
    return true;
  }
  if (is_one_of(text, {"fi", "done", "esac", "}", "end"})) return close_group(text);
  if (is_one_of(text, {"if", "while", "until", "{"})) {
    command.span.end = word.span.end;
    open_group(text == "if" ? Closer::fi : text == "{" ? Closer::brace : Closer::done);
    return true;
  }
  if (is_one_of(text, {"for", "select", "case"})) {
    command.kind = ShellCommandKind::group;
    top().header = text == "case" ? Closer::esac : Closer::done;
  }
  if (text == "function") command.kind = ShellCommandKind::function_definition;
  top().in_test = text == "[[";
  return false;
}

// False when nothing is open that the word closes; fish's `end` closes whatever is.
bool ShellReader::close_group(std::string_view word) {
  const Closer closer = word == "fi"     ? Closer::fi
                        : word == "done" ? Closer::done
                        : word == "esac" ? Closer::esac
                                         : Closer::brace;
  const auto closes = [&](const Frame& frame) {
    return word == "end" ? frame.closer == Closer::fi || frame.closer == Closer::done : frame.closer == closer;
  };
  std::size_t frame = frames_.size() - 1;
  while (frame > 0 && frames_[frame].nesting == ShellNesting::group && frames_[frame].closer != Closer::parenthesis &&
         !closes(frames_[frame]))
    --frame;
  const bool open = frame > 0 && frames_[frame].nesting == ShellNesting::group && closes(frames_[frame]);
  if (!open && word == "end") return false;
  drop_command();
  if (open) close_down_to(frame, 0);
  return true;
}

// Headers end where their grammar says so, and are none when their words do not fit: "for more information, see ...".
void ShellReader::after_header_word() {
  Frame& frame = top();
  const std::size_t count = word_count();
  if (count == 0) return;
  const ShellWord* words = &words_[frame.words_base];
  const std::string_view last = words[count - 1].text;
  ShellCommand& command = script_.commands[frame.command];
  if (frame.in_test && last == "]]") frame.in_test = false;
  if (command.kind == ShellCommandKind::function_definition && count == 2) return end_command();
  if (frame.header == Closer::esac && count == 3 && last == "in") {
    open_group(Closer::esac);
    if (top().closer == Closer::esac) top().case_part = CasePart::pattern;
    return;
  }
  const bool fits = count != 2 || is_name(last) || last.starts_with("((") || frame.header == Closer::esac;
  const bool fits_in = count != 3 || last == "in";
  if (frame.header == Closer::none || (fits && fits_in)) return;
  frame.header = Closer::none;
  command.kind = ShellCommandKind::simple;
}

}  // namespace hfscan
