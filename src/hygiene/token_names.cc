// Tested by tests/unit/hygiene/token_names_test.cc.
#include "hygiene/token_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "detect/plausibility.h"
#include "detect/regex.h"
#include "rules/builtin_rules.h"

namespace hfscan {
namespace {

constexpr std::string_view kPrefix = "hf_";
constexpr std::size_t kBody = 34;

}  // namespace

bool is_token_name(std::string_view name) {
  static const Regex whole(cat("\\A(?:", builtin_macro("TOKEN_NAME"), ")\\z"));
  constexpr std::size_t kLongestName = 128;
  return name.size() <= kLongestName && whole.search(name);
}

bool is_generic_token_name(std::string_view name) {
  static constexpr std::array<std::string_view, 9> kNames = {"token",     "access_token",   "auth_token", "api_key", "apikey",
                                                             "hub_token", "use_auth_token", "api_token",  "key"};
  const std::string lower = to_lower_ascii(name);
  return std::find(kNames.begin(), kNames.end(), lower) != kNames.end();
}

bool holds_token_value(std::string_view text) {
  static const Regex value(builtin_macro("TOKEN_VALUE"));
  return value.search(text);
}

bool holds_token_literal(std::string_view text) {
  for (std::size_t at = text.find(kPrefix); at != std::string_view::npos; at = text.find(kPrefix, at + 1)) {
    const std::string_view body = text.substr(at + kPrefix.size(), kBody);
    const auto alnum = [](char c) { return is_alnum_ascii(c); };
    const std::size_t end = at + kPrefix.size() + kBody;
    const bool ends = end >= text.size() || !is_alnum_ascii(text[end]);
    if (body.size() == kBody && ends && std::all_of(body.begin(), body.end(), alnum) && classify_body(body) == BodyClass::token)
      return true;
  }
  return false;
}

bool is_placeholder_value(std::string_view value) {
  static const Regex placeholder(
      R"((?i)\A["'`]?(?:<[^<>]*>|\[[^\[\]]*\]|\{\{[^{}]*\}\}|\.{3,}|x{3,}|\*{3,}|hf_(?:[.x*]{2,}|\.\.\.)[^\s]*|)"
      R"((?:your|my|the|insert|enter|paste)[-_ ].*|change_?me|replace.*|todo|none|null|dummy|fake.*|placeholder.*|example.*|)"
      R"(hf_(?:your|xxx|example|dummy|fake|placeholder|token|abc|123|\.\.)[A-Za-z0-9_.*-]*)["'`]?\z)");
  return placeholder.search(value) ||
         (value.find(kPrefix) != std::string_view::npos && !holds_token_literal(value) &&
          value.find('$') == std::string_view::npos && value.size() < 3 + 60 && value.starts_with(kPrefix));
}

}  // namespace hfscan
