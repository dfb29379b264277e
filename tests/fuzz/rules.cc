#include "check.h"
#include "hygiene/file_finder.h"
#include "hygiene/file_view.h"
#include "hygiene/token_names.h"
#include "paths.h"
#include "rules/rule_set.h"
#include "targets.h"

namespace hfscan::fuzz {
namespace {

const FileFinder& finder() {
  static const RuleSet set;
  static const std::vector<const Rule*> rules = set.all();
  static const FileFinder all(rules, Facts::gather);
  return all;
}

void check_message(const std::string& message) {
  require(message.find('\n') == std::string::npos, "a message is one line");
  require(!holds_token_literal(message), "a message holds no token");
}

void check_hit(const RuleHit& hit, std::string_view text) {
  require(hit.rule != nullptr, "a hit has a rule");
  check_span(hit.span, text.size());
  check_message(hit.message);
  std::vector<ByteSpan> edited;
  for (const Edit& edit : hit.edits) {
    if (!edit.path.empty()) continue;
    check_span(edit.span, text.size());
    require(!holds_token_literal(edit.text), "an edit holds no token");
    edited.push_back(edit.span);
  }
  std::sort(edited.begin(), edited.end());
  for (std::size_t i = 1; i < edited.size(); ++i)
    require(edited[i - 1].end <= edited[i].begin, "edits of a hit do not overlap");
}

}  // namespace

// The texts within texts, and the whole file read as each language would be.
void fuzz_pieces(std::string_view input) {
  const auto [path, text] = chosen_path(input);
  FileView view(path, text);
  for (const Piece& piece : view.pieces()) {
    if (piece.map != nullptr) check_map(*piece.map, piece.text.size(), text.size(), Order::changed);
    check_span(piece.to_file({0, piece.text.size()}), text.size());
    if (piece.language == Language::yaml) view.workflow(piece);
    if (is_shell(piece.language)) view.shell(piece);
    if (piece.language == Language::python || piece.language == Language::javascript) view.code(piece);
  }
  for (const std::string& reason : view.gave_up()) check_message(reason);
}

void fuzz_rules(std::string_view input) {
  const auto [path, text] = chosen_path(input);
  FileHits found;
  finder().find(text, path, found);
  for (const RuleHit& hit : found.hits) check_hit(hit, text);
  for (const std::string& reason : found.gave_up) check_message(reason);
  const auto lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  for (const Fact& fact : found.facts) {
    require(fact.path == path, "a fact is about its file");
    require(fact.line >= 1 && fact.line <= lines, "a fact stands on a line of the file");
    require(!holds_token_literal(fact.value), "a fact holds no token");
  }
}

}  // namespace hfscan::fuzz
