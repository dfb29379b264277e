// Tested by tests/unit/remedy/record_test.cc.
#include "remedy/journal_facts.h"

#include <array>

#include "base/text.h"
#include "remedy/hub_endpoint.h"

namespace hfscan {
namespace {

using Wording = std::string (*)(const Json& data);

std::string count_text(const Json& data, const char* name, std::string_view one, std::string_view many) {
  return count_of(data_number(data, name), one, many);
}

std::string revocation_text(const Json& data) {
  const std::string state = data_text(data, "state");
  const std::string id = data_text(data, "sha256").substr(0, 12);
  if (state == "revoked")
    return cat(id, " is dead: 401 at ", data_text(data, "first_401"), " and at ", data_text(data, "second_401"));
  return cat(id, " after the revocation: ", state, ", ", data_text(data, "reason"));
}

struct Event {
  std::string_view name;
  Wording wording;
};

constexpr auto kEvents = std::to_array<Event>({
    {"created",
     [](const Json& data) { return cat("incident opened with ", count_text(data, "secrets", "secret", "secrets")); }},
    {"planned again",
     [](const Json& data) { return cat("planned again: ", count_text(data, "secrets", "secret", "secrets")); }},
    {"whoami",
     [](const Json& data) {
       return cat(data_text(data, "sha256").substr(0, 12), " was asked about: ", data_text(data, "state"));
     }},
    {"revocation sent", [](const Json& data) { return cat("revocation sent to ", data_text(data, "endpoint")); }},
    {"dead", revocation_text},
    {"not dead", revocation_text},
    {"inventory",
     [](const Json& data) {
       return cat("inventory: ", count_text(data, "places", "place", "places"), ", ",
                  std::to_string(data_number(data, "holding")), " with the old token");
     }},
    {"decided",
     [](const Json& data) {
       return cat(data_text(data, "rewrite") == "go" ? "decided to rewrite the history" : "decided not to rewrite the history",
                  data_text(data, "reason").empty() ? "" : cat(": ", data_text(data, "reason")));
     }},
    {"backed up", [](const Json& data) { return cat("mirror and backup of ", count_text(data, "refs", "ref", "refs")); }},
    {"rewritten",
     [](const Json& data) {
       return cat("rewritten in the mirror: ", count_text(data, "commits", "commit", "commits"), ", ",
                  count_text(data, "refs", "ref", "refs"));
     }},
    {"proved", [](const Json&) { return std::string("proved: nothing but the tokens changed"); }},
    {"pushing", [](const Json& data) { return cat("push of ", count_text(data, "refs", "ref", "refs"), " begun"); }},
    {"pushed", [](const Json& data) { return cat("push: ", data_text(data, "outcome")); }},
    {"verified", [](const Json& data) { return cat("remote looked at: ", data_text(data, "result")); }},
    {"guarded", [](const Json&) { return std::string("pre-push hook with the banned commits installed"); }},
    {"attested", [](const Json& data) { return cat(data_text(data, "step"), " attested: ", data_text(data, "reason")); }},
    {"step",
     [](const Json& data) {
       return cat(data_text(data, "step"), " is ", data_text(data, "state"), ": ", data_text(data, "evidence"));
     }},
    {"closed", [](const Json&) { return std::string("closed; mirror and backup destroyed"); }},
});

const JournalEntry* last_about(const Journal& journal, const LeakedSecret& secret,
                               std::initializer_list<std::string_view> events) {
  const std::string id = to_hex(secret.id);
  for (auto entry = journal.entries().rbegin(); entry != journal.entries().rend(); ++entry) {
    if (is_one_of(entry->event, events) && data_text(entry->data, "sha256") == id) return &*entry;
  }
  return nullptr;
}

}  // namespace

std::string data_text(const Json& data, const char* name) {
  if (!data.is_object()) return "";
  const auto member = data.find(name);
  return member != data.end() && member->is_string() ? member->get<std::string>() : "";
}

std::uint64_t data_number(const Json& data, const char* name) {
  if (!data.is_object()) return 0;
  const auto member = data.find(name);
  return member != data.end() && member->is_number_unsigned() ? member->get<std::uint64_t>() : 0;
}

const JournalEntry* last_answer(const Journal& journal, const LeakedSecret& secret) {
  return last_about(journal, secret, {"whoami"});
}

const JournalEntry* last_revocation(const Journal& journal, const LeakedSecret& secret) {
  return last_about(journal, secret, {"dead", "not dead"});
}

std::optional<ProofOfDeath> proof_of_death(const Journal& journal, const LeakedSecret& secret) {
  const JournalEntry* entry = last_revocation(journal, secret);
  if (entry == nullptr || entry->event != "dead") return std::nullopt;
  const std::string endpoint = data_text(entry->data, "endpoint");
  return ProofOfDeath{data_text(entry->data, "first_401"), data_text(entry->data, "second_401"),
                      endpoint == kHubUrl ? "" : endpoint};
}

std::string to_string(const ProofOfDeath& proof) {
  return cat("401 at ", proof.first_401, " and at ", proof.second_401,
             proof.by.empty() ? "" : cat(", as ", escape_for_display(proof.by), " says"));
}

std::vector<std::string> first_changed_commits(const Journal& journal) {
  std::vector<std::string> ids;
  const JournalEntry* entry = journal.last("rewritten");
  if (entry == nullptr || !entry->data.is_object() || !entry->data.contains("first_changed")) return ids;
  for (const Json& id : entry->data.at("first_changed")) {
    if (id.is_string()) ids.push_back(id.get<std::string>());
  }
  return ids;
}

std::vector<PushedRef> pushed_refs(const Journal& journal) {
  std::vector<PushedRef> refs;
  for (auto entry = journal.entries().rbegin(); entry != journal.entries().rend() && refs.empty(); ++entry) {
    if (entry->event != "pushed" || !entry->data.is_object() || !entry->data.contains("refs")) continue;
    for (const Json& ref : entry->data.at("refs")) {
      refs.push_back({data_text(ref, "name"), data_text(ref, "old"), data_text(ref, "new")});
    }
  }
  return refs;
}

Json to_json(const std::vector<PushedRef>& refs) {
  Json array = Json::array();
  for (const PushedRef& ref : refs) array.push_back({{"name", ref.name}, {"old", ref.old_id}, {"new", ref.new_id}});
  return array;
}

std::string entry_text(const JournalEntry& entry) {
  for (const Event& event : kEvents) {
    if (event.name == entry.event) return event.wording(entry.data);
  }
  return "";
}

}  // namespace hfscan
