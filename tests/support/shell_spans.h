// What holds of every shell script that was read, whatever the input.
#pragma once

#include <gtest/gtest.h>

#include <string_view>

#include "support/random_text.h"
#include "syntax/shell.h"

namespace hfscan::test {

inline bool inside(const ByteSpan& span, std::size_t size) { return span.begin <= span.end && span.end <= size; }

inline testing::AssertionResult word_holds(const ShellScript& script, const ShellWord& word, std::string_view input) {
  if (!inside(word.span, input.size())) return testing::AssertionFailure() << "word outside the input";
  if (!word.text.empty() && !word.span.contains(word.place_of({0, word.text.size()})))
    return testing::AssertionFailure() << "text outside its word";
  std::uint64_t literal_end = 0;
  for (const ShellPart& part : script.parts_of(word)) {
    if (!word.span.contains(part.span) || part.span.begin > part.span.end)
      return testing::AssertionFailure() << "part outside its word";
    if (!inside(part.text, word.text.size())) return testing::AssertionFailure() << "text of a part outside its word's";
    if (part.depth > 0) continue;
    if (part.text.begin < literal_end) return testing::AssertionFailure() << "parts overlap";
    literal_end = part.text.end;
  }
  // The parts of depth 0 spell the word.
  if (word.part_count > 0 && literal_end != word.text.size())
    return testing::AssertionFailure() << "parts do not spell the word";
  return testing::AssertionSuccess();
}

inline testing::AssertionResult spans_hold(const ShellScript& script, std::string_view input) {
  for (const ShellWord& word : script.words) {
    if (const auto held = word_holds(script, word, input); !held) return held;
  }
  for (const ShellAssignment& assignment : script.assignments) {
    if (const auto held = word_holds(script, assignment.word, input); !held) return held;
    if (assignment.value_begin > assignment.word.text.size()) return testing::AssertionFailure() << "value outside its word";
  }
  for (const ShellRedirection& redirection : script.redirections) {
    if (const auto held = word_holds(script, redirection.target, input); !held) return held;
  }
  for (std::size_t i = 0; i < script.commands.size(); ++i) {
    const ShellCommand& command = script.commands[i];
    if (!inside(command.span, input.size())) return testing::AssertionFailure() << "command outside the input";
    if (command.parent != kNoIndex && command.parent >= i) return testing::AssertionFailure() << "parent after its child";
    if (command.next_in_pipeline != kNoIndex && script.commands.at(command.next_in_pipeline).previous_in_pipeline != i)
      return testing::AssertionFailure() << "a pipeline is not linked both ways";
  }
  for (const HereDocument& document : script.here_documents) {
    if (!inside(document.body, input.size())) return testing::AssertionFailure() << "here-document outside the input";
  }
  for (const ByteSpan& comment : script.comments) {
    if (!inside(comment, input.size())) return testing::AssertionFailure() << "comment outside the input";
  }
  return testing::AssertionSuccess();
}

}  // namespace hfscan::test
