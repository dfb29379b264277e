#include "base/json.h"

#include "base/text.h"

template class nlohmann::basic_json<nlohmann::ordered_map>;

namespace hfscan {
namespace {

constexpr int kMaxDepth = 256;

bool nested_too_deeply(std::string_view text) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_string = false;
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kMaxDepth) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

}  // namespace

std::string dump_pretty(const Json& value) { return value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n"; }

std::string dump_line(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

Result<Json> parse_json(std::string_view text, std::string_view name) {
  if (nested_too_deeply(text)) return Error{cat(escape_for_display(name), ": nested more than 256 levels deep")};
  Json value = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (value.is_discarded()) return Error{cat(escape_for_display(name), ": not valid JSON")};
  return value;
}

}  // namespace hfscan
