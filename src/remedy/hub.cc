// Tested by tests/unit/remedy/hub_test.cc.
#include "remedy/hub.h"

#include <algorithm>
#include <array>

#include "base/mask.h"
#include "base/text.h"
#include "remedy/hub_kinds.h"

namespace hfscan {
namespace {

constexpr std::string_view kWhoami = "/api/whoami-v2";
constexpr std::string_view kRevoke = "/api/credentials/revoke";
constexpr std::size_t kMostShown = 160;

// What the server says about its answer, in quotes; empty when it says nothing.
std::string said(const HubAnswer& answer) {
  std::string text = answer.error_message;
  if (text.empty()) {
    const Result<Json> body = parse_json(answer.body, "answer");
    if (body.ok() && body->is_object() && body->contains("error") && (*body)["error"].is_string()) text = (*body)["error"];
  }
  return text.empty() ? "" : cat(": ", hfscan::quoted(mask_token_shapes(std::string_view(text).substr(0, kMostShown))));
}

std::string code(const HubAnswer& answer) { return cat("the answer was ", std::to_string(answer.status)); }

std::string later(const HubAnswer& answer) {
  return answer.wait ? cat(", which asks to wait ", std::to_string(answer.wait->count()), " s") : std::string();
}

std::string why_unknown(const HubAnswer& answer) {
  if (answer.status == 0) return answer.trouble;
  if (answer.status < 300) return cat(code(answer), ", but without what whoami says of a token");
  if (answer.status < 400) return cat(code(answer), ", a redirect, which is never followed");
  return cat(code(answer), later(answer), said(answer));
}

// Who is offline does not want to wait for it.
constexpr int kMostTriesWithoutAnswer = 3;

bool wants_another_try(const HubAnswer& answer, int tries) {
  if (answer.status == 0) return answer.worth_another_try && tries < kMostTriesWithoutAnswer;
  return answer.status == 429 || answer.status >= 500;
}

// A 401 proves nothing about what whoami does not know.
HubVerdict limited_to(WhoamiSays says, HubVerdict verdict) {
  if (says == WhoamiSays::everything || verdict.state != Liveness::dead) return verdict;
  verdict.state = Liveness::unknown;
  verdict.reason = "the answer was 401, which for this kind does not mean that it is dead";
  return verdict;
}

}  // namespace

const char* to_string(Liveness liveness) {
  static constexpr std::array<const char*, 4> kNames = {"live", "dead", "org_blocked", "unknown"};
  return kNames.at(static_cast<std::size_t>(liveness));
}

Json to_json(const HubVerdict& verdict, Identities identities) {
  Json object = {{"state", to_string(verdict.state)}};
  if (verdict.status != 0) object["status"] = verdict.status;
  if (!verdict.reason.empty()) object["reason"] = verdict.reason;
  if (verdict.who) object["whoami"] = to_json(*verdict.who, identities);
  return object;
}

HubVerdict read_verdict(const HubAnswer& answer) {
  if (answer.status == 200) {
    std::optional<WhoAmI> who = read_whoami(answer.body);
    if (who) return {Liveness::live, 200, "", std::move(who)};
  }
  if (answer.status == 401) return {Liveness::dead, 401, ""};
  if (answer.status == 403)
    return {Liveness::org_blocked, 403, cat("an organisation refuses it, elsewhere it works (403)", said(answer))};
  return {Liveness::unknown, answer.status, why_unknown(answer)};
}

HubAnswer HubClient::ask(const HubCall& call) const {
  const std::chrono::milliseconds start = clock_.elapsed();
  std::chrono::milliseconds wait = patience_.first;
  for (int tries = 1;; ++tries) {
    HubAnswer answer = transport_(call);
    if (!wants_another_try(answer, tries)) return answer;
    const std::chrono::milliseconds pause = answer.wait ? std::max<std::chrono::milliseconds>(*answer.wait, wait) : wait;
    if (clock_.elapsed() - start + pause > patience_.total) return answer;
    clock_.sleep(pause);
    wait = std::min(2 * wait, patience_.most);
  }
}

HubVerdict HubClient::whoami(const Secret& token) const {
  const std::optional<CredentialKind> kind = kind_of_token(token.expose());
  if (!kind || !is_sendable(token.expose())) return {Liveness::unknown, 0, "it does not look like a token; it was not sent"};
  const WhoamiSays says = hub_kind(*kind).whoami;
  if (says == WhoamiSays::nothing) return {Liveness::unknown, 0, "the Hub cannot be asked about this kind; it was not sent"};
  return limited_to(says, read_verdict(ask({.path = kWhoami, .bearer = token.expose()})));
}

Delivery HubClient::revoke(std::span<const Secret* const> tokens) const {
  if (tokens.empty() || tokens.size() > kMostCredentials) return {false, 0, "nothing to send, or too much for one request"};
  WipingBuffer body;
  body.append("{\"credentials\":[");
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!is_sendable(tokens[i]->expose())) return {false, 0, "one of them does not look like a token; nothing was sent"};
    body.append(i == 0 ? "\"" : ",\"").append(tokens[i]->expose()).append("\"");
  }
  body.append("]}");
  const HubAnswer answer = ask({.path = kRevoke, .json = body.view()});
  if (answer.status >= 200 && answer.status < 300) return {true, answer.status, ""};
  return {false, answer.status, why_unknown(answer)};
}

}  // namespace hfscan
