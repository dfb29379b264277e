// Tested by tests/unit/hygiene/matchers/jobs_test.cc.
#include "hygiene/matchers/jobs_code.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <unordered_map>

#include "base/text.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

constexpr std::size_t kShortestCode = 16;  // of a string that may hold a call or an object

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

// A text read once, with all that its reading refers to.
class ReadText {
 public:
  // The piece as the program it is.
  ReadText(FileView& file, const Piece& piece) : piece_(piece), tree_(file.code(piece)), values_(tree_, file) {}
  // The piece, which is none, as Python.
  ReadText(const Piece& piece, FileView& file) : ReadText(file, piece, as_python(piece.text), {}) {}
  // A string of it as Python.
  ReadText(FileView& file, const Piece& piece, const MappedText& text)
      : ReadText(file, piece, as_python(text.text), std::make_unique<OffsetMap>(text.map)) {}

  [[nodiscard]] CodeText text() const { return {&piece_, &tree_, map_.get(), &values_}; }

 private:
  ReadText(FileView& file, const Piece& piece, std::unique_ptr<const std::string> python, std::unique_ptr<const OffsetMap> map)
      : piece_(piece),
        python_(std::move(python)),
        map_(std::move(map)),
        own_tree_(read_code(*python_, Language::python)),
        tree_(own_tree_),
        values_(tree_, file) {}

  static std::unique_ptr<const std::string> as_python(std::string_view text) {
    return std::make_unique<const std::string>(is_session(text) ? without_prompts(text) : std::string(text));
  }

  const Piece& piece_;
  std::unique_ptr<const std::string> python_;
  std::unique_ptr<const OffsetMap> map_;
  CodeTree own_tree_;
  const CodeTree& tree_;
  CodeValues values_;
};

// A piece, and the strings in it that may hold code: a call in a docstring, a tool call as JSON in a string.
class PieceTexts {
 public:
  PieceTexts(FileView& file, const Piece& piece) : file_(file), piece_(piece), program_(is_read_as_program(piece)) {}

  void visit(Words words, const std::function<void(const CodeText&)>& visit) {
    if (!holds_one_of(piece_.text, words)) return;
    if (!whole_) whole_ = program_ ? std::make_unique<ReadText>(file_, piece_) : std::make_unique<ReadText>(piece_, file_);
    visit(whole_->text());
    if (program_) visit_strings(words, visit);
  }

 private:
  static bool is_read_as_program(const Piece& piece) {
    return is_program(piece.language) &&
           !(piece.language == Language::python && piece.map != nullptr && is_session(piece.text));
  }

  void visit_strings(Words words, const std::function<void(const CodeText&)>& visit) {
    const CodeTree& tree = *whole_->text().tree;
    for (const std::uint32_t token : strings(tree)) {
      if (!holds_one_of(tree.spelled(token), words)) continue;
      std::unique_ptr<ReadText>& inside = inside_[token];
      if (!inside) inside = std::make_unique<ReadText>(file_, piece_, decoded(tree, token));
      visit(inside->text());
    }
  }

  const std::vector<std::uint32_t>& strings(const CodeTree& tree) {
    if (strings_) return *strings_;
    strings_.emplace();
    for (std::uint32_t token = 0; token < tree.tokens.size(); ++token) {
      const CodeToken& string = tree.tokens[token];
      if (string.kind != TokenKind::string || string.end - string.begin < kShortestCode) continue;
      if (tree.spelled(token).find_first_of("({") != std::string_view::npos) strings_->push_back(token);
    }
    return *strings_;
  }

  FileView& file_;
  const Piece& piece_;
  bool program_;
  std::unique_ptr<ReadText> whole_;
  std::optional<std::vector<std::uint32_t>> strings_;
  std::unordered_map<std::uint32_t, std::unique_ptr<ReadText>> inside_;
};

// All of a file, read when first visited: a dozen rules visit the same texts.
struct FileTexts {
  explicit FileTexts(FileView& file) {
    for (const Piece& piece : file.pieces()) {
      if (is_prose(piece.language) || is_program(piece.language)) pieces.emplace_back(file, piece);
    }
  }

  std::deque<PieceTexts> pieces;
};

}  // namespace

void for_each_code(const FileCheck& check, Words words, const std::function<void(const CodeText&)>& visit) {
  FileView& file = check.file();
  for (PieceTexts& piece : file.derived<FileTexts>([&file] { return std::make_shared<FileTexts>(file); }).pieces)
    piece.visit(words, visit);
}

RuleHit* CodeReport::hit(const Piece& piece, ByteSpan in_piece) {
  const ByteSpan place = piece.to_file(in_piece);
  if (!reported_.emplace(place.begin, place.end).second) return nullptr;
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
