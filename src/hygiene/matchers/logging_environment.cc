// HF6006: the whole environment printed in a file that deals with a token. Tested by
// tests/unit/hygiene/matchers/logging_environment_test.cc.
#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/logging.h"
#include "hygiene/matchers/logging_flow.h"
#include "rules/builtin_rules.h"
#include "syntax/bindings.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

using Words = std::span<const ShellWord>;

bool mentions_token(std::string_view text) {
  static const Regex name(cat("(?:\\b|_)", builtin_macro("TOKEN_NAME"), "\\b"));
  return name.search(text);
}

// print(os.environ), console.log(process.env)
void in_program(const FileCheck& check, Language language) {
  for_each_log_call(check.file(), language, [&](const Piece& piece, const CodeTree& tree, const CodeCall& call) {
    const std::vector<CarriedValue> values = carried_arguments(tree, call, Carried::environment);
    if (!values.empty()) check.hit(piece, values.front().span);
  });
}

// for name, value in os.environ.items(): print(name, value)
void in_loops(const FileCheck& check) {
  struct Loop {
    const Piece* piece = nullptr;
    std::string_view name;
    std::uint64_t begin = 0;
    bool used = false;
  };
  std::vector<Loop> loops;
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language != Language::python) continue;
    const CodeTree& tree = check.file().code(piece);
    for (const LoopVariable& loop : loop_variables_of(tree)) {
      const std::string_view iterable = tree.spelled(tree.span(loop.iterable));
      const bool whole =
          iterable.find("os.environ") != std::string_view::npos && iterable.find("items") != std::string_view::npos;
      if (whole && !loop.comprehension) loops.push_back({&piece, loop.name, loop.name_span.begin});
    }
  }
  constexpr std::size_t kMostLoops = 64;
  constexpr std::uint64_t kNear = 600;  // the body of such a loop is a line or two
  if (loops.size() > kMostLoops) {
    loops.resize(kMostLoops);
    check.leaves_out("more loops over the environment than are followed");
  }
  if (loops.empty()) return;
  for_each_log_call(check.file(), Language::python, [&](const Piece& piece, const CodeTree& tree, const CodeCall& call) {
    for (const CarriedValue& value : carried_arguments(tree, call, Carried::token)) {
      for (std::size_t i = 1; i < loops.size(); ++i) {  // the second name of a pair is the value
        Loop& loop = loops[i];
        const bool second =
            loops[i - 1].piece == loop.piece && loop.begin > loops[i - 1].begin && loop.begin - loops[i - 1].begin < 80;
        const bool inside = loop.piece == &piece && loop.name == value.name && value.span.begin > loop.begin &&
                            value.span.begin - loop.begin < kNear;
        if (!second || !inside || loop.used) continue;
        loop.used = true;
        check.hit(piece, value.span);
      }
    }
  });
}

// print("\n".join(f"{k}={v}" for k, v in os.environ.items())), and print(k, os.environ[k]) behind `for k in os.environ:`.
void in_each_entry(const FileCheck& check) {
  static const Regex comprehension(
      R"re(\bfor\s+\w+\s*,\s*(?P<secret>\w+)\s+in\s+(?:sorted\()?(?:os\.)?environ\.items\(\)\)?\s*[)\]}])re");
  static const Regex loop(R"re(\bfor\s+(?P<secret>\w+)\s+in\s+(?:sorted\(|list\()?os\.environ(?:\.keys\(\))?\)?\s*:)re");
  std::set<std::string> names;  // of those loops
  for (const Regex::Hit& hit : loop.find_all(check.file().text()))
    names.emplace(check.file().text().substr(hit.secret.begin, hit.secret.end - hit.secret.begin));
  for_each_log_call(check.file(), Language::python, [&](const Piece& piece, const CodeTree& tree, const CodeCall& call) {
    constexpr std::size_t kLongest = 1024;
    const std::string_view text = tree.spelled(call.span).substr(0, kLongest);
    for (const Regex::Hit& hit : comprehension.find_all(text)) {
      const std::string_view name = text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin);
      if (text.substr(0, hit.whole.begin).find(name) == std::string_view::npos) continue;
      check.hit(piece, call.span);
      return;
    }
    const auto shows = [text](const std::string& name) {
      return text.find(cat("os.environ[", name, "]")) != std::string_view::npos ||
             text.find(cat("os.getenv(", name, ")")) != std::string_view::npos ||
             text.find(cat("os.environ.get(", name, ")")) != std::string_view::npos;
    };
    if (std::any_of(names.begin(), names.end(), shows)) check.hit(piece, call.span);
  });
}

// for (const [k, v] of Object.entries(process.env)) console.log(k, v); also .forEach(([k, v]) => ...)
void in_each_entry_of_javascript(const FileCheck& check) {
  static const Regex loop(R"re(\[\s*\w+\s*,\s*(?P<secret>\w+)\s*\]\s+of\s+Object\.entries\(\s*process\.env\s*\))re");
  static const Regex each(
      R"re(Object\.entries\(\s*process\.env\s*\)\s*\.\s*(?:forEach|map)\(\s*\(?\s*\(?\[\s*\w+\s*,\s*(?P<secret>\w+)\s*\])re");
  constexpr std::uint64_t kNear = 300;  // the body is a line or two
  for_each_log_call(check.file(), Language::javascript, [&](const Piece& piece, const CodeTree& tree, const CodeCall& call) {
    const std::uint64_t begin = call.span.begin - std::min(call.span.begin, kNear);
    const std::string_view before = tree.spelled(ByteSpan{begin, call.span.begin});
    for (const Regex* expression : {&loop, &each}) {
      for (const Regex::Hit& hit : expression->find_all(before)) {
        const std::string_view name = before.substr(hit.secret.begin, hit.secret.end - hit.secret.begin);
        const auto shows = [name](const CarriedValue& value) { return value.name == name; };
        const std::vector<CarriedValue> values = carried_arguments(tree, call, Carried::token);
        if (std::any_of(values.begin(), values.end(), shows)) check.hit(piece, call.span);
      }
    }
  });
}

bool lists_everything(Words words) {
  static constexpr std::array<std::string_view, 4> kAlone = {"env", "printenv", "set", "export"};
  static constexpr std::array<std::string_view, 7> kDrives = {"get-childitem", "gci", "dir",         "ls",
                                                              "get-item",      "gi",  "get-variable"};
  const std::string name = to_lower_ascii(command_name(words[0]));
  if (words.size() == 1) return is_one_of(name, kAlone);
  if (words.size() != 2) return false;
  const std::string option = to_lower_ascii(words[1].text);
  if (name == "export" || name == "declare" || name == "typeset")
    return option == "-p" || option == "-px" || option == "-xp" || option == "-x";
  if (name == "env" || name == "printenv") return option == "-0" || option == "--null";
  return is_one_of(name, kDrives) && (option.starts_with("env:") && option.size() <= 6);
}

// Commands that show all of what they get: env | sort | tee log.
bool shows_all(Words words) {
  static constexpr std::array<std::string_view, 10> kNames = {"sort", "tee", "cat",    "less",         "more",
                                                              "uniq", "nl",  "column", "format-table", "out-string"};
  if (words.empty()) return false;
  const std::string name = to_lower_ascii(command_name(words[0]));
  return is_one_of(name, kNames) || name == "out-host" || name == "ft" || name == "sort-object";
}

void in_shell(const FileCheck& check, const Piece& piece) {
  // A line that begins with `env` or `set` is hardly that command, but where commands are expected.
  const bool single_word = piece.text.find_first_of(" \t\n") == std::string_view::npos;
  if (piece.command_line || (single_word && check.file().language() == Language::json)) return;
  const ShellScript& script = check.file().shell(piece);
  for (const ShellCommand& command : script.commands) {
    if (command.kind != ShellCommandKind::simple || command.assignment_count > 0) continue;
    Words words = effective_words(script, command).words;
    if (words.empty()) words = script.words_of(command);  // env is a wrapper, here of nothing
    if (words.empty() || !lists_everything(words)) continue;
    const ShellCommand* last = &command;
    while (last->next_in_pipeline != kNoIndex && shows_all(script.words_of(script.commands[last->next_in_pipeline])))
      last = &script.commands[last->next_in_pipeline];
    if (is_shown(script, *last)) check.hit(piece, {command.span.begin, last->span.end});
  }
}

}  // namespace

void logged_environment(const FileCheck& check) {
  if (!mentions_token(check.file().text())) return;
  in_program(check, Language::python);
  in_program(check, Language::javascript);
  in_loops(check);
  in_each_entry(check);
  in_each_entry_of_javascript(check);
  for (const Piece& piece : check.file().pieces()) {
    if (is_shell(piece.language)) in_shell(check, piece);
  }
}

}  // namespace hfscan
