// Tested by tests/unit/hygiene/matchers/logging_test.cc.
#include "hygiene/matchers/logging.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/families.h"
#include "hygiene/matchers/logging_flow.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

std::string_view last_name(std::string_view dotted) { return dotted.substr(dotted.rfind('.') + 1); }

std::string_view owner_of(std::string_view dotted) {
  const std::size_t dot = dotted.rfind('.');
  std::string_view owner = dot == std::string_view::npos ? std::string_view() : last_name(dotted.substr(0, dot));
  if (owner.ends_with("()")) owner.remove_suffix(2);  // logging.getLogger().info
  return owner;
}

bool is_logger(std::string_view owner) {
  while (owner.starts_with('_')) owner.remove_prefix(1);
  const std::string lower = to_lower_ascii(owner);
  return lower == "logging" || lower == "log" || lower.ends_with("logger") || lower.ends_with("_log");
}

bool is_level(std::string_view method) {
  static constexpr std::array<std::string_view, 15> kLevels = {"debug",    "info",      "warning", "warn",    "error",
                                                               "critical", "exception", "fatal",   "success", "trace",
                                                               "log",      "notice",    "verbose", "msg",     "write"};
  return is_one_of(method, kLevels);
}

bool is_python_log(std::string_view name) {
  static constexpr std::array<std::string_view, 11> kFunctions = {"print", "pprint", "rprint", "pp",    "cprint", "secho",
                                                                  "exit",  "quit",   "die",    "abort", "display"};
  static constexpr std::array<std::string_view, 20> kMethods = {
      "st.write",   "st.text",       "st.success",   "st.info",      "st.error",      "st.code",      "st.markdown",
      "st.warning", "warnings.warn", "stdout.write", "stderr.write", "console.print", "console.log",  "click.echo",
      "typer.echo", "tqdm.write",    "gr.Info",      "gr.Warning",   "rich.print",    "pprint.pprint"};
  const std::string_view last = last_name(name);
  const std::string_view owner = owner_of(name);
  if (owner.empty() && is_one_of(last, kFunctions)) return true;
  if (last.ends_with("Error") || last.ends_with("Exception") || last.ends_with("Exit") || last == "Exception") return true;
  if (!owner.empty() && is_one_of(cat(owner, ".", last), kMethods)) return true;
  return (is_logger(owner) && is_level(last)) || (owner == "sys" && last == "exit") || (owner == "click" && last == "secho") ||
         (owner == "typer" && last == "secho") || (owner == "sidebar" && last == "write");
}

bool is_javascript_log(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kWriters = {"document.write", "document.writeln", "stdout.write",
                                                               "stderr.write", "window.alert"};
  const std::string_view last = last_name(name);
  const std::string_view owner = owner_of(name);
  if (owner == "console" || name == "alert" || last.ends_with("Error")) return true;
  return is_one_of(cat(owner, ".", last), kWriters) || (is_logger(owner) && (is_level(last) || last == "silly")) ||
         (owner == "winston" && is_level(last)) || (owner == "core" && (is_level(last) || last == "setFailed"));
}

// "using token", "your token", "HF token": the text of the call says whose token the variable holds.
bool speaks_of_token(std::string_view call) {
  static const Regex words(R"((?i)\b(?:using|your|hf|huggingface|hugging face|auth|api|access|secret)[ _-]token)");
  return words.search(call.substr(0, 1024));
}

bool speaks_of_hugging_face(std::string_view text) {
  static const Regex words(R"((?i)\b_?hf_|hugging|hftoken|\bhf\b)");
  return words.search(text);
}

// Where print(..., file=f) goes: to a file, which is no log.
bool prints_to_file(const CodeTree& tree, const CodeCall& call) {
  const std::vector<CodeEntry> entries = entries_of(tree, call);
  const CodeEntry* const file = find_entry(entries, "file");
  return file != nullptr && !tree.spelled(file->value_span).starts_with("sys.std");
}

// What the matchers below have in common: what a call of a log gets.
class LogCheck {
 public:
  LogCheck(const FileCheck& check, Language language) : check_(check), language_(language) {}

  // The first value that counts in every call.
  void run(Carried what) {
    for_each_log_call(check_.file(), language_, [&](const Piece& piece, const CodeTree& tree, const CodeCall& call) {
      for (const CarriedValue& value : carried_arguments(tree, call, what, kNoOutput)) {
        const bool counts =
            !value.generic || (what == Carried::slice ? counts_in_part(value) : counts_whole(piece, tree, call, value));
        if (!counts) continue;
        check_.hit(piece, value.span);
        return;
      }
    });
  }

 private:
  static constexpr std::array<std::string_view, 5> kNoOutput = {"file", "end", "sep", "stacklevel", "exc_info"};

  bool counts_whole(const Piece& piece, const CodeTree& tree, const CodeCall& call, const CarriedValue& value) {
    if (token_bindings(check_.file()).holds_token(piece, value)) return true;
    static constexpr std::array<std::string_view, 6> kNames = {"token",   "access_token", "auth_token",
                                                               "api_key", "api_token",    "hub_token"};
    const std::string name = to_lower_ascii(last_name(value.name));
    const bool named = is_one_of(name, kNames) || name == "accesstoken" || name == "authtoken" || name == "apikey";
    return named && speaks_of_token(tree.spelled(call.span));
  }

  bool counts_in_part(const CarriedValue& value) {
    static constexpr std::array<std::string_view, 5> kNames = {"token", "access_token", "auth_token", "api_token", "hub_token"};
    if (!is_one_of(last_name(value.name), kNames) || token_bindings(check_.file()).is_loop_variable(value.name)) return false;
    if (!of_hugging_face_) of_hugging_face_ = speaks_of_hugging_face(check_.file().text());
    return *of_hugging_face_;
  }

  const FileCheck& check_;
  Language language_;
  std::optional<bool> of_hugging_face_;
};

void logged_by_python(const FileCheck& check) { LogCheck(check, Language::python).run(Carried::token); }

void logged_by_javascript(const FileCheck& check) { LogCheck(check, Language::javascript).run(Carried::token); }

void logged_in_part(const FileCheck& check) {
  LogCheck(check, Language::python).run(Carried::slice);
  LogCheck(check, Language::javascript).run(Carried::slice);
}

constexpr std::array<FileMatcher, 7> kMatchers = {{{"log-token-python", logged_by_python},
                                                   {"log-token-partial", logged_in_part},
                                                   {"log-token-shell", logged_by_shell},
                                                   {"log-token-javascript", logged_by_javascript},
                                                   {"log-trace", traced_by_shell},
                                                   {"log-environment", logged_environment},
                                                   {"log-options", logged_options}}};

}  // namespace

bool is_log_call(Language language, const CodeCall& call) {
  if (call.callee.defined) return false;
  return language == Language::python ? is_python_log(call.callee.name) : is_javascript_log(call.callee.name);
}

void for_each_log_call(FileView& file, Language language, const LogCallVisitor& visit) {
  for (const Piece& piece : file.pieces()) {
    if (piece.language != language) continue;
    const CodeTree& tree = file.code(piece);
    for (std::uint32_t group = 1; group < tree.groups.size(); ++group) {
      if (tree.opener(group) != '(') continue;
      std::optional<Callee> callee = callee_of(tree, group);
      if (!callee) continue;
      const ByteSpan arguments = tree.span_of_group(group);
      const CodeCall call{*callee, group, tree.groups[group].inside(), {callee->span.begin, arguments.end}};
      if (is_log_call(language, call) && !(language == Language::python && prints_to_file(tree, call)))
        visit(piece, tree, call);
    }
  }
}

std::span<const FileMatcher> logging_matchers() { return kMatchers; }

}  // namespace hfscan
