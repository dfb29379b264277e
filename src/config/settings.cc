#include "config/settings.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::array<std::pair<Profile, const char*>, 2> kProfiles = {{
    {Profile::standard, "default"},
    {Profile::strict, "strict"},
}};

constexpr std::array<std::pair<ColorMode, const char*>, 3> kColorModes = {{
    {ColorMode::automatic, "auto"},
    {ColorMode::always, "always"},
    {ColorMode::never, "never"},
}};

template <typename Table, typename Enum>
const char* name_of(const Table& table, Enum value) {
  const auto found = std::find_if(table.begin(), table.end(), [value](const auto& row) { return row.first == value; });
  return found == table.end() ? "unknown" : found->second;
}

template <typename Enum, std::size_t N>
std::optional<Enum> value_of(const std::array<std::pair<Enum, const char*>, N>& table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [name](const auto& row) { return row.second == name; });
  return found == table.end() ? std::nullopt : std::optional(found->first);
}

}  // namespace

const char* to_string(Profile profile) { return name_of(kProfiles, profile); }
const char* to_string(ColorMode mode) { return name_of(kColorModes, mode); }
std::optional<Profile> profile_from(std::string_view name) { return value_of(kProfiles, name); }
std::optional<ColorMode> color_mode_from(std::string_view name) { return value_of(kColorModes, name); }

std::string to_string(const Origin& origin) {
  if (origin.kind == OriginKind::built_in) return "default";
  if (origin.line == 0) return origin.name;
  return cat(origin.name, ":", std::to_string(origin.line));
}

RotationPolicy rotation_policy(const Settings& settings) {
  RotationPolicy policy;
  policy.max_age = settings.rotation_max_age.value;
  policy.warn_before = settings.rotation_warn_before.value.count;
  for (const ConfiguredPlace& entry : settings.rotation_places) policy.places.push_back(entry.place);
  return policy;
}

const IgnorePath* find_ignore_path(const Settings& settings, std::string_view path) {
  const auto excludes = [path](const IgnorePath& entry) {
    return path.starts_with(entry.folder) && ignore_pattern_matches(entry.pattern, path.substr(entry.folder.size()));
  };
  const auto found = std::find_if(settings.ignore_paths.rbegin(), settings.ignore_paths.rend(), excludes);
  return found == settings.ignore_paths.rend() ? nullptr : &*found;
}

}  // namespace hfscan
