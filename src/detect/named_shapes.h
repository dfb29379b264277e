// The credentials that no prefix of their own gives away: what counts is the name or the place at which they stand. Internal to
// the grammar; which of them are reported is up to the contexts of the rules.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "detect/credential.h"

namespace hfscan {

// `begin` is where the literal of the anchor stands, as detect/anchors.h names them.
std::optional<Credential> legacy_user_token_at(std::string_view text, std::size_t begin);
std::optional<Credential> web_token_at(std::string_view text, std::size_t begin);
std::optional<Credential> login_cookie_at(std::string_view text, std::size_t begin);
std::optional<Credential> jar_cookie_at(std::string_view text, std::size_t begin);
std::optional<Credential> webhook_secret_at(std::string_view text, std::size_t begin);
std::optional<Credential> presigned_url_at(std::string_view text, std::size_t begin);

}  // namespace hfscan
