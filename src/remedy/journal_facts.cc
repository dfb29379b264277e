// Tested by tests/unit/remedy/record_test.cc.
#include "remedy/journal_facts.h"

#include <array>

#include "base/text.h"
#include "remedy/hub_endpoint.h"

namespace hfscan {
namespace {

using Wording = std::string (*)(const Json& data);

std::string count_text(const Json& data, const char* name, std::string_view one, std::string_view many) {
  return count_of(json_number(data, name), one, many);
}

std::string revocation_text(const Json& data) {
  const std::string state = json_text(data, "state");
  const std::string id = json_text(data, "sha256").substr(0, 12);
  if (state == "revoked")
    return cat(id, " is dead: 401 at ", json_text(data, "first_401"), " and at ", json_text(data, "second_401"));
  return cat(id, " after the revocation: ", state, ", ", json_text(data, "reason"));
}

// What an event of its own tells is not told again when it is measured.
std::string step_text(const Json& data) {
  const std::string step = json_text(data, "step");
  const bool is_done = json_text(data, "state") == "done";
  const bool is_told =
      is_one_of(step, {"triage", "revoke", "decide", "preflight", "backup", "rewrite", "prove", "push", "guard"});
  if (is_done && (is_told || json_flag(data, "attested", false))) return "";
  return cat(step, " is ", json_text(data, "state"), ": ", json_text(data, "evidence"));
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
       return cat(json_text(data, "sha256").substr(0, 12), " was asked about: ", json_text(data, "state"));
     }},
    {"revocation sent", [](const Json& data) { return cat("revocation sent to ", json_text(data, "endpoint")); }},
    {"dead", revocation_text},
    {"not dead", revocation_text},
    {"inventory",
     [](const Json& data) {
       return cat("inventory: ", count_text(data, "places", "place", "places"), ", ",
                  std::to_string(json_number(data, "holding")), " with the old token");
     }},
    {"decided",
     [](const Json& data) {
       return cat(json_text(data, "rewrite") == "go" ? "decided to rewrite the history" : "decided not to rewrite the history",
                  json_text(data, "reason").empty() ? "" : cat(": ", json_text(data, "reason")));
     }},
    {"backed up", [](const Json& data) { return cat("mirror and backup of ", count_text(data, "refs", "ref", "refs")); }},
    {"rewritten",
     [](const Json& data) {
       return cat("rewritten in the mirror: ", count_text(data, "commits", "commit", "commits"), ", ",
                  count_text(data, "refs", "ref", "refs"));
     }},
    {"proved", [](const Json&) { return std::string("proved: nothing but the tokens changed"); }},
    {"pushing", [](const Json& data) { return cat("push of ", count_text(data, "refs", "ref", "refs"), " begun"); }},
    {"pushed", [](const Json& data) { return cat("push: ", json_text(data, "outcome")); }},
    {"verified", [](const Json& data) { return cat("remote looked at: ", json_text(data, "result")); }},
    {"guarded", [](const Json&) { return std::string("pre-push hook with the banned commits installed"); }},
    {"attested", [](const Json& data) { return cat(json_text(data, "step"), " attested: ", json_text(data, "reason")); }},
    {"step", step_text},
    {"closed", [](const Json&) { return std::string("closed; mirror and backup destroyed"); }},
});

const JournalEntry* last_about(const Journal& journal, const LeakedSecret& secret,
                               std::initializer_list<std::string_view> events) {
  const std::string id = to_hex(secret.id);
  return journal.last_where([&id, events](const JournalEntry& entry) {
    return is_one_of(entry.event, events) && json_text(entry.data, "sha256") == id;
  });
}

}  // namespace

const JournalEntry* last_answer(const Journal& journal, const LeakedSecret& secret) {
  return last_about(journal, secret, {"whoami"});
}

const JournalEntry* last_revocation(const Journal& journal, const LeakedSecret& secret) {
  return last_about(journal, secret, {"dead", "not dead"});
}

std::optional<ProofOfDeath> proof_of_death(const Journal& journal, const LeakedSecret& secret) {
  const JournalEntry* entry = last_revocation(journal, secret);
  if (entry == nullptr || entry->event != "dead") return std::nullopt;
  const std::string endpoint = json_text(entry->data, "endpoint");
  return ProofOfDeath{json_text(entry->data, "first_401"), json_text(entry->data, "second_401"),
                      endpoint == kHubUrl ? "" : endpoint};
}

std::string to_string(const ProofOfDeath& proof) {
  return cat("401 at ", proof.first_401, " and at ", proof.second_401,
             proof.by.empty() ? "" : cat(", as ", escape_for_display(proof.by), " says"));
}

std::vector<std::string> first_changed_commits(const Journal& journal) {
  const JournalEntry* entry = journal.last("rewritten");
  return entry == nullptr ? std::vector<std::string>{} : json_texts(entry->data, "first_changed");
}

bool may_have_pushed(const Journal& journal) {
  bool begun = false;
  for (const JournalEntry& entry : journal.entries()) {
    if (entry.event == "pushing") begun = true;
    if (entry.event != "pushed") continue;
    if (!is_one_of(json_text(entry.data, "outcome"), {"moved", "refused", "not-atomic"})) return true;
    begun = false;  // it changed nothing
  }
  return begun;
}

std::string entry_text(const JournalEntry& entry) {
  for (const Event& event : kEvents) {
    if (event.name == entry.event) return event.wording(entry.data);
  }
  return "";
}

}  // namespace hfscan
