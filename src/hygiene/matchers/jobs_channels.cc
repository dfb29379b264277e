// HF2001, HF2004, HF2007, HF2008: what stands in env and in secrets of a job. Tested by
// tests/unit/hygiene/matchers/jobs_test.cc.
#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/jobs.h"
#include "hygiene/matchers/jobs_calls.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

constexpr std::string_view kReadNames[] = {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"};

void job_env_in(const JobText& text, const JobCall& call, CodeReport& report) {
  const std::uint64_t call_end = text.values.tree().span(call.inside).end;
  for (const CodeEntry& entry : channel(text, call, "env")) {
    if (!is_token_name(*entry.name)) continue;
    const bool inside = entry.name_span.begin >= call.head.begin && entry.name_span.begin < call_end;
    const ByteSpan pair = span_of_entry(entry);
    report.hit(text.text, {inside ? call.head.begin : pair.begin, pair.end});
  }
}

// A YAML tool call: operation: uv, args: {env: {HF_TOKEN: ...}}.
bool is_tool_mapping(const YamlNode& mapping) {
  static constexpr std::string_view kOperations[] = {"run", "uv", "scheduled run", "scheduled uv"};
  if (is_one_of(mapping.find("operation").text(), kOperations)) return true;
  return mapping.find("tool").is("hf_jobs") || mapping.find("name").is("hf_jobs");
}

void for_each_yaml_channel(const FileCheck& check, std::string_view name,
                           const std::function<void(const Piece&, const YamlPair&)>& visit) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language != Language::yaml) continue;
    if (piece.text.find("operation") == std::string_view::npos && piece.text.find("hf_jobs") == std::string_view::npos)
      continue;
    for (const YamlNode& mapping : check.file().yaml(piece).mappings()) {
      if (!is_tool_mapping(mapping)) continue;
      for (const std::string_view place : {"", "args", "arguments", "input", "params", "with"}) {
        const YamlNode arguments = place.empty() ? mapping : mapping.find(place);
        for (const YamlNode& node : {arguments.find(name), arguments.at({"args", name})})
          for (const YamlPair& pair : node.pairs()) visit(piece, pair);
      }
    }
  }
}

// Names that begin close behind a place: environ.get("NAME.
void add_names_behind(std::string_view text, std::size_t begin, std::size_t end, std::set<std::string_view>& names) {
  for (std::size_t at = begin; at < std::min(end, text.size()); ++at) {
    if (!is_name_byte(text[at]) || (at > 0 && is_name_byte(text[at - 1]))) continue;
    std::size_t after = at;
    while (after < text.size() && is_name_byte(text[after])) ++after;
    names.insert(text.substr(at, after - at));
  }
}

// The variables that scripts in strings of a text read.
std::set<std::string_view> names_read_in_scripts(const CodeTree& tree) {
  static constexpr std::string_view kReaders[] = {"environ", "getenv", "env.", "env[", "$", "userdata"};
  constexpr std::size_t kReach = 14;  // from the reader to the name
  std::set<std::string_view> names;
  for (const CodeToken& token : tree.tokens) {
    if (token.kind != TokenKind::string) continue;
    const std::string_view text = tree.spelled(token.value());
    for (const std::string_view reader : kReaders) {
      for (std::size_t at = text.find(reader); at < text.size(); at = text.find(reader, at + 1))
        add_names_behind(text, at + reader.size(), at + kReach + 1, names);
    }
  }
  return names;
}

void rename_key(CodeReport& report, RuleHit& hit, const JobText& text, const CodeEntry& entry) {
  const std::string_view key = text.values.tree().spelled(entry.name_span);
  const bool quoted_key = key.size() > 2 && (key[0] == '"' || key[0] == '\'') && key.back() == key[0];
  if (quoted_key) report.edit(hit, text.text, entry.name_span, cat(key.substr(0, 1), "HF_TOKEN", key.substr(0, 1)));
}

bool is_wrong_key(const JobText& text, const JobCall& call, const CodeEntry& entry) {
  if (!entry.name || entry.name->empty() || is_one_of(*entry.name, kReadNames) || entry.value.empty()) return false;
  return is_hf_token_value(text.values, entry.value, call.at());
}

// Imports get_token when the file does not, so that the edit runs.
void use_get_token(CodeReport& report, RuleHit& hit, const JobText& text, const CodeEntry& entry) {
  if (text.text.piece->language != Language::python || text.values.tree().text.find("get_token") == std::string_view::npos)
    return;
  report.edit(hit, text.text, entry.value_span, "get_token()");
}

}  // namespace

void job_token_in_env(const FileCheck& check) {
  CodeReport report(check);
  for_each_job_call(check, [&](const JobText& text, const JobCall& call) { job_env_in(text, call, report); });
  for_each_yaml_channel(check, "env", [&](const Piece& piece, const YamlPair& pair) {
    if (is_token_name(pair.key.text())) report.hit(piece, {pair.key.span().begin, pair.value.span().end});
  });
}

void job_wrong_secret_key(const FileCheck& check) {
  CodeReport report(check);
  std::map<const CodeTree*, std::set<std::string_view>> read;  // by a script that the same text holds
  for_each_job_call(check, [&](const JobText& text, const JobCall& call) {
    for (const CodeEntry& entry : channel(text, call, "secrets")) {
      if (!is_wrong_key(text, call, entry)) continue;
      const CodeTree& tree = text.values.tree();
      if (!read.contains(&tree)) read.emplace(&tree, names_read_in_scripts(tree));
      if (read[&tree].contains(*entry.name)) continue;
      if (RuleHit* const hit = report.hit(text.text, span_of_entry(entry))) rename_key(report, *hit, text, entry);
    }
  });
  for_each_yaml_channel(check, "secrets", [&](const Piece& piece, const YamlPair& pair) {
    if (is_token_placeholder(pair.value.text()) && !is_one_of(pair.key.text(), kReadNames))
      report.hit(piece, {pair.key.span().begin, pair.value.span().end});
  });
}

void job_unexpanded_placeholder(const FileCheck& check) {
  static constexpr std::string_view kCalls[] = {"run_job", "run_uv_job", "create_scheduled_job", "create_scheduled_uv_job",
                                                "Sandbox.create"};
  static constexpr std::string_view kWords[] = {"run_job", "run_uv_job", "create_scheduled", "Sandbox"};
  CodeReport report(check);
  for_each_code(check, kWords, [&](const CodeText& code) {
    const CodeValues& values = *code.values;
    const JobText text{code, values};
    for (const CodeCall& found : calls_or_passed(*code.tree, kCalls)) {
      const JobCall call{found.callee.span, found.arguments, values.arguments(found.arguments, '('), false};
      for (const std::string_view name : {"secrets", "env"}) {
        for (const CodeEntry& entry : channel(text, call, name)) {
          const std::optional<std::string> value = values.text_of(entry.value, call.at());
          if (!value || !is_token_placeholder(*value)) continue;
          if (RuleHit* const hit = report.hit(code, span_of_entry(entry))) use_get_token(report, *hit, text, entry);
        }
      }
    }
  });
}

}  // namespace hfscan
