// Tested by tests/unit/detect/jwt_test.cc.
#include "detect/jwt.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/encoding.h"
#include "base/json.h"
#include "base/mask.h"
#include "base/text.h"
#include "base/time.h"

namespace hfscan {
namespace {

using std::string_view;

constexpr std::size_t kMaxPayload = std::size_t{16} * 1024;
constexpr std::size_t kLongestName = 40;
constexpr std::size_t kLongestAudience = 80;

// The characters of scopes and client ids. Not '/' and not '@', which names of repositories, users and mailboxes have.
bool is_plain_name(string_view text, std::size_t longest) {
  constexpr string_view kMarks = "-._:";
  return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), [kMarks](char c) {
    return is_alnum_ascii(c) || kMarks.find(c) != string_view::npos;
  });
}

// Part 0, 1 or 2 of three that are joined by dots.
string_view part_of(string_view token, int part) {
  for (; part > 0; --part) token.remove_prefix(std::min(token.find('.'), token.size() - 1) + 1);
  return token.substr(0, token.find('.'));
}

std::optional<Json> object_of(string_view part) {
  if (part.empty() || part.size() > kMaxPayload * 4 / 3 + 4) return std::nullopt;
  const std::string bytes = base64_decode_lenient(part);
  if (bytes.size() > kMaxPayload) return std::nullopt;
  Result<Json> value = parse_json(bytes, "web token");
  if (!value.ok() || !value->is_object()) return std::nullopt;
  return std::move(value).value();
}

void add_grant(JwtClaims& claims, string_view name) {
  if (name.empty()) return;
  if (!is_plain_name(name, kLongestName) || claims.grants.size() == JwtClaims::kMaxGrants)
    ++claims.unnamed_grants;
  else
    claims.grants.push_back({std::string(name), access_of(name)});
}

// An array of strings, or one string with spaces between the scopes (RFC 8693, section 4.2).
void add_scopes(JwtClaims& claims, const Json& value) {
  if (value.is_array()) {
    for (const Json& scope : value) {
      if (scope.is_string()) add_grant(claims, scope.get_ref<const std::string&>());
    }
  }
  if (!value.is_string()) return;
  string_view rest = value.get_ref<const std::string&>();
  while (!rest.empty()) {
    const std::size_t space = std::min(rest.find(' '), rest.size());
    add_grant(claims, rest.substr(0, space));
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
}

bool is_granted(const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  return !value.is_null() && !(value.is_structured() && value.empty());
}

void add_permissions(JwtClaims& claims, const Json& value) {
  if (!value.is_object()) return add_scopes(claims, value);
  for (const auto& [name, granted] : value.items()) {
    if (is_granted(granted)) add_grant(claims, name);
  }
}

// A NumericDate: seconds, possibly with a fraction (RFC 7519, section 2), from 1970 to 9999.
std::optional<std::int64_t> instant_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  const auto seconds = std::floor(found->get<double>());
  if (!(seconds >= 0 && seconds <= static_cast<double>(kLastInstant))) return std::nullopt;
  return static_cast<std::int64_t>(seconds);
}

// A client id, or the origin of an address: what follows in an address may name a user or a repository.
std::string audience_text(string_view text) {
  const std::size_t scheme = text.find("://");
  if (scheme == string_view::npos) return is_plain_name(text, kLongestAudience) ? std::string(text) : "";
  const std::size_t host = scheme + 3;
  const string_view origin = text.substr(0, text.find_first_of("/?#", host));
  const bool plain =
      is_plain_name(origin.substr(0, scheme), kLongestName) && is_plain_name(origin.substr(host), kLongestAudience);
  return plain ? std::string(origin) : "";
}

std::string audience_of(const Json& payload) {
  const auto found = payload.find("aud");
  if (found == payload.end()) return "";
  const Json& first = found->is_array() && !found->empty() ? found->front() : *found;
  return first.is_string() ? audience_text(first.get_ref<const std::string&>()) : "";
}

// Whether one of the words of `name` is among `words`.
template <std::size_t N>
bool has_word(string_view name, const std::array<string_view, N>& words) {
  while (!name.empty()) {
    const std::size_t end = std::min(name.find_first_of("-._:"), name.size());
    if (std::find(words.begin(), words.end(), name.substr(0, end)) != words.end()) return true;
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return false;
}

// "write scopes a, b and 3 more", as far as `room` names go.
void add_grants(std::string& text, const JwtClaims& claims, Access access, std::size_t& room) {
  static constexpr std::array<string_view, 3> kNames = {"read", "write", "admin"};
  std::string names;
  std::size_t hidden = access == Access::write ? claims.unnamed_grants : 0;
  for (const JwtClaims::Grant& grant : claims.grants) {
    if (grant.access != access) continue;
    if (room == 0) {
      ++hidden;
      continue;
    }
    --room;
    names += cat(names.empty() ? "" : ", ", grant.name);
  }
  if (names.empty() && hidden == 0) return;
  if (hidden != 0) names += cat(names.empty() ? "" : " and ", std::to_string(hidden), names.empty() ? " unnamed" : " more");
  text += cat(kNames.at(static_cast<std::size_t>(access)), " ", claims.noun, " ", names, "; ");
}

}  // namespace

Access access_of(std::string_view scope) {
  static constexpr std::array<string_view, 3> kAdmin = {"admin", "manage", "owner"};
  static constexpr std::array<string_view, 5> kWrite = {"write", "create", "delete", "contribute", "update"};
  static constexpr std::array<string_view, 3> kRead = {"read", "gated", "list"};
  static constexpr std::array<string_view, 3> kIdentity = {"openid", "profile", "email"};
  const std::string name = to_lower_ascii(scope);
  if (has_word(name, kAdmin)) return Access::admin;
  if (has_word(name, kWrite)) return Access::write;
  const bool identity = std::find(kIdentity.begin(), kIdentity.end(), name) != kIdentity.end();
  return identity || has_word(name, kRead) ? Access::read : Access::write;
}

std::optional<JwtClaims> decode_jwt(std::string_view credential) {
  for (const string_view prefix : {string_view("hf_oauth_"), string_view("hf_jwt_"), string_view("hf_s3_")}) {
    if (credential.starts_with(prefix)) credential.remove_prefix(prefix.size());
  }
  if (std::count(credential.begin(), credential.end(), '.') != 2 || !object_of(part_of(credential, 0))) return std::nullopt;
  const std::optional<Json> payload = object_of(part_of(credential, 1));
  if (!payload) return std::nullopt;
  JwtClaims claims;
  for (const char* key : {"scope", "scopes"}) {
    if (const auto found = payload->find(key); found != payload->end()) add_scopes(claims, *found);
  }
  if (const auto found = payload->find("permissions"); found != payload->end() && claims.grants.empty()) {
    claims.noun = "permissions";
    add_permissions(claims, *found);
  }
  claims.audience = audience_of(*payload);
  claims.expires = instant_of(*payload, "exp");
  const std::optional<std::int64_t> issued = instant_of(*payload, "iat");
  if (claims.expires && issued && *issued <= *claims.expires) claims.lifetime = *claims.expires - *issued;
  return claims;
}

bool is_read_only(const JwtClaims& claims) {
  return claims.unnamed_grants == 0 && !claims.grants.empty() &&
         std::all_of(claims.grants.begin(), claims.grants.end(),
                     [](const auto& grant) { return grant.access == Access::read; });
}

std::string describe(const JwtClaims& claims) {
  std::string text;
  std::size_t room = 12;  // names that a line of a report can bear
  for (const Access access : {Access::admin, Access::write, Access::read}) add_grants(text, claims, access, room);
  if (!claims.audience.empty()) text += cat("audience ", claims.audience, "; ");
  if (claims.lifetime) text += cat("valid for ", duration_text(*claims.lifetime), "; ");
  if (claims.expires) text += cat("expires ", instant_text(*claims.expires), "; ");
  if (!text.empty()) text.resize(text.size() - 2);
  return mask_token_shapes(text);
}

std::string duration_text(std::int64_t seconds) {
  struct Unit {
    std::int64_t size;
    string_view one;
    string_view many;
  };
  static constexpr std::array<Unit, 4> kUnits = {
      {{86400, " day", " days"}, {3600, " h", " h"}, {60, " min", " min"}, {1, " s", " s"}}};
  std::string text;
  int used = 0;
  for (const Unit& unit : kUnits) {
    const std::int64_t count = seconds / unit.size;
    if (count == 0 || used == 2) continue;
    ++used;
    seconds -= count * unit.size;
    text += cat(text.empty() ? "" : " ", with_thousands(static_cast<std::uint64_t>(count)), count == 1 ? unit.one : unit.many);
  }
  return text.empty() ? "0 s" : text;
}

}  // namespace hfscan
