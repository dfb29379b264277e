// Tested by tests/unit/hygiene/repository/remote_urls_test.cc.
#include "hygiene/repository/remote_urls.h"

#include <optional>

#include "base/secret.h"
#include "base/text.h"
#include "detect/anchors.h"
#include "detect/grammar.h"

namespace hfscan {
namespace {

using std::string_view;

// The part between "//" and "@" of the URL whose "://" stands at `colon`; empty when it has none.
ByteSpan user_part(string_view text, std::size_t colon) {
  const std::size_t begin = colon + 3;
  const std::size_t end = text.find_first_of(" \t\r\n\"'/@<>", begin);
  if (end == string_view::npos || text[end] != '@') return {begin, begin};
  return {begin, end};
}

bool is_hub(string_view host) {
  host = host.substr(0, host.find_first_of(" \t\r\n\"'/:<>"));
  const auto is = [host](string_view name) {
    return host == name || (host.ends_with(name) && host[host.size() - name.size() - 1] == '.');
  };
  return is("huggingface.co") || is("hf.co");
}

// The credential of Hugging Face that stands in the span, if one does.
std::optional<RuleHit> known_credential(const Rule& rule, string_view text, ByteSpan part) {
  const string_view user = text.substr(static_cast<std::size_t>(part.begin), static_cast<std::size_t>(part.size()));
  std::vector<Anchor> anchors;
  find_anchors(user, anchors);
  for (const Anchor& anchor : anchors) {
    const std::optional<Credential> found = credential_at(user, anchor);
    if (!found || found->body != BodyClass::token) continue;
    RuleHit hit;
    hit.rule = &rule;
    hit.span = {part.begin + found->span.begin, part.begin + found->span.end};
    hit.secret =
        SecretReference{found->secret.id(), mask_of(found->kind, found->secret.expose()), found->kind, found->encoding};
    return hit;
  }
  return std::nullopt;
}

// A password of another form. People think passwords up, so its hash would give it away to whoever tries words.
std::optional<RuleHit> password(const Rule& rule, string_view text, ByteSpan part) {
  const string_view user = text.substr(static_cast<std::size_t>(part.begin), static_cast<std::size_t>(part.size()));
  const std::size_t colon = user.find(':');
  if (colon == string_view::npos || colon + 1 == user.size() || user.find_first_of("$<>{}", colon) != string_view::npos)
    return std::nullopt;
  const Secret secret(user.substr(colon + 1));
  RuleHit hit;
  hit.rule = &rule;
  hit.span = {part.begin + colon + 1, part.end};
  hit.secret = SecretReference{std::nullopt, mask_of(CredentialKind::other, secret.expose()), CredentialKind::other, "plain"};
  hit.identity = "password in a URL";
  return hit;
}

bool in_comment(string_view text, std::size_t offset) {
  const std::size_t begin = text.rfind('\n', offset) + 1;  // npos + 1 is 0
  const std::size_t first = text.find_first_not_of(" \t", begin);
  return text[first] == '#' || text[first] == ';';
}

}  // namespace

void find_remote_urls(const Rule& rule, std::string_view text, std::vector<RuleHit>& hits) {
  for (std::size_t at = text.find("://"); at != string_view::npos; at = text.find("://", at + 3)) {
    const bool http = text.substr(0, at).ends_with("http") || text.substr(0, at).ends_with("https");
    const ByteSpan part = user_part(text, at);
    if (!http || part.size() == 0 || in_comment(text, at)) continue;
    std::optional<RuleHit> hit = known_credential(rule, text, part);
    if (!hit && is_hub(text.substr(static_cast<std::size_t>(part.end) + 1))) hit = password(rule, text, part);
    if (!hit) continue;
    hit->edits.push_back({{part.begin, part.end + 1}, ""});
    hits.push_back(std::move(*hit));
  }
}

}  // namespace hfscan
