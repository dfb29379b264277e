// Tested by tests/unit/remedy/leak_test.cc.
#include "remedy/leak.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/mask.h"
#include "base/text.h"
#include "base/utf.h"

namespace hfscan {
namespace {

constexpr std::string_view kReportSchema = "hfscan-report/1";
constexpr std::array kPlaceKinds = {PlaceKind::blob,  PlaceKind::commit_message, PlaceKind::tag_message, PlaceKind::note,
                                    PlaceKind::ident, PlaceKind::ref_name,       PlaceKind::path,        PlaceKind::reflog,
                                    PlaceKind::stash, PlaceKind::config};

// A report comes from anywhere: what in it looks like a token goes no further.
std::string text_of(const Json& object, const char* name) { return mask_token_shapes(json_text(object, name)); }

std::vector<std::string> texts_of(const Json& object, const char* name) {
  std::vector<std::string> texts = json_texts(object, name);
  for (std::string& text : texts) text = mask_token_shapes(text);
  return texts;
}

PlaceKind kind_from(const std::string& name) {
  const auto* kind = std::find_if(kPlaceKinds.begin(), kPlaceKinds.end(), [&](PlaceKind k) { return to_string(k) == name; });
  return kind == kPlaceKinds.end() ? PlaceKind::blob : *kind;
}

LeakPlace place_from(const Json& object) {
  LeakPlace place;
  place.kind = kind_from(text_of(object, "kind"));
  place.path = text_of(object, "path");
  place.line = json_number(object, "line");
  place.blob = text_of(object, "blob");
  place.encoding = text_of(object, "encoding");
  place.packed = json_flag(object, "packed", false);
  place.introduced = texts_of(object, "introduced");
  place.removed = texts_of(object, "removed");
  place.refs = texts_of(object, "refs");
  place.other_refs = json_number(object, "other_refs");
  place.reachable = json_flag(object, "reachable", true);
  return place;
}

// The place that a finding marks.
LeakPlace marked_place(const Json& finding) {
  const Json& location = json_member(finding, "location");
  LeakPlace place;
  place.path = text_of(location, "path");
  place.line = json_number(json_member(location, "start"), "line");
  place.blob = text_of(location, "blob");
  place.encoding = text_of(json_member(finding, "secret"), "encoding");
  place.packed = location.contains("member");
  if (const std::string commit = text_of(location, "commit"); !commit.empty()) place.introduced.push_back(commit);
  return place;
}

// A file of the work tree is not told from the version of it that git has.
bool same_place(const LeakPlace& known, const LeakPlace& other) {
  return known.path == other.path && known.kind == other.kind && (known.blob == other.blob || other.blob.empty());
}

// What two findings say of one place.
void join(LeakPlace& into, const LeakPlace& from) {
  if (into.line == 0) into.line = from.line;
  if (into.encoding.empty()) into.encoding = from.encoding;
  into.packed = into.packed || from.packed;
  if (into.introduced.empty()) into.introduced = from.introduced;
  if (into.refs.empty()) into.refs = from.refs;
}

void add_place(LeakedSecret& secret, const LeakPlace& place) {
  const auto known = std::find_if(secret.places.begin(), secret.places.end(),
                                  [&place](const LeakPlace& other) { return same_place(other, place); });
  if (known == secret.places.end())
    secret.places.push_back(place);
  else
    join(*known, place);
}

void add_places(LeakedSecret& secret, const Json& finding) {
  const Json& occurrences = json_member(finding, "occurrences");
  const LeakPlace marked = marked_place(finding);
  if (!occurrences.is_array() || occurrences.empty()) return add_place(secret, marked);
  for (const Json& occurrence : occurrences) {
    if (!occurrence.is_object()) continue;
    LeakPlace place = place_from(occurrence);
    if (place.path == marked.path && place.blob == marked.blob) join(place, marked);
    add_place(secret, place);
  }
}

bool counts(const Json& finding) { return text_of(finding, "severity") != "note" && !json_flag(finding, "look_alike", false); }

// RFC 3339 in UTC sorts as text.
void take_first(LeakedSecret& secret, const std::string& commit, const std::string& date) {
  if (commit.empty() || (!secret.first_date.empty() && secret.first_date <= date)) return;
  secret.first_commit = commit;
  secret.first_date = date;
}

void add_finding(LeakedSecret& secret, const Json& finding) {
  const Json& about = json_member(finding, "secret");
  if (secret.masked.empty()) {
    secret.masked = text_of(about, "masked");
    secret.kind = text_of(about, "kind");
  }
  secret.rules.push_back(text_of(finding, "rule"));
  const Json& story = json_member(finding, "story");
  secret.in_head = secret.in_head || json_flag(story, "in_head", false);
  secret.pushed = secret.pushed || json_flag(story, "pushed", false);
  const Json& first = json_member(story, "first");
  take_first(secret, text_of(first, "commit"), text_of(first, "date"));
  add_places(secret, finding);
}

void settle(LeakedSecret& secret) {
  std::sort(secret.rules.begin(), secret.rules.end());
  secret.rules.erase(std::unique(secret.rules.begin(), secret.rules.end()), secret.rules.end());
  std::sort(secret.places.begin(), secret.places.end(), [](const LeakPlace& a, const LeakPlace& b) {
    return std::tie(a.path, a.blob, a.line) < std::tie(b.path, b.blob, b.line);
  });
}

Leaks leaks_from(const Json& findings) {
  Leaks leaks;
  std::map<Sha256Digest, LeakedSecret> secrets;
  std::set<Sha256Digest> active;
  for (const Json& finding : findings) {
    if (!finding.is_object() || !finding.contains("secret") || !counts(finding)) continue;
    const std::optional<Sha256Digest> id = digest_from_hex(text_of(json_member(finding, "secret"), "sha256"));
    const bool is_active = text_of(finding, "disposition") == "active";
    if (!id) {
      leaks.without_id += is_active ? 1 : 0;
      continue;
    }
    secrets[*id].id = *id;
    add_finding(secrets[*id], finding);
    if (is_active) active.insert(*id);
  }
  for (auto& [id, secret] : secrets) {
    if (!active.contains(id)) continue;
    settle(secret);
    leaks.secrets.push_back(std::move(secret));
  }
  return leaks;
}

Json strings(const std::vector<std::string>& texts) {
  Json array = Json::array();
  for (const std::string& text : texts) array.push_back(to_valid_utf8(mask_token_shapes(text)));
  return array;
}

Json to_json(const LeakPlace& place) {
  Json object = {{"kind", to_string(place.kind)}, {"path", to_valid_utf8(mask_token_shapes(place.path))}};
  if (place.line != 0) object["line"] = place.line;
  if (!place.blob.empty()) object["blob"] = place.blob;
  if (!place.encoding.empty()) object["encoding"] = place.encoding;
  if (place.packed) object["packed"] = true;
  object["introduced"] = strings(place.introduced);
  object["removed"] = strings(place.removed);
  object["refs"] = strings(place.refs);
  if (place.other_refs != 0) object["other_refs"] = place.other_refs;
  object["reachable"] = place.reachable;
  return object;
}

void join(LeakedSecret& into, const LeakedSecret& from) {
  into.rules.insert(into.rules.end(), from.rules.begin(), from.rules.end());
  into.in_head = into.in_head || from.in_head;
  into.pushed = into.pushed || from.pushed;
  take_first(into, from.first_commit, from.first_date);
  for (const LeakPlace& place : from.places) add_place(into, place);
  settle(into);
}

}  // namespace

const LeakedSecret* Leaks::find(const Sha256Digest& id) const {
  const auto secret = std::find_if(secrets.begin(), secrets.end(), [&id](const LeakedSecret& one) { return one.id == id; });
  return secret == secrets.end() ? nullptr : &*secret;
}

Leaks merged(Leaks a, const Leaks& b) {
  for (const LeakedSecret& secret : b.secrets) {
    const auto known =
        std::find_if(a.secrets.begin(), a.secrets.end(), [&secret](const LeakedSecret& one) { return one.id == secret.id; });
    if (known == a.secrets.end())
      a.secrets.push_back(secret);
    else
      join(*known, secret);
  }
  std::sort(a.secrets.begin(), a.secrets.end(), [](const LeakedSecret& x, const LeakedSecret& y) { return x.id < y.id; });
  a.complete = a.complete && b.complete;
  a.without_id += b.without_id;
  return a;
}

Result<Leaks> read_leaks(std::string_view text, std::string_view name) {
  HFSCAN_TRY_ASSIGN(const Json report, parse_json(text, name));
  const Json& findings = json_member(report, "findings");
  if (text_of(report, "schema") != kReportSchema || !findings.is_array()) {
    return Error{cat(hfscan::quoted(name), " is no report of hfscan in JSON (schema \"", kReportSchema,
                     "\"): make one with 'hfscan history -r findings.json'")};
  }
  Leaks leaks = leaks_from(findings);
  leaks.command = text_of(report, "command");
  leaks.complete = json_flag(report, "complete", false);
  return leaks;
}

Json to_json(const LeakedSecret& secret) {
  Json places = Json::array();
  for (const LeakPlace& place : secret.places) places.push_back(to_json(place));
  return {{"sha256", to_hex(secret.id)},         {"masked", secret.masked},         {"kind", secret.kind},
          {"rules", strings(secret.rules)},      {"in_head", secret.in_head},       {"pushed", secret.pushed},
          {"first_commit", secret.first_commit}, {"first_date", secret.first_date}, {"places", std::move(places)}};
}

Result<LeakedSecret> leaked_secret_from(const Json& value) {
  const std::optional<Sha256Digest> id = digest_from_hex(text_of(value, "sha256"));
  const Json& places = json_member(value, "places");
  if (!id || !places.is_array()) return Error{"a secret has no sha256 or no places"};
  LeakedSecret secret;
  secret.id = *id;
  secret.masked = text_of(value, "masked");
  secret.kind = text_of(value, "kind");
  secret.rules = texts_of(value, "rules");
  secret.in_head = json_flag(value, "in_head", false);
  secret.pushed = json_flag(value, "pushed", false);
  secret.first_commit = text_of(value, "first_commit");
  secret.first_date = text_of(value, "first_date");
  for (const Json& place : places) {
    if (place.is_object()) secret.places.push_back(place_from(place));
  }
  return secret;
}

std::vector<KnownSecret> known_secrets(const std::vector<LeakedSecret>& secrets) {
  std::vector<KnownSecret> result;
  for (const LeakedSecret& secret : secrets) {
    if (const std::optional<KnownSecret> known = secret.known()) result.push_back(*known);
  }
  return result;
}

}  // namespace hfscan
