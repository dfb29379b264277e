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

const Json& json_member(const Json& object, const char* name) {
  static const Json nothing;
  if (!object.is_object()) return nothing;
  const auto member = object.find(name);
  return member == object.end() ? nothing : *member;
}

std::string json_text(const Json& object, const char* name) {
  const Json& member = json_member(object, name);
  return member.is_string() ? member.get<std::string>() : "";
}

std::uint64_t json_number(const Json& object, const char* name) {
  const Json& member = json_member(object, name);
  return member.is_number_unsigned() ? member.get<std::uint64_t>() : 0;
}

bool json_flag(const Json& object, const char* name, bool otherwise) {
  const Json& member = json_member(object, name);
  return member.is_boolean() ? member.get<bool>() : otherwise;
}

std::vector<std::string> json_texts(const Json& object, const char* name) {
  std::vector<std::string> texts;
  const Json& member = json_member(object, name);
  if (!member.is_array()) return texts;
  for (const Json& element : member) {
    if (element.is_string()) texts.push_back(element.get<std::string>());
  }
  return texts;
}

}  // namespace hfscan
