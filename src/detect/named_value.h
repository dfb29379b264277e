// The literal that a name is given in text: NAME = "value", {"name": "value"}, Name: value, name=value&..., NAME == "value".
// For credentials that have no shape of their own and are known only by their name.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/location.h"

namespace hfscan {

struct NamedValue {
  ByteSpan span;  // without quotes
  bool quoted = false;
};

// The value of the name that ends at `name_end`. Bare values end at white space, quotes and closing brackets; quoted ones at
// their quote, on the same line. At most kMaxNamedValue bytes; nothing when there is no value or it is longer.
std::optional<NamedValue> value_after(std::string_view text, std::size_t name_end);

constexpr std::size_t kMaxNamedValue = 256;

// Whether the value is filled in later (`${X}`, `{{ x }}`, `<X>`, `%s`, `os.environ[...]`) or, when bare, is an expression of a
// program: no literal at all.
[[nodiscard]] bool is_templated(std::string_view text, const NamedValue& value);

// Whether the literal is one that stands for another: "your-secret", "changeme". For values that people think up: in long
// random ones a word may stand by chance.
[[nodiscard]] bool is_stand_in(std::string_view value);

// At most four different characters, case ignored: "xxxxxxxx", "00000000".
[[nodiscard]] bool has_few_characters(std::string_view value);

}  // namespace hfscan
