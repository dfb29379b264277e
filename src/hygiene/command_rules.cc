// Tested by tests/unit/hygiene/command_rules_test.cc.
#include "hygiene/command_rules.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

// No subcommand stands deeper: `hf jobs scheduled uv run`.
constexpr std::size_t kMostLeadingWords = 6;

// The words of the command as people read them: the program by its name, then the others up to the first option.
std::string leading_words(std::span<const ShellWord> words, std::size_t count) {
  std::string joined(command_name(words.front()));
  for (const ShellWord& word : words.subspan(1, count - 1)) joined += cat(" ", word.text);
  return joined;
}

// A word that is, or holds, the value of an option.
struct OptionValue {
  const ShellWord* word;
  std::size_t begin;  // in its text
};

// `--opt value`, `--opt=value`, and for one letter `-ovalue`.
std::optional<OptionValue> value_of(std::span<const ShellWord> words, std::size_t index, std::string_view option) {
  const std::string_view text = words[index].text;
  if (text == option) {
    if (index + 1 < words.size()) return OptionValue{&words[index + 1], 0};
    return std::nullopt;
  }
  if (!text.starts_with(option)) return std::nullopt;
  if (text[option.size()] == '=') return OptionValue{&words[index], option.size() + 1};
  const bool one_letter = option.size() == 2 && option[0] == '-' && option[1] != '-';
  return one_letter ? std::optional(OptionValue{&words[index], option.size()}) : std::nullopt;
}

}  // namespace

struct CommandRule::Form {
  const CommandForm* form;
  Regex words;
  Regex value;

  explicit Form(const CommandForm& source)
      : form(&source), words(cat("\\A(?:", source.words, ")\\z")), value(cat("\\A(?:", source.value, ")\\z")) {}

  // How many of the first words the form's `words` match; 0 if they do not. The longest match wins.
  [[nodiscard]] std::size_t lead(std::span<const ShellWord> all) const {
    for (std::size_t count = std::min(all.size(), kMostLeadingWords); count > 0; --count) {
      if (words.search(leading_words(all, count))) return count;
    }
    return 0;
  }

  // The word whose value the form is about, or null.
  [[nodiscard]] const ShellWord* find_value(std::span<const ShellWord> rest) const {
    for (std::size_t i = 0; i < rest.size(); ++i) {
      if (form->options.empty() && value.search(rest[i].text)) return &rest[i];
      for (const std::string& option : form->options) {
        const std::optional<OptionValue> found = value_of(rest, i, option);
        if (found && value.search(found->word->text.substr(found->begin))) return found->word;
      }
    }
    return nullptr;
  }
};

CommandRule::CommandRule(const Rule& rule) {
  for (const CommandForm& form : std::get<CommandMatch>(rule.match).commands) forms_.push_back(std::make_unique<Form>(form));
}

CommandRule::~CommandRule() = default;

void CommandRule::find(const FileCheck& check) const {
  for (const Piece& piece : check.file().pieces()) {
    if (!is_shell(piece.language)) continue;
    for (const ShellCommand& command : check.file().shell(piece).commands) {
      if (command.kind == ShellCommandKind::simple) find_in(check, piece, command);
    }
  }
}

void CommandRule::find_in(const FileCheck& check, const Piece& piece, const ShellCommand& command) const {
  const EffectiveWords effective = effective_words(check.file().shell(piece), command);
  if (effective.words.empty()) return;
  for (const auto& form : forms_) {
    const std::size_t lead = form->lead(effective.words);
    if (lead == 0) continue;
    const ShellWord* value = form->find_value(effective.words.subspan(lead));
    if (value == nullptr) continue;
    check.hit(piece, {effective.words.front().span.begin, value->span.end});
    return;
  }
}

}  // namespace hfscan
