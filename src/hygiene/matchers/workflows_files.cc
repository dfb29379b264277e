// HF3006 and HF3012: files into which scripts write the token. Tested by tests/unit/hygiene/matchers/workflows_test.cc.
#include <algorithm>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/logical_lines.h"
#include "hygiene/matchers/workflows.h"
#include "hygiene/matchers/workflows_writes.h"
#include "hygiene/token_names.h"
#include "rules/builtin_rules.h"

namespace hfscan {
namespace {

const std::string& token_name() { return builtin_macro("TOKEN_NAME"); }

bool is_step_file(std::string_view target) {
  static const Regex file(R"(GITHUB_(?:ENV|OUTPUT|STATE)\b)");
  return file.search(target);
}

// From here on the value is kept out of the log.
std::size_t mask_of(const Piece& piece) { return piece.text.find("::add-mask::"); }

void find_writes_to_steps(const FileCheck& check, const Piece& piece) {
  if (piece.text.find("GITHUB_") == std::string_view::npos) return;
  const std::size_t mask = mask_of(piece);
  const ShellScript& script = check.file().shell(piece);
  for (const ShellSink& sink : sinks_of(script)) {
    if (sink.span.begin > mask || !is_step_file(sink.target)) continue;
    if (sink.has_more_writers) check.leaves_out("more commands that write one file than are read");
    if (writes_token(piece, script, sink, TokenName::counts)) check.hit(piece, sink.span);
  }
}

// PowerShell's cmdlets, and the commands on standard output that came before the files.
const Regex& step_commands() {
  static const Regex commands(
      cat(R"((?:)", token_name(),
          R"(=[^\n]*\|\s*(?:Out-File|Add-Content|Set-Content|Tee-Object)\b[^\n]*GITHUB_(?:ENV|OUTPUT|STATE)|)",
          R"((?:Out-File|Add-Content|Set-Content)\b[^\n]*GITHUB_(?:ENV|OUTPUT|STATE)[^\n]*\b)", token_name(), R"(=|)",
          R"(::(?:set-env|set-output|save-state) name=)", token_name(), R"(::))"));
  return commands;
}

// core.exportVariable("HF_TOKEN", ...) in JavaScript; f.write("HF_TOKEN=...") in Python where the file is open.
const Regex& step_calls() {
  static const Regex calls(cat(R"(\bcore\.(?:exportVariable|setOutput|saveState)\(\s*["'`])", token_name(), R"(["'`])"));
  return calls;
}

const Regex& python_writes() {
  static const Regex writes(
      cat(R"(\b(?:write|print|writelines|write_text)\([^\n]*["'\[])", token_name(), R"((?:=|<<)(?:["'\{%$]))"));
  return writes;
}

void find_lines(const FileCheck& check, const Piece& piece, const Regex& lines) {
  const std::size_t mask = mask_of(piece);
  for_each_logical_line(piece, [&](const MappedText& line) {
    const std::string_view text = trim(line.text);
    if (text.starts_with('#') || text.starts_with("//")) return;
    const std::vector<Regex::Hit> hits = lines.find_all(line.text);
    if (hits.empty()) return;
    const ByteSpan span = line.map.to_parent({hits.front().whole.begin, hits.front().whole.end});
    if (span.begin < mask) check.hit(piece, span);
  });
}

// Places that nobody keeps, and those that only the rules about containers judge.
bool is_no_file(std::string_view target) {
  static const Regex none(R"(\A(?:/dev/(?:null|stderr|stdout|tty|fd/|shm/)|/run/secrets|/proc/|nul\z|NUL\z|&|\$null|>\())");
  return none.search(target) || is_step_file(target) || target.find("GITHUB_STEP_SUMMARY") != std::string_view::npos ||
         target.find("GITHUB_PATH") != std::string_view::npos;
}

// Where a file is due that cannot be avoided: outside of the checkout.
bool is_temporary(std::string_view target) {
  static const Regex temporary(R"(\A(?:\$\{?RUNNER_TEMP|\$\{\{\s*runner\.temp|\$\{?TMPDIR|\$\(mktemp))");
  return temporary.search(target);
}

// What the rest of the script does about the files it writes.
struct ScriptHabits {
  bool guards_files = false;         // readable for their owner alone
  std::size_t last_publication = 0;  // where it last commits or uploads

  explicit ScriptHabits(std::string_view text) {
    static const Regex guard(R"(\bumask\s+0?[07]77\b|\bchmod\s+(?:0?[46]00|go-|u=rw))");
    static const Regex publishes(R"(\bgit\s+(?:add|commit|push)\b|\b(?:hf|huggingface-cli)\s+upload|\bupload_folder\b)");
    guards_files = guard.search(text);
    const std::vector<Regex::Hit> hits = publishes.find_all(text);
    if (!hits.empty()) last_publication = hits.back().whole.begin;
  }
};

bool is_published_folder(std::string_view target) {
  static const Regex folder(R"((?:\A|/)(?:public|static|dist|build|docs|src|www|_site)/)");
  return folder.search(target) && !target.starts_with("~") && !target.starts_with("$HOME") && !target.starts_with("/");
}

// Committed or uploaded after it was written.
bool is_published_later(const ScriptHabits& habits, const ShellSink& sink) {
  const bool in_workspace = !sink.target.starts_with("~") && !sink.target.starts_with("$") && !sink.target.starts_with("/");
  return in_workspace && habits.last_publication > sink.span.end;
}

void find_writes_to_files(const FileCheck& check, const Piece& piece) {
  const ShellScript& script = check.file().shell(piece);
  const ScriptHabits habits(piece.text);
  for (const ShellSink& sink : sinks_of(script)) {
    if (is_no_file(sink.target)) continue;
    if (sink.has_more_writers) check.leaves_out("more commands that write one file than are read");
    if (!writes_token(piece, script, sink, TokenName::is_no_proof)) continue;
    if (habits.guards_files && is_temporary(sink.target)) continue;
    RuleHit& hit = check.hit(piece, sink.span);
    if (is_published_folder(sink.target) || is_published_later(habits, sink)) hit.severity = Severity::error;
  }
}

const Regex& cmdlet_writes() {
  const std::string value =
      cat(R"((?:\$\{?env:)", token_name(), R"(\b|\$\{\{[^}\n]*\bsecrets\.\w*(?i:hf|hugging)\w*[^}\n]*\}\}))");
  static const Regex writes(cat(R"((?:Set-Content|Add-Content|Out-File)\b[^\n|]*)", value, "|", value,
                                R"([^\n|]*\|\s*(?:Set-Content|Add-Content|Out-File|Tee-Object)\b)"));
  return writes;
}

void find_cmdlets(const FileCheck& check, const Piece& piece) {
  for_each_logical_line(piece, [&](const MappedText& line) {
    if (line.text.find("GITHUB_") != std::string::npos || trim(line.text).starts_with('#')) return;
    for (const Regex::Hit& hit : cmdlet_writes().find_all(line.text))
      check.hit(piece, line.map.to_parent({hit.whole.begin, hit.whole.end}));
  });
}

}  // namespace

void token_to_step_environment(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.map == nullptr) find_lines(check, piece, step_calls());
    if (piece.language == Language::python && piece.text.find("GITHUB_") != std::string_view::npos)
      find_lines(check, piece, python_writes());
    if (!is_script(piece)) continue;
    find_writes_to_steps(check, piece);
    find_lines(check, piece, step_commands());
  }
}

void token_to_file(const FileCheck& check) {
  if (check.file().language() == Language::dockerfile) return;
  for (const Piece& piece : check.file().pieces()) {
    if (!is_script(piece)) continue;
    find_writes_to_files(check, piece);
    find_cmdlets(check, piece);
  }
}

}  // namespace hfscan
