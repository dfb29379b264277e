// Tested by tests/unit/hygiene/file_view_test.cc.
#include "hygiene/file_view.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "hygiene/pieces.h"
#include "syntax/windows_shell.h"

namespace hfscan {

struct FileView::Parsed {
  std::unique_ptr<YamlTree> yaml;
  std::optional<std::optional<GhaWorkflow>> workflow;
  std::unique_ptr<ShellScript> shell;
  std::unique_ptr<CodeTree> code;
  std::unique_ptr<JsonTree> json;
  std::unique_ptr<DockerFile> dockerfile;
  std::unique_ptr<Notebook> notebook;
};

namespace {

// Far above what people write: they keep a hostile nest of texts in texts small.
constexpr std::size_t kMostPieces = 100'000;
constexpr std::size_t kMostBytesPerByte = 6;
constexpr std::size_t kBytesAtLeast = std::size_t{64} * 1024;
// Where readers stopped is said of the first pieces, and that there are others.
constexpr std::size_t kMostReasons = 16;

// The value, read by `read` at the first call.
template <typename Value, typename Read>
const Value& once(std::unique_ptr<Value>& value, Read read) {
  if (!value) value = std::make_unique<Value>(read());
  return *value;
}

}  // namespace

bool is_shell(Language language) {
  return language == Language::shell || language == Language::powershell || language == Language::batch;
}

FileView::FileView(std::string_view path, std::string_view text) : path_(path) {
  Piece whole;
  whole.language = language_of(path, text);
  whole.text = text;
  whole.documentation = is_documentation(whole.language);
  pieces_.push_back(whole);
}

FileView::~FileView() = default;

const std::deque<Piece>& FileView::pieces() {
  if (taken_apart_) return pieces_;
  taken_apart_ = true;
  // A piece may hold pieces: a notebook a Markdown cell, that a fenced workflow, that a script. The deque grows while it is
  // walked.
  std::size_t next = 0;
  while (next < pieces_.size()) take_apart(*this, pieces_[next++]);
  return pieces_;
}

void FileView::add_piece(const Piece& parent, Language language, MappedText text, const Piece& like) {
  if (text.text.empty() || too_nested_) return;
  taken_bytes_ += text.text.size();
  too_nested_ = pieces_.size() >= kMostPieces || taken_bytes_ > kMostBytesPerByte * this->text().size() + kBytesAtLeast;
  if (too_nested_) return;
  if (parent.map != nullptr) text.map = text.map.through(*parent.map);
  const MappedText& kept = texts_.emplace_back(std::move(text));
  Piece piece = like;
  piece.language = language;
  piece.text = kept.text;
  piece.map = &kept.map;
  piece.documentation = like.documentation || parent.documentation;
  piece.number = pieces_.size();
  pieces_.push_back(piece);
}

FileView::Parsed& FileView::parsed(const Piece& piece) {
  if (piece.number >= parsed_.size()) parsed_.resize(pieces_.size());
  std::unique_ptr<Parsed>& entry = parsed_[piece.number];
  if (!entry) entry = std::make_unique<Parsed>();
  return *entry;
}

const YamlTree& FileView::yaml(const Piece& piece) {
  return once(parsed(piece).yaml, [&piece] { return parse_yaml(piece.text); });
}

const GhaWorkflow* FileView::workflow(const Piece& piece) {
  Parsed& entry = parsed(piece);
  if (!entry.workflow) entry.workflow = read_workflow(yaml(piece));
  return entry.workflow->has_value() ? &**entry.workflow : nullptr;
}

const ShellScript& FileView::shell(const Piece& piece) {
  return once(parsed(piece).shell, [&piece] {
    if (piece.language == Language::powershell) return read_powershell(piece.text);
    return piece.language == Language::batch ? read_batch(piece.text) : read_shell(piece.text, piece.shell);
  });
}

const CodeTree& FileView::code(const Piece& piece) {
  return once(parsed(piece).code, [&piece] { return read_code(piece.text, piece.language); });
}

const JsonTree& FileView::json(const Piece& piece) {
  return once(parsed(piece).json, [&piece] { return read_json(piece.text); });
}

const DockerFile& FileView::dockerfile(const Piece& piece) {
  return once(parsed(piece).dockerfile, [&piece] { return read_dockerfile(piece.text); });
}

const Notebook& FileView::notebook(const Piece& piece) {
  return once(parsed(piece).notebook, [&piece] { return read_notebook(piece.text); });
}

void FileView::leaves_out(std::string_view what) {
  if (std::find(left_out_.begin(), left_out_.end(), what) == left_out_.end()) left_out_.emplace_back(what);
}

std::vector<std::string> FileView::gave_up() const {
  std::vector<std::string> reasons = left_out_;
  if (too_nested_) reasons.emplace_back("holds more texts within texts than are read");
  const auto add = [&](const Piece& piece, std::string_view what, const std::optional<GaveUp>& gave_up) {
    if (!gave_up) return;
    const std::uint64_t offset = piece.to_file({gave_up->offset, gave_up->offset}).begin;
    const std::string_view before = text().substr(0, static_cast<std::size_t>(offset));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    reasons.push_back(cat(what, " read up to line ", std::to_string(line), " only: ", gave_up->reason));
  };
  for (const Piece& piece : pieces_) {
    if (reasons.size() >= kMostReasons) {
      reasons.emplace_back("more of its texts could not be read to their end");
      break;
    }
    if (piece.number >= parsed_.size() || !parsed_[piece.number]) continue;
    if (piece.documentation) continue;  // examples in documentation are often cut short on purpose
    const Parsed& entry = *parsed_[piece.number];
    if (entry.yaml) add(piece, "YAML", entry.yaml->gave_up());
    if (entry.workflow && *entry.workflow) add(piece, "workflow", (*entry.workflow)->gave_up);
    if (entry.shell) add(piece, "shell text", entry.shell->gave_up);
    if (entry.code) add(piece, "source text", entry.code->gave_up);
    if (entry.json && piece.language == Language::json) add(piece, "JSON", entry.json->gave_up);
    if (entry.dockerfile) add(piece, "Dockerfile", entry.dockerfile->gave_up);
    if (entry.notebook) add(piece, "notebook", entry.notebook->gave_up);
  }
  return reasons;
}

}  // namespace hfscan
