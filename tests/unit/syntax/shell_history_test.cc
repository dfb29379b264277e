#include "syntax/shell_history.h"

#include <gtest/gtest.h>

#include <string>

#include "support/random_text.h"

namespace hfscan {
namespace {

std::string listed(std::string_view text, HistoryFormat format) {
  std::string found;
  for (const HistoryEntry& entry : read_history(text, format).entries)
    found += std::to_string(entry.seconds) + ":" + entry.command.text + "|";
  return found;
}

TEST(ShellHistory, PlainLinesAreCommands) {
  EXPECT_EQ(listed("ls\r\n\n# note\nhf auth login\n", HistoryFormat::plain), "-1:ls|-1:# note|-1:hf auth login|");
}

TEST(ShellHistory, BashTimestampsHoldLinesTogether) {
  EXPECT_EQ(listed("old\n#1700000000\nfor x in a\ndo b\n#1700000001\nc\n", HistoryFormat::plain),
            "-1:old|1700000000:for x in a\ndo b|1700000001:c|");
}

TEST(ShellHistory, ZshEntriesGoOnAndAreMetafied) {
  const std::string text = ": 1700000000:0;echo a\\\nb \\\\\nc\n: 5:12;x \x83\xA3y\nplain\n";
  EXPECT_EQ(listed(text, HistoryFormat::zsh), "1700000000:echo a\nb \\\nc|5:x \x83y|-1:plain|");
  EXPECT_EQ(history_format_of(text), HistoryFormat::zsh);
}

TEST(ShellHistory, FishEntriesAreEscaped) {
  const std::string text = "- cmd: echo a\\nb \\\\ c\n  when: 1700000000\n  paths:\n    - x\n- cmd: y\n";
  EXPECT_EQ(listed(text, HistoryFormat::fish), "1700000000:echo a\nb \\ c|-1:y|");
  EXPECT_EQ(history_format_of(text), HistoryFormat::fish);
  EXPECT_EQ(history_format_of("ls\n"), HistoryFormat::plain);
}

TEST(ShellHistory, CommandsLeadBackToTheFile) {
  const std::string text = ": 1:0;a \\\n$T\n";
  const History history = read_history(text, HistoryFormat::zsh);
  const HistoryEntry& entry = history.entries.at(0);
  const ByteSpan place = entry.command.map.to_parent({entry.command.text.find('$'), entry.command.text.size()});
  EXPECT_EQ(text.substr(place.begin, place.size()), "$T");
}

TEST(ShellHistory, AnyInputGivesSpansInsideIt) {
  test::RandomText random(4);
  const std::string_view pieces[] = {": 1:0;", "- cmd: ", "\n", "\\\n", "\\", "#123456\n", "\x83", "a", "  when: 9", "\r\n"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 20; ++i) text += pieces[random.below(10)];
    for (const HistoryFormat format : {HistoryFormat::plain, HistoryFormat::zsh, HistoryFormat::fish}) {
      std::uint64_t last = 0;
      for (const HistoryEntry& entry : read_history(text, format).entries) {
        ASSERT_LE(last, entry.span.begin);
        ASSERT_LE(entry.span.end, text.size());
        ASSERT_EQ(entry.command.map.size(), entry.command.text.size());
        ASSERT_LE(entry.command.map.to_parent({0, entry.command.text.size()}).end, text.size());
        last = entry.span.end;
      }
    }
  }
}

}  // namespace
}  // namespace hfscan
