#include "base/mask.h"

#include <array>

#include "base/text.h"

namespace hfscan {
namespace {

// Two less than the shortest credential body known, so that a token that was cut by a character or two is masked as well.
constexpr std::size_t kMinBody = 30;

enum class Body { alphanumeric, web_token };

struct Shape {
  std::string_view prefix;
  Body body;
};

// Longer prefixes first: "hf_" begins most of them.
constexpr std::array<Shape, 8> kShapes = {{
    {"oauth_app_secret_", Body::alphanumeric},
    {"hf_oauth__refresh_", Body::alphanumeric},
    {"hf_oauth_", Body::web_token},
    {"hf_jwt_", Body::web_token},
    {"hf_s3_", Body::web_token},
    {"hf_app_", Body::alphanumeric},
    {"hf_", Body::alphanumeric},
    {"api_org_", Body::alphanumeric},
}};

bool is_body_character(char c, Body body) {
  return is_alnum_ascii(c) || (body == Body::web_token && (c == '.' || c == '-' || c == '_'));
}

// Tokens may be glued together: letters that begin the next prefix are not part of this body. (A web token may hold the letters
// of a prefix, and its body swallows a neighbour whole.)
bool next_begins(std::string_view text, Body body) {
  return body == Body::alphanumeric &&
         (text.starts_with("hf_") || text.starts_with("api_org_") || text.starts_with("oauth_app_secret_"));
}

std::size_t body_length(std::string_view text, Body body) {
  std::size_t length = 0;
  while (length < text.size() && is_body_character(text[length], body) && !next_begins(text.substr(length), body)) ++length;
  return length;
}

struct Hit {
  std::string_view prefix;
  std::size_t length = 0;  // 0: no credential begins here
};

Hit shape_at(std::string_view text) {
  for (const Shape& shape : kShapes) {
    if (!text.starts_with(shape.prefix)) continue;
    const std::size_t length = body_length(text.substr(shape.prefix.size()), shape.body);
    if (length >= kMinBody) return {shape.prefix, shape.prefix.size() + length};
  }
  return {};
}

}  // namespace

std::string mask_token_shapes(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const Hit hit = shape_at(text.substr(i));
    if (hit.length == 0) {
      out.push_back(text[i++]);
    } else {
      out += cat(hit.prefix, "…(", std::to_string(hit.length), ")");
      i += hit.length;
    }
  }
  return out;
}

bool holds_token_shape(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (shape_at(text.substr(i)).length != 0) return true;
  }
  return false;
}

}  // namespace hfscan
