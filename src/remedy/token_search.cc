// Tested by tests/unit/remedy/token_search_test.cc.
#include "remedy/token_search.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::string_view kEllipsis = "\u2026";
constexpr std::string_view kMark = "REVOKED_";
constexpr std::size_t kShownDigits = 8;

// The characters of a span whose other bytes are all zero; empty when they are not.
std::string gathered(std::string_view bytes, unsigned step) {
  std::string result;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i % step == 0)
      result += bytes[i];
    else if (bytes[i] != '\0')
      return "";
  }
  return result;
}

bool is_secret(std::string_view bytes, unsigned step, const KnownSecret& secret) {
  if (step == 1) return sha256(bytes) == secret.id;
  std::string characters = gathered(bytes, step);
  const bool same = !characters.empty() && sha256(characters) == secret.id;
  wipe(characters);
  return same;
}

}  // namespace

std::optional<KnownSecret> known_secret(const Sha256Digest& id, std::string_view masked) {
  const std::size_t ellipsis = masked.find(kEllipsis);
  if (ellipsis == std::string_view::npos || ellipsis == 0) return std::nullopt;
  std::string_view rest = masked.substr(ellipsis + kEllipsis.size());
  if (!rest.starts_with('(') || !rest.ends_with(')')) return std::nullopt;
  rest = rest.substr(1, rest.size() - 2);
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), size);
  if (error != std::errc() || end != rest.data() + rest.size() || size <= ellipsis || size > 65536) return std::nullopt;
  return KnownSecret{id, std::string(masked.substr(0, ellipsis)), size};
}

std::string replacement_of(const KnownSecret& secret) {
  std::string text = cat(secret.prefix, kMark, to_hex(secret.id).substr(0, kShownDigits));
  text.resize(secret.size, '_');
  return text;
}

std::string spread(std::string_view text, unsigned step) {
  std::string result;
  for (const char c : text) {
    if (!result.empty()) result.append(step - 1, '\0');
    result += c;
  }
  return result;
}

void TokenSearch::find_at_step(std::string_view bytes, unsigned step, std::vector<TokenSpan>& found) const {
  for (std::uint32_t number = 0; number < secrets_.size(); ++number) {
    const KnownSecret& secret = secrets_[number];
    const std::string needle = spread(secret.prefix, step);
    const std::size_t size = (secret.size - 1) * step + 1;
    std::size_t at = bytes.find(needle);
    while (at != std::string_view::npos && bytes.size() - at >= size) {
      const bool here = is_secret(bytes.substr(at, size), step, secret);
      if (here) found.push_back({{at, at + size}, number, step});
      at = bytes.find(needle, at + (here ? size : 1));
    }
  }
}

std::vector<TokenSpan> TokenSearch::find(std::string_view bytes) const {
  std::vector<TokenSpan> found;
  for (const unsigned step : {1U, 2U, 4U}) find_at_step(bytes, step, found);
  std::sort(found.begin(), found.end(), [](const TokenSpan& a, const TokenSpan& b) { return a.span < b.span; });
  std::uint64_t end = 0;
  std::erase_if(found, [&end](const TokenSpan& span) {
    if (span.span.begin < end) return true;
    end = span.span.end;
    return false;
  });
  return found;
}

std::string TokenSearch::replaced(std::string_view bytes) const {
  std::string result(bytes);
  for (const TokenSpan& span : find(bytes)) {
    const std::string text = spread(replacement_of(secrets_[span.secret]), span.step);
    std::copy(text.begin(), text.end(), result.begin() + static_cast<std::ptrdiff_t>(span.span.begin));
  }
  return result;
}

Secret TokenSearch::take(std::string_view bytes, const TokenSpan& span) {
  std::string characters = gathered(bytes.substr(span.span.begin, span.span.size()), span.step);
  Secret secret(characters);
  wipe(characters);
  return secret;
}

}  // namespace hfscan
