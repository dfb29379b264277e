// Questions about the words of a command: which command is really run, which options it gets. Separate from the reader, which
// knows no command's name.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "syntax/shell.h"

namespace hfscan {

// Both are pieces of the command's words, one after the other.
struct EffectiveWords {
  // Prompts and wrappers with their options: `$`, `sudo -E`, `env A=b`, `time`, `nohup`, `timeout 5`, `xargs -n 1`, `uv run`
  // ... An assignment among them (`env N=value`, `sudo N=value`) is an argument that other users can see.
  std::span<const ShellWord> passed_over;
  std::span<const ShellWord> words;  // of the command that is run; empty when there is only a wrapper
};

EffectiveWords effective_words(std::span<const ShellWord> words);
EffectiveWords effective_words(const ShellScript& script, const ShellCommand& command);

// The last component of a command's name, without a ".exe": "/usr/bin/env" is "env".
std::string_view command_name(const ShellWord& word);

// What getopt_long needs to know of a command.
struct OptionTable {
  std::span<const std::string_view> with_value;  // "--token", "-e"; every other word that begins with '-' is a flag
  // After this many positional words the options end; what follows is in `rest`. Words after `--` are positional until then.
  // A list of the shell ("${args[@]}") is passed over where words are counted.
  std::size_t positionals = SIZE_MAX;
};

struct ShellOption {
  std::string_view name;                  // as in the table, or as written for a flag (a cluster `-it` is one flag each)
  const ShellWord* word = nullptr;        // that holds the name
  const ShellWord* value_word = nullptr;  // null for a flag, and when the value is missing
  std::size_t value_begin = 0;            // in its text

  [[nodiscard]] std::string_view value() const {
    return value_word == nullptr ? std::string_view() : value_word->text.substr(value_begin);
  }
};

struct ParsedOptions {
  std::vector<ShellOption> options;  // in their order
  std::vector<const ShellWord*> positionals;
  std::span<const ShellWord> rest;
};

// `words` are what follows the command and its subcommands. Reads `--opt=value`, `--opt value`, `-e value`, `-evalue`, clusters
// of one-letter options, and `--`.
ParsedOptions parse_options(std::span<const ShellWord> words, const OptionTable& table);

// Expansions in the text of `word` from `text_begin` on, nested ones too.
std::vector<const ShellPart*> expansions_in(const ShellScript& script, const ShellWord& word, std::size_t text_begin = 0);

// The word that holds the script of `bash -c SCRIPT`, `sh -exc SCRIPT` and so on, else null: to be read as shell text of its
// own. `words` are effective words.
const ShellWord* script_argument(std::span<const ShellWord> words);

}  // namespace hfscan
