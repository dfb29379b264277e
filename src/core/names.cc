// The spelling of every enumeration that a report or a rule file shows: one table each, both directions.
#include <array>
#include <string_view>
#include <utility>

#include "core/diagnostic.h"
#include "core/finding.h"

namespace hfscan {
namespace {

template <typename Enum, std::size_t N>
using Names = std::array<std::pair<Enum, const char*>, N>;

template <typename Enum, std::size_t N>
const char* name_of(const Names<Enum, N>& names, Enum value) {
  for (const auto& [candidate, name] : names) {
    if (candidate == value) return name;
  }
  return "unknown";
}

template <typename Enum, std::size_t N>
std::optional<Enum> value_of(const Names<Enum, N>& names, std::string_view name) {
  for (const auto& [value, candidate] : names) {
    if (name == candidate) return value;
  }
  return std::nullopt;
}

constexpr Names<Severity, 3> kSeverities = {{
    {Severity::note, "note"},
    {Severity::warning, "warning"},
    {Severity::error, "error"},
}};

constexpr Names<Confidence, 3> kConfidences = {{
    {Confidence::low, "low"},
    {Confidence::medium, "medium"},
    {Confidence::high, "high"},
}};

constexpr Names<Autofix, 3> kAutofixes = {{
    {Autofix::none, "none"},
    {Autofix::safe, "safe"},
    {Autofix::review, "review"},
}};

constexpr Names<CredentialKind, 16> kCredentialKinds = {{
    {CredentialKind::user_access_token, "user_access_token"},
    {CredentialKind::org_token, "org_token"},
    {CredentialKind::oauth_access_token, "oauth_access_token"},
    {CredentialKind::oauth_refresh_token, "oauth_refresh_token"},
    {CredentialKind::oauth_app_secret, "oauth_app_secret"},
    {CredentialKind::app_token, "app_token"},
    {CredentialKind::short_lived_jwt, "short_lived_jwt"},
    {CredentialKind::s3_secret_key, "s3_secret_key"},
    {CredentialKind::s3_key_id, "s3_key_id"},
    {CredentialKind::web_token, "web_token"},
    {CredentialKind::legacy_user_token, "legacy_user_token"},
    {CredentialKind::wrong_length_token, "wrong_length_token"},
    {CredentialKind::webhook_secret, "webhook_secret"},
    {CredentialKind::login_cookie, "login_cookie"},
    {CredentialKind::presigned_url, "presigned_url"},
    {CredentialKind::other, "other"},
}};

constexpr Names<Disposition, 4> kDispositions = {{
    {Disposition::active, "active"},
    {Disposition::baselined, "baselined"},
    {Disposition::ignored_inline, "ignored_inline"},
    {Disposition::ignored_config, "ignored_config"},
}};

constexpr Names<PlaceKind, 10> kPlaceKinds = {{
    {PlaceKind::blob, "blob"},
    {PlaceKind::commit_message, "commit_message"},
    {PlaceKind::tag_message, "tag_message"},
    {PlaceKind::note, "note"},
    {PlaceKind::ident, "ident"},
    {PlaceKind::ref_name, "ref_name"},
    {PlaceKind::path, "path"},
    {PlaceKind::reflog, "reflog"},
    {PlaceKind::stash, "stash"},
    {PlaceKind::config, "config"},
}};

constexpr Names<SkipReason, 7> kSkipReasons = {{
    {SkipReason::git_ignored, "git_ignored"},
    {SkipReason::special_file, "special_file"},
    {SkipReason::symlink_target, "symlink_target"},
    {SkipReason::submodule, "submodule"},
    {SkipReason::user_excluded, "user_excluded"},
    {SkipReason::archive_format, "archive_format"},
    {SkipReason::archives_off, "archives_off"},
}};

}  // namespace

const char* to_string(Severity severity) { return name_of(kSeverities, severity); }
const char* to_string(Confidence confidence) { return name_of(kConfidences, confidence); }
const char* to_string(Autofix autofix) { return name_of(kAutofixes, autofix); }
const char* to_string(CredentialKind kind) { return name_of(kCredentialKinds, kind); }
const char* to_string(Disposition disposition) { return name_of(kDispositions, disposition); }
const char* to_string(PlaceKind kind) { return name_of(kPlaceKinds, kind); }
const char* to_string(SkipReason reason) { return name_of(kSkipReasons, reason); }

std::optional<Severity> severity_from(std::string_view name) { return value_of(kSeverities, name); }
std::optional<Confidence> confidence_from(std::string_view name) { return value_of(kConfidences, name); }
std::optional<Autofix> autofix_from(std::string_view name) { return value_of(kAutofixes, name); }
std::optional<CredentialKind> credential_kind_from(std::string_view name) { return value_of(kCredentialKinds, name); }

}  // namespace hfscan
