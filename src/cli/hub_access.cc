#include "cli/hub_access.h"

#include <chrono>
#include <cstdlib>
#include <thread>

#include "base/text.h"

namespace hfscan {
namespace {

HubClock machine_clock() {
  using std::chrono::duration_cast;
  return {[] { return duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count(); },
          [] { return duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()); },
          [](std::chrono::milliseconds pause) { std::this_thread::sleep_for(pause); }};
}

std::string_view words_of(Liveness state) {
  switch (state) {
    case Liveness::live: return "alive";
    case Liveness::dead: return "dead (401)";
    case Liveness::org_blocked: return "blocked by an organisation, alive elsewhere";
    case Liveness::unknown: break;
  }
  return "unknown";
}

std::string row(std::string_view name, std::string_view value) {
  constexpr std::size_t kWidth = 15;
  return value.empty() ? "" : cat("  ", name, std::string(kWidth - std::min(name.size(), kWidth), ' '), value, "\n");
}

std::string whoami_text(const WhoAmI& who, Identities identities) {
  std::string text = row("owner", who.type) + row("role", who.role) + row("created", who.created_at) +
                     row("expires", who.expires_at) + row("organisations", std::to_string(who.organisations)) +
                     row("scopes", who.scopes);
  if (identities == Identities::hidden) return text;
  return text + row("account", who.identity.account) + row("token name", who.identity.token_name);
}

}  // namespace

Result<HubEndpoint> hub_endpoint(const Options& options) {
  const char* variable = std::getenv("HF_ENDPOINT");  // NOLINT(concurrency-mt-unsafe): read before any thread starts
  const std::string& typed = options.remediate.endpoint;
  return choose_endpoint(typed.empty() ? std::nullopt : std::optional(typed), variable == nullptr ? "" : variable);
}

Result<HubClient> hub_client(const HubEndpoint& endpoint) {
  HFSCAN_TRY_ASSIGN(HubTransport transport, curl_transport(endpoint));
  return HubClient(std::move(transport), machine_clock());
}

std::string shown_endpoint(const HubEndpoint& endpoint) {
  const std::string host = cat(endpoint.host, endpoint.port.empty() ? "" : ":", endpoint.port);
  return endpoint.encrypted ? host : cat(host, " (this machine, unencrypted)");
}

std::string verdict_text(const HubVerdict& verdict, Identities identities) {
  const std::string text = cat(words_of(verdict.state), "\n", row("because", verdict.reason));
  return verdict.who ? text + whoami_text(*verdict.who, identities) : text;
}

}  // namespace hfscan
