// Tested by tests/unit/detect/excerpt_test.cc and masked_text_test.cc.
#include "detect/masked_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "detect/byte_classes.h"
#include "detect/grammar.h"

namespace hfscan {
namespace {

constexpr std::string_view kCut = kCutMark;

enum class Body { alphanumeric, web_token };

// What looks like a credential but was not verified as one (a wrong length, say) is no more anybody's business.
struct TellingPrefix {
  std::string_view text;
  Body body;
  std::size_t run;  // so many characters after it are hidden
};

constexpr std::array<TellingPrefix, 11> kTellingPrefixes = {{
    {"hf_oauth__refresh_", Body::alphanumeric, 20},
    {"hf_oauth_", Body::web_token, 20},
    {"hf_jwt_", Body::web_token, 20},
    {"hf_s3_", Body::web_token, 20},
    {"hf_app_", Body::alphanumeric, 20},
    {"hf_", Body::alphanumeric, 20},
    {"api_org_", Body::alphanumeric, 20},
    {"api_", Body::alphanumeric, 20},
    {"oauth_app_secret_", Body::alphanumeric, 20},
    {"HFAK", Body::alphanumeric, 12},
    {"eyJ", Body::web_token, 20},
}};

bool is_body_character(char c, Body body) {
  return in_class(c, body == Body::web_token ? kBase64UrlClass : kAlnumClass) || (body == Body::web_token && c == '.');
}

// The body to be hidden whose prefix stands at `position`, measured in the whole text: what is shown may end within it.
std::optional<ByteSpan> body_at(std::string_view text, std::size_t position) {
  for (const TellingPrefix& prefix : kTellingPrefixes) {
    if (!starts_with_at(text, position, prefix.text)) continue;
    const std::size_t begin = position + prefix.text.size();
    std::size_t end = begin;
    while (end < text.size() && is_body_character(text[end], prefix.body)) ++end;
    if (end - begin >= prefix.run) return ByteSpan{begin, end};
  }
  return std::nullopt;
}

// Where the word around `position` begins, so that a body is recognised of which only the end is shown.
std::size_t word_begin(std::string_view text, std::size_t position) {
  constexpr std::size_t kLongest = std::size_t{24} * 1024;
  const std::size_t floor = position - std::min(position, kLongest);
  while (position > floor && is_body_character(text[position - 1], Body::web_token)) --position;
  return position;
}

}  // namespace

std::string without_bodies(std::string_view text, ByteSpan range) {
  const auto begin = static_cast<std::size_t>(range.begin);
  const auto end = static_cast<std::size_t>(range.end);
  std::string out;
  const auto append = [&](std::size_t from, std::size_t to) {
    from = std::max(from, begin);
    to = std::min(to, end);
    if (from < to) out.append(text.substr(from, to - from));
  };
  for (std::size_t i = word_begin(text, begin); i < end;) {
    const std::optional<ByteSpan> body = body_at(text, i);
    append(i, body ? static_cast<std::size_t>(body->begin) : i + 1);
    if (body && body->begin < end && body->end > begin) out.append(kCut);
    i = body ? static_cast<std::size_t>(body->end) : i + 1;
  }
  return out;
}

// The first mask that may reach beyond `offset`. Masks nest only a few deep (a run of base64 around a token), so a few steps
// back from the first that begins there are enough.
std::vector<MaskedSpan>::const_iterator first_mask(const std::vector<MaskedSpan>& masks, std::uint64_t offset) {
  constexpr std::ptrdiff_t kMostNested = 8;
  const auto found =
      std::partition_point(masks.begin(), masks.end(), [&](const MaskedSpan& m) { return m.span.begin < offset; });
  return found - std::min(kMostNested, found - masks.begin());
}

std::string masked_text(std::string_view text, ByteSpan range, const std::vector<MaskedSpan>& masks) {
  std::string out;
  std::uint64_t at = range.begin;
  const auto plain_until = [&](std::uint64_t to) {
    if (to > at) out += without_bodies(text, {at, to});
    at = std::max(at, to);
  };
  for (auto mask = first_mask(masks, range.begin); mask != masks.end() && mask->span.begin < range.end; ++mask) {
    if (mask->span.end <= at) continue;
    plain_until(mask->span.begin);
    out += mask->span.begin >= range.begin ? std::string_view(mask->mask) : kCut;
    at = std::min(mask->span.end, range.end);
  }
  plain_until(range.end);
  return out;
}

}  // namespace hfscan
