// Rules about command lines (CommandMatch): the first words of a command, and a value among the others.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "core/rule.h"
#include "detect/regex.h"
#include "hygiene/matcher.h"

namespace hfscan {

// Whether a piece is a command that people run or are told to type: not one that a sentence of a document or a comment
// mentions in passing.
[[nodiscard]] bool shows_command(const FileView& file, const Piece& piece);

struct CommandWords;  // some words of one command

// One rule's forms, compiled at the first use. Thread-safe.
class CommandRule {
 public:
  explicit CommandRule(const Rule& rule);
  ~CommandRule();
  CommandRule(const CommandRule&) = delete;
  CommandRule& operator=(const CommandRule&) = delete;
  CommandRule(CommandRule&&) = delete;
  CommandRule& operator=(CommandRule&&) = delete;

  // Looks at every command of every shell text in the file.
  void find(const FileCheck& check) const;

 private:
  struct Form;
  // Whether one of the forms is found in these words of a command.
  bool find_form(const FileCheck& check, const Piece& piece, const CommandWords& command) const;
  // In the words behind those of a program that runs another.
  void find_behind(const FileCheck& check, const Piece& piece, std::span<const ShellWord> words) const;
  Regex any_lead_;
  std::vector<std::unique_ptr<Form>> forms_;
};

}  // namespace hfscan
