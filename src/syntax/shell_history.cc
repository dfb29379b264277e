// Tested by tests/unit/syntax/shell_history_test.cc.
#include "syntax/shell_history.h"

#include <algorithm>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr char kZshMeta = '\x83';  // Src/zsh.h: the next byte stands for itself with bit 5 turned over

// Digits at the start of the text, at most 18 so that they fit; -1 without any.
std::int64_t leading_number(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  if (digits == 0 || digits > 18) return -1;
  std::int64_t number = 0;
  for (const char digit : text.substr(0, digits)) number = number * 10 + (digit - '0');
  return number;
}

bool is_timestamp_line(std::string_view line) {
  return line.size() > 5 && line[0] == '#' && line.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

// Bytes of `: 123:0;` at the start of a zsh line, else 0.
std::size_t zsh_prefix(std::string_view line) {
  if (!line.starts_with(": ")) return 0;
  const std::size_t colon = line.find_first_not_of("0123456789", 2);
  if (colon == std::string_view::npos || colon == 2 || line[colon] != ':') return 0;
  const std::size_t end = line.find_first_not_of("0123456789", colon + 1);
  return end != std::string_view::npos && line[end] == ';' ? end + 1 : 0;
}

class HistoryReader {
 public:
  explicit HistoryReader(std::string_view text) : text_(text) {}

  History read(HistoryFormat format) {
    while (at_ < text_.size() && history_.entries.size() < kHistoryEntryLimit) {
      switch (format) {
        case HistoryFormat::plain: plain_line(); break;
        case HistoryFormat::zsh: zsh_entry(); break;
        case HistoryFormat::fish: fish_line(); break;
      }
    }
    if (at_ < text_.size()) history_.gave_up = GaveUp{at_, "more entries than are read"};
    return std::move(history_);
  }

 private:
  [[nodiscard]] std::size_t line_end() const { return std::min(text_.find('\n', at_), text_.size()); }

  // The current line without its end; moves behind it.
  ByteSpan take_line() {
    const std::size_t begin = at_;
    std::size_t end = line_end();
    at_ = std::min(end + 1, text_.size());
    if (end > begin && text_[end - 1] == '\r') --end;
    return {begin, end};
  }
  [[nodiscard]] std::string_view slice(ByteSpan span) const { return text_.substr(span.begin, span.size()); }

  HistoryEntry& add(ByteSpan span, std::int64_t seconds) {
    HistoryEntry& entry = history_.entries.emplace_back();
    entry.span = span;
    entry.seconds = seconds;
    return entry;
  }

  void plain_line() {
    const ByteSpan line = take_line();
    if (is_timestamp_line(slice(line))) {
      seconds_ = leading_number(slice(line).substr(1));
      open_ = false;
      return;
    }
    if (open_ && seconds_ >= 0) {  // a command of several lines
      HistoryEntry& entry = history_.entries.back();
      entry.command.append_spelled("\n", {entry.span.end, line.begin});
      entry.command.append_copied(slice(line), line.begin);
      entry.span.end = line.end;
    } else if (line.size() > 0) {
      add(line, seconds_).command.append_copied(slice(line), line.begin);
      open_ = true;
    }
  }

  void zsh_entry() {
    ByteSpan line = take_line();
    const std::size_t prefix = zsh_prefix(slice(line));
    HistoryEntry& entry = add(line, prefix > 0 ? leading_number(slice(line).substr(2)) : -1);
    std::uint64_t begin = line.begin + prefix;
    while (line.end > begin && text_[line.end - 1] == '\\' && at_ < text_.size()) {
      const std::uint64_t mark = line.end - 1;
      append_metafied(entry.command, {begin, mark});
      line = take_line();
      entry.command.append_spelled("\n", {mark, line.begin});
      begin = line.begin;
    }
    append_metafied(entry.command, {begin, line.end});
    entry.span.end = line.end;
  }

  void append_metafied(MappedText& command, ByteSpan span) {
    for (std::uint64_t begin = span.begin; begin < span.end;) {
      const std::uint64_t meta = begin + std::min<std::uint64_t>(slice({begin, span.end}).find(kZshMeta), span.end - begin);
      command.append_copied(text_.substr(begin, meta - begin), begin);
      begin = meta;
      if (begin + 1 >= span.end) {
        command.append_copied(text_.substr(begin, span.end - begin), begin);
        return;
      }
      const char byte = static_cast<char>(static_cast<unsigned char>(text_[begin + 1]) ^ 0x20U);
      command.append_spelled(std::string_view(&byte, 1), {begin, begin + 2});
      begin += 2;
    }
  }

  void fish_line() {
    constexpr std::string_view kCommand = "- cmd: ";
    constexpr std::string_view kWhen = "  when: ";
    const ByteSpan line = take_line();
    const std::string_view text = slice(line);
    if (text.starts_with(kCommand)) {
      append_escaped(add(line, -1).command, {line.begin + kCommand.size(), line.end});
    } else if (text.starts_with(' ') && !history_.entries.empty()) {
      history_.entries.back().span.end = line.end;
      if (text.starts_with(kWhen)) history_.entries.back().seconds = leading_number(text.substr(kWhen.size()));
    }
  }

  void append_escaped(MappedText& command, ByteSpan span) {
    for (std::uint64_t begin = span.begin; begin < span.end;) {
      const std::uint64_t escape = begin + std::min<std::uint64_t>(slice({begin, span.end}).find('\\'), span.end - begin);
      command.append_copied(text_.substr(begin, escape - begin), begin);
      begin = escape;
      if (begin >= span.end) return;
      const char next = begin + 1 < span.end ? text_[begin + 1] : '\0';
      const std::size_t length = next == 'n' || next == '\\' ? 2 : 1;
      command.append_spelled(next == 'n' ? "\n" : "\\", {begin, begin + length});
      begin += length;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::int64_t seconds_ = -1;
  bool open_ = false;  // the last entry may go on
  History history_;
};

}  // namespace

HistoryFormat history_format_of(std::string_view text) {
  constexpr std::size_t kEnough = 4096;
  for (const std::string_view line : split_lines(text.substr(0, kEnough))) {
    if (zsh_prefix(line) > 0) return HistoryFormat::zsh;
    if (line.starts_with("- cmd: ")) return HistoryFormat::fish;
  }
  return HistoryFormat::plain;
}

History read_history(std::string_view text, HistoryFormat format) { return HistoryReader(text).read(format); }

}  // namespace hfscan
