// Tested by tests/unit/remedy/whoami_test.cc.
#include "remedy/whoami.h"

#include <algorithm>
#include <set>
#include <vector>

#include "base/mask.h"
#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostTextBytes = 120;
constexpr std::size_t kMostScopes = 40;

std::string safe_text(std::string_view text) { return escape_for_display(mask_token_shapes(text.substr(0, kMostTextBytes))); }

std::string text_of(const Json& object, const char* name) { return safe_text(json_text(object, name)); }

void add_texts(const Json& list, std::set<std::string>& texts) {
  if (!list.is_array()) return;
  for (const Json& element : list) {
    if (element.is_string() && texts.size() < kMostScopes) texts.insert(safe_text(element.get_ref<const std::string&>()));
  }
}

std::string listed(const std::set<std::string>& texts) {
  std::string result;
  for (const std::string& text : texts) result += cat(result.empty() ? "" : ", ", text);
  return result;
}

// The names of the repositories are no business of a report; how many there are and what is allowed there is.
std::string scopes_of(const Json& fine_grained) {
  std::set<std::string> global;
  add_texts(json_member(fine_grained, "global"), global);
  std::set<std::string> permissions;
  std::uint64_t places = 0;
  const Json& scoped = json_member(fine_grained, "scoped");
  if (scoped.is_array()) {
    places = scoped.size();
    for (const Json& scope : scoped) add_texts(json_member(scope, "permissions"), permissions);
  }
  std::string result = global.empty() ? "" : cat("global: ", listed(global));
  if (places == 0) return result;
  return cat(result, result.empty() ? "" : "; ", "in ", count_of(places, "place", "places"), ": ", listed(permissions));
}

std::string first_of(std::string a, std::string b, std::string c) {
  if (!a.empty()) return a;
  return b.empty() ? std::move(c) : std::move(b);
}

}  // namespace

std::optional<WhoAmI> read_whoami(std::string_view body) {
  const Result<Json> parsed = parse_json(body, "whoami");
  if (!parsed.ok()) return std::nullopt;
  const Json& root = *parsed;
  WhoAmI who;
  who.type = text_of(root, "type");
  who.identity.account = text_of(root, "name");
  if (who.type.empty() || (who.identity.account.empty() && text_of(root, "id").empty())) return std::nullopt;
  const Json& auth = json_member(root, "auth");
  const Json& token = json_member(auth, "accessToken");
  who.role = text_of(token, "role");
  who.created_at = text_of(token, "createdAt");
  who.expires_at = first_of(text_of(auth, "expiresAt"), text_of(token, "expiresAt"), text_of(token, "expiration"));
  who.identity.token_name = text_of(token, "displayName");
  const Json& orgs = json_member(root, "orgs");
  who.organisations = orgs.is_array() ? orgs.size() : 0;
  who.scopes = scopes_of(json_member(token, "fineGrained"));
  return who;
}

Json to_json(const WhoAmI& who, Identities identities) {
  Json object = Json::object();
  const auto add = [&object](const char* name, const std::string& text) {
    if (!text.empty()) object[name] = text;
  };
  add("type", who.type);
  add("role", who.role);
  add("created_at", who.created_at);
  add("expires_at", who.expires_at);
  object["organisations"] = who.organisations;
  add("scopes", who.scopes);
  if (identities == Identities::hidden) return object;
  add("account", who.identity.account);
  add("token_name", who.identity.token_name);
  return object;
}

}  // namespace hfscan
