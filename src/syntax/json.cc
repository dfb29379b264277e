// Tested by tests/unit/syntax/json_test.cc.
#include "syntax/json.h"

#include <algorithm>
#include <string>
#include <utility>

#include "syntax/escapes.h"

namespace hfscan {
namespace {

constexpr std::size_t kMaxJsonBytes = std::numeric_limits<std::uint32_t>::max() - 16;

bool is_literal_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '+' || c == '.' ||
         c == '_';
}

class JsonReader {
 public:
  explicit JsonReader(JsonTree& tree) : tree_(tree), text_(tree.text.substr(0, kMaxJsonBytes)) {}

  void run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (!tree_.gave_up) {
      skip_blanks();
      if (tree_.gave_up || at_ == text_.size()) break;
      step();
    }
    if (!open_.empty()) fail("the text ends inside an object or array");
    if (text_.size() < tree_.text.size()) fail("only the first 4 GiB of a file are read");
    for (const Open& left : open_) tree_.nodes[left.node].end = position();
  }

 private:
  struct Open {
    std::uint32_t node;
    std::uint32_t last_child = kNoJson;
    bool object = false;
    bool value_done = false;  // a comma or the end comes next
  };

  std::uint32_t position() const { return static_cast<std::uint32_t>(at_); }

  void fail(const char* reason) {
    if (!tree_.gave_up) tree_.gave_up = GaveUp{at_, reason};
  }

  void skip_blanks() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == ' ' || c == '\n' || c == '\r' || c == '\t')
        ++at_;
      else if (c == '/')
        skip_comment();
      else
        return;
      if (tree_.gave_up) return;
    }
  }

  void skip_comment() {
    const std::string_view start = text_.substr(at_, 2);
    if (start == "//") {
      at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
    } else if (start == "/*") {
      const std::size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos) return fail("a comment has no end");
      at_ = end + 2;
    } else {
      fail("expected a value, not '/'");
    }
  }

  // At something other than blanks.
  void step() {
    const char c = text_[at_];
    if (open_.empty()) return value();
    Open& inner = open_.back();
    if (c == (inner.object ? '}' : ']')) return close();
    if (!inner.value_done) return inner.object ? member() : value();
    if (c != ',') return fail("expected ',' or the closing bracket");
    inner.value_done = false;
    ++at_;
  }

  void close() {
    ++at_;
    tree_.nodes[open_.back().node].end = position();
    open_.pop_back();
    if (!open_.empty()) open_.back().value_done = true;
  }

  void member() {
    if (text_[at_] != '"') return fail("expected a key in double quotes");
    key_.begin = at_;
    if (!skip_string()) return;
    key_.end = at_;
    skip_blanks();
    if (tree_.gave_up) return;
    if (at_ == text_.size() || text_[at_] != ':') return fail("expected ':' after a key");
    ++at_;
    skip_blanks();
    if (tree_.gave_up) return;
    if (at_ == text_.size()) return fail("the text ends before a value");
    value();
  }

  void value() {
    if (tree_.nodes.size() >= kMaxJsonNodes) return fail("more values than one file may have");
    const char c = text_[at_];
    if (c == '{' || c == '[') {
      const std::uint32_t node = add(c == '{' ? JsonKind::object : JsonKind::array);
      ++at_;
      open_.push_back({node, kNoJson, c == '{', false});
      return;
    }
    if (c != '"' && !is_literal_byte(c)) return fail("expected a value");
    const std::uint32_t node = add(c == '"' ? JsonKind::string : JsonKind::literal);
    if (c == '"')
      skip_string();
    else
      while (at_ < text_.size() && is_literal_byte(text_[at_])) ++at_;
    tree_.nodes[node].end = position();
    if (!open_.empty()) open_.back().value_done = true;
  }

  // A string that does not end on its line ends there, with an error.
  bool skip_string() {
    for (++at_; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '"') {
        ++at_;
        return true;
      }
      if (c == '\n' || c == '\r') break;
      if (c == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] != '\n') ++at_;
    }
    fail("a string has no end on its line");
    return false;
  }

  std::uint32_t add(JsonKind kind) {
    const auto index = static_cast<std::uint32_t>(tree_.nodes.size());
    JsonNode& node = tree_.nodes.emplace_back();
    node.kind = kind;
    node.begin = node.end = position();
    node.key_begin = static_cast<std::uint32_t>(key_.begin);
    node.key_end = static_cast<std::uint32_t>(key_.end);
    key_ = {};
    std::uint32_t& last = open_.empty() ? last_document_ : open_.back().last_child;
    if (!open_.empty()) node.parent = open_.back().node;
    if (last != kNoJson)
      tree_.nodes[last].next = index;
    else if (!open_.empty())
      tree_.nodes[open_.back().node].first_child = index;
    last = index;
    return index;
  }

  JsonTree& tree_;
  std::string_view text_;
  std::size_t at_ = 0;
  ByteSpan key_;  // of the member whose value comes next
  std::vector<Open> open_;
  std::uint32_t last_document_ = kNoJson;
};

// A string with its quotes, of which the closing one may be missing, without them.
ByteSpan unquoted(std::string_view text, ByteSpan span) {
  if (span.size() == 0) return span;
  ++span.begin;
  std::uint64_t slashes = 0;  // an odd number of them before the last quote makes it an escaped one
  while (span.size() > slashes + 1 && text[static_cast<std::size_t>(span.end - 2 - slashes)] == '\\') ++slashes;
  const bool closed = span.size() > 0 && text[static_cast<std::size_t>(span.end - 1)] == '"' && slashes % 2 == 0;
  if (closed) --span.end;
  return span;
}

std::string_view slice(std::string_view text, ByteSpan span) {
  return text.substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.size()));
}

void append_string(MappedText& out, std::string_view text, ByteSpan quoted) {
  const ByteSpan span = unquoted(text, quoted);
  append_unescaped(out, slice(text, span), span.begin, EscapeDialect::json);
}

}  // namespace

bool JsonTree::key_is(std::uint32_t node, std::string_view name) const {
  const std::string_view raw = slice(text, unquoted(text, nodes[node].key_span()));
  if (raw.empty() && nodes[node].key_span().size() == 0) return false;
  return raw == name || (raw.find('\\') != std::string_view::npos && key(node).text == name);
}

MappedText JsonTree::key(std::uint32_t node) const {
  MappedText out;
  append_string(out, text, nodes[node].key_span());
  return out;
}

void JsonTree::append_value(std::uint32_t node, MappedText& out) const {
  if (node == kNoJson) return;
  const ByteSpan span = nodes[node].span();
  if (nodes[node].kind == JsonKind::string) return append_string(out, text, span);
  out.append_copied(slice(text, span), span.begin);
}

MappedText JsonTree::value(std::uint32_t node) const {
  MappedText out;
  append_value(node, out);
  return out;
}

std::uint32_t JsonTree::member(std::uint32_t object, std::string_view name) const {
  if (!is(object, JsonKind::object)) return kNoJson;
  std::uint32_t found = kNoJson;
  for (std::uint32_t child = first_child(object); child != kNoJson; child = next(child))
    if (key_is(child, name)) found = child;
  return found;
}

JsonTree read_json(std::string_view text) {
  JsonTree tree;
  tree.text = text;
  JsonReader(tree).run();
  return tree;
}

}  // namespace hfscan
