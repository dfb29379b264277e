// Tested by tests/unit/detect/settled_edit_test.cc.
#include "detect/settled_edit.h"

#include <algorithm>

namespace hfscan {
namespace {

// How the line around `offset` ends; the last line of a file, which has no end, goes by the one before.
bool ends_lines_with_cr(std::string_view text, std::size_t offset) {
  std::size_t feed = text.find('\n', std::min(offset, text.size()));
  if (feed == std::string_view::npos) feed = text.rfind('\n');
  return feed != std::string_view::npos && feed > 0 && text[feed - 1] == '\r';
}

std::string with_line_ends(std::string_view text, std::string_view end) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (pair) continue;
    if (text[i] == '\n')
      out += end;
    else
      out += text[i];
  }
  return out;
}

}  // namespace

std::optional<Edit> settled_edit(Edit edit, const TextLayer& layer, const std::optional<Sha256Digest>& file) {
  if (layer.is_transcoded() || edit.span.begin > edit.span.end || edit.span.end > layer.text().size()) return std::nullopt;
  const bool cr = ends_lines_with_cr(layer.text(), static_cast<std::size_t>(edit.span.begin));
  edit.text = with_line_ends(edit.text, cr ? "\r\n" : "\n");
  edit.range = layer.range_of(edit.span);
  edit.span = layer.blob_span_of(edit.span);
  edit.file_sha256 = file;
  return edit;
}

std::optional<Edit> settled_edit(Edit edit, const std::optional<std::string>& content) {
  const std::string_view text = content ? std::string_view(*content) : std::string_view();
  const TextLayer layer(text, detect_text_encoding(text), {});
  return settled_edit(std::move(edit), layer, content ? std::optional(sha256(text)) : std::nullopt);
}

}  // namespace hfscan
