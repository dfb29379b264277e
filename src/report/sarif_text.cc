// Text in SARIF: messages are plain text with links, help is Markdown as well; both are shown on web pages.
#include "base/text.h"
#include "report/sarif_parts.h"

namespace hfscan::sarif {
namespace {

std::string with_backslashes(std::string_view text, std::string_view special) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string escape_message(std::string_view text) { return with_backslashes(text, "\\[]"); }

std::string escape_markdown(std::string_view text) { return with_backslashes(text, "\\`*_{}[]()<>#+-!|~&"); }

Json message(std::string_view text) { return {{"text", escape_message(text)}}; }

std::string sentence(std::string_view text) {
  std::string out = escape_for_display(trim(text));
  if (!out.empty() && std::string_view(".!?").find(out.back()) == std::string_view::npos) out += '.';
  return out;
}

}  // namespace hfscan::sarif
