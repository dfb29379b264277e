// Tested by tests/unit/hygiene/logical_lines_test.cc.
#include "hygiene/logical_lines.h"

#include <algorithm>

namespace hfscan {
namespace {

constexpr std::size_t kLongestLine = std::size_t{64} * 1024;
constexpr std::size_t kOverlap = std::size_t{4} * 1024;

bool joins_lines(Language language) {
  return language == Language::shell || language == Language::dockerfile || language == Language::makefile;
}

// The end of the physical line that begins at `begin`, without its line end.
std::size_t line_end(std::string_view text, std::size_t begin) {
  const std::size_t found = std::min(text.find('\n', begin), text.size());
  return found > begin && text[found - 1] == '\r' ? found - 1 : found;
}

void visit_parts(std::string_view text, std::size_t begin, std::size_t end,
                 const std::function<void(const MappedText&)>& visit) {
  while (begin < end) {
    const std::size_t part = std::min(end, begin + kLongestLine);
    MappedText line;
    line.append_copied(text.substr(begin, part - begin), begin);
    visit(line);
    if (part == end) return;
    begin = part - kOverlap;
  }
}

}  // namespace

void for_each_logical_line(const Piece& piece, const std::function<void(const MappedText&)>& visit) {
  const std::string_view text = piece.text;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = line_end(text, at);
    const bool continued = joins_lines(piece.language) && end > at && text[end - 1] == '\\';
    if (!continued) {
      visit_parts(text, at, end, visit);
      at = std::min(text.find('\n', end), text.size() - 1) + 1;
      continue;
    }
    MappedText line;
    while (at < text.size()) {
      end = line_end(text, at);
      const bool more = end > at && text[end - 1] == '\\' && line.text.size() < kLongestLine;
      line.append_copied(text.substr(at, end - at - (more ? 1 : 0)), at);
      at = std::min(text.find('\n', end), text.size() - 1) + 1;
      if (!more) break;
      const std::size_t blanks = std::min(text.find_first_not_of(" \t", at), text.size());
      line.append_spelled(" ", {end - 1, blanks});
      at = blanks;
    }
    visit(line);
  }
}

}  // namespace hfscan
