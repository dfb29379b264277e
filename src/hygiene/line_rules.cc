// Tested by tests/unit/hygiene/line_rules_test.cc.
#include "hygiene/line_rules.h"

#include <algorithm>

#include "hygiene/logical_lines.h"

namespace hfscan {
namespace {

std::vector<std::unique_ptr<Regex>> compiled(const std::vector<std::string>& patterns) {
  std::vector<std::unique_ptr<Regex>> expressions;
  expressions.reserve(patterns.size());
  for (const std::string& pattern : patterns) expressions.push_back(std::make_unique<Regex>(pattern));
  return expressions;
}

}  // namespace

LineRule::LineRule(const Rule& rule)
    : match_(std::get<LineMatch>(rule.match)),
      any_(compiled(match_.any)),
      none_(compiled(match_.none)),
      file_has_(compiled(match_.file_has)),
      file_lacks_(compiled(match_.file_lacks)) {
  for (const std::string& name : match_.languages) languages_.push_back(language_named(name));
}

LineRule::~LineRule() = default;

bool LineRule::wants(const Piece& piece) const {
  return languages_.empty() ? piece.map == nullptr
                            : std::find(languages_.begin(), languages_.end(), piece.language) != languages_.end();
}

void LineRule::find(const FileCheck& check) const {
  const std::string_view text = check.file().text();
  const auto matches = [text](const auto& expression) { return expression->search(text); };
  if (!std::all_of(file_has_.begin(), file_has_.end(), matches)) return;
  if (std::any_of(file_lacks_.begin(), file_lacks_.end(), matches)) return;
  for (const Piece& piece : check.file().pieces()) {
    if (wants(piece)) for_each_logical_line(piece, [&](const MappedText& line) { find_in(check, piece, line); });
  }
}

void LineRule::find_in(const FileCheck& check, const Piece& piece, const MappedText& line) const {
  for (const auto& expression : any_) {
    const std::vector<Regex::Hit> hits = expression->find_all(line.text);
    if (hits.empty()) continue;
    const auto matches = [&line](const auto& other) { return other->search(line.text); };
    if (std::any_of(none_.begin(), none_.end(), matches)) return;
    for (const Regex::Hit& hit : hits) check.hit(piece, line.map.to_parent({hit.secret.begin, hit.secret.end}));
    return;
  }
}

}  // namespace hfscan
