// Files that keep passwords for other programs, and the arguments of processes. Tested by tests/unit/host/host_rules_test.cc.
#include "host/matchers.h"

#include <algorithm>

#include "base/mask.h"
#include "base/text.h"
#include "syntax/netrc.h"

namespace hfscan {
namespace {

using std::string_view;

// The user part and the host of `scheme://user:password@host/path`, as git-credential-store writes them.
struct StoredUrl {
  string_view host;
  bool has_password = false;
};

StoredUrl stored_url(string_view line) {
  const std::size_t scheme = line.find("://");
  if (scheme == string_view::npos) return {};
  const string_view rest = line.substr(scheme + 3);
  const string_view authority = rest.substr(0, rest.find_first_of("/ \t\r"));
  const std::size_t at = authority.rfind('@');
  if (at == string_view::npos) return {};
  const std::size_t colon = authority.find(':');
  return {authority.substr(at + 1), colon < at && colon + 1 < at};
}

ByteSpan span_of(string_view part, string_view text) {
  const auto begin = static_cast<std::uint64_t>(part.data() - text.data());
  return {begin, begin + part.size()};
}

const FoundToken* token_in(std::span<const FoundToken> tokens, ByteSpan span) {
  const auto found = std::find_if(tokens.begin(), tokens.end(), [span](const FoundToken& t) { return span.contains(t.span); });
  return found == tokens.end() ? nullptr : &*found;
}

// --token, -t, HF_TOKEN: what may be shown of an argument. `-pVALUE` is none, because it could be a password.
bool is_option_name(string_view text) {
  if (text.size() > 64 || holds_token_shape(text)) return false;
  const auto is_name = [](string_view name) {
    return !name.empty() &&
           std::all_of(name.begin(), name.end(), [](char c) { return is_alnum_ascii(c) || c == '-' || c == '_'; });
  };
  if (text.starts_with("--")) return is_name(text.substr(2));
  return text.size() == 2 && text[0] == '-' && is_alnum_ascii(text[1]);
}

bool is_variable_name(string_view text) {
  const bool begins_well = !text.empty() && text.size() <= 64 && !(text.front() >= '0' && text.front() <= '9');
  return begins_well && std::all_of(text.begin(), text.end(), [](char c) { return is_alnum_ascii(c) || c == '_'; });
}

// How the argument with the token was given: "--token", "HF_TOKEN", or its number.
std::string name_of_argument(const std::vector<string_view>& arguments, std::size_t index) {
  const string_view argument = arguments[index];
  const string_view name = argument.substr(0, std::min(argument.find('='), argument.size()));
  if (name.size() < argument.size() && (is_option_name(name) || is_variable_name(name))) return std::string(name);
  if (index > 0 && is_option_name(arguments[index - 1])) return std::string(arguments[index - 1]);
  return cat("argument ", std::to_string(index));
}

// Every argument is a line. The name of the program may be whatever it likes.
std::vector<string_view> arguments_of(string_view text) {
  std::vector<string_view> arguments;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    arguments.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return arguments;
}

std::string program_of(string_view first_argument) {
  const std::string name = file_name(first_argument.substr(0, first_argument.find(' ')));
  if (name.empty() || name.size() > 64 || holds_token_shape(first_argument)) return "a program";
  return escape_for_display(name);
}

}  // namespace

bool is_hub_host(string_view host) {
  const std::string lower = to_lower_ascii(host.substr(0, host.find(':')));
  const auto is = [&lower](string_view name) {
    return lower == name || (lower.ends_with(name) && lower[lower.size() - name.size() - 1] == '.');
  };
  return is("huggingface.co") || is("hf.co");
}

void match_credential_file(const HostCheck& check) {
  if (check.place.kind != HostPlaceKind::git_credentials) return;
  for (const string_view line : split_lines(check.text)) {
    const StoredUrl url = stored_url(line);
    if (const FoundToken* token = token_in(check.tokens, span_of(line, check.text))) {
      check.hit(*token);
    } else if (url.has_password && is_hub_host(url.host)) {
      check.hit(span_of(url.host, check.text), "password");
    }
  }
}

void match_netrc(const HostCheck& check) {
  if (check.place.kind != HostPlaceKind::netrc) return;
  const std::size_t before = check.found.hits.size();
  for (const FoundToken& token : check.tokens) check.hit(token);
  for (const NetrcEntry& entry : read_netrc(check.text).entries) {
    if (entry.password.empty() || !is_hub_host(entry.machine) || token_in(check.tokens, entry.span) != nullptr) continue;
    check.hit(span_of(entry.machine, check.text), "password");
  }
  if (!is_open_to_others(check.place.mode)) return;
  for (std::size_t i = before; i < check.found.hits.size(); ++i) {
    RuleHit& hit = check.found.hits[i];
    hit.severity = Severity::error;
    hit.message = cat("A .netrc file that others can use holds a password for Hugging Face; ", chmod_command(check.place));
  }
}

void match_process(const HostCheck& check) {
  if (check.place.kind != HostPlaceKind::process || check.tokens.empty()) return;
  const std::vector<string_view> arguments = arguments_of(check.text);
  const std::string pid = file_name(check.place.folder);
  for (const FoundToken& token : check.tokens) {
    const auto holds = [&](string_view argument) { return span_of(argument, check.text).end > token.span.begin; };
    const auto index = static_cast<std::size_t>(std::find_if(arguments.begin(), arguments.end(), holds) - arguments.begin());
    if (index == arguments.size()) continue;
    const std::string program = program_of(arguments.front());
    const std::string name = name_of_argument(arguments, index);
    RuleHit& hit = check.hit(token);
    hit.message = cat("Process ", pid, " (", program, ") has a token in its arguments: ", name);
  }
}

}  // namespace hfscan
