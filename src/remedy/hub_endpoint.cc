// Tested by tests/unit/remedy/hub_endpoint_test.cc.
#include "remedy/hub_endpoint.h"

#include <algorithm>
#include <charconv>

#include "base/mask.h"
#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::size_t kMostUrlBytes = 300;
constexpr std::size_t kMostHostBytes = 253;  // RFC 1035, 2.3.4

bool is_number_up_to(std::string_view text, int most) {
  int value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && text.front() != '-' && value <= most;
}

// Four decimal numbers: other spellings of addresses ("127.1", "0177.0.0.1") are read differently by different programs.
bool is_ipv4(std::string_view host) {
  int numbers = 1;
  while (true) {
    const std::size_t dot = host.find('.');
    const std::string_view number = host.substr(0, dot);
    if (number.empty() || !is_number_up_to(number, 255) || (number.size() > 1 && number.front() == '0')) return false;
    if (dot == std::string_view::npos) return numbers == 4;
    host.remove_prefix(dot + 1);
    ++numbers;
  }
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "[::1]" || (host.starts_with("127.") && is_ipv4(host));
}

bool is_label(std::string_view label) {
  const auto is_known = [](char c) { return is_alnum_ascii(c) || c == '-'; };
  return !label.empty() && label.front() != '-' && label.back() != '-' && std::all_of(label.begin(), label.end(), is_known);
}

// A name whose last part is no number, or an IPv4 address.
bool is_host_name(std::string_view host) {
  if (host.empty() || host.size() > kMostHostBytes) return false;
  std::string_view rest = host;
  while (true) {
    const std::size_t dot = rest.find('.');
    if (!is_label(rest.substr(0, dot))) return false;
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + 1);
  }
  const bool ends_in_number = rest.front() >= '0' && rest.front() <= '9';
  return !ends_in_number || is_ipv4(host);
}

bool is_ipv6(std::string_view host) {
  if (host.size() < 4 || host.front() != '[' || host.back() != ']') return false;
  const std::string_view inside = host.substr(1, host.size() - 2);
  return inside.find(':') != std::string_view::npos && inside.find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
}

// What was typed may be a URL with a password in it, so no message repeats it.
Error refused(std::string_view why) {
  return Error{cat("--endpoint ", why, ": expected https://HOST or https://HOST:PORT, such as ", kHubUrl,
                   " (http only for 127.0.0.1, [::1] and localhost)")};
}

}  // namespace

Result<HubEndpoint> parse_endpoint(std::string_view url) {
  if (url.empty() || url.size() > kMostUrlBytes) return refused("is empty or too long");
  const std::string lower = to_lower_ascii(url);
  std::string_view rest = lower;
  const bool encrypted = rest.starts_with("https://");
  if (!encrypted && !rest.starts_with("http://")) return refused("is no web address");
  rest.remove_prefix(encrypted ? 8 : 7);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const std::size_t bracket = rest.starts_with('[') ? rest.find(']') : 0;
  if (bracket == std::string_view::npos) return refused("has no valid host");
  const std::size_t colon = rest.find(':', bracket);
  HubEndpoint endpoint{cat(encrypted ? "https://" : "http://", rest), std::string(rest.substr(0, colon)), "", encrypted, false};
  if (!is_host_name(endpoint.host) && !is_ipv6(endpoint.host)) return refused("names more than a host, or no valid one");
  if (colon != std::string_view::npos) {
    endpoint.port = rest.substr(colon + 1);
    if (endpoint.port.empty() || endpoint.port.front() == '0' || !is_number_up_to(endpoint.port, 65535))
      return refused("has no valid port");
  }
  endpoint.loopback = is_loopback(endpoint.host);
  if (!encrypted && !endpoint.loopback) return refused("would send the token unencrypted");
  return endpoint;
}

Result<HubEndpoint> choose_endpoint(const std::optional<std::string>& typed, std::string_view hf_endpoint) {
  if (typed) return parse_endpoint(*typed);
  if (hf_endpoint.empty()) return HubEndpoint{};
  const Result<HubEndpoint> named = parse_endpoint(hf_endpoint);
  if (named.ok() && named->is_hub()) return HubEndpoint{};
  const std::string shown = named.ok() ? cat(" (", hfscan::quoted(mask_token_shapes(named->host)), ")") : std::string();
  return Error{cat("HF_ENDPOINT names another host than huggingface.co", shown,
                   ", and no token is sent to a host because a variable says so: type --endpoint ", kHubUrl,
                   " for the Hub itself, or --endpoint with the host that is to get the token")};
}

}  // namespace hfscan
