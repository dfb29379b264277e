// Between words: separators, redirections and which word is what. Tested by tests/unit/syntax/shell_test.cc.
#include <algorithm>

#include "syntax/shell_prompt.h"
#include "syntax/shell_reader.h"

namespace hfscan {
namespace {

enum class CharacterClass : std::uint8_t { plain, blank, new_line, operation, special };

constexpr std::array<CharacterClass, 256> character_classes() {
  std::array<CharacterClass, 256> classes{};
  for (const char c : kShellBlanks) classes[static_cast<unsigned char>(c)] = CharacterClass::blank;
  for (const char c : std::string_view(";&|()<>")) classes[static_cast<unsigned char>(c)] = CharacterClass::operation;
  for (const char c : std::string_view("\\'\"`$")) classes[static_cast<unsigned char>(c)] = CharacterClass::special;
  classes['\n'] = CharacterClass::new_line;
  return classes;
}

constexpr std::array<CharacterClass, 256> kCharacterClasses = character_classes();

CharacterClass class_of(char c) { return kCharacterClasses[static_cast<unsigned char>(c)]; }

}  // namespace

std::size_t assignment_prefix(std::string_view text) {
  std::size_t at = 0;
  if (text.empty() || !is_name_start(text[0])) return 0;
  while (at < text.size() && is_name_char(text[at])) ++at;
  if (at < text.size() && text[at] == '[') {
    const std::size_t close = text.substr(0, 1000).find(']', at);
    if (close == std::string_view::npos) return 0;
    at = close + 1;
  }
  if (at < text.size() && text[at] == '+') ++at;
  return at < text.size() && text[at] == '=' ? at + 1 : 0;
}

void ShellReader::step_commands() {
  Frame& frame = top();
  if (!frame.in_word) return step_outside_word();
  while (pos_ < frame.end && class_of(input_[pos_]) == CharacterClass::plain) ++pos_;
  if (pos_ < frame.end) step_in_word(input_[pos_]);
}

void ShellReader::step_in_word(char c) {
  const CharacterClass kind = class_of(c);
  if (kind == CharacterClass::special) return word_character();
  if (kind == CharacterClass::operation && top().in_test && c != ';') {
    ++pos_;
    return;
  }
  if (c == '(') {
    const std::string_view word = slice(top().word_begin, pos_);
    const std::size_t prefix = assignment_prefix(word);
    if (prefix > 0 && prefix == word.size()) return open_word_parenthesis(quote_end(pos_));
    if (std::string_view("?*+@!").find(word.back()) != std::string_view::npos)
      return open_word_parenthesis(line_end(pos_, top().end));
  }
  end_word();
}

void ShellReader::step_outside_word() {
  const char c = input_[pos_];
  switch (class_of(c)) {
    case CharacterClass::blank: ++pos_; return;
    case CharacterClass::new_line: return new_line();
    case CharacterClass::operation:
      if (top().in_test && c != ';') break;
      return operator_character(c);
    case CharacterClass::special:
      if (c == '`' && top().backtick != kNoFrame) return backtick();
      if (const std::uint64_t length = continuation(); length > 0) {
        pos_ += length;
        return;
      }
      break;
    case CharacterClass::plain:
      if (c == '#') return comment();
      // `!cmd`, as notebooks write it.
      if (c == '!' && at_command_position() && (is_name_start(peek(1)) || peek(1) == '.' || peek(1) == '/')) {
        top().negate = true;
        ++pos_;
        return;
      }
      break;
  }
  start_word();
  if (class_of(c) == CharacterClass::operation) ++pos_;
}

bool ShellReader::at_command_position() {
  const Frame& frame = top();
  if (frame.redirecting || frame.case_part == CasePart::pattern) return false;
  if (frame.command == kNoIndex || frame.group_done) return true;
  return words_.size() == frame.words_base && assignments_.size() == frame.assignments_base &&
         redirections_.size() == frame.redirections_base && frame.descriptor < 0;
}

void ShellReader::ensure_command() {
  if (top().group_done) finish_command();
  Frame& frame = top();
  if (frame.command != kNoIndex || frame.case_part == CasePart::pattern) return;
  frame.command = static_cast<std::uint32_t>(script_.commands.size());
  frame.words_base = words_.size();
  frame.assignments_base = assignments_.size();
  frame.redirections_base = redirections_.size();
  ShellCommand& command = script_.commands.emplace_back();
  command.parent = frame.owner;
  command.nesting = frame.nesting;
  command.prompted = prompted_;
  command.negated = std::exchange(frame.negate, false);
  command.span = {pos_, pos_};
  command.previous_in_pipeline = frame.pipe_from;
  if (frame.pipe_from != kNoIndex) script_.commands[frame.pipe_from].next_in_pipeline = frame.command;
  frame.pipe_from = kNoIndex;
  count_item();
}

// Takes back a command that was begun for a word that turned out to be syntax.
void ShellReader::drop_command() {
  Frame& frame = top();
  if (frame.command == kNoIndex || frame.command + 1 != script_.commands.size()) return;
  const ShellCommand& command = script_.commands.back();
  frame.pipe_from = command.previous_in_pipeline;
  if (frame.pipe_from != kNoIndex) script_.commands[frame.pipe_from].next_in_pipeline = kNoIndex;
  frame.negate = command.negated;
  frame.command = kNoIndex;
  script_.commands.pop_back();
}

void ShellReader::settle() {
  if (top().in_word) end_word();
  if (top().redirecting) finish_redirection({});
  top().in_test = false;
}

void ShellReader::end_command() {
  settle();
  Frame& frame = top();
  const bool loop = frame.header == Closer::done && word_count() >= 2;
  if (loop) return open_group(Closer::done);
  if (frame.header != Closer::none) script_.commands[frame.command].kind = ShellCommandKind::simple;
  finish_command();
}

void ShellReader::finish_command() {
  Frame& frame = top();
  frame.header = Closer::none;
  frame.group_done = false;
  frame.descriptor = -1;
  frame.negate = false;
  frame.pipe_from = kNoIndex;
  if (frame.command == kNoIndex) return;
  ShellCommand& command = script_.commands[frame.command];
  const auto hand_over = [](auto& open, std::size_t base, auto& all, std::uint32_t& first, std::uint32_t& count) {
    first = static_cast<std::uint32_t>(all.size());
    count = static_cast<std::uint32_t>(open.size() - base);
    const auto from = open.begin() + static_cast<std::ptrdiff_t>(base);
    all.insert(all.end(), from, open.end());
    open.erase(from, open.end());
  };
  hand_over(words_, frame.words_base, script_.words, command.first_word, command.word_count);
  hand_over(assignments_, frame.assignments_base, script_.assignments, command.first_assignment, command.assignment_count);
  hand_over(redirections_, frame.redirections_base, script_.redirections, command.first_redirection, command.redirection_count);
  const bool empty = command.word_count + command.assignment_count + command.redirection_count == 0;
  if (empty && command.kind == ShellCommandKind::simple) drop_command();
  frame.pipe_from = kNoIndex;
  frame.negate = false;
  frame.command = kNoIndex;
}

void ShellReader::new_line() {
  const std::uint32_t pipe_from = top().command == kNoIndex ? top().pipe_from : kNoIndex;
  end_command();
  top().pipe_from = pipe_from;  // a pipeline goes on after `|` at a line end
  ++pos_;
  prompted_ = false;
  read_here_documents();
}

// At the start of a line of a transcript. A prompt means that the shell waits for a command: nothing is open any more.
void ShellReader::skip_prompt() {
  if (options_.layout != ShellLayout::transcript || top().kind != FrameKind::commands) return;
  const std::string_view line = slice(pos_, top().end);
  const std::size_t length = shell_prompt_length(line);
  if (length > 0) {
    std::size_t outermost = frames_.size();
    while (outermost > 1 && frames_[outermost - 1].nesting == ShellNesting::group) --outermost;
    while (frames_.size() > outermost) close_top(0);
    end_command();
    prompted_ = true;
    pos_ += length;
  } else if (line.starts_with("> ")) {
    pos_ += 2;  // the prompt of a continued command
  }
}

void ShellReader::comment() {
  const std::uint64_t end = line_end(pos_, top().end);
  const std::uint64_t text_end = end > pos_ && input_[end - 1] == '\r' ? end - 1 : end;
  script_.comments.push_back({pos_, text_end});
  count_item();
  pos_ = end;
}

void ShellReader::operator_character(char c) {
  switch (c) {
    case ';': return semicolon();
    case '&': return ampersand();
    case '|': return pipe();
    case '(': return open_parenthesis();
    case ')': return close_parenthesis();
    default: return redirection_operator();
  }
}

void ShellReader::semicolon() {
  end_command();
  const bool ends_branch = peek(1) == ';' || peek(1) == '&';
  pos_ += !ends_branch ? 1U : peek(1) == ';' && peek(2) == '&' ? 3U : 2U;
  if (!ends_branch) return;
  std::size_t frame = frames_.size() - 1;
  const auto passes = [](const Frame& open) {
    return open.nesting == ShellNesting::group && open.closer != Closer::parenthesis && open.case_part == CasePart::none;
  };
  while (frame > 0 && passes(frames_[frame])) --frame;
  if (frames_[frame].case_part == CasePart::none) return;
  close_down_to(frame + 1, 0);
  end_command();
  top().case_part = CasePart::pattern;
}

void ShellReader::ampersand() {
  if (peek(1) == '>') return redirection_operator();
  settle();
  if (peek(1) != '&' && top().command != kNoIndex) script_.commands[top().command].in_background = true;
  end_command();
  pos_ += peek(1) == '&' ? 2U : 1U;
}

void ShellReader::pipe() {
  settle();
  const std::uint32_t command = top().command;
  end_command();
  if (peek(1) == '|') {
    pos_ += 2;
    return;
  }
  pos_ += peek(1) == '&' ? 2U : 1U;
  if (command < script_.commands.size() && top().kind == FrameKind::commands) top().pipe_from = command;
}

void ShellReader::open_parenthesis() {
  if (top().redirecting) finish_redirection({});
  if (top().case_part == CasePart::pattern) {
    ++pos_;
    return;
  }
  const bool loop_header = top().header == Closer::done && word_count() == 1;
  if (peek(1) == '(' && (at_command_position() || loop_header)) {
    start_word();
    return open_arithmetic(pos_, pos_ + 2);
  }
  std::uint64_t inside = pos_ + 1;
  while (inside < top().end && input_[inside] == ' ' && inside < pos_ + 10) ++inside;
  if (inside < top().end && input_[inside] == ')') {
    if (top().command != kNoIndex && !top().group_done && word_count() == 1)
      script_.commands[top().command].kind = ShellCommandKind::function_definition;
    end_command();
    pos_ = inside + 1;
    return;
  }
  if (!at_command_position() || top().group_done) end_command();
  ensure_command();
  ++pos_;
  open_group(Closer::parenthesis);
}

void ShellReader::close_parenthesis() {
  settle();
  if (top().case_part == CasePart::pattern) {
    top().case_part = CasePart::body;
    ++pos_;
    return;
  }
  std::size_t frame = frames_.size() - 1;
  while (frame > 0 && frames_[frame].nesting == ShellNesting::group && frames_[frame].closer != Closer::parenthesis) --frame;
  if (frames_[frame].closer == Closer::parenthesis) return close_down_to(frame, 1);
  end_command();
  ++pos_;
}

void ShellReader::open_group(Closer closer) {
  ensure_command();
  Frame& frame = top();
  script_.commands[frame.command].kind = ShellCommandKind::group;
  frame.header = Closer::none;
  if (has_room())
    push_commands(closer, ShellNesting::group, frame.command, frame.end);
  else
    finish_command();
}

}  // namespace hfscan
