// The way from a command to the Hub: which host, by which program, on which clock. Separate from the commands that send, so
// that they all choose the host in the same way.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/options.h"
#include "remedy/hub.h"

namespace hfscan {

// Of --endpoint, and HF_ENDPOINT as far as it can forbid something.
Result<HubEndpoint> hub_endpoint(const Options& options);

// Asks nothing and sends nothing yet. An Error when there is no curl.
Result<HubClient> hub_client(const HubEndpoint& endpoint);

// "huggingface.co", "127.0.0.1:8080 (this machine, unencrypted)": how questions name it.
std::string shown_endpoint(const HubEndpoint& endpoint);

// "alive", and on further lines why, whose and what it may do.
std::string verdict_text(const HubVerdict& verdict, Identities identities);

}  // namespace hfscan
