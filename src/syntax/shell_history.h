// Reader of the history files of shells: the command lines in them, to be read as shell text, and when they were entered.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "syntax/gave_up.h"
#include "syntax/offset_map.h"

namespace hfscan {

enum class HistoryFormat {
  plain,  // a command per line; bash with timestamps: `#1700000000` lines, a command is all lines up to the next one
  zsh,    // `: 1700000000:0;command`; lines that go on end in a backslash; bytes above 0x82 are metafied
  fish,   // `- cmd: command` and `  when: 1700000000`, with \n and \\ escapes
};

struct HistoryEntry {
  MappedText command;
  ByteSpan span;              // the lines of the entry, without the last line end
  std::int64_t seconds = -1;  // since 1970; -1 when unknown
};

struct History {
  std::vector<HistoryEntry> entries;
  std::optional<GaveUp> gave_up;
};

constexpr std::size_t kHistoryEntryLimit = 500'000;

// From the first lines.
HistoryFormat history_format_of(std::string_view text);

History read_history(std::string_view text, HistoryFormat format);

}  // namespace hfscan
