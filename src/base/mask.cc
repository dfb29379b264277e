#include "base/mask.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hfscan {
namespace {

// Two less than the shortest credential body known, so that a token that was cut by a character or two is masked as well.
constexpr std::size_t kMinBody = 30;
constexpr std::size_t kMinKeyId = 12;
constexpr std::size_t kMinNamedValue = 8;
constexpr std::size_t kMinSignature = 20;
constexpr std::size_t kLoginCookie = 128;

enum class Body {
  alphanumeric,
  web_token,       // also dots, dashes and underscores
  bare_web_token,  // the same, and two dots are demanded, as the prefix alone says little
  visible,         // up to white space, a quote or the next parameter: what a name introduces
};

struct Shape {
  std::string_view prefix;
  Body body;
  std::size_t shortest;
};

// Longer prefixes first: "hf_" begins most of them.
constexpr std::array<Shape, 15> kShapes = {{
    {"oauth_app_secret_", Body::alphanumeric, kMinBody},
    {"hf_oauth__refresh_", Body::alphanumeric, kMinBody},
    {"hf_oauth_", Body::web_token, kMinBody},
    {"hf_jwt_", Body::web_token, kMinBody},
    {"hf_s3_", Body::web_token, kMinBody},
    {"hf_app_", Body::alphanumeric, kMinBody},
    {"hf_", Body::alphanumeric, kMinBody},
    {"api_org_", Body::alphanumeric, kMinBody},
    {"api_", Body::alphanumeric, kMinBody},
    {"HFAK", Body::alphanumeric, kMinKeyId},
    {"eyJ", Body::bare_web_token, kMinBody},
    {"X-Webhook-Secret: ", Body::visible, kMinNamedValue},
    {"WEBHOOK_SECRET=", Body::visible, kMinNamedValue},
    {"Signature=", Body::visible, kMinSignature},
    {"token=", Body::visible, kLoginCookie},
}};

// By byte, whether a shape begins with it: most bytes of a path or a name are decided here.
constexpr std::array<bool, 256> kBegins = [] {
  std::array<bool, 256> begins{};
  for (const Shape& shape : kShapes) begins.at(static_cast<unsigned char>(shape.prefix.front())) = true;
  return begins;
}();

bool is_body_character(char c, Body body) {
  if (body == Body::visible)
    return static_cast<unsigned char>(c) > ' ' && std::string_view("\"'`&;").find(c) == std::string_view::npos;
  return is_alnum_ascii(c) || (body != Body::alphanumeric && (c == '.' || c == '-' || c == '_'));
}

// Tokens may be glued together: letters that begin the next prefix are not part of this body. (A web token may hold the letters
// of a prefix, and its body swallows a neighbour whole.)
bool next_begins(std::string_view text, Body body) {
  return body == Body::alphanumeric &&
         (text.starts_with("hf_") || text.starts_with("api_") || text.starts_with("oauth_app_secret_"));
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

bool fits(std::string_view body, const Shape& shape) {
  if (body.size() < shape.shortest) return false;
  return shape.body != Body::bare_web_token || std::count(body.begin(), body.end(), '.') >= 2;
}

Hit shape_at(std::string_view text) {
  if (!kBegins.at(static_cast<unsigned char>(text.front()))) return {};
  for (const Shape& shape : kShapes) {
    if (shape.prefix.front() != text.front() || !text.starts_with(shape.prefix)) continue;
    const std::string_view rest = text.substr(shape.prefix.size());
    const std::size_t length = body_length(rest, shape.body);
    if (fits(rest.substr(0, length), shape)) return {shape.prefix, shape.prefix.size() + length};
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
