// Tested by tests/unit/syntax/shell_words_test.cc.
#include "syntax/shell_words.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/shell_prompt.h"

namespace hfscan {
namespace {

using Words = std::span<const ShellWord>;

// A command that runs the command in its arguments.
struct Wrapper {
  std::string_view name;
  std::string_view subcommand;                    // empty: none
  std::array<std::string_view, 10> with_value{};  // options that take one
  std::size_t positionals = 0;                    // of its own, before the command
};

// From the manual pages of sudo 1.9, GNU coreutils 9 and findutils 4.9, bash, and the help texts of uv, poetry, conda and the
// like.
constexpr Wrapper kWrappers[] = {
    {"sudo", "", {"-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "--user", "--group"}},
    {"doas", "", {"-u", "-C"}},
    {"env", "", {"-u", "-C", "--unset", "--chdir"}},
    {"time", "", {"-f", "-o", "--format", "--output"}},
    {"nohup", "", {}},
    {"nice", "", {"-n", "--adjustment"}},
    {"ionice", "", {"-c", "-n", "--class", "--classdata"}},
    {"timeout", "", {"-k", "-s", "--kill-after", "--signal"}, 1},
    {"xargs", "", {"-I", "-n", "-P", "-L", "-d", "-a", "-E", "-s", "--max-args", "--max-procs"}},
    {"watch", "", {"-n", "--interval"}},
    {"exec", "", {"-a"}},
    {"command", "", {}},
    {"builtin", "", {}},
    {"coproc", "", {}},
    {"noglob", "", {}},
    {"stdbuf", "", {"-i", "-o", "-e"}},
    {"setsid", "", {}},
    {"run", "", {}},  // bats
    {"srun", "", {"-N", "-n", "-p", "-t", "-J", "-c", "-G", "-A", "-o", "-w"}},
    {"uv",
     "run",
     {"--with", "--python", "-p", "--extra", "--group", "--env-file", "--directory", "--project", "--index", "--package"}},
    {"uvx", "", {"--with", "--from", "--python", "-p", "--env-file", "--index"}},
    {"pipx", "run", {"--spec", "--python"}},
    {"poetry", "run", {}},
    {"pipenv", "run", {}},
    {"pdm", "run", {"-p", "--project"}},
    {"hatch", "run", {}},
    {"rye", "run", {}},
    {"conda", "run", {"-n", "--name", "-p", "--prefix", "--cwd"}},
    {"mamba", "run", {"-n", "--name", "-p", "--prefix", "--cwd"}},
};

const Wrapper* wrapper_of(Words words) {
  const std::string_view name = command_name(words[0]);
  for (const Wrapper& wrapper : kWrappers) {
    if (wrapper.name != name) continue;
    if (wrapper.subcommand.empty() || (words.size() > 1 && words[1].text == wrapper.subcommand)) return &wrapper;
  }
  return nullptr;
}

bool is_assignment(std::string_view text) {
  const auto* const sign = std::find_if_not(text.begin(), text.end(), is_name_byte);
  return sign != text.begin() && sign != text.end() && *sign == '=' && !(text[0] >= '0' && text[0] <= '9');
}

bool takes_value(const Wrapper& wrapper, std::string_view option) {
  return std::find(wrapper.with_value.begin(), wrapper.with_value.end(), option) != wrapper.with_value.end();
}

// Words of the wrapper itself: its name, options, assignments and positional arguments.
std::size_t wrapper_length(const Wrapper& wrapper, Words words) {
  std::size_t at = wrapper.subcommand.empty() ? 1 : 2;
  std::size_t positionals = 0;
  while (at < words.size()) {
    const std::string_view text = words[at].text;
    if (text == "--") return at + 1;
    if (text.size() > 1 && text[0] == '-') {
      at += takes_value(wrapper, text) ? 2U : 1U;
    } else if (is_assignment(text) || positionals++ < wrapper.positionals) {
      ++at;
    } else {
      break;
    }
  }
  return std::min(at, words.size());
}

// `command -v NAME` asks where a command is and runs nothing.
bool only_looks_up(Words words) {
  return command_name(words[0]) == "command" && words.size() > 1 && (words[1].text == "-v" || words[1].text == "-V");
}

bool has_value(const OptionTable& table, std::string_view option) {
  return std::find(table.with_value.begin(), table.with_value.end(), option) != table.with_value.end();
}

// "${args[@]}" and "$@" stand for any number of words, mostly options.
bool is_array(std::string_view text) {
  return text == "$@" || (text.starts_with("${") && (text.ends_with("[@]}") || text.ends_with("[*]}")));
}

class OptionParser {
 public:
  OptionParser(Words words, const OptionTable& table) : words_(words), table_(table) {}

  ParsedOptions parse() {
    bool only_positionals = false;
    while (at_ < words_.size() && parsed_.positionals.size() < table_.positionals) {
      const std::string_view text = words_[at_].text;
      if (!only_positionals && text == "--") {
        only_positionals = true;
        ++at_;
      } else if (table_.positionals != SIZE_MAX && is_array(text)) {
        ++at_;
      } else if (only_positionals || text.size() < 2 || text[0] != '-') {
        parsed_.positionals.push_back(&words_[at_++]);
      } else {
        option(words_[at_++]);
      }
    }
    parsed_.rest = words_.subspan(at_);
    return std::move(parsed_);
  }

 private:
  void option(const ShellWord& word) {
    const std::string_view text = word.text;
    const std::size_t sign = text.find('=');
    const std::string_view name = text.substr(0, sign);
    const bool is_long = text.starts_with("--");
    if (!has_value(table_, name) && !is_long) return cluster(word);
    if (sign != std::string_view::npos)
      parsed_.options.push_back({name, &word, &word, sign + 1});
    else
      add(name, word);
  }

  void add(std::string_view name, const ShellWord& word) {
    ShellOption option{name, &word};
    if (has_value(table_, name) && at_ < words_.size()) option.value_word = &words_[at_++];
    parsed_.options.push_back(option);
  }

  // `-it`, `-eNAME`, `-ite NAME`: up to the first letter that takes a value. A cluster without one is kept as it is written.
  void cluster(const ShellWord& word) {
    const std::string_view text = word.text;
    for (std::size_t i = 1; i < text.size(); ++i) {
      const std::string_view* const found = short_option(text[i]);
      if (found == nullptr) continue;
      if (i + 1 == text.size()) return add(*found, word);
      parsed_.options.push_back({*found, &word, &word, i + 1});
      return;
    }
    parsed_.options.push_back({text, &word});
  }

  const std::string_view* short_option(char letter) const {
    for (const std::string_view& option : table_.with_value) {
      if (option.size() == 2 && option[0] == '-' && option[1] == letter) return &option;
    }
    return nullptr;
  }

  Words words_;
  const OptionTable& table_;
  std::size_t at_ = 0;
  ParsedOptions parsed_;
};

}  // namespace

std::string_view command_name(const ShellWord& word) {
  // No path is longer (PATH_MAX). Words nest, so looking through each of them would cost more than linear time.
  constexpr std::size_t kLongestPath = 4096;
  std::string_view name = word.text.substr(word.text.size() - std::min(word.text.size(), kLongestPath));
  name.remove_prefix(name.find_last_of("/\\") + 1);
  if (name.ends_with(".exe")) name.remove_suffix(4);
  return name;
}

EffectiveWords effective_words(std::span<const ShellWord> words) {
  std::size_t begin = 0;
  while (begin < words.size()) {
    const Words rest = words.subspan(begin);
    if (is_shell_prompt(rest[0].text)) {
      ++begin;
      continue;
    }
    const Wrapper* const wrapper = wrapper_of(rest);
    if (wrapper == nullptr || only_looks_up(rest)) break;
    begin += wrapper_length(*wrapper, rest);
  }
  return {words.first(begin), words.subspan(begin)};
}

EffectiveWords effective_words(const ShellScript& script, const ShellCommand& command) {
  return effective_words(script.words_of(command));
}

ParsedOptions parse_options(std::span<const ShellWord> words, const OptionTable& table) {
  return OptionParser(words, table).parse();
}

std::vector<const ShellPart*> expansions_in(const ShellScript& script, const ShellWord& word, std::size_t text_begin) {
  std::vector<const ShellPart*> found;
  for (const ShellPart& part : script.parts_of(word)) {
    if (part.kind != ShellPartKind::literal && part.text.begin >= text_begin) found.push_back(&part);
  }
  return found;
}

const ShellWord* script_argument(std::span<const ShellWord> words) {
  constexpr std::array<std::string_view, 6> kShells = {"sh", "bash", "zsh", "dash", "ksh", "ash"};
  if (words.empty() || std::find(kShells.begin(), kShells.end(), command_name(words[0])) == kShells.end()) return nullptr;
  bool is_script = false;
  for (const ShellWord& word : words.subspan(1)) {
    const bool is_option = word.text.size() > 1 && (word.text[0] == '-' || word.text[0] == '+');
    if (!is_option) return is_script ? &word : nullptr;
    is_script = is_script || (word.text[1] != '-' && word.text.find('c') != std::string_view::npos);
  }
  return nullptr;
}

}  // namespace hfscan
