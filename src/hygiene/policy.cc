// Tested by tests/unit/hygiene/policy_test.cc.
#include "hygiene/policy.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

constexpr int kLinesAround = 4;
constexpr std::size_t kReach = 2048;  // bytes looked at on either side, however long the lines are

// The four lines before and after the span.
std::string_view around(std::string_view text, ByteSpan span) {
  auto begin = static_cast<std::size_t>(span.begin);
  auto end = static_cast<std::size_t>(span.end);
  const std::size_t floor = begin - std::min(begin, kReach);
  const std::size_t ceiling = std::min(text.size(), end + kReach);
  for (int lines = 0; begin > floor; --begin) {
    if (text[begin - 1] == '\n' && ++lines > kLinesAround) break;
  }
  for (int lines = 0; end < ceiling; ++end) {
    if (text[end] == '\n' && ++lines > kLinesAround) break;
  }
  return text.substr(begin, end - begin);
}

std::string_view reason_to_lower(std::string_view text, const RuleHit& hit) {
  static const Regex marker(R"((?:❌|⚠|🚫|⛔|(?i:\b(?:bad|wrong|don['’]?t|do not|never|insecure|unsafe|anti-?pattern)\b)))");
  if (hit.documentation && hit.rule->note_in_documentation) return "shown in documentation";
  return marker.search(around(text, hit.span)) ? "shown as a bad example" : "";
}

}  // namespace

void lower_shown_examples(std::string_view text, FileHits& found) {
  for (RuleHit& hit : found.hits) {
    if (hit.severity.value_or(hit.rule->severity) == Severity::note) continue;
    const std::string_view place =
        text.substr(static_cast<std::size_t>(hit.span.begin), static_cast<std::size_t>(hit.span.size()));
    if (holds_token_literal(place)) continue;
    const std::string_view reason = reason_to_lower(text, hit);
    if (reason.empty()) continue;
    hit.severity = Severity::note;
    hit.message = cat(hit.message.empty() ? hit.rule->message : hit.message, " (", reason, ")");
  }
}

}  // namespace hfscan
