#include "syntax/shell.h"

#include "check.h"
#include "support/shell_spans.h"
#include "syntax/crontab.h"
#include "syntax/shell_history.h"
#include "syntax/shell_words.h"
#include "syntax/windows_shell.h"
#include "targets.h"

namespace hfscan::fuzz {
namespace {

void check_options(const ShellScript& script, std::span<const ShellWord> words) {
  static constexpr std::string_view kWithValue[] = {"--token", "-e", "--env", "-H"};
  const ParsedOptions parsed = parse_options(words, {kWithValue, 3});
  for (const ShellOption& option : parsed.options) {
    if (option.value_word != nullptr) require(option.value_begin <= option.value_word->text.size(), "a value lies in its word");
  }
  require(
      parsed.options.size() + parsed.positionals.size() + parsed.rest.size() <= words.size() + script.parts.size() +
                                                                                    [&] {
                                                                                      std::size_t bytes = 0;
                                                                                      for (const ShellWord& word : words)
                                                                                        bytes += word.text.size();
                                                                                      return bytes;
                                                                                    }(),
      "options are bounded by what is written");
}

void check_script(const ShellScript& script, std::string_view text) {
  const testing::AssertionResult held = test::spans_hold(script, text);
  require(static_cast<bool>(held), held.message());
  check_gave_up(script.gave_up, text.size());
  std::uint64_t last = 0;
  for (const ShellCommand& command : script.commands) {
    require(command.span.begin >= last, "commands are in the order in which they begin");
    last = command.span.begin;
    const EffectiveWords words = effective_words(script, command);
    require(words.passed_over.size() + words.words.size() == script.words_of(command).size(), "no word is lost");
    check_options(script, words.words);
    if (const ShellWord* script_word = script_argument(words.words)) check_mapped(script_word->mapped_text(), text);
  }
}

}  // namespace

void fuzz_shell(std::string_view input) {
  static constexpr ShellOptions kOptions[] = {{ShellDialect::posix, ShellLayout::script},
                                              {ShellDialect::posix, ShellLayout::transcript},
                                              {ShellDialect::make, ShellLayout::script},
                                              {ShellDialect::make, ShellLayout::transcript}};
  const Choice choice = take_choice(input, std::size(kOptions));
  check_script(read_shell(choice.text, kOptions[choice.value]), choice.text);
}

void fuzz_powershell(std::string_view input) { check_script(read_powershell(input), input); }

void fuzz_batch(std::string_view input) { check_script(read_batch(input), input); }

void fuzz_shell_history(std::string_view input) {
  static constexpr HistoryFormat kFormats[] = {HistoryFormat::plain, HistoryFormat::zsh, HistoryFormat::fish};
  const Choice choice = take_choice(input, std::size(kFormats));
  history_format_of(choice.text);
  const History history = read_history(choice.text, kFormats[choice.value]);
  check_gave_up(history.gave_up, choice.text.size());
  std::uint64_t last = 0;
  for (const HistoryEntry& entry : history.entries) {
    check_span(entry.span, choice.text.size());
    require(entry.span.begin >= last, "entries are in order");
    last = entry.span.end;
    check_mapped(entry.command, choice.text);
  }
}

void fuzz_crontab(std::string_view input) {
  const Choice choice = take_choice(input, 2);
  const Crontab table = read_crontab(choice.text, choice.value == 0 ? CrontabKind::user : CrontabKind::system);
  check_gave_up(table.gave_up, choice.text.size());
  std::uint64_t last = 0;
  for (const CrontabEntry& entry : table.entries) {
    require(entry.span.begin >= last, "entries are in order");
    last = entry.span.end;
    check_span(entry.span, choice.text.size());
    require(entry.span.contains(entry.value_span), "a value lies in its line");
    require(is_piece_of(entry.value, choice.text), "a value is a piece of the text");
    require(is_piece_of(entry.name, choice.text), "a name is a piece of the text");
  }
}

}  // namespace hfscan::fuzz
