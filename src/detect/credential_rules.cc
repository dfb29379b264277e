#include "detect/credential_rules.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/text.h"
#include "detect/brackets.h"
#include "detect/regex.h"
#include "detect/unescape.h"

namespace hfscan {
namespace {

constexpr std::size_t kCalleeReach = 4096;  // how far before a token the call that holds it may begin

// What a context pattern may look at, made when the first rule asks for it.
class Surroundings {
 public:
  explicit Surroundings(const CredentialPlace& place) : place_(place) {}

  const std::string& before(std::size_t reach) {
    if (!before_ || before_->reach != reach) {
      const auto end = static_cast<std::size_t>(place_.span.begin);
      const std::size_t begin = end - std::min(end, reach);
      before_ = Side{reach, undo_escapes(place_.text.substr(begin, end - begin))};
    }
    return before_->text;
  }

  const std::string& after(std::size_t reach) {
    if (!after_ || after_->reach != reach)
      after_ = Side{reach, undo_escapes(place_.text.substr(static_cast<std::size_t>(place_.span.end), reach))};
    return after_->text;
  }

 private:
  struct Side {
    std::size_t reach;
    std::string text;
  };
  const CredentialPlace& place_;
  std::optional<Side> before_;
  std::optional<Side> after_;
};

bool contains(const std::vector<CredentialKind>& kinds, CredentialKind kind) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// A context with its expressions compiled when they are first asked.
class ContextMatcher {
 public:
  ContextMatcher(const CredentialContext& context, std::size_t reach) : kinds_(context.kinds), reach_(reach) {
    if (!context.before.empty()) before_ = std::make_unique<Regex>(cat("(?:", context.before, ")\\z"));
    if (!context.after.empty()) after_ = std::make_unique<Regex>(cat("\\A(?:", context.after, ")"));
    if (!context.near.empty()) near_ = std::make_unique<Regex>(context.near);
  }

  [[nodiscard]] bool asks_about(CredentialKind kind) const { return kinds_.empty() || contains(kinds_, kind); }

  [[nodiscard]] bool holds(Surroundings& surroundings) const {
    return (!before_ || before_->search(surroundings.before(reach_))) &&
           (!after_ || after_->search(surroundings.after(reach_))) &&
           (!near_ || near_->search(surroundings.before(reach_)) || near_->search(surroundings.after(reach_)));
  }

 private:
  const std::vector<CredentialKind>& kinds_;
  std::size_t reach_;
  std::unique_ptr<Regex> before_;
  std::unique_ptr<Regex> after_;
  std::unique_ptr<Regex> near_;
};

CommentStyle comment_style_of(std::string_view path) {
  for (const std::string_view pattern : {"*.js", "*.ts", "*.jsx", "*.tsx", "*.mjs", "*.cjs"}) {
    if (path_matches(pattern, path)) return CommentStyle::slashes;
  }
  return CommentStyle::hash;
}

}  // namespace

struct CredentialRules::Entry {
  const Rule* rule;
  const CredentialMatch* match;
  std::vector<ContextMatcher> contexts;
  std::vector<ContextMatcher> telling;
  std::unique_ptr<Regex> callee;
  std::vector<Sha256Digest> secret_ids;

  explicit Entry(const Rule& source) : rule(&source), match(&std::get<CredentialMatch>(source.match)) {
    const auto reach = static_cast<std::size_t>(match->reach);
    for (const CredentialContext& context : match->contexts) contexts.emplace_back(context, reach);
    for (const CredentialContext& context : match->telling) telling.emplace_back(context, reach);
    for (const std::string& id : match->secret_ids) {
      if (const std::optional<Sha256Digest> digest = digest_from_hex(id)) secret_ids.push_back(*digest);
    }
    if (!match->callee.empty()) callee = std::make_unique<Regex>(cat("(?:", match->callee, ")\\s*\\("));
  }

  [[nodiscard]] bool applies(const CredentialPlace& place) const {
    if (!contains(match->kinds, place.kind) && !contains(match->companions, place.kind)) return false;
    if ((match->encoded && !place.hidden) || (match->decodes && !place.decodes)) return false;
    if (match->length != 0 && static_cast<std::size_t>(match->length) != place.length) return false;
    const bool wanted = secret_ids.empty() || std::find(secret_ids.begin(), secret_ids.end(), place.id) != secret_ids.end();
    return wanted && applies_to_path(*rule, place.path);
  }

  // One of the contexts that ask about the kind holds, or none does ask.
  [[nodiscard]] bool context_holds(Surroundings& surroundings, CredentialKind kind) const {
    bool asked = false;
    for (const ContextMatcher& context : contexts) {
      if (!context.asks_about(kind)) continue;
      if (context.holds(surroundings)) return true;
      asked = true;
    }
    return !asked;
  }

  [[nodiscard]] bool is_telling(Surroundings& surroundings, CredentialKind kind) const {
    return std::any_of(telling.begin(), telling.end(),
                       [&](const ContextMatcher& context) { return context.asks_about(kind) && context.holds(surroundings); });
  }

  // Some call of the callee before the token is still open at it.
  [[nodiscard]] bool inside_call(const CredentialPlace& place) const {
    if (!callee) return true;
    const auto token = static_cast<std::size_t>(place.span.begin);
    const std::size_t from = token - std::min(token, kCalleeReach);
    const std::string_view head = place.text.substr(from, token - from);
    const std::vector<Regex::Hit> calls = callee->find_all(head);
    constexpr std::size_t kMostCalls = 64;
    const std::size_t first = calls.size() - std::min(calls.size(), kMostCalls);
    return std::any_of(calls.begin() + static_cast<std::ptrdiff_t>(first), calls.end(), [&](const Regex::Hit& call) {
      const std::string_view arguments = place.text.substr(from, place.span.end - from);
      return balanced_end(arguments, call.whole.end - 1, comment_style_of(place.path)) == arguments.size();
    });
  }
};

CredentialRules::CredentialRules(std::span<const Rule* const> rules) {
  for (const Rule* rule : rules) {
    if (std::holds_alternative<CredentialMatch>(rule->match)) entries_.push_back(std::make_unique<Entry>(*rule));
  }
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](const auto& a, const auto& b) { return a->match->precedence > b->match->precedence; });
}

CredentialRules::~CredentialRules() = default;

const Rule* CredentialRules::claim(const CredentialPlace& place) const {
  Surroundings surroundings(place);
  for (const auto& entry : entries_) {
    if (entry->applies(place) && entry->context_holds(surroundings, place.kind) && entry->inside_call(place))
      return entry->rule;
  }
  return nullptr;
}

char CredentialRules::path_style(std::string_view path) { return comment_style_of(path) == CommentStyle::slashes ? '/' : '#'; }

bool CredentialRules::is_telling(const CredentialPlace& place) const {
  Surroundings surroundings(place);
  return std::any_of(entries_.begin(), entries_.end(), [&](const auto& entry) {
    return contains(entry->match->kinds, place.kind) && entry->is_telling(surroundings, place.kind);
  });
}

}  // namespace hfscan
