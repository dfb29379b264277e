// Tested by tests/unit/core/rotation_test.cc.
#include "core/rotation.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::array kRoles = {TokenRole::read, TokenRole::write, TokenRole::fine_grained};

int days_of(const RotationPeriods& periods, std::optional<TokenRole> role) {
  if (!role) return std::min(periods.write, periods.fine_grained);
  switch (*role) {
    case TokenRole::read: return periods.read;
    case TokenRole::write: return periods.write;
    case TokenRole::fine_grained: return periods.fine_grained;
  }
  return periods.write;
}

}  // namespace

const char* to_string(TokenRole role) {
  switch (role) {
    case TokenRole::read: return "read";
    case TokenRole::write: return "write";
    case TokenRole::fine_grained: return "fineGrained";
  }
  return "";
}

std::optional<TokenRole> token_role_from(std::string_view name) {
  const auto* found = std::find_if(kRoles.begin(), kRoles.end(), [name](TokenRole role) { return name == to_string(role); });
  return found == kRoles.end() ? std::nullopt : std::optional(*found);
}

int RotationPolicy::most_days(std::optional<TokenRole> role, std::string_view place) const {
  int days = days_of(max_age, role);
  for (const RotationPlace& entry : places) {
    if (!place.empty() && entry.match == place && entry.max_age) days = std::min(days, *entry.max_age);
  }
  return days;
}

bool RotationPolicy::allows(TokenRole role, std::string_view place) const {
  return std::all_of(places.begin(), places.end(), [&](const RotationPlace& entry) {
    const auto& roles = entry.allow_roles;
    return entry.match != place || roles.empty() || std::find(roles.begin(), roles.end(), role) != roles.end();
  });
}

Preference RotationPolicy::preference(std::string_view place) const {
  const auto prefers = [place](const RotationPlace& entry) { return entry.match == place && entry.prefer != Preference::none; };
  const auto found = std::find_if(places.begin(), places.end(), prefers);
  return found == places.end() ? Preference::none : found->prefer;
}

std::string_view RotationPolicy::place_of_path(std::string_view path) const {
  for (const RotationPlace& entry : places) {
    const auto names = [path](const std::string& pattern) { return path_matches(pattern, path); };
    if (std::any_of(entry.paths.begin(), entry.paths.end(), names)) return entry.match;
  }
  return {};
}

}  // namespace hfscan
