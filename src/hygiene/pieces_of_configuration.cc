// Tested by tests/unit/hygiene/pieces_test.cc.
#include "hygiene/piece_makers.h"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "base/text.h"
#include "syntax/crontab.h"
#include "syntax/key_values.h"
#include "syntax/makefile.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

using Names = std::span<const std::string_view>;

// Keys whose values are scripts, in the CI systems and tools that keep them in YAML.
constexpr std::array<std::string_view, 25> kScriptKeys = {
    "runcmd",  "bootcmd",        "run",    "script",        "before_script", "after_script",
    "command", "commands",       "cmd",    "cmds",          "bash",          "sh",
    "pwsh",    "powershell",     "shell",  "setup",         "inlineScript",  "entrypoint",
    "install", "before_install", "deploy", "after_success", "test",          "args",
    "entry"};
// Of these a list is the arguments of one command.
constexpr std::array<std::string_view, 4> kArgumentKeys = {"command", "args", "entrypoint", "cmd"};

Language language_of_step(const GhaStep& step) {
  if (step.shell.starts_with("python")) return Language::python;
  if (step.shell.starts_with("pwsh") || step.shell.starts_with("powershell")) return Language::powershell;
  if (step.shell.starts_with("cmd")) return Language::batch;
  return Language::shell;
}

void take_apart_workflow(FileView& view, const Piece& piece, const GhaWorkflow& workflow) {
  std::set<std::uint32_t> taken;  // aliases show the same step again
  for (const GhaJob& job : workflow.jobs) {
    for (const GhaStep& step : job.steps) {
      if (!taken.insert(step.run.id()).second) continue;
      const Language language = language_of_step(step);
      const YamlNode command = step.run.find("command");  // CircleCI's
      const YamlNode& script = command ? command : step.run;
      if (script.is_scalar()) view.add_piece(piece, language, script.mapped(), like(language));
    }
  }
}

// A value under a script key: a script, a list of scripts, or a list of arguments.
void add_scripts(FileView& view, const Piece& piece, const YamlPair& pair) {
  const std::string key = pair.key.text();
  const Language language = key == "pwsh" || key == "powershell" ? Language::powershell : Language::shell;
  std::vector<MappedText> scripts;
  for (const YamlNode& script : pair.value.items_or_self()) {
    if (script.is_scalar()) scripts.push_back(script.mapped());
    if (!script.is_sequence()) continue;
    std::vector<MappedText> arguments;  // runcmd: [[sh, -c, "..."]]
    for (const YamlNode& argument : script.items_or_self()) {
      if (argument.is_scalar()) arguments.push_back(argument.mapped());
    }
    add_argument_list(view, piece, arguments);
  }
  if (pair.value.is_sequence() && is_one_of(key, kArgumentKeys)) return add_argument_list(view, piece, scripts);
  for (MappedText& script : scripts) view.add_piece(piece, language, std::move(script), like(language));
}

// ["sh", "-c", "script"], ["hf", "auth", "login"] and the like.
void add_json_arguments(FileView& view, const Piece& piece, const JsonTree& json, std::uint32_t array) {
  std::vector<MappedText> arguments;
  const std::uint32_t object = json.nodes[array].parent;
  const std::uint32_t command = json.member(object, "command");
  if (json.key_is(array, "args") && json.is(command, JsonKind::string)) arguments.push_back(json.value(command));
  for (std::uint32_t item = json.first_child(array); item != kNoJson; item = json.next(item)) {
    if (!json.is(item, JsonKind::string)) return;
    arguments.push_back(json.value(item));
  }
  add_argument_list(view, piece, arguments);
}

bool is_argument_array(const JsonTree& json, std::uint32_t node) {
  if (!json.is(node, JsonKind::array)) return false;
  return std::any_of(kArgumentKeys.begin(), kArgumentKeys.end(), [&](std::string_view key) { return json.key_is(node, key); });
}

bool is_unit_command(const Assignment& assignment) {
  return assignment.name.starts_with("Exec") || assignment.name.starts_with("command") || assignment.name == "cmd";
}

// Signs before the program of ExecStart= (systemd.service(5)).
MappedText without_prefix(const MappedText& command) {
  const std::size_t begin = std::min(command.text.find_first_not_of("@-:+!"), command.text.size());
  return command.tail(begin);
}

// A command that gets its script from a here-document: `bash <<EOF`, `ssh host <<EOF`, `python - <<EOF`.
Language language_of_input(const ShellScript& script, const ShellCommand& command) {
  const EffectiveWords effective = effective_words(script, command);
  if (effective.words.empty()) return Language::text;
  const std::string_view name = command_name(effective.words.front());
  if (name == "ssh") return Language::shell;
  return language_named(name);
}

// The script of `sh -c SCRIPT`, also behind another command: srun bash -c, docker run IMAGE sh -c, ssh HOST bash -c.
const ShellWord* inner_script(std::span<const ShellWord> words) {
  constexpr std::size_t kDeepest = 64;  // words before the shell
  for (std::size_t i = 0; i < std::min(words.size(), kDeepest); ++i) {
    if (const ShellWord* inner = script_argument(words.subspan(i))) return inner;
  }
  return nullptr;
}

// ssh HOST "hf download ...", su - app -c "hf ...", eval "hf ...": a command in one word.
void add_command_words(FileView& view, const Piece& piece, std::span<const ShellWord> words) {
  static constexpr std::array<std::string_view, 9> kRunning = {"ssh",   "su",     "runuser", "eval",   "tmux",
                                                               "watch", "screen", "gcloud",  "sshpass"};
  if (words.empty() || !is_one_of(command_name(words.front()), kRunning)) return;
  for (const ShellWord& word : words.subspan(1)) {
    if (word.text.find(' ') != std::string_view::npos && starts_like_command(word.text))
      view.add_piece(piece, Language::shell, word.mapped_text(), like(Language::shell));
  }
}

// `cat > NAME <<EOF` writes a file; anything else reads a script, or text.
void add_here_document(FileView& view, const Piece& piece, const ShellScript& script, const ShellCommand& command,
                       const HereDocument& document) {
  const std::string_view body =
      piece.text.substr(static_cast<std::size_t>(document.body.begin), static_cast<std::size_t>(document.body.size()));
  Language language = language_of_input(script, command);
  for (const ShellRedirection& redirection : script.redirections_of(command)) {
    const bool writes = redirection.kind == RedirectionKind::output || redirection.kind == RedirectionKind::append;
    if (writes && !redirection.duplicates) language = language_of(redirection.target.text, body);
  }
  if (language == Language::text) language = language_of_content(body);
  if (language == Language::text) return;
  MappedText text;
  text.append_copied(body, document.body.begin);
  view.add_piece(piece, language, std::move(text), like(language));
}

// Words that stand in a variable, to become arguments: `ARGS=(--a b)` and `ARGS="--a b"` behind the name, `CMD="hf download m"`
// alone.
void add_kept_words(FileView& view, const Piece& piece, std::string_view name, MappedText words) {
  const std::size_t begin = words.text.find_first_not_of(" \t");
  if (begin == std::string::npos) return;
  const bool more = words.text[begin] == '$' && words.text.find(" -", begin) != std::string::npos;  // "$ARGS --a b"
  const bool options = more || words.text[std::min(words.text.find_first_not_of(" \t\"'"), begin + 1)] == '-';
  if (!options && !starts_like_command(words.text)) return;
  MappedText line;
  const std::uint64_t place = words.map.to_parent({begin, begin}).begin;
  if (options) line.append_spelled(cat(name, " "), {place, place});
  line.append(words.tail(begin));
  view.add_piece(piece, Language::shell, std::move(line), like(Language::shell));
}

// The line without a comment at its end: a '#' behind a blank, outside quotes.
std::string_view without_comment(std::string_view line) {
  char quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#' && (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t')) {
      return line.substr(0, i);
    }
  }
  return line;
}

// The elements of an array as one line: line feeds and comments become blanks.
MappedText elements_of(std::string_view text, ByteSpan span) {
  MappedText line;
  for (auto at = static_cast<std::size_t>(span.begin); at < span.end;) {
    const std::size_t end = std::min(text.find('\n', at), static_cast<std::size_t>(span.end));
    std::string_view elements = without_comment(text.substr(at, end - at));
    if (elements.ends_with('\r')) elements.remove_suffix(1);
    line.append_copied(elements, at);
    line.append_spelled(" ", {end, end});
    at = end + 1;
  }
  return line;
}

bool may_hold_options(std::string_view value) {
  return value.find('-') != std::string_view::npos &&
         (value.find('$') != std::string_view::npos || value.find("hf_") != std::string_view::npos);
}

void add_assigned_word(FileView& view, const Piece& piece, const ShellScript& script, const ShellWord& word,
                       std::size_t value_begin) {
  if (!may_hold_options(word.text.substr(value_begin))) return;
  const std::string_view name = word.text.substr(0, word.text.find_first_of("+=["));
  for (const ShellPart& part : script.parts_of(word)) {
    if (part.kind != ShellPartKind::parenthesized || part.span.size() < 2) continue;
    const bool bracketed = piece.text[static_cast<std::size_t>(part.span.begin)] == '(';
    const ByteSpan inside = bracketed ? ByteSpan{part.span.begin + 1, part.span.end - 1} : part.span;
    return add_kept_words(view, piece, name, elements_of(piece.text, inside));
  }
  add_kept_words(view, piece, name, word.mapped_text().tail(value_begin));
}

// NAME=value before a command or alone, and behind `local`, `export` and their like.
void add_assigned_words(FileView& view, const Piece& piece, const ShellScript& script, const ShellCommand& command) {
  static constexpr std::array<std::string_view, 5> kDeclaring = {"local", "export", "declare", "readonly", "typeset"};
  for (const ShellAssignment& assignment : script.assignments_of(command))
    add_assigned_word(view, piece, script, assignment.word, assignment.value_begin);
  const std::span<const ShellWord> words = script.words_of(command);
  if (words.empty() || !is_one_of(words.front().text, kDeclaring)) return;
  for (const ShellWord& word : words.subspan(1)) {
    const std::size_t sign = word.text.find('=');
    if (sign != std::string_view::npos && word.text.front() != '-') add_assigned_word(view, piece, script, word, sign + 1);
  }
}

}  // namespace

void take_apart_yaml(FileView& view, const Piece& piece) {
  const GhaWorkflow* workflow = view.workflow(piece);
  // CircleCI's files have jobs with steps too, and scripts in more places.
  if (workflow != nullptr && !workflow->node.find("version")) return take_apart_workflow(view, piece, *workflow);
  for (const YamlNode& mapping : view.yaml(piece).mappings()) {
    for (const YamlPair& pair : mapping.pairs()) {
      const std::string key = pair.key.text();
      if (is_one_of(key, kScriptKeys)) add_scripts(view, piece, pair);
      if (key == "dockerfile_inline" && pair.value.is_scalar())
        view.add_piece(piece, Language::dockerfile, pair.value.mapped(), like(Language::dockerfile));
    }
  }
}

void take_apart_dockerfile(FileView& view, const Piece& piece) {
  for (const DockerInstruction& instruction : view.dockerfile(piece).instructions) {
    static constexpr std::array<std::string_view, 4> kRunning = {"RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK"};
    if (!is_one_of(instruction.keyword, kRunning)) continue;
    if (instruction.form == DockerForm::shell)
      view.add_piece(piece, Language::shell, shell_text_of(instruction, piece.text), like(Language::shell));
    else
      add_argument_list(view, piece, instruction.exec);
  }
}

// Strings that are commands: the scripts of package.json, tasks of editors, tool calls.
void take_apart_json(FileView& view, const Piece& piece) {
  const JsonTree& json = view.json(piece);
  const std::uint32_t scripts = json.member(json.root(), "scripts");
  for (std::uint32_t node = 0; node < json.nodes.size(); ++node) {
    if (is_argument_array(json, node)) add_json_arguments(view, piece, json, node);
    if (json.nodes[node].kind != JsonKind::string) continue;
    const MappedText value = json.value(node);
    if ((scripts != kNoJson && json.nodes[node].parent == scripts) || starts_like_command(value.text))
      view.add_piece(piece, Language::shell, value, like(Language::shell));
  }
}

void take_apart_makefile(FileView& view, const Piece& piece) {
  const std::string name = to_lower_ascii(file_name(view.path()));
  const bool just = piece.map == nullptr && name.find("just") != std::string::npos;
  MakeFile file = read_makefile(piece.text, just ? MakeFlavour::just : MakeFlavour::make);
  Piece command = like(Language::shell);
  command.shell.dialect = just ? ShellDialect::posix : ShellDialect::make;
  for (const MakeVariable& variable : file.variables) {
    const std::string_view value = trim(variable.value.text);
    if (!value.starts_with('-') || !may_hold_options(value)) continue;
    MappedText line;
    const std::uint64_t place = variable.value.map.to_parent({0, 0}).begin;
    line.append_spelled(cat(variable.name, " "), {place, place});
    line.append(variable.value);
    view.add_piece(piece, Language::shell, std::move(line), command);
  }
  for (MakeRecipe& recipe : file.recipes) {
    view.add_piece(piece, Language::shell, std::move(recipe.command), command);
  }
}

void take_apart_entries(FileView& view, const Piece& piece) {
  const bool unit = piece.language == Language::ini && piece.text.find("\nExec") != std::string_view::npos;
  const AssignmentFile file = read_ini(piece.text, unit ? IniFlavour::systemd : IniFlavour::plain);
  for (const Assignment& assignment : file.assignments) {
    if (is_unit_command(assignment) || starts_like_command(assignment.value.text))
      view.add_piece(piece, Language::shell, without_prefix(assignment.value), like(Language::shell));
  }
}

void take_apart_crontab(FileView& view, const Piece& piece) {
  const bool system = view.path().find("cron.d") != std::string_view::npos || view.path().ends_with("etc/crontab");
  for (const CrontabEntry& entry : read_crontab(piece.text, system ? CrontabKind::system : CrontabKind::user).entries) {
    if (!entry.name.empty()) continue;
    MappedText command;
    command.append_copied(entry.value, entry.value_span.begin);
    view.add_piece(piece, Language::shell, std::move(command), like(Language::shell));
  }
}

void take_apart_shell(FileView& view, const Piece& piece) {
  const ShellScript& script = view.shell(piece);
  for (const ShellCommand& command : script.commands) {
    if (command.kind != ShellCommandKind::simple) continue;
    add_assigned_words(view, piece, script, command);
    add_command_words(view, piece, effective_words(script, command).words);
    if (const ShellWord* inner = inner_script(script.words_of(command)))
      view.add_piece(piece, Language::shell, inner->mapped_text(), like(Language::shell));
    for (const ShellRedirection& redirection : script.redirections_of(command)) {
      if (redirection.here_document != kNoIndex)
        add_here_document(view, piece, script, command, script.here_documents[redirection.here_document]);
    }
  }
}

}  // namespace hfscan
