#include "rules/fixture.h"

#include <array>
#include <charconv>
#include <optional>

#include "base/encoding.h"
#include "base/sha256.h"
#include "base/text.h"

namespace hfscan {
namespace {

using std::string_view;

constexpr int kMaxDepth = 8;

std::string letters_from(string_view name, std::size_t count) {
  constexpr unsigned kAlphabet = 52;
  std::string letters;
  for (unsigned block = 0; letters.size() < count; ++block) {
    for (const std::uint8_t byte : sha256(cat("hfscan fixture ", name, " ", std::to_string(block)))) {
      if (byte >= 4 * kAlphabet || letters.size() == count) continue;  // keeps the letters evenly spread
      const unsigned index = byte % kAlphabet;
      letters.push_back(static_cast<char>(index < 26 ? 'A' + index : 'a' + index - 26));
    }
  }
  return letters;
}

struct TokenMacro {
  string_view name;
  string_view prefix;
  std::size_t body;
};

constexpr std::array<TokenMacro, 5> kTokenMacros = {{
    {"hf_token", "hf_", 34},
    {"api_org_token", "api_org_", 34},
    {"refresh_token", "hf_oauth__refresh_", 34},
    {"app_secret", "oauth_app_secret_", 34},
    {"app_token", "hf_app_", 32},
}};

std::string base64url(string_view text) {
  std::string encoded = base64_encode(text);
  while (!encoded.empty() && encoded.back() == '=') encoded.pop_back();
  for (char& c : encoded) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return encoded;
}

std::string web_token(string_view payload) {
  constexpr std::size_t kSignature = 43;  // of 32 bytes
  return cat(base64url(R"({"alg":"EdDSA","typ":"JWT"})"), ".", base64url(payload), ".", letters_from(payload, kSignature));
}

// "TEXT:N" split at the last colon.
Result<std::pair<string_view, std::size_t>> with_count(string_view argument, string_view macro) {
  constexpr std::size_t kMost = 100000;
  const std::size_t colon = argument.rfind(':');
  std::size_t count = 0;
  const string_view digits = colon == string_view::npos ? string_view() : argument.substr(colon + 1);
  const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), count);
  if (digits.empty() || parsed.ptr != digits.data() + digits.size() || count > kMost) {
    return Error{cat("fixture macro '", macro, "' needs TEXT:N with N up to 100000")};
  }
  return std::pair(argument.substr(0, colon), count);
}

Result<std::string> expand(string_view text, int depth);

// What the macro stands for; nothing when the name is not ours.
Result<std::optional<std::string>> expand_macro(string_view content, int depth) {
  const std::size_t colon = content.find(':');
  const string_view name = content.substr(0, colon);
  const string_view argument = colon == string_view::npos ? string_view() : content.substr(colon + 1);
  if (content.empty()) return std::optional(std::string());
  for (const TokenMacro& macro : kTokenMacros) {
    if (name == macro.name) return std::optional(cat(macro.prefix, letters_from(argument, macro.body)));
  }
  if (name == "letters" || name == "repeat") {
    HFSCAN_TRY_ASSIGN(const auto counted, with_count(argument, name));
    if (name == "letters") return std::optional(letters_from(counted.first, counted.second));
    std::string repeated;
    for (std::size_t i = 0; i < counted.second; ++i) repeated.append(counted.first);
    return std::optional(repeated);
  }
  if (name != "b64" && name != "b64url" && name != "hex" && name != "jwt") return std::optional<std::string>();
  HFSCAN_TRY_ASSIGN(const std::string inner, expand(argument, depth + 1));
  if (name == "jwt") return std::optional(web_token(inner));
  return std::optional(name == "b64" ? base64_encode(inner) : name == "hex" ? hex_encode(inner) : base64url(inner));
}

// Offset of the `}}` that closes the macro whose content begins at `begin`; macros nest, and single braces inside are balanced,
// so that an argument may be JSON.
std::size_t closing(string_view text, std::size_t begin) {
  constexpr char kMacro = 'm';
  constexpr char kBrace = 'b';
  std::string open(1, kMacro);
  for (std::size_t i = begin; i < text.size(); ++i) {
    const bool doubled = i + 1 < text.size() && text[i + 1] == text[i];
    if (text[i] == '{') {
      open.push_back(doubled ? kMacro : kBrace);
      i += doubled ? 1 : 0;
    } else if (text[i] == '}' && open.back() == kBrace) {
      open.pop_back();
    } else if (text[i] == '}' && doubled) {
      open.pop_back();
      if (open.empty()) return i;
      ++i;
    }
  }
  return string_view::npos;
}

Result<std::string> expand(string_view text, int depth) {
  if (depth > kMaxDepth) return Error{"fixture macros are nested more than 8 deep"};
  std::string out;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find("{{"), text.size());
    out.append(text.substr(0, open));
    text.remove_prefix(open);
    if (text.empty()) break;
    const std::size_t close = closing(text, 2);
    std::optional<std::string> expanded;
    if (close != string_view::npos) {
      HFSCAN_TRY_ASSIGN(expanded, expand_macro(text.substr(2, close - 2), depth));
    }
    out.append(expanded ? *expanded : std::string("{{"));
    text.remove_prefix(expanded ? close + 2 : 2);
  }
  return out;
}

}  // namespace

Result<std::string> expand_fixture(std::string_view text) { return expand(text, 0); }

}  // namespace hfscan
