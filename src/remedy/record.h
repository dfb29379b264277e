// The report of an incident, for people who were not there: what leaked, since when, what was done about it, what is proven and
// what is not. In Markdown, without any secret, and without names of this machine.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "remedy/incident.h"
#include "remedy/journal.h"
#include "remedy/status.h"
#include "remedy/whoami.h"

namespace hfscan {

struct RecordInputs {
  const Incident& incident;
  const IncidentStatus& status;
  const Journal& journal;
  Json inventory;                              // as inventory.json; null: none was taken
  std::string plan_digest;                     // SHA-256 of plan.json, in hexadecimal
  std::string tool;                            // "hfscan 0.1.0"
  Identities identities = Identities::hidden;  // whether the owner's account is named, where it was asked for
  std::int64_t now = 0;
};

std::string record_text(const RecordInputs& inputs);

enum class SupportHost { github, gitlab, hub };
std::optional<SupportHost> support_host_from(std::string_view name);  // "github", "gitlab", "hf"
const char* to_string(SupportHost host);

// The request to the host to remove what only it can remove, ready to be sent.
std::string support_text(SupportHost host, const RecordInputs& inputs);

}  // namespace hfscan
