// Tested by tests/unit/detect/split_literal_test.cc.
#include "detect/split_literal.h"

#include <algorithm>

#include "detect/byte_classes.h"
#include "detect/joints.h"

namespace hfscan {
namespace {

constexpr std::size_t kWindow = 2048;

// Terminals and mail programs break a line that is too long, and indent or not what comes after. Only a line that is about as
// long as a terminal is wide: in source code and lists of names the next line is another word.
std::size_t skip_hard_wrap(std::string_view text, std::size_t position) {
  constexpr std::size_t kNarrowest = 60;
  constexpr std::size_t kDeepestIndentation = 40;
  std::size_t end = position;
  if (end < text.size() && text[end] == '\r') ++end;
  if (end >= text.size() || text[end] != '\n' || position < kNarrowest) return position;
  const std::string_view line = text.substr(position - kNarrowest, kNarrowest);
  if (line.find('\n') != std::string_view::npos) return position;
  ++end;
  const std::size_t limit = std::min(text.size(), end + kDeepestIndentation);
  while (end < limit && (text[end] == ' ' || text[end] == '\t')) ++end;
  return end;
}

}  // namespace

std::optional<SplitLiteral> join_split_literal(std::string_view text, std::size_t position, std::size_t wanted) {
  text = text.substr(0, position + kWindow);
  std::string body;
  bool crossed = false;
  bool wrapped = false;
  for (;;) {
    const std::size_t run = run_length(text, position, kAlnumClass, wanted + 1);
    body.append(text.substr(position, run));
    position += run;
    if (body.size() > wanted) return std::nullopt;
    if (body.size() == wanted) break;
    std::size_t next = skip_joint(text, position);
    if (next == position && !wrapped) {
      next = skip_hard_wrap(text, position);
      wrapped = true;
    }
    if (next == position) return std::nullopt;
    position = next;
    crossed = true;
  }
  if (!crossed) return std::nullopt;
  return SplitLiteral{body, position};
}

bool may_be_split_at(std::string_view text, std::size_t position) {
  return may_begin_joint(text, position) || skip_hard_wrap(text, position) != position;
}

}  // namespace hfscan
