#include "cli/remediate_flags.h"

#include <array>

namespace hfscan {
namespace {

using O = RemediateOptions;

constexpr auto kFlags = std::to_array<RemediateFlag>({
    {"plan", "--from", "REPORT", nullptr, &O::from, "a report of 'hfscan history -r FILE.json' instead of a new scan"},
    {"plan", "--remote", "NAME", nullptr, &O::remote_name, "the remote that has the leak (origin, or the only one)"},
    {"plan", "--visibility", "WHO", nullptr, &O::visibility, "who can read the remote: private or public"},
    {"plan", "--strategy", "NAME", nullptr, &O::strategy, "auto, revoke-first or replace-first"},
    {"status", "--attest", "STEP", nullptr, &O::attest, "vouch for a step that cannot be measured; with --reason"},
    {"status revoke inventory rewrite push verify close remediate", "--net", nullptr, &O::net, nullptr,
     "use the network: git and its remote, curl and the Hub, gh and hf"},
    {"revoke verify close hfscan-verify", "--yes", nullptr, &O::yes, nullptr, "ask nothing, for automation"},
    {"revoke", "--ask-only", nullptr, &O::ask_only, nullptr, "only ask the Hub whether it is alive, and what it may do"},
    {"revoke", "--prove-only", nullptr, &O::prove_only, nullptr, "revoke nothing; prove that it is dead: two 401"},
    {"revoke hfscan-verify", "--endpoint", "URL", nullptr, &O::endpoint,
     "another Hub than https://huggingface.co; HF_ENDPOINT is never obeyed"},
    {"revoke", "--proof-interval", "SECONDS", nullptr, &O::proof_interval, "between the two 401 that prove a revocation (30)"},
    {"revoke hfscan-verify", "--token-stdin", nullptr, &O::token_stdin, nullptr, "tokens on standard input, one a line"},
    {"revoke record hfscan-verify", "--include-identity", nullptr, &O::include_identity, nullptr,
     "show the name of the account; the record has it when 'revoke --ask-only' was asked for it"},
    {"inventory", "--host", nullptr, &O::host, nullptr,
     "look at this machine too; fingerprints are compared, nothing is shown"},
    {"rewrite push", "--apply", nullptr, &O::apply, nullptr, "do it, instead of showing what would be done"},
    {"push", "--one-by-one", nullptr, &O::one_by_one, nullptr, "ref by ref, for a host that cannot take all or none"},
    {"rewrite", "--skip", nullptr, &O::skip, nullptr, "decide against a rewrite; with --reason"},
    {"push close", "--confirm", "TEXT", nullptr, &O::confirm, "what the question asks to type, for automation"},
    {"verify", "--remote", nullptr, &O::remote, nullptr, "look at the remote too: refs, old commits, pull requests"},
    {"verify", "--clone", "PATH", nullptr, &O::clone, "look at this clone instead of the incident's repository"},
    {"verify", "--install-guard", nullptr, &O::install_guard, nullptr, "put the pre-push hook with the banned commits there"},
    {"record", "--support", "HOST", nullptr, &O::support, "also the request to: github, gitlab or hf"},
});

}  // namespace

std::span<const RemediateFlag> remediate_flags() { return kFlags; }

bool takes(std::string_view command, const RemediateFlag& flag) {
  std::string_view rest = flag.commands;
  while (!rest.empty()) {
    const std::string_view name = rest.substr(0, rest.find(' '));
    if (name == command) return true;
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
  }
  return false;
}

}  // namespace hfscan
