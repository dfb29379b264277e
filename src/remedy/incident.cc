// Tested by tests/unit/remedy/incident_test.cc.
#include "remedy/incident.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/mask.h"
#include "base/text.h"
#include "base/utf.h"

namespace hfscan {
namespace {

constexpr std::string_view kSchema = "hfscan-incident/1";

template <typename Enum>
using Names = std::pair<Enum, const char*>;

constexpr std::array<Names<LeakClass>, 5> kClasses = {{{LeakClass::staged, "staged"},
                                                       {LeakClass::unpushed, "unpushed"},
                                                       {LeakClass::pushed, "pushed"},
                                                       {LeakClass::hub, "hub"},
                                                       {LeakClass::outside_git, "outside-git"}}};
constexpr std::array<Names<Visibility>, 3> kVisibilities = {
    {{Visibility::unknown, "unknown"}, {Visibility::closed, "private"}, {Visibility::open, "public"}}};

template <typename Enum, std::size_t Size>
const char* name_of(const std::array<Names<Enum>, Size>& names, Enum value) {
  for (const auto& [known, name] : names) {
    if (known == value) return name;
  }
  return "";
}

template <typename Enum, std::size_t Size>
std::optional<Enum> value_of(const std::array<Names<Enum>, Size>& names, std::string_view name) {
  for (const auto& [value, known] : names) {
    if (name == known) return value;
  }
  return std::nullopt;
}

std::string safe(std::string_view text) { return to_valid_utf8(mask_token_shapes(text)); }

Status read_secrets(const Json& value, Incident& incident) {
  const Json& secrets = json_member(value, "secrets");
  if (!secrets.is_array()) return Error{"no list of secrets"};
  for (const Json& element : secrets) {
    HFSCAN_TRY_ASSIGN(LeakedSecret secret, leaked_secret_from(element));
    incident.secrets.push_back(std::move(secret));
  }
  return {};
}

// What only the reflog, the stash or nothing leads to is in no branch that could be pushed.
bool is_in_commit(const LeakPlace& place) {
  if (place.kind == PlaceKind::reflog || place.kind == PlaceKind::config || !place.reachable) return false;
  return !place.introduced.empty() || !place.refs.empty();
}

// The host of "https://host/...", "ssh://host/..." and "user@host:path", in lower case.
std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  std::string_view rest = scheme == std::string_view::npos ? url : url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of(scheme == std::string_view::npos ? ":/" : "/?#"));
  if (const std::size_t at = rest.rfind('@'); at != std::string_view::npos) rest = rest.substr(at + 1);
  if (scheme != std::string_view::npos) rest = rest.substr(0, rest.find(':'));
  return to_lower_ascii(rest);
}

}  // namespace

const char* to_string(LeakClass value) { return name_of(kClasses, value); }
const char* to_string(Visibility value) { return name_of(kVisibilities, value); }
std::optional<Visibility> visibility_from(std::string_view name) { return value_of(kVisibilities, name); }

Json to_json(const Incident& incident) {
  Json secrets = Json::array();
  for (const LeakedSecret& secret : incident.secrets) secrets.push_back(to_json(secret));
  return {{"schema", kSchema},
          {"id", incident.id},
          {"created", incident.created},
          {"class", to_string(incident.leak_class)},
          {"visibility", to_string(incident.visibility)},
          {"repository", safe(incident.repository)},
          {"git_dir", safe(incident.git_dir)},
          {"remote", safe(incident.remote)},
          {"remote_url", safe(without_userinfo(incident.remote_url))},
          {"complete", incident.complete},
          {"without_id", incident.without_id},
          {"secrets", std::move(secrets)}};
}

Result<Incident> incident_from(const Json& value) {
  if (json_text(value, "schema") != kSchema) return Error{cat("its schema is not \"", kSchema, "\"")};
  Incident incident;
  incident.id = json_text(value, "id");
  incident.repository = json_text(value, "repository");
  incident.git_dir = json_text(value, "git_dir");
  incident.remote = json_text(value, "remote");
  incident.remote_url = json_text(value, "remote_url");
  const std::optional<LeakClass> leak_class = value_of(kClasses, json_text(value, "class"));
  const std::optional<Visibility> visibility = visibility_from(json_text(value, "visibility"));
  const Json& created = json_member(value, "created");
  if (!leak_class || !visibility || !created.is_number_integer()) {
    return Error{"its class, visibility or time of creation is missing"};
  }
  incident.leak_class = *leak_class;
  incident.visibility = *visibility;
  incident.created = created.get<std::int64_t>();
  incident.complete = json_flag(value, "complete", false);
  incident.without_id = json_number(value, "without_id");
  HFSCAN_TRY(read_secrets(value, incident));
  return incident;
}

LeakClass class_of(const Leaks& leaks, std::string_view remote_url, bool in_repository) {
  bool committed = false;
  bool pushed = false;
  for (const LeakedSecret& secret : leaks.secrets) {
    pushed = pushed || secret.pushed;
    committed = committed || std::any_of(secret.places.begin(), secret.places.end(), is_in_commit);
  }
  if (pushed) return is_hub_url(remote_url) ? LeakClass::hub : LeakClass::pushed;
  if (committed) return LeakClass::unpushed;
  return in_repository ? LeakClass::staged : LeakClass::outside_git;
}

bool is_hub_url(std::string_view url) {
  const std::string host = host_of(url);
  return host == "huggingface.co" || host == "hf.co" || host.ends_with(".huggingface.co") || host.ends_with(".hf.co");
}

std::string without_userinfo(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return std::string(url);
  const std::size_t begin = scheme + 3;
  const std::string_view authority = url.substr(begin, url.find_first_of("/?#", begin) - begin);
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return std::string(url);
  // The user of ssh is no secret, and it does not work without.
  const std::string_view userinfo = authority.substr(0, at);
  const bool is_ssh = url.substr(0, scheme).find("ssh") != std::string_view::npos;
  const std::string_view kept = is_ssh ? userinfo.substr(0, userinfo.find(':')) : "";
  return cat(url.substr(0, begin), kept, kept.empty() ? "" : "@", url.substr(begin + at + 1));
}

}  // namespace hfscan
