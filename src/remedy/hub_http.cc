// Tested by tests/unit/remedy/hub_http_test.cc and, with the real curl, by tests/e2e/hub_check.py.
#include "remedy/hub_http.h"

#include <charconv>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/secret.h"
#include "base/text.h"
#include "process/child.h"

namespace hfscan {
namespace {

// whoami lists every organisation of the account, some hundred bytes each.
constexpr std::uint64_t kMostAnswerBytes = std::uint64_t{512} << 10U;
constexpr std::chrono::seconds kMostWait{3600};
constexpr std::chrono::seconds kChildTimeout{45};  // more than --max-time, in case curl itself hangs

// Not by PATH of the scanned folder: find_program takes absolute folders only.
constexpr std::string_view kByHand =
    "'curl' is not installed, and it is what hfscan sends with: install it, or delete the token on "
    "https://huggingface.co/settings/tokens; on another machine with curl the token is asked about without being shown by: "
    "read -rs T; printf 'header = \"Authorization: Bearer %s\"\\n' \"$T\" | curl -q -sS --proto =https --max-redirs 0 -o "
    "/dev/null "
    "-w '%{http_code}\\n' -K - https://huggingface.co/api/whoami-v2";

std::vector<std::string> curl_arguments(const HubEndpoint& endpoint, std::string_view path) {
  std::vector<std::string> argv = {"curl",
                                   "-q",  // first: no ~/.curlrc
                                   "-K",
                                   "-",
                                   "-sS",
                                   "--include",
                                   "--suppress-connect-headers",  // a proxy's answer is not the Hub's
                                   "--proto",
                                   endpoint.encrypted ? "=https" : "=http",
                                   "--tlsv1.2",
                                   "--max-redirs",
                                   "0",
                                   "--globoff",
                                   "--connect-timeout",
                                   "10",
                                   "--max-time",
                                   "30",
                                   "--max-filesize",
                                   std::to_string(kMostAnswerBytes),
                                   "--user-agent",
                                   "hfscan"};
  // A proxy has no business on this machine itself, and with http it would see the token.
  if (endpoint.loopback) argv.insert(argv.end(), {"--noproxy", "*"});
  // So that no resolver decides what "localhost" is.
  if (endpoint.host == "localhost") {
    const std::string port = endpoint.port.empty() ? (endpoint.encrypted ? "443" : "80") : endpoint.port;
    argv.insert(argv.end(), {"--resolve", cat("localhost:", port, ":127.0.0.1,[::1]")});
  }
  argv.insert(argv.end(), {"--url", cat(endpoint.url, path)});
  return argv;
}

// In curl's own words; the quotes of JSON are escaped as its manual says ("-K, --config"), and nothing else needs it.
WipingBuffer curl_config(const HubCall& call) {
  WipingBuffer config;
  if (!call.bearer.empty()) config.append("header = \"Authorization: Bearer ").append(call.bearer).append("\"\n");
  if (call.json.empty()) return config;
  config.append("header = \"Content-Type: application/json\"\ndata-raw = \"");
  for (std::size_t i = 0; i < call.json.size(); ++i) {
    const std::string_view c = call.json.substr(i, 1);
    config.append(c == "\"" || c == "\\" ? "\\" : "").append(c);
  }
  config.append("\"\n");
  return config;
}

// Exit codes of curl(1) that say "not now": host not found, no connection, time over, empty answer, connection broken.
bool may_pass(int code) { return code == 6 || code == 7 || code == 28 || code == 52 || code == 55 || code == 56; }

std::string trouble_of(const ChildResult& result) {
  switch (result.exit_code) {
    case 5:
    case 6: return "the host was not found (offline?)";
    case 7: return "no connection (offline?)";
    case 18: return "the answer broke off";
    case 28: return "no answer in time";
    case 35:
    case 51:
    case 58:
    case 60:
    case 77:
    case 83: return cat("the encrypted connection failed: ", last_words(result));
    case 63: return "the answer is too large";
    default: return last_words(result);
  }
}

HubAnswer answer_of(const ChildResult& result) {
  if (result.timed_out) return {.trouble = "no answer in time", .worth_another_try = true};
  if (result.exit_code != 0) return {.trouble = trouble_of(result), .worth_another_try = may_pass(result.exit_code)};
  if (result.cut) return {.trouble = "the answer is too large"};
  return read_http_answer(result.out);
}

HubAnswer ask_curl(const HubEndpoint& endpoint, const HubCall& call) {
  const WipingBuffer config = curl_config(call);
  ChildRequest request;
  request.argv = curl_arguments(endpoint, call.path);
  request.folder = "/";
  request.input = config.view();
  request.most_output = 2 * kMostAnswerBytes;
  request.timeout = kChildTimeout;
  const Result<ChildResult> result = run_child(request);
  return result.ok() ? answer_of(*result) : HubAnswer{.trouble = result.error().message};
}

// "HTTP/1.1 401 Unauthorized", "HTTP/2 401": the number; 0 when the line is none of these.
int status_of(std::string_view line) {
  if (!line.starts_with("HTTP/")) return 0;
  const std::size_t space = line.find(' ');
  if (space > 8 || line.size() < space + 4) return 0;
  const std::string_view digits = line.substr(space + 1, 3);
  int status = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), status);
  const bool ends = line.size() == space + 4 || line[space + 4] == ' ';
  return error == std::errc() && end == digits.data() + 3 && ends && status >= 100 ? status : 0;
}

std::optional<std::chrono::seconds> seconds_of(std::string_view text) {
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc() || end == text.data() || seconds < 0) return std::nullopt;
  return std::chrono::seconds(std::min<std::int64_t>(seconds, kMostWait.count()));
}

// `"api";r=0;t=55`: what follows `t=`.
std::optional<std::chrono::seconds> reset_of(std::string_view rate_limit) {
  const std::size_t at = rate_limit.find(";t=");
  return at == std::string_view::npos ? std::nullopt : seconds_of(rate_limit.substr(at + 3));
}

void take_header(std::string_view line, HubAnswer& answer) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return;
  const std::string name = to_lower_ascii(line.substr(0, colon));
  const std::string_view value = trim(line.substr(colon + 1));
  if (name == "x-error-message") answer.error_message = value;
  if (name == "retry-after") answer.wait = seconds_of(value);
  if (name == "ratelimit" && !answer.wait) answer.wait = reset_of(value);
}

// Up to and without the empty line; `rest` moves behind it. Nothing when there is none.
std::optional<std::string_view> header_block(std::string_view& rest) {
  std::size_t at = 0;
  while (true) {
    const std::size_t line_end = rest.find('\n', at);
    if (line_end == std::string_view::npos) return std::nullopt;
    const std::string_view line = rest.substr(at, line_end - at);
    if (line.empty() || line == "\r") {
      const std::string_view block = rest.substr(0, at);
      rest.remove_prefix(line_end + 1);
      return block;
    }
    at = line_end + 1;
  }
}

}  // namespace

HubAnswer read_http_answer(std::string_view bytes) {
  while (const std::optional<std::string_view> block = header_block(bytes)) {
    const std::vector<std::string_view> lines = split_lines(*block);
    HubAnswer answer;
    answer.status = lines.empty() ? 0 : status_of(lines.front());
    if (answer.status == 0) break;
    if (answer.status < 200) continue;
    for (const std::string_view line : lines) take_header(line, answer);
    answer.body = bytes;
    return answer;
  }
  return {.trouble = "what came back is no answer of HTTP"};
}

Result<HubTransport> curl_transport(const HubEndpoint& endpoint) {
  if (!find_program("curl")) return Error{std::string(kByHand)};
  return HubTransport([endpoint](const HubCall& call) { return ask_curl(endpoint, call); });
}

}  // namespace hfscan
