// Frames, words and here-documents. Tested by tests/unit/syntax/shell_test.cc.
#include "syntax/shell_reader.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "syntax/shell_prompt.h"

namespace hfscan {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
// After so many here-documents without their delimiter, a transcript's are looked for up to the next break only: every search
// in vain costs the rest of the input.
constexpr std::size_t kUnclosedDocuments = 16;

}  // namespace

ShellScript ShellReader::read() {
  frames_.reserve(kShellDepthLimit + 2);  // references to frames stay valid
  frames_.emplace_back().end = input_.size();
  if (input_.starts_with(kByteOrderMark)) pos_ = kByteOrderMark.size();
  skip_prompt();
  while (frames_.size() > 1 || pos_ < top().end) {
    if (pos_ >= top().end)
      close_down_to(frames_.size() - 1, 0);
    else
      step();
  }
  settle();
  while (frames_.size() > 1) close_top(0);
  finish_command();
  return std::move(script_);
}

void ShellReader::step() {
  switch (top().kind) {
    case FrameKind::commands: return step_commands();
    case FrameKind::double_quote: return step_double_quote();
    case FrameKind::parameter: return step_parameter();
    case FrameKind::arithmetic: return step_arithmetic();
    case FrameKind::parenthesis: return step_parenthesis();
    case FrameKind::here_document: return step_here_document();
  }
}

bool ShellReader::has_room() {
  if (frames_.size() < kShellDepthLimit) return true;
  if (!script_.gave_up) script_.gave_up = GaveUp{pos_, "nesting is too deep"};
  return false;
}

ShellReader::Frame& ShellReader::push(FrameKind kind, std::uint64_t end) {
  const Frame& outer = top();  // stays where it is: the room is reserved
  Frame& frame = frames_.emplace_back();
  frame.kind = kind;
  frame.end = std::min(end, outer.end);
  frame.quote = outer.quote;
  frame.backtick = outer.backtick;
  frame.home = outer.home;
  return frame;
}

ShellReader::Frame& ShellReader::push_commands(Closer closer, ShellNesting nesting, std::uint32_t owner, std::uint64_t end) {
  Frame& frame = push(FrameKind::commands, end);
  frame.closer = closer;
  frame.nesting = nesting;
  frame.owner = owner;
  frame.quote = ShellQuote::none;
  frame.home = frames_.size() - 1;
  if (closer == Closer::backtick) frame.backtick = frame.home;
  return frame;
}

void ShellReader::close_top(std::uint64_t closer_bytes) {
  if (top().kind != FrameKind::commands) return close_word_frame(closer_bytes);
  settle();
  finish_command();
  pos_ += closer_bytes;
  const std::size_t part = top().part;
  frames_.pop_back();
  if (part != kNoFrame)
    close_part(part, pos_);
  else
    top().group_done = true;
}

void ShellReader::close_word_frame(std::uint64_t closer_bytes) {
  const Frame& frame = top();
  if (frame.kind == FrameKind::here_document) return close_here_document();
  if (frame.kind == FrameKind::double_quote) {
    if (home().depth == 0 && parts_.size() == frame.parts_at_open && home().literal_begin == pos_)
      add_part(ShellPartKind::literal, {pos_, pos_}, {});
    end_literal(pos_);
    skip_text(closer_bytes);
  }
  const std::size_t part = frame.part;
  if (frame.kind == FrameKind::parameter && parts_[part].operation.empty())
    parts_[part].operation = slice(frame.operation_begin, pos_);
  pos_ += closer_bytes;
  frames_.pop_back();
  if (part != kNoFrame) return close_part(part, pos_);
  begin_literal(pos_);
}

void ShellReader::close_here_document() {
  HereDocument& document = script_.here_documents[top().document];
  flush_parts(top().parts_base, document.first_part, document.part_count);
  pos_ = top().resume;
  frames_.pop_back();
  read_here_documents();
}

void ShellReader::close_down_to(std::size_t frame, std::uint64_t closer_bytes) {
  if (top().kind == FrameKind::commands) settle();  // its last word may open or close a group
  while (frames_.size() > frame + 1) close_top(0);
  if (frames_.size() > frame) close_top(closer_bytes);
}

// The command that substitutions of the current word stand in.
std::uint32_t ShellReader::inner_owner() { return home().command != kNoIndex ? home().command : home().owner; }

std::uint64_t ShellReader::find(char c, std::uint64_t from, std::uint64_t end) const {
  if (from >= end) return end;
  const char* begin = input_.data() + from;
  const void* found = std::memchr(begin, c, static_cast<std::size_t>(end - from));
  return found == nullptr ? end : from + static_cast<std::uint64_t>(static_cast<const char*>(found) - begin);
}

// How far something that is opened before `from` may reach.
std::uint64_t ShellReader::quote_end(std::uint64_t from) {
  const std::uint64_t end = std::min<std::uint64_t>(top().end, from + kShellQuoteLimit);
  return options_.layout == ShellLayout::transcript ? std::min(end, next_break(from)) : end;
}

// Where the first blank or prompt line after `from` begins.
std::uint64_t ShellReader::next_break(std::uint64_t from) {
  if (break_from_ <= from && from < next_break_) return next_break_;
  break_from_ = from;
  next_break_ = line_end(from, input_.size());
  while (next_break_ < input_.size()) {
    const std::uint64_t begin = ++next_break_;
    const std::uint64_t end = line_end(begin, input_.size());
    const std::string_view line = slice(begin, end);
    if (trim(line).empty() || shell_prompt_length(line) > 0) break;
    next_break_ = end;
  }
  return next_break_;
}

void ShellReader::start_word() {
  if (!top().redirecting) ensure_command();
  Frame& frame = top();
  frame.in_word = true;
  frame.word_begin = pos_;
  frame.depth = 0;
  frame.parts_base = parts_.size();
  frame.text.start(pos_);
  begin_literal(pos_);
}

void ShellReader::end_word() {
  end_literal(pos_);
  Frame& frame = top();
  ShellWord word;
  word.span = {frame.word_begin, pos_};
  frame.text.finish(input_, script_.texts, pos_, word);
  const bool plain = parts_.size() == frame.parts_base + 1 && parts_.back().kind == ShellPartKind::literal &&
                     parts_.back().quote == ShellQuote::none;
  if (plain) parts_.pop_back();
  flush_parts(frame.parts_base, word.first_part, word.part_count);
  frame.in_word = false;
  count_item();
  place_word(word);
}

void ShellReader::flush_parts(std::size_t base, std::uint32_t& first, std::uint32_t& count) {
  first = static_cast<std::uint32_t>(script_.parts.size());
  count = static_cast<std::uint32_t>(parts_.size() - base);
  const auto from = parts_.begin() + static_cast<std::ptrdiff_t>(base);
  script_.parts.insert(script_.parts.end(), from, parts_.end());
  parts_.erase(from, parts_.end());
}

// At the limit every frame ends here, and with them the reading.
void ShellReader::count_item() {
  if (++items_ <= kShellItemLimit) return;
  if (items_ == kShellItemLimit + 1) script_.gave_up = GaveUp{pos_, "more words and commands than are read"};
  for (Frame& frame : frames_) frame.end = std::min(frame.end, pos_);
}

// At the start of a line: the bodies of the here-documents of the line before.
void ShellReader::read_here_documents() {
  while (!open_documents_.empty()) {
    const OpenDocument open = open_documents_.front();
    open_documents_.pop_front();
    if (open_here_document(open)) return;  // called again when its body has been read
  }
  skip_prompt();
}

bool ShellReader::open_here_document(const OpenDocument& open) {
  const ByteSpan delimiter = delimiter_line(open);
  HereDocument& document = script_.here_documents[open.document];
  document.body = {pos_, delimiter.begin};
  document.closed = delimiter.size() > 0;
  if (find('$', pos_, delimiter.begin) == delimiter.begin && find('`', pos_, delimiter.begin) == delimiter.begin) {
    pos_ = delimiter.end;
    return false;
  }
  push_here_document(open, delimiter.end);
  return true;
}

void ShellReader::push_here_document(const OpenDocument& open, std::uint64_t resume) {
  const ByteSpan body = script_.here_documents[open.document].body;
  Frame& frame = push(FrameKind::here_document, body.end);
  frame.quote = script_.here_documents[open.document].expanded ? ShellQuote::double_quoted : ShellQuote::single_quoted;
  frame.backtick = kNoFrame;
  frame.home = frames_.size() - 1;
  frame.document = open.document;
  frame.command = open.command;
  frame.resume = resume;
  frame.parts_base = parts_.size();
  frame.depth = 1;  // there is no text and there are no literals
  frame.text.start(body.begin);
}

// The line of the delimiter with its line end; without one, the empty span where the body ends.
ByteSpan ShellReader::delimiter_line(const OpenDocument& open) {
  const bool transcript = options_.layout == ShellLayout::transcript;
  const bool give_up_early = transcript && unclosed_documents_ > kUnclosedDocuments;
  const std::uint64_t end = give_up_early ? std::min(top().end, next_break(pos_)) : top().end;
  for (std::uint64_t begin = pos_; begin < end;) {
    const std::uint64_t line = line_end(begin, end);
    std::string_view text = slice(begin, line);
    if (text.ends_with('\r')) text.remove_suffix(1);
    if (open.strip_tabs || transcript)
      text.remove_prefix(std::min(text.find_first_not_of(transcript ? " \t" : "\t"), text.size()));
    const std::uint64_t next = std::min(line + 1, end);
    if (text == open.delimiter) return {begin, next};
    begin = next;
  }
  ++unclosed_documents_;
  const std::uint64_t body_end = transcript ? std::min(end, next_break(pos_)) : end;
  return {body_end, body_end};
}

}  // namespace hfscan
