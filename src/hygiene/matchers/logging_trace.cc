// HF6005: the shell prints every command before it runs it, with the token in it. Tested by
// tests/unit/hygiene/matchers/logging_trace_test.cc.
#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/logging.h"
#include "hygiene/matchers/logging_flow.h"
#include "hygiene/token_names.h"
#include "syntax/shell_words.h"

namespace hfscan {
namespace {

using Words = std::span<const ShellWord>;
using Spans = std::set<std::uint64_t>;  // where there is a finding already: a list and its items are both read

// `-ex` and the like among the first words: an option group that holds an x.
bool has_trace_letter(std::string_view word) {
  return word.size() > 1 && word[1] != '-' && word.find('x') != std::string_view::npos &&
         word.find_first_of("0123456789/.=") == std::string_view::npos;
}

enum class Tracing { unchanged, on, off };

// set -x, set -euxo pipefail, set -o xtrace; set +x, set +o xtrace.
Tracing set_by(Words words) {
  if (words.empty() || words[0].text != "set") return Tracing::unchanged;
  Tracing tracing = Tracing::unchanged;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    if (text == "--") break;
    const bool off = text.starts_with('+');
    if (!off && !text.starts_with('-')) continue;
    const bool by_name = text.ends_with('o') && i + 1 < words.size() && words[i + 1].text == "xtrace";
    if (by_name || has_trace_letter(text)) tracing = off ? Tracing::off : Tracing::on;
  }
  return tracing;
}

// bash -x, sh -exc '...'
bool runs_traced(Words words) {
  if (words.size() < 2) return false;
  const std::string_view name = command_name(words[0]);
  if (name != "bash" && name != "sh" && name != "zsh" && name != "ksh" && name != "dash") return false;
  for (std::size_t i = 1; i < words.size() && words[i].text.starts_with('-'); ++i) {
    if (has_trace_letter(words[i].text)) return true;
    if (words[i].text.ends_with('o') && i + 1 < words.size()) {
      if (words[i + 1].text == "xtrace") return true;
      ++i;
    }
  }
  return false;
}

// A script, or one of the scripts that one shell runs.
class Trace {
 public:
  Trace(const FileCheck& check, Spans& reported, bool on) : check_(check), places_(reported), on_(on) {}

  // `place` gives the span in the piece of a span in the script.
  template <typename Place>
  void read(const Piece& piece, const ShellScript& script, std::string_view text, Place place) {
    for (const ShellCommand& command : script.commands) {
      if (command.kind == ShellCommandKind::function_definition) continue;
      const Words words = effective_words(script, command).words;
      if (command.nesting != ShellNesting::command_substitution) change(set_by(words));
      if (reported_) continue;
      if (!on_ && !traced_script(words)) continue;
      const std::optional<ByteSpan> shown = shown_token(script, command);
      if (!shown) continue;
      reported_ = true;
      const ByteSpan span = place(*shown);
      if (!places_.insert(piece.to_file(span).begin).second) continue;
      RuleHit& hit = check_.hit(piece, span);
      if (piece.map == nullptr && text.data() == piece.text.data()) mend(hit, piece.text, command.span.begin);
    }
  }

 private:
  void change(Tracing tracing) {
    if (tracing == Tracing::unchanged) return;
    reported_ = reported_ && on_ && tracing == Tracing::on;
    on_ = tracing == Tracing::on;
  }

  static bool traced_script(Words words) { return runs_traced(words) && script_argument(words) != nullptr; }

  // Where the command expands the token, or gives the variable its value.
  static std::optional<ByteSpan> shown_token(const ShellScript& script, const ShellCommand& command) {
    for (const ShellAssignment& assignment : script.assignments_of(command)) {
      if (names_token_value(assignment.name) && is_expanded(script, assignment.word)) return assignment.word.span;
      if (const auto part = token_in(script, assignment.word)) return part;
    }
    static const Regex named(R"(\A[A-Za-z_][A-Za-z0-9_]*=)");
    for (const ShellWord& word : script.words_of(command)) {
      const std::string_view name = word.text.substr(0, std::min(word.text.find('='), word.text.size()));
      if (named.search(word.text) && names_token_value(name) && is_expanded(script, word)) return word.span;
      if (const auto part = token_in(script, word)) return part;
    }
    if (const ShellWord* inner = script_argument(effective_words(script, command).words); inner != nullptr)
      return in_text(*inner);
    return std::nullopt;
  }

  static std::optional<ByteSpan> in_text(const ShellWord& word) {
    for (std::size_t at = word.text.find('$'); at != std::string_view::npos; at = word.text.find('$', at + 1)) {
      std::size_t begin = at + 1;
      if (word.text.substr(begin).starts_with('{')) ++begin;
      std::size_t end = begin;
      while (end < word.text.size() && (is_alnum_ascii(word.text[end]) || word.text[end] == '_')) ++end;
      if (names_token_value(word.text.substr(begin, end - begin))) return word.span;
    }
    return std::nullopt;
  }

  static bool is_expanded(const ShellScript& script, const ShellWord& word) {
    if (holds_token_literal(word.text)) return true;
    for (const ShellPart& part : script.parts_of(word)) {
      if (part.kind == ShellPartKind::command_substitution) return true;
      if (part.kind == ShellPartKind::variable && part.depth == 0) return true;
    }
    return false;
  }

  static std::optional<ByteSpan> token_in(const ShellScript& script, const ShellWord& word) {
    for (const ShellPart& part : script.parts_of(word)) {
      if (part.kind != ShellPartKind::github_expression && expands_token(part)) return part.span;
    }
    return std::nullopt;
  }

  // `{ set +x; } 2>/dev/null` on a line of its own before the command's.
  static void mend(RuleHit& hit, std::string_view text, std::uint64_t command) {
    const std::size_t before = text.rfind('\n', static_cast<std::size_t>(command));
    const std::size_t line = before == std::string_view::npos ? 0 : before + 1;
    const std::size_t code = std::min(text.find_first_not_of(" \t", line), text.size());
    if (code != command) return;  // something stands before it
    hit.edits.push_back({{line, line}, std::string(text.substr(line, code - line)) + "{ set +x; } 2>/dev/null\n"});
  }

  const FileCheck& check_;
  Spans& places_;
  bool on_;
  bool reported_ = false;
};

bool starts_traced(std::string_view script) {
  static const Regex first(R"(\A#![^\n]*\s-[a-wyzA-Z]*x[a-zA-Z]*(?:\s|$))");
  return first.search(script.substr(0, std::min(script.find('\n'), script.size())));
}

bool is_traced_shell(std::string_view shell) {
  static const Regex option(R"(sh\b.*\s-(?:[a-wyzA-Z]*x[a-zA-Z]*|o\s+xtrace)(?:\s|$))");
  return option.search(shell);
}

// shell: bash -x {0}
void read_steps(const FileCheck& check, Spans& places, const Piece& piece) {
  const GhaWorkflow* const workflow = check.file().workflow(piece);
  if (workflow == nullptr) return;
  for (const GhaJob& job : workflow->jobs) {
    for (const GhaStep& step : job.steps) {
      if (!step.run.is_scalar() || !is_traced_shell(step.shell)) continue;
      const MappedText run = step.run.mapped();
      const ShellScript script = read_shell(run.text);
      Trace(check, places, true).read(piece, script, run.text, [&run](ByteSpan span) { return run.map.to_parent(span); });
    }
  }
}

// GitLab and others run all items of a list in one shell.
void read_lists(const FileCheck& check, Spans& places, const Piece& piece) {
  if (check.file().workflow(piece) != nullptr) return;
  for (const YamlNode& mapping : check.file().yaml(piece).mappings()) {
    Trace trace(check, places, false);  // before_script and script are one shell's too
    for (const YamlPair& pair : mapping.pairs()) {
      const std::string key = pair.key.text();
      if (!pair.value.is_sequence() || (key.find("script") == std::string::npos && key != "commands" && key != "run")) continue;
      for (const YamlNode& item : pair.value.items_or_self()) {
        if (!item.is_scalar()) continue;
        const MappedText run = item.mapped();
        trace.read(piece, read_shell(run.text), run.text, [&run](ByteSpan span) { return run.map.to_parent(span); });
      }
    }
  }
}

}  // namespace

void traced_by_shell(const FileCheck& check) {
  Spans places;
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language == Language::yaml) {
      read_steps(check, places, piece);
      read_lists(check, places, piece);
    } else if (piece.language == Language::shell) {
      Trace(check, places, starts_traced(piece.text)).read(piece, check.file().shell(piece), piece.text, [](ByteSpan span) {
        return span;
      });
    }
  }
}

}  // namespace hfscan
