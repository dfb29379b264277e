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

struct Hint {
  std::string_view word;
  std::string_view place;
};
constexpr std::array kHints = {
    Hint{"prod", "production"}, Hint{"production", "production"}, Hint{"staging", "staging"},   Hint{"stage", "staging"},
    Hint{"dev", "local"},       Hint{"development", "local"},     Hint{"local", "local"},       Hint{"override", "local"},
    Hint{"test", "local"},      Hint{"train", "training"},        Hint{"training", "training"}, Hint{"ci", "ci"}};

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

std::string_view place_named_in(std::string_view name) {
  const std::string lower = to_lower_ascii(name);
  for (std::string_view rest = lower; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find_first_of("_-./"));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    const auto* hint = std::find_if(kHints.begin(), kHints.end(), [word](const Hint& h) { return h.word == word; });
    if (hint != kHints.end()) return hint->place;
  }
  return {};
}

std::string_view usual_place_of(std::string_view path) {
  static constexpr std::array<std::string_view, 8> kFolders = {".github/", ".gitlab/",    ".circleci/",   ".forgejo/",
                                                               ".gitea/",  ".buildkite/", ".woodpecker/", ".azure-pipelines/"};
  static constexpr std::array<std::string_view, 7> kFiles = {".gitlab-ci.yml",  "Jenkinsfile",   "azure-pipelines.yml",
                                                             "cloudbuild.yaml", "buildspec.yml", "bitbucket-pipelines.yml",
                                                             ".travis.yml"};
  return holds_one_of(path, kFolders) || holds_one_of(path, kFiles) ? "ci" : place_named_in(path);
}

}  // namespace hfscan
