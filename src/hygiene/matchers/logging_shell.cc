// HF6003: commands that show the token. Tested by tests/unit/hygiene/matchers/logging_shell_test.cc.
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/command_rules.h"
#include "hygiene/matchers/logging.h"
#include "hygiene/matchers/logging_flow.h"
#include "hygiene/token_names.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

using Words = std::span<const ShellWord>;

bool writes_file(const ShellScript& script, const ShellCommand& command) {
  for (const ShellRedirection& redirection : script.redirections_of(command)) {
    const bool output = redirection.kind == RedirectionKind::output || redirection.kind == RedirectionKind::append;
    if (!output || redirection.duplicates || (redirection.descriptor != -1 && redirection.descriptor != 1)) continue;
    static constexpr std::array<std::string_view, 4> kScreens = {"/dev/stderr", "/dev/stdout", "/dev/tty", "/dev/fd/2"};
    if (!is_one_of(redirection.target.text, kScreens)) return true;
  }
  return false;
}

bool is_echo(std::string_view name) {
  static constexpr std::array<std::string_view, 11> kNames = {
      "echo",          "printf",      "print",  "write-host", "write-output", "write-verbose", "write-information",
      "write-warning", "write-error", "logger", "echo."};
  return is_one_of(to_lower_ascii(name), kNames);
}

bool is_reader_of_files(std::string_view name) {
  static constexpr std::array<std::string_view, 10> kNames = {"cat",  "bat",  "less", "more",        "head",
                                                              "tail", "type", "gc",   "get-content", "batcat"};
  return is_one_of(to_lower_ascii(name), kNames);
}

bool is_list_of_variables(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNames = {"env",     "printenv", "set", "export",       "declare",
                                                             "typeset", "gci",      "dir", "get-childitem"};
  return is_one_of(to_lower_ascii(name), kNames);
}

// Whether a pattern for grep lets a line HF_TOKEN=... through, and is about it: "hf", "HF_", "^HF_TOKEN", "token|hf".
bool looks_for_token(std::string_view pattern) {
  static const Regex words(
      R"((?i)(?:^|[^a-z])(?:hf|hugging_?face|hugging)(?:$|[^a-z0-9]$|_?$|_?(?:tok|hub|\.|\*|=|\||\\))|token(?:$|[^i]))");
  return words.search(pattern);
}

// The rule about one command of one piece.
class Echo {
 public:
  Echo(const FileCheck& check, const Piece& piece) : check_(check), piece_(piece), script_(check.file().shell(piece)) {}

  void run() {
    for (const ShellCommand& command : script_.commands) {
      if (command.kind == ShellCommandKind::simple) look_at(command);
    }
  }

 private:
  void look_at(const ShellCommand& command) {
    Words words = effective_words(script_, command).words;
    if (!words.empty() && !inside(words).empty()) words = inside(words);
    if (words.empty()) return lists_filtered(command, script_.words_of(command));
    const std::string_view name = command_name(words[0]);
    if (is_echo(name))
      echo(command, words);
    else if ((name == "printenv" && words.size() > 1) || declares_aloud(name, words))
      named(command, words);
    else if (is_reader_of_files(name))
      token_file(command, words);
    else if (name.starts_with("$") && is_shown(script_, command))
      bare(command, words[0]);
    lists_filtered(command, words);
  }

  // declare -p NAME
  static bool declares_aloud(std::string_view name, Words words) {
    return (name == "declare" || name == "typeset" || name == "export") && words.size() > 2 && words[1].text == "-p";
  }

  // What runs in a container: `kubectl exec POD -- printenv A`, `docker exec -it NAME env`. Its output comes back.
  static Words inside(Words words) {
    static constexpr std::array<std::string_view, 6> kEngines = {"kubectl", "oc",      "docker",
                                                                 "podman",  "nerdctl", "docker-compose"};
    static constexpr std::array<std::string_view, 9> kWithValue = {"-u",    "--user", "-w", "--workdir", "-e",
                                                                   "--env", "-n",     "-c", "--env-file"};
    if (!is_one_of(command_name(words[0]), kEngines)) return {};
    std::size_t at = 1;
    while (at < words.size() && words[at].text != "exec") ++at;
    bool is_named = false;  // the container
    for (++at; at < words.size(); ++at) {
      const std::string_view text = words[at].text;
      if (text == "--") return words.subspan(at + 1);
      if (text.starts_with('-')) {
        at += is_one_of(text, kWithValue) ? 1U : 0U;
      } else if (is_named) {
        return words.subspan(at);
      } else {
        is_named = true;
      }
    }
    return {};
  }

  void hit(const ShellCommand& command, ByteSpan end) { check_.hit(piece_, {command.span.begin, end.end}); }

  // GitHub hides what is masked; a credential helper hands the password to git.
  static bool is_meant_for_a_program(std::string_view text) {
    return text.find("::add-mask::") != std::string_view::npos || to_lower_ascii(text).find("password=$") != std::string::npos;
  }

  void echo(const ShellCommand& command, Words words) {
    if (!is_shown(script_, command)) return;
    const bool into_variable = words.size() > 1 && words[1].text.starts_with("-v") && command_name(words[0]) == "printf";
    if (into_variable) return;
    for (const ShellWord& word : words.subspan(1)) {
      if (is_meant_for_a_program(word.text)) return;
    }
    for (const ShellWord& word : words.subspan(1)) {
      if (shows_token(word)) return hit(command, word.span);
    }
  }

  [[nodiscard]] bool shows_token(const ShellWord& word) const {
    for (const ShellPart& part : script_.parts_of(word)) {
      if (expands_token(part)) return true;
      if (part.kind == ShellPartKind::command_substitution && prints_token(part)) return true;
    }
    static const Regex percent(R"(%[A-Za-z_][A-Za-z0-9_]*%)");  // of cmd, which documents show as they show shell commands
    for (const Regex::Hit& field : percent.find_all(word.text)) {
      if (names_token_value(word.text.substr(field.whole.begin + 1, field.whole.end - field.whole.begin - 2))) return true;
    }
    static const Regex braced(R"(\{([A-Za-z_][A-Za-z0-9_]*)\})");
    if (check_.file().language() != Language::notebook) return false;
    for (const Regex::Hit& field : braced.find_all(word.text)) {  // IPython fills these in
      if (names_token_value(word.text.substr(field.whole.begin + 1, field.whole.end - field.whole.begin - 2))) return true;
    }
    return false;
  }

  // $(cat ~/.cache/huggingface/token), $(hf auth token)
  [[nodiscard]] bool prints_token(const ShellPart& part) const {
    static const Regex printing(
        R"(^(?:\$\(|`)\s*(?:(?:cat|<)\s+\S*(?:huggingface/(?:token|stored_tokens)|HF_TOKEN_PATH\}?)["']?|(?:hf|huggingface-cli) auth token|printenv\s+\w*HF_TOKEN)\s*[)`]?$)");
    return printing.search(
        piece_.text.substr(static_cast<std::size_t>(part.span.begin), static_cast<std::size_t>(part.span.size())));
  }

  void named(const ShellCommand& command, Words words) {
    if (!is_shown(script_, command)) return;
    for (const ShellWord& word : words.subspan(1)) {
      if (names_token_value(word.text)) return hit(command, word.span);
    }
  }

  void token_file(const ShellCommand& command, Words words) {
    if (!is_shown(script_, command)) return;
    static const Regex file(
        R"((?i)(?:^|[/\\])\.?(?:cache[/\\]huggingface|huggingface)[/\\](?:token|stored_tokens)$|\$\{?HF_HOME\}?[/\\](?:token|stored_tokens)$|\$\{?HF_TOKEN_PATH\}?$)");
    for (const ShellWord& word : words.subspan(1)) {
      if (file.search(word.text)) return hit(command, word.span);
    }
    here(command);
  }

  // cat <<EOF ... $HF_TOKEN ... EOF
  void here(const ShellCommand& command) {
    for (const ShellRedirection& redirection : script_.redirections_of(command)) {
      if (redirection.kind == RedirectionKind::here_string && shows_token(redirection.target))
        return hit(command, redirection.span);
      if (redirection.here_document == kNoIndex) continue;
      for (const ShellPart& part : script_.parts_of(script_.here_documents[redirection.here_document])) {
        if (!expands_token(part)) continue;
        check_.hit(piece_, part.span);
        return;
      }
    }
  }

  // PowerShell prints what stands alone: $env:HF_TOKEN
  void bare(const ShellCommand& command, const ShellWord& word) {
    if (piece_.language == Language::powershell && script_.words_of(command).size() == 1 && shows_token(word))
      hit(command, word.span);
  }

  // env | grep HF
  void lists_filtered(const ShellCommand& command, Words words) {
    if (words.empty() || !is_list_of_variables(command_name(words[0])) || command.next_in_pipeline == kNoIndex) return;
    for (const ShellWord& word : words.subspan(1)) {
      if (!word.text.starts_with("-") && to_lower_ascii(word.text) != "env:") return;
    }
    std::uint32_t next = command.next_in_pipeline;
    while (next != kNoIndex && is_order(script_.commands[next])) next = script_.commands[next].next_in_pipeline;
    if (next == kNoIndex) return;
    const ShellCommand& filter = script_.commands[next];
    if (is_shown(script_, filter) && lets_token_through(script_.words_of(filter)))
      check_.hit(piece_, {command.span.begin, filter.span.end});
  }

  [[nodiscard]] bool is_order(const ShellCommand& command) const {
    const Words words = script_.words_of(command);
    return !words.empty() && (command_name(words[0]) == "sort" || command_name(words[0]) == "uniq");
  }

  static bool lets_token_through(Words words) {
    static constexpr std::array<std::string_view, 8> kFilters = {"grep", "egrep",   "fgrep",         "rg",
                                                                 "ag",   "findstr", "select-string", "sls"};
    if (words.empty() || !is_one_of(to_lower_ascii(command_name(words[0])), kFilters)) return false;
    bool found = false;
    for (const ShellWord& word : words.subspan(1)) {
      const std::string_view text = word.text;
      const bool flags = text.size() > 1 && text[0] == '-' && text[1] != '-';
      if (flags && text.find_first_of("qcvlL") != std::string_view::npos) return false;
      if (text == "--quiet" || text == "--silent" || text == "--count" || text == "--invert-match") return false;
      found = found || (!flags && looks_for_token(text));
    }
    return found;
  }

  const FileCheck& check_;
  const Piece& piece_;
  const ShellScript& script_;
};

// `echo $HF_TOKEN` inside a sentence of a document, which may tell people to type it or not to.
bool tells_to_type(const FileView& file, const Piece& piece) {
  if (shows_command(file, piece)) return true;
  constexpr std::size_t kReach = 200;
  static const Regex not_to(
      R"((?i)\b(?:never|not|don['’]?t|avoid|instead|rather|without|no|bad|unsafe|insecure|leaks?|prints?|exposes?|shows?)\b)");
  const auto begin = static_cast<std::size_t>(piece.to_file({0, 0}).begin);
  const std::size_t from = begin - std::min(begin, kReach);
  const std::string_view text = file.text().substr(from, begin - from + piece.text.size() + kReach);
  const std::size_t line = text.substr(0, begin - from).rfind('\n');
  const std::size_t line_begin = line == std::string_view::npos ? 0 : line + 1;
  return !not_to.search(text.substr(line_begin, text.find('\n', line_begin) - line_begin));
}

}  // namespace

bool is_shown(const ShellScript& script, const ShellCommand& command) {
  const ShellCommand* at = &command;
  constexpr int kDeepest = 64;
  for (int depth = 0; depth < kDeepest; ++depth) {
    if (at->next_in_pipeline != kNoIndex || writes_file(script, *at)) return false;
    if (at->nesting == ShellNesting::command_substitution || at->nesting == ShellNesting::process_substitution) return false;
    if (at->parent == kNoIndex) return true;
    at = &script.commands[at->parent];
  }
  return true;
}

std::string_view plain_name(const ShellPart& part) {
  std::string_view name = part.name;
  const std::size_t mark = name.find_last_of(".:");
  if (part.kind == ShellPartKind::github_expression || part.kind == ShellPartKind::variable) {
    if (mark != std::string_view::npos) name.remove_prefix(mark + 1);
  }
  while (!name.empty() && (name.back() == ' ' || name.back() == '\'' || name.back() == ']')) name.remove_suffix(1);
  return name;
}

bool expands_token(const ShellPart& part) {
  const bool variable = part.kind == ShellPartKind::variable || part.kind == ShellPartKind::make_variable;
  const bool secret = part.kind == ShellPartKind::github_expression &&
                      (part.name.find("secrets.") != std::string_view::npos || part.name.starts_with("env."));
  if ((!variable && !secret) || !names_token_value(plain_name(part))) return false;
  const std::string_view operation = part.operation;
  static constexpr std::array<std::string_view, 6> kOther = {"#", "!", ":+", "+", "//", "@K"};
  const bool other =
      std::any_of(kOther.begin(), kOther.end(), [&](std::string_view sign) { return operation.starts_with(sign); });
  return !other && operation != ":0:3";
}

void logged_by_shell(const FileCheck& check) {
  static const Regex about_the_hub(R"((?i)hf|hugging)");
  if (!about_the_hub.search(check.file().text())) return;
  for (const Piece& piece : check.file().pieces()) {
    if (is_shell(piece.language) && tells_to_type(check.file(), piece)) Echo(check, piece).run();
  }
}

}  // namespace hfscan
