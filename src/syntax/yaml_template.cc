// Tested by tests/unit/syntax/yaml_template_test.cc.
#include "syntax/yaml_template.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace hfscan {
namespace {

constexpr std::size_t kMaxTag = 4096;  // beyond that, an opening that belongs to something else is likelier

struct TagKind {
  std::string_view open;
  std::string_view close;
  std::size_t next_close = 0;  // the first `close` at or after the last place asked about
};

// Where the tag that opens at `at` ends, or `at` when it does not. Looks at each byte of the text once per kind.
std::size_t tag_end(std::string_view text, std::size_t at, TagKind& kind) {
  const std::size_t inside = at + kind.open.size();
  if (kind.next_close != std::string_view::npos && kind.next_close < inside) kind.next_close = text.find(kind.close, inside);
  if (kind.next_close == std::string_view::npos || kind.next_close - at > kMaxTag) return at;
  return kind.next_close + kind.close.size();
}

// For each byte of the text, whether it belongs to a tag; line ends do not.
std::vector<bool> tag_bytes(std::string_view text) {
  std::vector<bool> tagged(text.size());
  TagKind kinds[] = {{"{{", "}}"}, {"{%", "%}"}, {"{#", "#}"}};
  for (std::size_t at = text.find('{'); at != std::string_view::npos; at = text.find('{', at)) {
    std::size_t end = at;
    for (TagKind& kind : kinds) {
      if (text.substr(at).starts_with(kind.open)) end = tag_end(text, at, kind);
    }
    for (std::size_t i = at; i < end; ++i) {
      tagged[i] = text[i] != '\n' && text[i] != '\r';
    }
    at = std::max(end, at + 1);
  }
  return tagged;
}

void settle_line(std::string& out, const std::vector<bool>& tagged, std::size_t begin, std::size_t end) {
  bool only_tags = true;
  for (std::size_t i = begin; i < end; ++i)
    only_tags = only_tags && (tagged[i] || out[i] == ' ' || out[i] == '\t' || out[i] == '\r');
  for (std::size_t i = begin; i < end; ++i) {
    if (tagged[i]) out[i] = only_tags ? ' ' : '_';
  }
}

}  // namespace

bool has_template_tags(std::string_view text) {
  for (const std::string_view open : {"{{", "{%", "{#"}) {
    if (text.find(open) != std::string_view::npos) return true;
  }
  return false;
}

std::string without_template_tags(std::string_view text) {
  std::string out(text);
  const std::vector<bool> tagged = tag_bytes(text);
  for (std::size_t begin = 0; begin < out.size();) {
    const std::size_t end = std::min(out.find('\n', begin), out.size());
    settle_line(out, tagged, begin, end);
    begin = end + 1;
  }
  return out;
}

}  // namespace hfscan
