// Where a found token may be sent: huggingface.co, or what the user typed. Separate from the calls, because this decision is
// the one that must not be wrong: a token that is sent elsewhere has leaked once more, by our own hand.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hfscan {

inline constexpr std::string_view kHubUrl = "https://huggingface.co";

struct HubEndpoint {
  std::string url{kHubUrl};             // scheme, host and port in lower case; no '/' at the end
  std::string host = "huggingface.co";  // "[::1]" with its brackets
  std::string port;                     // empty: that of the scheme
  bool encrypted = true;                // https
  bool loopback = false;                // this machine itself, by its spelling

  [[nodiscard]] bool is_hub() const { return encrypted && port.empty() && (host == "huggingface.co" || host == "hf.co"); }
};

// "https://HOST[:PORT]"; with http only this machine itself (127.0.0.0/8, [::1], localhost). Everything else is refused: user
// names, paths, queries, letters beyond ASCII, numbers that some programs take for addresses.
Result<HubEndpoint> parse_endpoint(std::string_view url);

// `typed` is what the user gave with --endpoint. Without it the Hub, unless `hf_endpoint`, the value of HF_ENDPOINT, names
// another host: then nobody knows which one is meant, and an Error says what to type. A mirror never gets a token by itself.
Result<HubEndpoint> choose_endpoint(const std::optional<std::string>& typed, std::string_view hf_endpoint);

}  // namespace hfscan
