#include "fix/edited_text.h"

namespace hfscan {

Result<std::string> edited_text(std::string_view text, std::span<const Edit> edits) {
  std::string out;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    if (edit.span.begin < at || edit.span.end < edit.span.begin || edit.span.end > text.size()) {
      return Error{"an edit does not fit the file (please report this)"};
    }
    out += text.substr(at, static_cast<std::size_t>(edit.span.begin) - at);
    out += edit.text;
    at = static_cast<std::size_t>(edit.span.end);
  }
  return out.append(text.substr(at));
}

}  // namespace hfscan
