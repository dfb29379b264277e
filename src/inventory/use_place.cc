#include "inventory/use_place.h"

#include <tuple>

#include "base/mask.h"
#include "base/text.h"

namespace hfscan {

const char* to_string(Where where) {
  switch (where) {
    case Where::repository: return "repository";
    case Where::host: return "host";
    case Where::remote: return "remote";
  }
  return "";
}

const char* to_string(HoldsLeaked holds) {
  switch (holds) {
    case HoldsLeaked::no: return "no";
    case HoldsLeaked::yes: return "yes";
    case HoldsLeaked::unknown: return "unknown";
  }
  return "";
}

bool place_order(const UsePlace& a, const UsePlace& b) {
  const auto fields = [](const UsePlace& p) { return std::tie(p.where, p.kind, p.path, p.line, p.name, p.scope, p.key); };
  return fields(a) < fields(b);
}

std::string safe_text(std::string_view text) {
  // Masked before it is cut, so that no piece of a token escapes the mask.
  constexpr std::size_t kMostBytes = 1000;
  constexpr std::size_t kMostRead = std::size_t{64} << 10U;
  std::string safe = escape_for_display(mask_token_shapes(text.substr(0, kMostRead)));
  if (safe.size() <= kMostBytes) return safe;
  std::size_t end = kMostBytes;
  while (end > 0 && (static_cast<unsigned char>(safe[end]) & 0xC0U) == 0x80U) --end;  // not within a character
  return cat(std::string_view(safe).substr(0, end), "...");
}

}  // namespace hfscan
