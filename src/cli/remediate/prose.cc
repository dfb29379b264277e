#include "cli/remediate/prose.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "cli/output.h"
#include "report/display.h"

namespace hfscan {
namespace {

constexpr std::size_t kWidest = 110;  // columns: longer lines are hard to read
constexpr std::size_t kNarrowest = 40;
constexpr std::size_t kLastColumn = 28;  // at which the last column of a table begins at the latest

std::size_t width_of_terminal() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) != 1) return 0;
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kWidest;
  return std::clamp<std::size_t>(size.ws_col, kNarrowest, kWidest);
}

std::string broken(std::string_view line, std::size_t width) {
  const std::size_t text = line.find_first_not_of(' ');
  if (text >= 4 || line.size() <= width) return std::string(line);
  const std::size_t gap = line.substr(0, kLastColumn).rfind("  ");  // before the last column of a table
  const bool is_row = gap != std::string_view::npos && gap + 2 > text;
  const std::size_t hang = line.substr(text).starts_with("- ") ? text + 2 : is_row ? gap + 2 : text;
  return cat(line.substr(0, hang), wrap(line.substr(hang), hang, width));
}

}  // namespace

Status print_prose(std::string_view text) {
  const std::size_t width = width_of_terminal();
  if (width == 0) return print(text);
  std::string result;
  for (const std::string_view line : split_lines(text)) result += broken(line, width) + "\n";
  return print(result);
}

}  // namespace hfscan
