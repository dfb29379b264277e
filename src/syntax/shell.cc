// Tested by tests/unit/syntax/shell_test.cc.
#include "syntax/shell.h"

#include "syntax/shell_reader.h"

namespace hfscan {
namespace {

template <typename T>
std::span<const T> range(const std::vector<T>& all, std::uint32_t first, std::uint32_t count) {
  return std::span<const T>(all).subspan(first, count);
}

}  // namespace

MappedText ShellWord::mapped_text() const {
  if (mapped != nullptr) return *mapped;
  MappedText copy;
  copy.append_copied(text, text_begin);
  return copy;
}

ByteSpan ShellWord::place_of(ByteSpan in_text) const {
  if (mapped != nullptr) return mapped->map.to_parent(in_text);
  const std::uint64_t end = std::min<std::uint64_t>(in_text.end, text.size());
  return {text_begin + std::min(in_text.begin, end), text_begin + end};
}

std::span<const ShellWord> ShellScript::words_of(const ShellCommand& command) const {
  return range(words, command.first_word, command.word_count);
}

std::span<const ShellAssignment> ShellScript::assignments_of(const ShellCommand& command) const {
  return range(assignments, command.first_assignment, command.assignment_count);
}

std::span<const ShellRedirection> ShellScript::redirections_of(const ShellCommand& command) const {
  return range(redirections, command.first_redirection, command.redirection_count);
}

std::span<const ShellPart> ShellScript::parts_of(const ShellWord& word) const {
  return range(parts, word.first_part, word.part_count);
}

std::span<const ShellPart> ShellScript::parts_of(const HereDocument& document) const {
  return range(parts, document.first_part, document.part_count);
}

ShellScript read_shell(std::string_view text, const ShellOptions& options) { return ShellReader(text, options).read(); }

}  // namespace hfscan
