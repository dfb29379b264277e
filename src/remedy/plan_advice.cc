// Tested by tests/unit/remedy/plan_test.cc.
#include "remedy/plan_advice.h"

#include <set>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::string_view kBuysNothing =
    "what was pushed may be in clones, forks, caches and logs that no rewrite reaches, and a dead token is of no use to "
    "anybody "
    "who has it. ";

std::string cost_text(const RewriteCost& cost) {
  std::string text = cat(" It would change ", with_thousands(cost.rewritten), " of ",
                         count_of(cost.commits, "commit", "commits"), " and ", count_of(cost.refs, "ref", "refs"));
  if (cost.signatures != 0) text += cat(", and drop ", count_of(cost.signatures, "signature", "signatures"));
  if (cost.pull_requests != 0)
    text += cat("; ", count_of(cost.pull_requests, "pull-request ref", "pull-request refs"), " would stay");
  return text + ".";
}

bool all_dead(const Incident& incident, const SecretFates& fates) {
  return fates.dead != 0 && fates.dead == incident.secrets.size();
}

std::string advice_for_pushed(const Incident& incident, const SecretFates& fates) {
  if (fates.survived != 0)
    return "A token is still alive after its revocation. Kill it on the web page first; as long as that fails, a rewrite keeps "
           "it from those who come later, and from nobody who has a clone, a fork or a cached page.";
  if (all_dead(incident, fates))
    return cat("Every token is dead, so a rewrite buys nothing for security: ", kBuysNothing,
               "Rewrite only if the string itself must not be seen.");
  return cat("Once the token is dead, a rewrite buys nothing for security: ", kBuysNothing,
             "Rewrite only if the token cannot be revoked, or if the string itself must not be seen.");
}

struct Spelling {
  std::uint64_t packed = 0;
  std::uint64_t encoded = 0;
  std::set<std::string> encodings;
};

Spelling spelling_of(const Incident& incident) {
  Spelling found;
  for (const LeakedSecret& secret : incident.secrets) {
    for (const LeakPlace& place : secret.places) {
      const bool as_it_is = place.encoding.empty() || place.encoding == "plain" || place.encoding.starts_with("utf-");
      if (place.packed) ++found.packed;
      if (place.packed || as_it_is) continue;
      ++found.encoded;
      found.encodings.insert(place.encoding);
    }
  }
  return found;
}

std::string listed(const std::set<std::string>& texts) {
  std::string list;
  for (const std::string& text : texts) list += cat(list.empty() ? "" : ", ", text);
  return list;
}

}  // namespace

// A rewrite is worth it where it is cheap, or where nothing else helps.
void add_advice(Plan& plan, const Incident& incident, const PlanChoices& choices) {
  if (!incident.has_commits()) return;
  const bool is_cheap = incident.leak_class == LeakClass::unpushed;
  const bool helps = is_cheap || choices.fates.survived != 0;
  plan.recommended = helps ? RewriteChoice::go : RewriteChoice::skip;
  plan.advice = is_cheap
                    ? "Rewrite it: nobody else has these commits yet, so it costs nobody anything, and the push will not leak."
                    : advice_for_pushed(incident, choices.fates);
  if (choices.cost) plan.advice += cost_text(*choices.cost);
}

std::vector<std::string> known_of_secrets(const Incident& incident, const SecretFates& fates) {
  std::vector<std::string> lines;
  const std::uint64_t all = incident.secrets.size();
  if (all_dead(incident, fates))
    lines.emplace_back(all == 1 ? "It is dead: Hugging Face answers 401. What is left is to replace and to clean up."
                                : "All are dead: Hugging Face answers 401. What is left is to replace and to clean up.");
  else if (fates.dead != 0)
    lines.push_back(cat(with_thousands(fates.dead), " of ", with_thousands(all), " are dead: Hugging Face answers 401."));
  if (fates.survived != 0)
    lines.push_back(cat(count_of(fates.survived, "token is", "tokens are"), " STILL ALIVE after the revocation."));
  return lines;
}

std::vector<std::string> spelling_notes(const Incident& incident) {
  const Spelling found = spelling_of(incident);
  std::vector<std::string> notes;
  if (found.encoded != 0)
    notes.push_back(cat("In ", count_of(found.encoded, "place", "places"), " it is spelled another way (",
                        listed(found.encodings),
                        "): a rewrite puts text of the same length there and leaves what stands around it."));
  if (found.packed != 0)
    notes.push_back(cat("In ", count_of(found.packed, "place", "places"),
                        " it is inside an archive: a rewrite replaces the whole file by a line that says so."));
  return notes;
}

}  // namespace hfscan
