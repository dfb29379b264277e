// One request to the Hub and what came back, by way of the user's `curl`: hfscan itself has no network code. Separate from what
// the answers mean (hub.h), so that the latter can be tested without a network and this without the former.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "remedy/hub_endpoint.h"

namespace hfscan {

struct HubCall {
  std::string_view path;         // "/api/whoami-v2"
  std::string_view bearer = {};  // a secret; empty: the call names nobody
  std::string_view json = {};    // with secrets in it; empty: GET, else POST
};

// Texts of the server are as they came: whoever shows them masks and escapes them.
struct HubAnswer {
  int status = 0;                                 // of HTTP; 0: none that can be believed, and `trouble` says why
  std::string trouble = {};                       // one line, safe to show
  bool worth_another_try = false;                 // the trouble may pass by itself
  std::optional<std::chrono::seconds> wait = {};  // Retry-After, or `t` of RateLimit (RFC 9110; IETF draft of RateLimit)
  std::string error_message = {};                 // X-Error-Message
  std::string body = {};
};

using HubTransport = std::function<HubAnswer(const HubCall&)>;

// By curl, which gets everything but the address through a pipe, follows no redirect, reads no configuration and no netrc, and
// checks certificates. An Error when it is not installed: one line that says what to do by hand.
Result<HubTransport> curl_transport(const HubEndpoint& endpoint);

// What `curl --include` wrote, the headers first. Interim answers (1xx) are passed over.
HubAnswer read_http_answer(std::string_view bytes);

}  // namespace hfscan
