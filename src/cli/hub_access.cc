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

}  // namespace hfscan
