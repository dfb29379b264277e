// Tested by tests/unit/hygiene/command_rules_test.cc.
#include "hygiene/command_rules.h"

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "hygiene/token_names.h"
#include "syntax/shell_prompt.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

using Words = std::span<const ShellWord>;

// No subcommand stands deeper: `hf jobs scheduled uv run`.
constexpr std::size_t kMostLeadingWords = 6;
constexpr std::size_t kLongestLead = 1024;  // bytes of those words
// More of a command is not looked at as a whole.
constexpr std::size_t kLongestCommand = std::size_t{64} * 1024;

// Without what the shell does not expand: a dollar or a backtick in single quotes or after a backslash becomes `_`.
std::string expanded_text(const ShellScript& script, const ShellWord& word) {
  std::string text(word.text.substr(0, kLongestCommand));
  for (const ShellPart& part : script.parts_of(word)) {
    if (part.kind != ShellPartKind::literal || part.depth > 0) continue;
    const auto end = std::min(static_cast<std::size_t>(part.text.end), text.size());
    for (auto at = static_cast<std::size_t>(part.text.begin); at < end; ++at) {
      if (text[at] == '$' || text[at] == '`') text[at] = '_';
    }
  }
  return text;
}

// A value that stands for something: it is put in when the command runs, or it is a token.
bool is_filled_in(std::string_view value, const Piece& piece) {
  if (piece.documentation && is_placeholder_value(value)) return false;
  return value.find_first_of("$`%{!") != std::string_view::npos || holds_token_literal(value);
}

// The `=$NAME` of a NAME=$NAME or NAME=${NAME} in a text: the first one that nothing but a comma, quote or end follows.
std::optional<ByteSpan> own_name_again(std::string_view text) {
  for (std::size_t sign = text.find("=$"); sign != std::string_view::npos; sign = text.find("=$", sign + 1)) {
    std::size_t begin = sign;
    while (begin > 0 && is_name_byte(text[begin - 1])) --begin;
    const std::string_view name = text.substr(begin, sign - begin);
    const bool braced = text.substr(sign + 2).starts_with('{');
    std::string_view after = text.substr(sign + 2 + (braced ? 1 : 0));
    if (name.empty() || !after.starts_with(name)) continue;
    after.remove_prefix(name.size());
    if (braced && !after.starts_with('}')) continue;
    if (braced) after.remove_prefix(1);
    if (after.empty() || after.front() == ',') return ByteSpan{sign, text.size() - after.size()};
  }
  return std::nullopt;
}

// A word that is, or holds, the value of an option.
struct OptionValue {
  const ShellWord* word;
  std::size_t begin;  // in its text
};

}  // namespace

// Its words as people read them are what most expressions are about: the program by its name, then the others.
struct CommandWords {
  Words words;
  std::string text;
  std::vector<std::size_t> ends;  // in the text, of the first words

  explicit CommandWords(Words of) : words(of) {
    if (words.empty()) return;
    text = command_name(words.front());
    ends.push_back(text.size());
    for (const ShellWord& word : words.subspan(1)) {
      if (text.size() > kLongestCommand) break;
      text.append(" ").append(word.text.substr(0, kLongestCommand));
      if (ends.size() < kMostLeadingWords && text.size() <= kLongestLead) ends.push_back(text.size());
    }
  }

  // The first `count` of them.
  [[nodiscard]] std::string_view lead(std::size_t count) const { return std::string_view(text).substr(0, ends[count - 1]); }
};

namespace {

// Commands that run what stands behind their own words: docker exec NAME hf download ..., ssh HOST hf ..., retry 3 hf ...
bool runs_another(std::string_view name) {
  static constexpr std::array<std::string_view, 18> kRunning = {
      "docker", "podman", "nerdctl", "docker-compose", "podman-compose", "kubectl", "oc",     "ssh",     "retry",
      "srun",   "mpirun", "mpiexec", "singularity",    "apptainer",      "flock",   "chroot", "run_cmd", "parallel"};
  return is_one_of(name, kRunning);
}

// A command, and what wraps it: the arguments of `sudo NAME=value` and `env NAME=value` are arguments as well.
struct FoundCommand {
  const Piece* piece;
  CommandWords words;
  CommandWords wrapper;
};

Words without_prompts(Words wrapper) {
  while (!wrapper.empty() && is_shell_prompt(wrapper.front().text)) wrapper = wrapper.subspan(1);
  return wrapper.size() > 1 ? wrapper : Words();
}

// All commands of a file: every rule about commands looks at them.
struct FileCommands {
  explicit FileCommands(FileView& file) {
    for (const Piece& piece : file.pieces()) {
      if (!is_shell(piece.language) || !shows_command(file, piece)) continue;
      for (const ShellCommand& command : file.shell(piece).commands) {
        if (command.kind != ShellCommandKind::simple) continue;
        const EffectiveWords effective = effective_words(file.shell(piece), command);
        commands.push_back({&piece, CommandWords(effective.words), CommandWords(without_prompts(effective.passed_over))});
      }
    }
  }

  std::vector<FoundCommand> commands;
};

}  // namespace

struct CommandRule::Form {
  const CommandForm* form;
  Regex words;
  Regex option;
  Regex value;
  Regex mentions;
  Regex except;

  explicit Form(const CommandForm& source)
      : form(&source),
        words(whole(source.words)),
        option(whole(source.option)),
        value(whole(source.value)),
        mentions(source.mentions),
        except(source.except) {}

  static std::string whole(std::string_view pattern) { return cat("\\A(?:", pattern, ")\\z"); }

  // How many of the first words the form's `words` match; 0 if they do not. The longest match wins.
  [[nodiscard]] std::size_t lead(const CommandWords& all) const {
    for (std::size_t count = all.ends.size(); count > 0; --count) {
      if (words.search(all.lead(count))) return count;
    }
    return 0;
  }

  [[nodiscard]] bool suits(const CommandWords& all) const {
    return (form->mentions.empty() || mentions.search(all.text)) && (form->except.empty() || !except.search(all.text));
  }

  // The words before another command that this one runs.
  [[nodiscard]] Words own_words(Words rest) const {
    if (!form->before_positional) return rest;
    bool may_be_value = false;  // of the option before it
    for (std::size_t i = 0; i < rest.size(); ++i) {
      const std::string_view text = rest[i].text;
      const bool is_option = text.size() > 1 && text[0] == '-';
      if (text == "--" || (!is_option && !may_be_value)) return rest.first(i);
      may_be_value = is_option && text.find('=') == std::string_view::npos;
    }
    return rest;
  }

  [[nodiscard]] bool is_option(std::string_view name) const {
    const auto& names = form->options;
    if (std::find(names.begin(), names.end(), name) != names.end()) return true;
    return !form->option.empty() && name.size() > 1 && name[0] == '-' && option.search(name);
  }

  // `--opt value`, `--opt=value`, and for one letter `-ovalue` and `-xo value`.
  [[nodiscard]] std::optional<OptionValue> option_value(Words rest, std::size_t index) const {
    const std::string_view text = rest[index].text;
    const std::size_t sign = text.find('=');
    const ShellWord* const next = index + 1 < rest.size() ? &rest[index + 1] : nullptr;
    if (is_option(text.substr(0, sign))) {
      if (sign != std::string_view::npos) return OptionValue{&rest[index], sign + 1};
      return next == nullptr ? std::nullopt : std::optional(OptionValue{next, 0});
    }
    if (text.size() < 3 || text[0] != '-' || text[1] == '-') return std::nullopt;
    for (const std::string& name : form->options) {
      if (name.size() != 2) continue;
      if (text[1] == name[1]) return OptionValue{&rest[index], 2};
      if (text.size() <= 4 && text.back() == name[1] && next != nullptr) return OptionValue{next, 0};
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_value(const ShellScript& script, const Piece& piece, const OptionValue& candidate) const {
    std::string text = expanded_text(script, *candidate.word);
    text.erase(0, candidate.begin);
    return value.search(text) && (form->placeholders || is_filled_in(text, piece));
  }

  [[nodiscard]] std::optional<OptionValue> find_value(const ShellScript& script, const Piece& piece, Words rest) const {
    const bool any_word = form->options.empty() && form->option.empty();
    for (std::size_t i = 0; i < rest.size(); ++i) {
      const std::optional<OptionValue> found = any_word ? OptionValue{&rest[i], 0} : option_value(rest, i);
      if (found && is_value(script, piece, *found)) return found;
    }
    return std::nullopt;
  }

  // NAME=$NAME becomes NAME, quotes and all.
  void shorten(const Piece& piece, const ShellWord& word, RuleHit& hit) const {
    if (!form->shortens) return;
    const std::optional<ByteSpan> again = own_name_again(word.text);
    if (!again) return;
    std::string text(word.text);
    text.erase(static_cast<std::size_t>(again->begin), static_cast<std::size_t>(again->size()));
    const bool plain =
        text.find_first_not_of("-_=,.:/+@") != std::string::npos && std::all_of(text.begin(), text.end(), [](char c) {
          return is_name_byte(c) || std::string_view("-=,.:/+@").find(c) != std::string_view::npos;
        });
    if (plain) hit.edits.push_back({piece.to_file(word.span), std::move(text)});
  }
};

bool shows_command(const FileView& file, const Piece& piece) {
  if (!piece.command_line || !piece.documentation) return true;
  constexpr std::size_t kLongestMarker = 80;
  const auto begin = static_cast<std::size_t>(piece.to_file({0, 0}).begin);
  const std::size_t reach = begin - std::min(begin, kLongestMarker);
  const std::string_view before = file.text().substr(reach, begin - reach);
  const std::string_view marker = before.substr(before.rfind('\n') + 1);  // of a list, a quote, a prompt
  return marker.find_first_not_of(" \t\"'`#*/!|>+-.:)$0123456789;") == std::string_view::npos;
}

namespace {

// Matches the start of every command that one of the forms is about: one search instead of some for each form.
std::string any_lead(const std::vector<CommandForm>& forms) {
  std::string pattern = "\\A(?:";
  for (const CommandForm& form : forms) pattern += cat(&form == forms.data() ? "(?:" : "|(?:", form.words, ")");
  return pattern + ")(?: |\\z)";
}

}  // namespace

CommandRule::CommandRule(const Rule& rule) : any_lead_(any_lead(std::get<CommandMatch>(rule.match).commands)) {
  for (const CommandForm& form : std::get<CommandMatch>(rule.match).commands) forms_.push_back(std::make_unique<Form>(form));
}

CommandRule::~CommandRule() = default;

void CommandRule::find(const FileCheck& check) const {
  FileView& file = check.file();
  const auto& found = file.derived<FileCommands>([&file] { return std::make_shared<FileCommands>(file); });
  for (const FoundCommand& command : found.commands) {
    if (!find_form(check, *command.piece, command.words) && !find_form(check, *command.piece, command.wrapper))
      find_behind(check, *command.piece, command.words.words);
  }
}

void CommandRule::find_behind(const FileCheck& check, const Piece& piece, Words words) const {
  if (words.empty() || !runs_another(command_name(words.front()))) return;
  constexpr std::size_t kMostWords = 48;  // before the command
  for (std::size_t i = 1; i < std::min(words.size(), kMostWords); ++i) {
    if (find_form(check, piece, CommandWords(words.subspan(i)))) return;
  }
}

bool CommandRule::find_form(const FileCheck& check, const Piece& piece, const CommandWords& command) const {
  if (command.words.empty() || !any_lead_.search(command.lead(command.ends.size()))) return false;
  for (const auto& form : forms_) {
    const std::size_t lead = form->lead(command);
    if (lead == 0 || !form->suits(command)) continue;
    const auto found = form->find_value(check.file().shell(piece), piece, form->own_words(command.words.subspan(lead)));
    if (!found) continue;
    RuleHit& hit = check.hit(piece, {command.words.front().span.begin, found->word->span.end});
    form->shorten(piece, *found->word, hit);
    return true;
  }
  return false;
}

}  // namespace hfscan
