// One file as the rules about unsafe configurations see it: its own text, and every text in it that is written in another
// language, each read once and only when a rule asks.
//
// Separate from the rules, so that a rule about shell commands need not know that commands also stand in workflows,
// Dockerfiles, notebooks, Makefiles and documentation.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <typeindex>
#include <unordered_map>
#include <vector>

#include "core/location.h"
#include "syntax/code.h"
#include "syntax/dockerfile.h"
#include "syntax/gha.h"
#include "syntax/json.h"
#include "syntax/language.h"
#include "syntax/notebook.h"
#include "syntax/offset_map.h"
#include "syntax/shell.h"
#include "syntax/yaml.h"

namespace hfscan {

// One text of one language.
struct Piece {
  Language language = Language::text;
  std::string_view text;
  const OffsetMap* map = nullptr;  // null: the file itself
  ShellOptions shell = {};         // how to read it when it is shell text
  bool documentation = false;      // shown to people and not run
  bool command_line = false;       // one command, found in text that is no shell text
  std::size_t number = 0;          // among FileView::pieces()

  [[nodiscard]] ByteSpan to_file(ByteSpan span) const { return map == nullptr ? span : map->to_parent(span); }
};

// Whether commands of a piece of this language are read by FileView::shell().
[[nodiscard]] bool is_shell(Language language);

// Not thread-safe; path and text must outlive it.
class FileView {
 public:
  FileView(std::string_view path, std::string_view text);
  ~FileView();
  FileView(const FileView&) = delete;
  FileView& operator=(const FileView&) = delete;
  FileView(FileView&&) = delete;
  FileView& operator=(FileView&&) = delete;

  [[nodiscard]] std::string_view path() const { return path_; }
  [[nodiscard]] std::string_view text() const { return pieces_.front().text; }
  [[nodiscard]] Language language() const { return pieces_.front().language; }

  // The file itself.
  [[nodiscard]] const Piece& whole() const { return pieces_.front(); }
  // The file itself first, then what was taken out of it, outer pieces before what is inside them.
  const std::deque<Piece>& pieces();

  // What a piece says, read at the first call. The piece must be one of pieces().
  const YamlTree& yaml(const Piece& piece);
  const GhaWorkflow* workflow(const Piece& piece);  // null when it is none
  // Of a piece in a language that is_shell() names.
  const ShellScript& shell(const Piece& piece);
  const CodeTree& code(const Piece& piece);
  const JsonTree& json(const Piece& piece);
  const DockerFile& dockerfile(const Piece& piece);
  const Notebook& notebook(const Piece& piece);

  // What several rules work out of the file, made by `make()` at the first call: one value per type.
  template <typename Value, typename Make>
  Value& derived(Make make) {
    std::shared_ptr<void>& value = derived_[std::type_index(typeid(Value))];
    if (!value) value = make();
    return *static_cast<Value*>(value.get());
  }

  // Says that something which rules share has met a bound and left something out: "more loops than are followed".
  void leaves_out(std::string_view what);

  // What was left out, and where readers stopped: "YAML after line 12: did not find expected ',' or ']'". One line each.
  [[nodiscard]] std::vector<std::string> gave_up() const;

  // For the functions that take pieces out (pieces.cc). The text is kept; its map leads to `parent`.
  void add_piece(const Piece& parent, Language language, MappedText text, const Piece& like);

 private:
  struct Parsed;
  Parsed& parsed(const Piece& piece);

  std::string_view path_;
  std::deque<Piece> pieces_;
  std::deque<MappedText> texts_;
  bool taken_apart_ = false;
  std::size_t taken_bytes_ = 0;
  bool too_nested_ = false;
  std::vector<std::string> left_out_;
  std::vector<std::unique_ptr<Parsed>> parsed_;                         // by number; null where nobody has asked
  std::unordered_map<std::type_index, std::shared_ptr<void>> derived_;  // the last: it may refer to all the others
};

// A view that is made when somebody first asks, and then kept: most files are looked into by nobody.
class FileOnDemand {
 public:
  // Both must outlive it.
  FileOnDemand(std::string_view path, std::string_view text) : path_(path), text_(text) {}

  [[nodiscard]] std::string_view path() const { return path_; }
  [[nodiscard]] std::string_view text() const { return text_; }
  FileView& open() { return view_ ? *view_ : view_.emplace(path_, text_); }

 private:
  std::string_view path_;
  std::string_view text_;
  std::optional<FileView> view_;
};

}  // namespace hfscan
