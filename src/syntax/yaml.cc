// Drives libyaml's event parser and lays its events down in the arena.
//
// libyaml counts characters, refuses control characters and ill-formed UTF-8, and takes NEL, LS and PS for line ends. It is
// therefore never given the text itself but its shadow: every byte outside printable ASCII is an underscore. So its marks count
// bytes, nothing is refused for its bytes, and YAML 1.2's idea of a line holds. Values are read from the text (yaml_scalar.h).
//
// Tested by tests/unit/syntax/yaml_test.cc.
#include "syntax/yaml.h"

#include <yaml.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "syntax/yaml_template.h"

namespace hfscan {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

constexpr std::array<unsigned char, 256> make_shadow() {
  std::array<unsigned char, 256> table{};
  for (std::size_t i = 0; i < table.size(); ++i) {
    const bool plain = (i >= 0x20 && i < 0x7F) || i == '\t' || i == '\n' || i == '\r';
    table[i] = plain ? static_cast<unsigned char>(i) : static_cast<unsigned char>('_');
  }
  return table;
}
constexpr std::array<unsigned char, 256> kShadow = make_shadow();

// libyaml's read handler: the shadow of the next bytes.
int feed(void* data, unsigned char* buffer, std::size_t size, std::size_t* size_read) {
  auto& rest = *static_cast<std::string_view*>(data);
  *size_read = std::min(size, rest.size());
  for (std::size_t i = 0; i < *size_read; ++i) buffer[i] = kShadow[static_cast<unsigned char>(rest[i])];
  rest.remove_prefix(*size_read);
  return 1;
}

// Parser and event of libyaml, freed in time.
class EventReader {
 public:
  explicit EventReader(std::string_view text) : rest_(text), ready_(yaml_parser_initialize(&parser_) != 0) {
    if (!ready_) return;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&parser_, feed, &rest_);
  }
  ~EventReader() {
    drop();
    if (ready_) yaml_parser_delete(&parser_);
  }
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;
  EventReader(EventReader&&) = delete;
  EventReader& operator=(EventReader&&) = delete;

  // Null on a syntax error. The event lives until the next call.
  const yaml_event_t* next() {
    drop();
    has_event_ = ready_ && yaml_parser_parse(&parser_, &event_) != 0;
    return has_event_ ? &event_ : nullptr;
  }
  [[nodiscard]] std::size_t problem_offset() const { return ready_ ? parser_.problem_mark.index : 0; }
  [[nodiscard]] std::string problem() const { return ready_ && parser_.problem != nullptr ? parser_.problem : "out of memory"; }

 private:
  void drop() {
    if (has_event_) yaml_event_delete(&event_);
    has_event_ = false;
  }

  std::string_view rest_;
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  bool ready_ = false;
  bool has_event_ = false;
};

std::string_view view_of(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

bool is_white(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

enum class Tags { as_written, taken_out };

// Reads the documents of one text; `source` is what libyaml sees (as long as `text`), `text` what the nodes show.
class TreeBuilder {
 public:
  TreeBuilder(std::string_view text, std::string_view source, Tags tags)
      : source_(source), tags_(tags), arena_(std::make_unique<YamlArena>()) {
    arena_->text = text;
  }

  void run() {
    base_ = source_.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
    limit_size();
    for (std::size_t errors = 0; errors < kMaxYamlErrors && !stopped_; ++errors) {
      if (read_documents()) return;
      close_all();
      // The next document that is begun by a marker is read as if it were the first.
      const std::size_t marker = source_.find("\n---", std::max(base_ + 1, error_offset_) - 1);
      if (marker == std::string_view::npos) return;
      base_ = marker + 1;
    }
  }

  [[nodiscard]] bool saw_template() const { return saw_template_; }
  [[nodiscard]] const std::optional<GaveUp>& gave_up() const { return gave_up_; }
  YamlTree tree() && { return YamlTree(std::move(arena_), std::move(roots_), std::move(gave_up_)); }

 private:
  struct Open {
    std::uint32_t node;
    std::uint32_t last_child = YamlRecord::kNone;
    bool after_key = false;  // of a mapping: a key without its value yet
  };

  // ---- limits

  void limit_size() {
    if (arena_->text.size() > kMaxYamlBytes) cut(kMaxYamlBytes, "the text is larger than 64 MiB");
    std::size_t count = 0;
    for (std::size_t at = source_.find("%TAG"); at != std::string_view::npos; at = source_.find("%TAG", at + 1)) {
      const bool directive = at == base_ || source_[at - 1] == '\n' || source_[at - 1] == '\r';
      if (directive && ++count > kMaxYamlTagDirectives) return cut(at, "more than 100 %TAG directives");
    }
  }

  void cut(std::size_t offset, std::string_view reason) {
    give_up(offset, reason);
    source_ = source_.substr(0, offset);
  }

  void give_up(std::size_t offset, std::string_view reason) {
    if (!gave_up_) gave_up_ = GaveUp{offset, std::string(reason)};
  }

  bool stop(std::size_t offset, std::string_view reason) {
    give_up(offset, reason);
    stopped_ = true;
    error_offset_ = offset;
    return false;
  }

  // ---- events

  // Whether the end of the text was reached.
  bool read_documents() {
    EventReader reader(source_.substr(base_));
    while (const yaml_event_t* event = reader.next()) {
      if (event->type == YAML_STREAM_END_EVENT) return true;
      if (!take(*event)) return false;
    }
    error_offset_ = std::min(base_ + reader.problem_offset(), source_.size());
    give_up(error_offset_, reader.problem());
    return false;
  }

  bool take(const yaml_event_t& event) {
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT: anchors_.clear(); return true;
      case YAML_ALIAS_EVENT: return add_alias(event);
      case YAML_SCALAR_EVENT: return add_scalar(event);
      case YAML_SEQUENCE_START_EVENT:
        return open(event, YamlRecord::Kind::sequence, event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
      case YAML_MAPPING_START_EVENT:
        return open(event, YamlRecord::Kind::mapping, event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE);
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: close(begin_of(event), end_of(event)); return true;
      default: return true;
    }
  }

  [[nodiscard]] std::uint32_t offset(std::size_t index) const {
    return static_cast<std::uint32_t>(std::min(base_ + index, source_.size()));
  }
  [[nodiscard]] std::uint32_t begin_of(const yaml_event_t& event) const { return offset(event.start_mark.index); }
  [[nodiscard]] std::uint32_t end_of(const yaml_event_t& event) const { return offset(event.end_mark.index); }

  // Steps over an anchor and a tag with the white space and comments after them, which libyaml's mark includes.
  [[nodiscard]] std::uint32_t after_properties(std::uint32_t at, std::uint32_t end) const {
    while (at < end) {
      const char c = source_[at];
      if (c == '&' || c == '!') {
        while (at < end && !is_white(source_[at])) ++at;
      } else if (c == '#') {
        while (at < end && source_[at] != '\n' && source_[at] != '\r') ++at;
      } else if (is_white(c)) {
        ++at;
      } else {
        break;
      }
    }
    return at;
  }

  // ---- nodes

  bool add(const YamlRecord& record) {
    if (arena_->nodes.size() == kMaxYamlNodes) return stop(record.begin, "more than 2,097,152 nodes");
    const auto index = static_cast<std::uint32_t>(arena_->nodes.size());
    arena_->nodes.push_back(record);
    if (stack_.empty()) {
      roots_.push_back(index);
      return true;
    }
    Open& parent = stack_.back();
    (parent.last_child == YamlRecord::kNone ? arena_->nodes[parent.node].link : arena_->nodes[parent.last_child].next_sibling) =
        index;
    parent.last_child = index;
    parent.after_key = !parent.after_key;
    return true;
  }

  void note_anchor(const yaml_char_t* anchor) {
    if (anchor != nullptr) anchors_[std::string(view_of(anchor))] = static_cast<std::uint32_t>(arena_->nodes.size());
  }

  bool add_alias(const yaml_event_t& event) {
    YamlRecord record;
    record.kind = YamlRecord::Kind::alias;
    record.begin = begin_of(event);
    record.end = end_of(event);
    const auto anchor = anchors_.find(std::string(view_of(event.data.alias.anchor)));
    if (anchor != anchors_.end()) record.link = anchor->second;
    return add(record);
  }

  bool add_scalar(const yaml_event_t& event) {
    const auto& scalar = event.data.scalar;
    YamlRecord record;
    record.end = end_of(event);
    record.begin = begin_of(event);
    if (scalar.anchor != nullptr || scalar.tag != nullptr) record.begin = after_properties(record.begin, record.end);
    record.style = style_of(scalar.style);
    const std::string_view value(reinterpret_cast<const char*>(scalar.value), scalar.length);
    if (record.style == YamlStyle::literal || record.style == YamlStyle::folded) {
      record.link = block_indent(record, value);
      trim_block(record);
    } else {
      record.verbatim = event.start_mark.line == event.end_mark.line && is_verbatim(record, value.size());
    }
    note_anchor(scalar.anchor);
    return add(record);
  }

  static YamlStyle style_of(yaml_scalar_style_t style) {
    switch (style) {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: return YamlStyle::single_quoted;
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: return YamlStyle::double_quoted;
      case YAML_LITERAL_SCALAR_STYLE: return YamlStyle::literal;
      case YAML_FOLDED_SCALAR_STYLE: return YamlStyle::folded;
      default: return YamlStyle::plain;
    }
  }

  // A scalar on one line whose value is as long as its text.
  [[nodiscard]] bool is_verbatim(const YamlRecord& record, std::size_t value_size) const {
    const std::string_view written = arena_->text.substr(record.begin, record.end - record.begin);
    if (record.style == YamlStyle::plain) return written.size() == value_size;
    const bool escapes = record.style == YamlStyle::double_quoted && written.find('\\') != std::string_view::npos;
    return written.size() == value_size + 2 && !escapes;
  }

  // The columns that libyaml took off the lines of a block scalar: it keeps the empty lines before the first one with content,
  // and of that one's spaces those beyond the indentation.
  [[nodiscard]] std::uint32_t block_indent(const YamlRecord& record, std::string_view value) const {
    const std::size_t empty_lines = std::min(value.find_first_not_of('\n'), value.size());
    if (empty_lines == value.size()) return YamlRecord::kNone;  // no content, so every line is only indentation
    std::size_t line = next_line(record.begin, record.end);
    for (std::size_t i = 0; i < empty_lines; ++i) line = next_line(line, record.end);
    const std::size_t written = std::min(source_.find_first_not_of(' ', line), std::size_t{record.end}) - line;
    const std::size_t kept = std::min(value.find_first_not_of(' ', empty_lines), value.size()) - empty_lines;
    return static_cast<std::uint32_t>(written - std::min(written, kept));
  }

  [[nodiscard]] std::size_t next_line(std::size_t at, std::size_t end) const {
    const std::size_t line_end = source_.find_first_of("\r\n", at);
    if (line_end >= end) return end;
    const bool two = source_[line_end] == '\r' && line_end + 1 < end && source_[line_end + 1] == '\n';
    return line_end + (two ? 2 : 1);
  }

  // Takes the empty lines at the end off a block scalar, unless it keeps them (`|+`); lines of tags only look empty here.
  void trim_block(YamlRecord& record) const {
    const std::size_t body = next_line(record.begin, record.end);
    const std::string_view header = source_.substr(record.begin, body - record.begin);
    if (header.substr(0, header.find('#')).find('+') != std::string_view::npos) return;
    const std::size_t widest = tags_ == Tags::taken_out ? source_.size() : record.link;
    std::size_t end = record.end;
    while (end > body) {
      std::size_t content = end;
      if (source_[content - 1] == '\n') --content;
      if (content > body && source_[content - 1] == '\r') --content;
      std::size_t line = content;
      while (line > body && source_[line - 1] == ' ') --line;
      const bool whole_line = line == body || source_[line - 1] == '\n' || source_[line - 1] == '\r';
      if (!whole_line || content - line > widest || line == end) break;
      end = line;
    }
    record.end = static_cast<std::uint32_t>(end);
  }

  // ---- collections

  bool open(const yaml_event_t& event, YamlRecord::Kind kind, bool flow) {
    YamlRecord record;
    record.kind = kind;
    record.style = flow ? YamlStyle::flow : YamlStyle::block;
    const bool mapping = kind == YamlRecord::Kind::mapping;
    const yaml_char_t* anchor = mapping ? event.data.mapping_start.anchor : event.data.sequence_start.anchor;
    const yaml_char_t* tag = mapping ? event.data.mapping_start.tag : event.data.sequence_start.tag;
    record.begin = begin_of(event);
    if (anchor != nullptr || tag != nullptr)
      record.begin = after_properties(record.begin, static_cast<std::uint32_t>(source_.size()));
    record.end = std::max(record.begin, end_of(event));
    if (mapping && flow && is_template_tag(record.begin)) return stop(record.begin, "found a template tag");
    if (stack_.size() == kMaxYamlDepth) return stop(record.begin, "nested more than 1000 deep");
    if (flow && ++flow_depth_ > kMaxYamlFlowDepth) return stop(record.begin, "brackets nested more than 32 deep");
    note_anchor(anchor);
    const auto index = static_cast<std::uint32_t>(arena_->nodes.size());
    if (!add(record)) return false;
    stack_.push_back({index});
    return true;
  }

  // libyaml takes `{{ x }}` for a mapping that has a mapping as its key, which nobody writes.
  bool is_template_tag(std::uint32_t begin) {
    const bool inner =
        !stack_.empty() && begin > 0 && source_[begin - 1] == '{' && arena_->nodes[stack_.back().node].begin + 1 == begin;
    saw_template_ = saw_template_ || inner;
    return inner && tags_ == Tags::as_written;
  }

  // A block collection ends with its last child; libyaml only says where the next thing begins.
  void close(std::uint32_t begin, std::uint32_t end) {
    const Open closed = stack_.back();
    if (closed.after_key && arena_->nodes[closed.node].kind == YamlRecord::Kind::mapping) add_missing_value(begin);
    YamlRecord& record = arena_->nodes[closed.node];
    const std::uint32_t last = stack_.back().last_child;
    if (record.style == YamlStyle::flow) --flow_depth_;
    const std::uint32_t children_end = last == YamlRecord::kNone ? record.begin : arena_->nodes[last].end;
    record.end = std::max(children_end, record.style == YamlStyle::flow ? end : record.begin);
    stack_.pop_back();
  }

  void add_missing_value(std::uint32_t at) {
    YamlRecord record;
    record.begin = record.end = std::max(at, arena_->nodes[stack_.back().last_child].end);
    record.verbatim = true;
    add(record);
  }

  void close_all() {
    const auto end = static_cast<std::uint32_t>(std::min(error_offset_, source_.size()));
    while (!stack_.empty()) close(end, end);
  }

  std::string_view source_;
  Tags tags_;
  std::unique_ptr<YamlArena> arena_;
  std::vector<std::uint32_t> roots_;
  std::optional<GaveUp> gave_up_;
  std::vector<Open> stack_;
  std::unordered_map<std::string, std::uint32_t> anchors_;  // the nodes of this document
  std::size_t base_ = 0;                                    // of the documents being read
  std::size_t error_offset_ = 0;
  std::size_t flow_depth_ = 0;
  bool stopped_ = false;
  bool saw_template_ = false;
};

// Of two readings the one that came further.
bool is_further(const std::optional<GaveUp>& a, const std::optional<GaveUp>& b) { return b && (!a || a->offset > b->offset); }

}  // namespace

YamlTree parse_yaml(std::string_view text) {
  TreeBuilder builder(text, text, Tags::as_written);
  builder.run();
  if (!builder.gave_up() || !has_template_tags(text.substr(0, kMaxYamlBytes))) return std::move(builder).tree();
  const std::string source = without_template_tags(text.substr(0, kMaxYamlBytes));
  TreeBuilder second(text, source, Tags::taken_out);
  second.run();
  const bool better = builder.saw_template() || is_further(second.gave_up(), builder.gave_up());
  return better ? std::move(second).tree() : std::move(builder).tree();
}

}  // namespace hfscan
