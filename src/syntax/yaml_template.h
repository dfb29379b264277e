// Templates of YAML (Helm's and Jinja's `{{ }}`, `{% %}`, `{# #}`, GitHub's `${{ }}`) made readable as YAML, byte for byte at
// the same place. Separate from the reader, which tries this when the text as it stands is no YAML.
#pragma once

#include <string>
#include <string_view>

namespace hfscan {

// Whether there is anything to take out.
[[nodiscard]] bool has_template_tags(std::string_view text);

// A text of the same length: a line that holds tags and blanks only becomes blank, a tag among other text becomes one word of
// underscores. Line ends stay, so a tag over several lines is cut. A tag longer than 4 KiB, or never closed, is left.
std::string without_template_tags(std::string_view text);

}  // namespace hfscan
