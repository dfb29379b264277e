// Tested by tests/unit/remedy/git_command_test.cc.
#include "remedy/git_command.h"

#include <algorithm>
#include <array>

#include "base/mask.h"
#include "base/text.h"
#include "core/location.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kMostOutput = std::uint64_t{1} << 30U;

// What a repository, ours or another, may not decide: programs to start, and clean-up at a time of its own.
constexpr std::array<std::string_view, 13> kSettings = {
    "core.hooksPath=/dev/null",     "core.fsmonitor=false",      "gc.auto=0",
    "maintenance.auto=false",       "protocol.ext.allow=never",  "protocol.file.allow=always",
    "advice.detachedHead=false",    "core.quotePath=false",      "push.followTags=false",
    "push.gpgSign=false",           "push.recurseSubmodules=no", "core.logAllRefUpdates=false",
    "push.useForceIfIncludes=false"};

constexpr std::string_view kMasked = "\u2026(";  // part of what mask_token_shapes writes

constexpr std::array<std::string_view, 6> kSchemes = {"https://", "http://", "ssh://", "git://", "file://", "git+ssh://"};

std::vector<std::string> command_line(const std::vector<std::string>& arguments) {
  std::vector<std::string> argv = {"git"};
  for (const std::string_view setting : kSettings) argv.insert(argv.end(), {"-c", std::string(setting)});
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  return argv;
}

// Where user name and password of a URL stand: after "//", up to the last '@' before the path.
ByteSpan credentials(std::string_view url) {
  const std::size_t begin = url.find("//");
  if (begin == std::string_view::npos) return {};
  const std::string_view authority = url.substr(begin + 2, url.find('/', begin + 2) - begin - 2);
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return {};
  return {begin + 2, begin + 2 + at + 1};
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

bool names_a_scheme(std::string_view url) {
  return std::any_of(kSchemes.begin(), kSchemes.end(), [&](std::string_view scheme) { return url.starts_with(scheme); });
}

}  // namespace

GitCommand& GitCommand::with(std::string variable, std::string value) {
  environment_.emplace_back(std::move(variable), std::move(value));
  return *this;
}

std::vector<std::pair<std::string, std::string>> safe_git_environment() {
  return {{"GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh"},
          {"GIT_NO_REPLACE_OBJECTS", "1"},
          {"GIT_NO_LAZY_FETCH", "1"},
          {"GIT_CEILING_DIRECTORIES", "/"},
          {"GIT_OPTIONAL_LOCKS", "0"}};
}

Result<ChildResult> GitCommand::run(const std::vector<std::string>& arguments, std::string_view input) const {
  ChildRequest request{.argv = command_line(arguments)};
  request.folder = git_dir_.empty() ? "/" : git_dir_;
  request.environment = safe_git_environment();
  if (!git_dir_.empty()) request.environment.emplace_back("GIT_DIR", ".");  // git-filter-repo wants exactly this
  request.environment.insert(request.environment.end(), environment_.begin(), environment_.end());
  request.input = input;
  request.new_files = new_files_;
  request.most_output = kMostOutput;
  return run_child(request);
}

Result<std::string> GitCommand::output(const std::vector<std::string>& arguments, std::string_view input) const {
  HFSCAN_TRY_ASSIGN(ChildResult result, run(arguments, input));
  if (result.cut) return Error{cat("'git ", arguments.front(), "' said more than ", human_bytes(kMostOutput))};
  if (!result.ok()) return Error{cat("'git ", arguments.front(), "' failed: ", last_words(result))};
  return std::move(result.out);
}

bool is_http(std::string_view url) { return url.starts_with("http://") || url.starts_with("https://"); }

bool has_credentials(std::string_view url) {
  if (credentials(url) == ByteSpan{}) return false;
  const ByteSpan span = credentials(url);
  return is_http(url) || url.substr(span.begin, span.size()).find(':') != std::string_view::npos;
}

Result<std::string> safe_remote(std::string_view url) {
  if (url.empty() || url.starts_with('-') || has_control(url)) return Error{"that is no address of a repository"};
  const std::size_t colons = url.find("::");
  if (colons != std::string_view::npos && url.substr(0, colons).find_first_of("/[") == std::string_view::npos)
    return Error{"an address of the form 'helper::...' names a program to start; use https, ssh or a path"};
  const bool scheme = names_a_scheme(url);
  if (!scheme && url.find("://") != std::string_view::npos)
    return Error{"the address has a scheme that git is not allowed to use here"};
  if (!scheme && !url.starts_with('/') && url.find(':') == std::string_view::npos)
    return Error{"the address is a relative path; give the whole path"};
  std::string safe(url);
  if (has_credentials(url)) {
    const ByteSpan span = credentials(url);
    safe.erase(span.begin, span.size());
  }
  if (holds_token_shape(safe) || safe.find(kMasked) != std::string::npos)
    return Error{"the address holds a token; take it out ('git remote set-url') and plan again first"};
  return safe;
}

RefMap parse_refs(std::string_view lines) {
  RefMap refs;
  for (const std::string_view line : split_lines(lines)) {
    const std::size_t end = line.find_first_of(" \t");
    if (end == std::string_view::npos) continue;
    const std::optional<ObjectId> id = ObjectId::from_hex(line.substr(0, end));
    const std::string_view name = line.substr(end + 1);
    if (id && name.starts_with("refs/") && !name.ends_with("^{}")) refs[std::string(name)] = *id;
  }
  return refs;
}

Result<RefMap> remote_refs(const std::string& url) {
  HFSCAN_TRY_ASSIGN(const std::string lines, GitCommand().output({"ls-remote", "--quiet", "--", url}));
  return parse_refs(lines);
}

Result<RefMap> local_refs(const std::string& git_dir) {
  HFSCAN_TRY_ASSIGN(const std::string lines, GitCommand(git_dir).output({"for-each-ref", "--format=%(objectname) %(refname)"}));
  return parse_refs(lines);
}

std::string shown_ref(std::string_view name) { return escape_for_display(mask_token_shapes(name)); }

bool is_pull_request(std::string_view ref) {
  return ref.starts_with("refs/pull/") || ref.starts_with("refs/merge-requests/") || ref.starts_with("refs/pr/");
}

bool is_host_owned(std::string_view ref) {
  return ref.starts_with("refs/pull/") || ref.starts_with("refs/merge-requests/") || ref.starts_with("refs/convert/") ||
         ref.starts_with("refs/keep-around/") || ref.starts_with("refs/pipelines/") || ref.starts_with("refs/environments/");
}

}  // namespace hfscan
