// verify: is this token alive, whose is it, what may it do. Sends it to the Hub, and therefore asks first.
#include <algorithm>
#include <vector>

#include "base/json.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/consent.h"
#include "cli/hub_access.h"
#include "cli/output.h"
#include "cli/session.h"
#include "cli/token_input.h"
#include "cli/token_lookup.h"
#include "remedy/hub_kinds.h"

namespace hfscan {
namespace {

// whoami is limited on purpose: a long list would be refused half-way.
constexpr std::size_t kMostTokens = 100;

struct Subject {
  Secret secret;
  std::string masked;
  CredentialKind kind;
  HubVerdict verdict = {};
};

std::string mask_of(std::string_view token, CredentialKind kind) {
  const std::size_t prefix = kind == CredentialKind::org_token ? 8 : token.find('_') + 1;
  return cat(token.substr(0, prefix), "\u2026(", std::to_string(token.size()), ")");
}

Result<std::vector<Subject>> subjects_of_stdin() {
  HFSCAN_TRY_ASSIGN(std::vector<Secret> secrets, tokens_of_standard_input());
  std::vector<Subject> subjects;
  for (Secret& secret : secrets) {
    const CredentialKind kind = kind_of_token(secret.expose()).value_or(CredentialKind::other);
    std::string masked = mask_of(secret.expose(), kind);
    subjects.push_back({std::move(secret), std::move(masked), kind});
  }
  return subjects;
}

Result<std::vector<Subject>> subjects_of(const Options& options) {
  if (options.remediate.token_stdin == !options.arguments.empty())
    return Error{
        "'hfscan verify' takes findings (8 or more digits of a fingerprint or of a secret's sha256), or --token-stdin"};
  if (options.remediate.token_stdin) return subjects_of_stdin();
  std::vector<Subject> subjects;
  for (const std::string& name : options.arguments) {
    HFSCAN_TRY_ASSIGN(LookedUpToken found, find_token(options, name));
    const auto same = [&found](const Subject& subject) { return subject.secret.id() == found.leaked.id; };
    if (std::any_of(subjects.begin(), subjects.end(), same)) continue;
    const CredentialKind kind = kind_of_token(found.secret.expose()).value_or(CredentialKind::other);
    subjects.push_back({std::move(found.secret), found.leaked.masked, kind});
  }
  return subjects;
}

std::string question_of(const std::vector<Subject>& subjects, const HubEndpoint& endpoint) {
  std::string text =
      cat("This sends ", subjects.size() == 1 ? "the token" : count_of(subjects.size(), "token", "tokens"), " to ",
          shown_endpoint(endpoint), ", to ask whether ", subjects.size() == 1 ? "it is" : "they are", " alive:");
  for (const Subject& subject : subjects)
    text += cat("\n  ", escape_for_display(subject.masked), "  sha256 ", to_hex(subject.secret.id()).substr(0, 12));
  return text;
}

std::string text_of(const Subject& subject, Identities identities) {
  return cat(escape_for_display(subject.masked), "  sha256 ", to_hex(subject.secret.id()).substr(0, 12), "  ",
             verdict_text(subject.verdict, identities));
}

Json json_of(const Subject& subject, Identities identities) {
  Json object = {{"sha256", to_hex(subject.secret.id())}, {"masked", subject.masked}, {"kind", to_string(subject.kind)}};
  object.update(to_json(subject.verdict, identities));
  return object;
}

// As with scans, 3 wins over 1: what is not known is no plain result.
ExitCode code_of(const std::vector<Subject>& subjects) {
  const auto any = [&subjects](auto wanted) { return std::any_of(subjects.begin(), subjects.end(), wanted); };
  if (any([](const Subject& subject) { return subject.verdict.state == Liveness::unknown; })) return ExitCode::incomplete;
  return any([](const Subject& subject) { return subject.verdict.state != Liveness::dead; }) ? ExitCode::findings
                                                                                             : ExitCode::clean;
}

Status print_verdicts(const Options& options, const HubEndpoint& endpoint, const std::vector<Subject>& subjects) {
  const Identities identities = options.remediate.include_identity ? Identities::shown : Identities::hidden;
  if (options.format.value_or("text") == "text") {
    std::string text;
    for (const Subject& subject : subjects) text += text_of(subject, identities);
    return print(text);
  }
  Json tokens = Json::array();
  for (const Subject& subject : subjects) tokens.push_back(json_of(subject, identities));
  return print(dump_pretty({{"schema", "hfscan-verify/1"},
                            {"endpoint", endpoint.url},
                            {"tokens", std::move(tokens)},
                            {"exit_code", static_cast<int>(code_of(subjects))}}));
}

Result<ExitCode> verify(const Options& options) {
  if (const std::string format = options.format.value_or("text"); format != "text" && format != "json")
    return Error{cat("'hfscan verify' writes text or json, not ", hfscan::quoted(format))};
  HFSCAN_TRY_ASSIGN(const HubEndpoint endpoint, hub_endpoint(options));
  HFSCAN_TRY_ASSIGN(const HubClient hub, hub_client(endpoint));
  HFSCAN_TRY_ASSIGN(std::vector<Subject> subjects, subjects_of(options));
  if (subjects.size() > kMostTokens)
    return Error{cat("that is more than ", std::to_string(kMostTokens), " tokens; nothing was sent")};
  HFSCAN_TRY(ask_consent({question_of(subjects, endpoint), "y", "nothing was sent"},
                         options.remediate.yes ? Assumed::yes : Assumed::no));
  for (Subject& subject : subjects) subject.verdict = hub.whoami(subject.secret);
  HFSCAN_TRY(print_verdicts(options, endpoint, subjects));
  return code_of(subjects);
}

}  // namespace

ExitCode cmd_verify(const Options& options) { return exit_code_of(verify(options)); }

}  // namespace hfscan
