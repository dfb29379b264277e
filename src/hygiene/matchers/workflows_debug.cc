// HF3011: logging that prints variables or headers. Tested by tests/unit/hygiene/matchers/workflows_test.cc.
#include <optional>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/logical_lines.h"
#include "hygiene/matchers/workflows.h"
#include "hygiene/matchers/workflows_yaml.h"
#include "rules/builtin_rules.h"

namespace hfscan {
namespace {

constexpr std::string_view kSwitches =
    "ACTIONS_STEP_DEBUG|ACTIONS_RUNNER_DEBUG|CI_DEBUG_TRACE|CI_DEBUG_SERVICES|(?i:system[._]debug)|RUNNER_DEBUG|"
    "GIT_TRACE_CURL|GIT_CURL_VERBOSE";

bool references_token(std::string_view text) {
  static const Regex token(
      cat(R"(\b)", std::string(builtin_macro("TOKEN_NAME")), R"(\b|)", std::string(builtin_macro("HF_SECRET_EXPRESSION"))));
  return token.search(text);
}

bool is_comment(std::string_view before) {
  return trim(before).starts_with('#') || trim(before).starts_with("//") || before.find(" #") != std::string_view::npos;
}

// The value of a switch that is on.
const Regex& switched_on() {
  static const Regex on(cat("(?:^|[^$.A-Za-z0-9_])(?P<secret>(?:", std::string(kSwitches),
                            R"()["']?\s*[:=]\s*["']?(?:(?i:true|yes|on)|1|2)\b))"));
  return on;
}

// The word at the end of the span, replaced.
void turn_off(RuleHit& hit, const Piece& piece, ByteSpan span) {
  std::uint64_t begin = span.end;
  while (begin > span.begin && is_alnum_ascii(piece.text[static_cast<std::size_t>(begin) - 1])) --begin;
  if (begin < span.end) hit.edits.push_back({piece.to_file({begin, span.end}), "false"});
}

void find_in_lines(const FileCheck& check, const Piece& piece) {
  for_each_logical_line(piece, [&](const MappedText& line) {
    for (const Regex::Hit& found : switched_on().find_all(line.text)) {
      if (is_comment(std::string_view(line.text).substr(0, found.secret.begin))) continue;
      const ByteSpan span = line.map.to_parent({found.secret.begin, found.secret.end});
      turn_off(check.hit(piece, span), piece, span);
    }
  });
}

bool is_switch(const YamlNode& name) {
  static const Regex whole(cat(R"(\A(?:)", std::string(kSwitches), R"()\z)"));
  return name.is_scalar() && whole.search(name.text());
}

bool is_on(const YamlNode& value) {
  static const Regex on(R"(\A(?:(?i:true|yes|on)|1|2)\z)");
  return value.is_scalar() && on.search(value.text());
}

// `- name: system.debug` with `value: true`, and `CI_DEBUG_TRACE:` with `value: "true"` below it.
void find_in_pairs(const FileCheck& check, const Piece& piece) {
  for (const YamlNode& mapping : check.file().yaml(piece).mappings()) {
    const YamlNode value = mapping.find("value");
    if (is_on(value) && (is_switch(mapping.find("name")) || is_switch(mapping.find("key")))) check.hit(piece, mapping.span());
    for (const YamlPair& pair : mapping.pairs()) {
      if (pair.value.is_mapping() && is_switch(pair.key) && is_on(pair.value.find("value")))
        check.hit(piece, {pair.key.span().begin, pair.value.place().end});
    }
  }
}

}  // namespace

void debug_logging(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    const bool yaml = piece.language == Language::yaml;
    if ((!yaml && piece.language != Language::groovy) || !references_token(piece.text)) continue;
    find_in_lines(check, piece);
    if (yaml) find_in_pairs(check, piece);
  }
}

}  // namespace hfscan
