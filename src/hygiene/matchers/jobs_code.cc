// Tested by tests/unit/hygiene/matchers/jobs_test.cc.
#include "hygiene/matchers/jobs_code.h"

#include <algorithm>

#include "base/text.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

constexpr std::size_t kShortestCode = 16;  // of a string that may hold a call or an object

bool holds_any(std::string_view text, Words words) {
  return std::any_of(words.begin(), words.end(),
                     [text](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool is_program(Language language) {
  return language == Language::python || language == Language::javascript || language == Language::json ||
         language == Language::groovy || language == Language::hcl;
}

bool is_prose(Language language) {
  return language == Language::text || language == Language::shell || language == Language::html || language == Language::toml;
}

// The same text with the prompts of a Python session blanked, so that offsets hold.
std::string without_prompts(std::string_view text) {
  std::string out(text);
  for (std::size_t line = 0; line < out.size();) {
    const std::size_t begin = std::min(out.find_first_not_of(" \t", line), out.size());
    const std::string_view rest = std::string_view(out).substr(begin, 4);
    if (rest.starts_with(">>> ") || rest.starts_with("... ")) out.replace(begin, 3, "   ");
    line = std::min(out.find('\n', line), out.size() - 1) + 1;
  }
  return out;
}

bool is_session(std::string_view text) { return text.find(">>> ") != std::string_view::npos; }

void visit_as_python(const Piece& piece, std::string_view text, const OffsetMap* map,
                     const std::function<void(const CodeText&)>& visit) {
  const std::string blanked = is_session(text) ? without_prompts(text) : std::string();
  const CodeTree tree = read_code(blanked.empty() ? text : std::string_view(blanked), Language::python);
  visit({&piece, &tree, map});
}

// Strings that hold code: a call in a docstring, a tool call as JSON in a string.
void visit_strings(const CodeText& outer, Words words, const std::function<void(const CodeText&)>& visit) {
  for (std::uint32_t token = 0; token < outer.tree->tokens.size(); ++token) {
    const CodeToken& string = outer.tree->tokens[token];
    if (string.kind != TokenKind::string || string.end - string.begin < kShortestCode) continue;
    if (!holds_any(outer.tree->spelled(token), words)) continue;
    const MappedText inside = decoded(*outer.tree, token);
    if (inside.text.find_first_of("({") == std::string::npos) continue;
    visit_as_python(*outer.piece, inside.text, &inside.map, visit);
  }
}

}  // namespace

bool is_one_of(std::string_view word, Words words) { return std::find(words.begin(), words.end(), word) != words.end(); }

void for_each_code(const FileCheck& check, Words words, const std::function<void(const CodeText&)>& visit) {
  for (const Piece& piece : check.file().pieces()) {
    if (!holds_any(piece.text, words)) continue;
    if (is_prose(piece.language) || (piece.language == Language::python && piece.map != nullptr && is_session(piece.text))) {
      visit_as_python(piece, piece.text, nullptr, visit);
    } else if (is_program(piece.language)) {
      const CodeText text{&piece, &check.file().code(piece), nullptr};
      visit(text);
      visit_strings(text, words, visit);
    }
  }
}

RuleHit* CodeReport::hit(const Piece& piece, ByteSpan in_piece) {
  // Far above what people write, and each hit costs as much as its line is long.
  constexpr std::size_t kMostHits = 500;
  const ByteSpan place = piece.to_file(in_piece);
  if (reported_.size() >= kMostHits || !reported_.emplace(place.begin, place.end).second) return nullptr;
  return &check_.hit(piece, in_piece);
}

void CodeReport::edit(RuleHit& hit, const CodeText& text, ByteSpan in_text, std::string replacement) const {
  if (text.map == nullptr) edit(hit, *text.piece, in_text, std::move(replacement));
}

void CodeReport::edit(RuleHit& hit, const Piece& piece, ByteSpan in_piece, std::string replacement) const {
  const ByteSpan place = piece.to_file(in_piece);
  const auto cut = [](std::string_view text, ByteSpan span) {
    return text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
  };
  if (place.end > check_.file().text().size() || cut(check_.file().text(), place) != cut(piece.text, in_piece)) return;
  hit.edits.push_back({place, std::move(replacement)});
}

bool is_token_placeholder(std::string_view text) { return text == "$HF_TOKEN" || text == "${HF_TOKEN}"; }

bool is_token_variable(std::string_view name) {
  static constexpr std::string_view kNames[] = {"token",     "access_token", "auth_token",  "hub_token",
                                                "api_token", "accesstoken",  "bearer_token"};
  return is_token_name(name) || is_one_of(to_lower_ascii(name), kNames);
}

ByteSpan span_of_entry(const CodeEntry& entry) {
  const ByteSpan key = entry.name ? entry.name_span : entry.value_span;
  return {key.begin, entry.value.empty() ? key.end : std::max(key.end, entry.value_span.end)};
}

std::vector<ByteSpan> token_literals(const CodeTree& tree, TokenRange value) {
  std::vector<ByteSpan> found;
  for (std::uint32_t token = value.begin; token < value.end; ++token) {
    if (tree.tokens[token].kind == TokenKind::string && holds_token_literal(tree.spelled(token)))
      found.push_back(tree.tokens[token].span());
  }
  return found;
}

}  // namespace hfscan
