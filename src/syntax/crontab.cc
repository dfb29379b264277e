// Tested by tests/unit/syntax/crontab_test.cc.
#include "syntax/crontab.h"

#include <algorithm>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::string_view kBlanks = " \t";

std::string_view without_words(std::string_view line, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    line.remove_prefix(std::min(line.find_first_of(kBlanks), line.size()));
    line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  }
  return line;
}

// The name of `NAME = value`, empty for a line with a time.
std::string_view variable_name(std::string_view line) {
  const std::size_t end = line.find_first_of(" \t=");
  if (end == std::string_view::npos || end == 0 || !(is_alnum_ascii(line[0]) || line[0] == '_') ||
      (line[0] >= '0' && line[0] <= '9'))
    return {};
  const std::size_t sign = line.find_first_not_of(kBlanks, end);
  return sign != std::string_view::npos && line[sign] == '=' ? line.substr(0, end) : std::string_view();
}

std::string_view unquoted(std::string_view value) {
  const bool quoted = value.size() > 1 && (value[0] == '"' || value[0] == '\'') && value.back() == value[0];
  return quoted ? value.substr(1, value.size() - 2) : value;
}

}  // namespace

Crontab read_crontab(std::string_view text, CrontabKind kind) {
  Crontab crontab;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = trim(text.substr(at, end - at));
    const ByteSpan span{at, end};
    at = end + 1;
    if (line.empty() || line[0] == '#') continue;
    if (crontab.entries.size() >= kCrontabEntryLimit) {
      crontab.gave_up = GaveUp{span.begin, "more entries than are read"};
      break;
    }
    const std::string_view name = variable_name(line);
    const std::size_t times = line[0] == '@' ? 1 : 5;
    std::string_view value = name.empty() ? without_words(line, times + (kind == CrontabKind::system ? 1 : 0))
                                          : unquoted(trim(line.substr(line.find('=') + 1)));
    const auto begin = static_cast<std::uint64_t>(value.data() - text.data());
    crontab.entries.push_back({name, value, {begin, begin + value.size()}, span});
  }
  return crontab;
}

}  // namespace hfscan
