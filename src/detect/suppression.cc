#include "detect/suppression.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hfscan {
namespace {

using std::string_view;

constexpr string_view kOwn = "hfscan:allow";
constexpr string_view kNextLine = "pragma: allowlist nextline secret";
constexpr std::array<string_view, 2> kForeignSameLine = {"gitleaks:allow", "pragma: allowlist secret"};
constexpr std::size_t kReach = 4096;

bool list_names_rule(string_view list, const Rule& rule) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (names_rule(trim(list.substr(0, comma)), rule.id, rule.name)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

// The reason after a directive, without the closer of the comment it stands in.
std::string reason_of(string_view rest) {
  rest = rest.substr(0, std::min(rest.find("\\n"), rest.size()));  // the end of a notebook's source line
  for (const string_view closer : {string_view("-->"), string_view("*/")})
    rest = rest.substr(0, std::min(rest.find(closer), rest.size()));
  constexpr std::size_t kLongest = 200;
  return escape_for_display(trim(rest).substr(0, kLongest));
}

std::optional<std::string> own_directive(string_view line, const Rule& rule) {
  const std::size_t at = line.find(kOwn);
  if (at == string_view::npos) return std::nullopt;
  string_view rest = line.substr(at + kOwn.size());
  if (!rest.empty() && rest.front() == '[') {
    const std::size_t close = rest.find(']');
    if (close == string_view::npos || !list_names_rule(rest.substr(1, close - 1), rule)) return std::nullopt;
    rest.remove_prefix(close + 1);
  }
  const std::string reason = reason_of(rest);
  return reason.empty() ? std::string(kOwn) : cat(kOwn, ": ", reason);
}

std::optional<std::string> foreign_directive(string_view line) {
  for (const string_view directive : kForeignSameLine) {
    if (line.find(directive) != string_view::npos) return std::string(directive);
  }
  return std::nullopt;
}

// Nothing but a comment opener before the directive: only then does it speak of the next line.
bool stands_alone(string_view line, string_view directive) {
  const string_view before = line.substr(0, line.find(directive));
  return before.find_first_not_of(" \t#/*<!-;%\"'(") == string_view::npos;
}

std::optional<std::string> in_same_line(string_view line, const Rule& rule, const SuppressionOptions& options) {
  if (options.own) {
    if (auto found = own_directive(line, rule)) return found;
  }
  return options.foreign ? foreign_directive(line) : std::nullopt;
}

std::optional<std::string> in_line_before(string_view line, const Rule& rule, const SuppressionOptions& options) {
  if (options.own && stands_alone(line, kOwn)) {
    if (auto found = own_directive(line, rule)) return found;
  }
  if (options.foreign && line.find(kNextLine) != string_view::npos) return std::string(kNextLine);
  return std::nullopt;
}

}  // namespace

std::optional<std::string> find_suppression(const TextLayer& layer, ByteSpan text_span, const Rule& rule,
                                            const SuppressionOptions& options) {
  const auto begin = static_cast<std::size_t>(text_span.begin);
  const std::size_t line = layer.line_begin(begin);
  const std::size_t from = std::max(line, begin - std::min(begin, kReach));
  const std::size_t to =
      std::min(layer.line_end(static_cast<std::size_t>(text_span.end)), static_cast<std::size_t>(text_span.end) + kReach);
  if (auto found = in_same_line(layer.text().substr(from, to - from), rule, options)) return found;
  if (line == 0) return std::nullopt;
  const std::size_t before = layer.line_begin(line - 1);
  if (line - before > kReach) return std::nullopt;
  return in_line_before(layer.text().substr(before, line - 1 - before), rule, options);
}

}  // namespace hfscan
