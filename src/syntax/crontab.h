// Reader of crontabs (crontab(5) of Vixie cron): environment lines and the commands, which are for the shell reader.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "syntax/gave_up.h"

namespace hfscan {

enum class CrontabKind {
  user,
  system,  // /etc/crontab and /etc/cron.d: a user name stands before the command
};

struct CrontabEntry {
  std::string_view name;   // of `NAME = value`; empty for a command
  std::string_view value;  // without quotes; or the command line, in which an unescaped % is a line end
  ByteSpan value_span;
  ByteSpan span;  // the line
};

struct Crontab {
  std::vector<CrontabEntry> entries;  // point into the text
  std::optional<GaveUp> gave_up;
};

constexpr std::size_t kCrontabEntryLimit = 200'000;

Crontab read_crontab(std::string_view text, CrontabKind kind);

}  // namespace hfscan
