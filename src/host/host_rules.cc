// Tested by tests/unit/host/host_rules_test.cc.
#include "host/host_rules.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"
#include "host/matchers.h"
#include "host/token_age.h"
#include "hygiene/repository/remote_urls.h"

namespace hfscan {
namespace {

using Kind = HostPlaceKind;

std::string octal(std::uint32_t mode) {
  std::array<char, 16> text{};
  const int length = std::snprintf(text.data(), text.size(), "%04o", mode);
  return {text.data(), static_cast<std::size_t>(length)};
}

// As one word of a command.
std::string as_word(const std::string& path) {
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return is_alnum_ascii(c) || std::string_view("~/._-+").find(c) != std::string_view::npos;
  });
  return plain ? path : quoted(path);
}

// Others than the owner may put another file into its place.
bool is_open_folder(std::uint32_t mode) { return (mode & 022U) != 0 && (mode & 01000U) == 0; }

void match_mode(const HostCheck& check) {
  static constexpr std::array kKinds = {Kind::token_file, Kind::secret_file, Kind::git_credentials, Kind::netrc};
  const HostPlace& place = check.place;
  const bool holds_token =
      std::any_of(check.tokens.begin(), check.tokens.end(), [](const FoundToken& t) { return !t.harmless; });
  if (!holds_token || std::find(kKinds.begin(), kKinds.end(), place.kind) == kKinds.end()) return;
  if (is_open_to_others(place.mode)) {
    check.hit({0, 0}, "mode").message =
        cat("Others can use this token: the mode of its file is ", octal(place.mode), "; ", chmod_command(place));
  } else if (is_open_folder(place.folder_mode)) {
    RuleHit& hit = check.hit({0, 0}, "folder mode");
    hit.severity = Severity::warning;
    hit.message = cat("Others can replace this token file: the mode of its folder is ", octal(place.folder_mode),
                      "; chmod 700 ", as_word(place.folder));
  }
}

void match_history(const HostCheck& check) {
  if (check.place.kind != Kind::history) return;
  for (const FoundToken& token : check.tokens) check.hit(token);
}

void match_start_up_file(const HostCheck& check) {
  if (check.place.kind != Kind::start_up_file) return;
  for (const FoundToken& token : check.tokens) check.hit(token);
}

// The edit of a repository's configuration is not for the configuration of a person.
void match_remote_urls(const HostCheck& check) {
  if (check.place.kind != Kind::git_config) return;
  const std::size_t before = check.found.hits.size();
  find_remote_urls(check.rule, check.text, check.found.hits);
  for (std::size_t i = before; i < check.found.hits.size(); ++i) check.found.hits[i].edits.clear();
}

// Decided by the matcher of this name in src/hygiene, which reads scripts and configurations alike.
constexpr std::string_view kCredentialHelper = "credential-helper-store";

struct HostMatcher {
  std::string_view name;
  void (*run)(const HostCheck& check);
};

constexpr std::array<HostMatcher, 8> kMatchers = {{{"token-file-mode", match_mode},
                                                   {"token-age", match_age},
                                                   {"shell-history", match_history},
                                                   {"git-credential-store", match_credential_file},
                                                   {"netrc", match_netrc},
                                                   {"process-arguments", match_process},
                                                   {"start-up-file", match_start_up_file},
                                                   {kRemoteUrlMatcher, match_remote_urls}}};

const HostMatcher* matcher_of(const Rule& rule) {
  const auto* match = std::get_if<StructureMatch>(&rule.match);
  if (match == nullptr) return nullptr;
  const auto* found =
      std::find_if(kMatchers.begin(), kMatchers.end(), [match](const HostMatcher& m) { return m.name == match->matcher; });
  return found == kMatchers.end() ? nullptr : &*found;
}

std::vector<const Rule*> with_host_matcher(std::span<const Rule* const> rules) {
  std::vector<const Rule*> chosen;
  std::copy_if(rules.begin(), rules.end(), std::back_inserter(chosen), [](const Rule* r) { return matcher_of(*r) != nullptr; });
  return chosen;
}

}  // namespace

RuleHit& HostCheck::hit(ByteSpan span, std::string identity) const {
  RuleHit& hit = found.hits.emplace_back();
  hit.rule = &rule;
  hit.span = span;
  hit.identity = std::move(identity);
  return hit;
}

RuleHit& HostCheck::hit(const FoundToken& token) const {
  RuleHit& hit = found.hits.emplace_back();
  hit.rule = &rule;
  hit.span = token.span;
  hit.secret = token.secret;
  if (token.harmless) hit.severity = Severity::note;
  return hit;
}

std::string chmod_command(const HostPlace& place) { return cat("chmod 600 ", as_word(place.shown)); }

bool is_host_matcher(std::string_view matcher) {
  return matcher == kCredentialHelper ||
         std::any_of(kMatchers.begin(), kMatchers.end(), [matcher](const HostMatcher& m) { return m.name == matcher; });
}

HostRules::HostRules(const HostInventory& inventory, std::span<const Rule* const> active, std::span<const Rule* const> all,
                     RotationPolicy policy)
    : rules_(with_host_matcher(active)),
      tokens_(all),
      named_read_(tokens_named_read(inventory, tokens_)),
      policy_(std::move(policy)),
      file_rules_(active, Facts::leave) {
  for (const HostPlace& place : inventory.places) places_.emplace(place.shown, &place);
}

void HostRules::find(std::string_view text, std::string_view path, FileHits& found) const {
  const auto place = places_.find(path);
  if (place == places_.end()) return;
  const Kind kind = place->second->kind;
  if (kind != Kind::script) {
    const std::vector<FoundToken> tokens = tokens_.find(text, path);
    for (const Rule* rule : rules_) matcher_of(*rule)->run({*rule, *place->second, text, tokens, named_read_, policy_, found});
  }
  // A configuration of git may have any name, when a variable says which it is.
  if (kind == Kind::git_config) file_rules_.find(text, ".gitconfig", found);
  if (kind == Kind::script || kind == Kind::start_up_file) file_rules_.find(text, path, found);
}

}  // namespace hfscan
