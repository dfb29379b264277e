// What the readers of PowerShell and batch have in common: building commands of words and parts. Only powershell.cc and
// batch.cc include it.
#pragma once

#include <algorithm>
#include <string_view>
#include <utility>

#include "syntax/shell.h"
#include "syntax/shell_text.h"

namespace hfscan {

class WindowsReader {
 public:
  explicit WindowsReader(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  }

 protected:
  [[nodiscard]] char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] bool is_at(std::string_view text) const { return text_.substr(at_, text.size()) == text; }
  [[nodiscard]] std::size_t find(std::string_view what, std::size_t from) const {
    return std::min(text_.find(what, from), text_.size());
  }

  // The command that is being read; begins one when there is none.
  ShellCommand& command() {
    if (!open_) {
      ShellCommand& begun = script_.commands.emplace_back();
      begun.first_word = static_cast<std::uint32_t>(script_.words.size());
      begun.first_assignment = static_cast<std::uint32_t>(script_.assignments.size());
      begun.first_redirection = static_cast<std::uint32_t>(script_.redirections.size());
      begun.span = {at_, at_};
      if (pipe_from_ != kNoIndex) {
        begun.previous_in_pipeline = pipe_from_;
        script_.commands[pipe_from_].next_in_pipeline = static_cast<std::uint32_t>(script_.commands.size() - 1);
      }
      pipe_from_ = kNoIndex;
      open_ = true;
    }
    return script_.commands.back();
  }

  void end_command() {
    if (redirecting_) finish_redirection({});
    if (open_) {
      ShellCommand& ended = script_.commands.back();
      ended.word_count = static_cast<std::uint32_t>(script_.words.size()) - ended.first_word;
      ended.assignment_count = static_cast<std::uint32_t>(script_.assignments.size()) - ended.first_assignment;
      ended.redirection_count = static_cast<std::uint32_t>(script_.redirections.size()) - ended.first_redirection;
    }
    open_ = false;
    pipe_from_ = kNoIndex;
  }

  void pipe() {
    const bool from = open_;
    end_command();
    if (from) pipe_from_ = static_cast<std::uint32_t>(script_.commands.size() - 1);
  }

  [[nodiscard]] std::size_t word_count() const { return open_ ? script_.words.size() - script_.commands.back().first_word : 0; }

  void begin_word() {
    command();
    word_ = {};
    word_.span.begin = at_;
    word_.first_part = static_cast<std::uint32_t>(script_.parts.size());
    builder_.start(at_);
    begin_literal(ShellQuote::none);
  }

  // The finished word, not yet placed.
  ShellWord end_word() {
    end_literal();
    word_.span.end = at_;
    builder_.finish(text_, script_.texts, at_, word_);
    word_.part_count = static_cast<std::uint32_t>(script_.parts.size()) - word_.first_part;
    const bool plain = word_.part_count == 1 && script_.parts.back().kind == ShellPartKind::literal &&
                       script_.parts.back().quote == ShellQuote::none;
    if (plain) {
      script_.parts.pop_back();
      word_.part_count = 0;
    }
    if (script_.words.size() + script_.parts.size() + script_.commands.size() > kShellItemLimit) {
      script_.gave_up = GaveUp{at_, "more words and commands than are read"};
      text_ = text_.substr(0, at_);
    }
    return word_;
  }

  void place(const ShellWord& word) {
    command().span.end = word.span.end;
    if (redirecting_)
      finish_redirection(word);
    else
      script_.words.push_back(word);
  }

  void skip(std::size_t count) {
    builder_.skip(text_, script_.texts, at_, count);
    at_ += count;
  }

  // A quote of `length` bytes: ends the literal before it, begins one of the given kind behind it.
  void quote(std::size_t length, ShellQuote kind) {
    end_literal();
    skip(length);
    begin_literal(kind);
  }
  void begin_literal(ShellQuote kind) {
    quote_ = kind;
    literal_begin_ = at_;
    literal_text_ = builder_.size(at_);
  }
  void end_literal() {
    if (builder_.size(at_) > literal_text_) add_part(ShellPartKind::literal, literal_begin_, literal_text_, at_);
  }

  // From here to `end`.
  void variable(std::size_t end, std::string_view name, std::string_view operation) {
    end_literal();
    ShellPart& part = add_part(ShellPartKind::variable, at_, builder_.size(at_), end);
    part.name = name;
    part.operation = operation;
    at_ = end;
    begin_literal(quote_);
  }

  void begin_redirection(std::size_t length) {
    if (redirecting_) finish_redirection({});
    command();
    redirection_ = {};
    redirection_.kind = peek() == '<' ? RedirectionKind::input : length > 1 ? RedirectionKind::append : RedirectionKind::output;
    redirection_.span = {at_, at_ + length};
    redirecting_ = true;
    at_ += length;
  }

  void comment(std::size_t end) {
    script_.comments.push_back({at_, end});
    at_ = end;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  ShellScript script_;

 private:
  ShellPart& add_part(ShellPartKind kind, std::size_t begin, std::size_t text_begin, std::size_t end) {
    ShellPart& part = script_.parts.emplace_back();
    part.kind = kind;
    part.quote = quote_;
    part.span = {begin, end};
    part.text = {text_begin, builder_.size(end)};
    return part;
  }
  void finish_redirection(const ShellWord& target) {
    redirecting_ = false;
    redirection_.target = target;
    redirection_.span.end = std::max(redirection_.span.end, target.span.end);
    script_.commands.back().span.end = std::max(script_.commands.back().span.end, redirection_.span.end);
    script_.redirections.push_back(redirection_);
  }

  ShellTextBuilder builder_;
  ShellWord word_;
  ShellQuote quote_ = ShellQuote::none;
  std::size_t literal_begin_ = 0;
  std::size_t literal_text_ = 0;
  ShellRedirection redirection_;
  bool redirecting_ = false;
  bool open_ = false;
  std::uint32_t pipe_from_ = kNoIndex;
};

}  // namespace hfscan
