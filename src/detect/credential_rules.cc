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

constexpr std::size_t kContextReach = 512;  // bytes on either side in which a context pattern is searched
constexpr std::size_t kCalleeReach = 4096;  // how far before a token the call that holds it may begin

// What a context pattern may look at, made when the first rule asks for it.
class Surroundings {
 public:
  explicit Surroundings(const CredentialPlace& place) : place_(place) {}

  const std::string& before() {
    if (!before_) {
      const auto end = static_cast<std::size_t>(place_.span.begin);
      const std::size_t begin = end - std::min(end, kContextReach);
      before_ = undo_escapes(place_.text.substr(begin, end - begin));
    }
    return *before_;
  }

  const std::string& after() {
    if (!after_) after_ = undo_escapes(place_.text.substr(static_cast<std::size_t>(place_.span.end), kContextReach));
    return *after_;
  }

 private:
  const CredentialPlace& place_;
  std::optional<std::string> before_;
  std::optional<std::string> after_;
};

CommentStyle comment_style_of(std::string_view path) {
  for (const std::string_view pattern : {"*.js", "*.ts", "*.jsx", "*.tsx", "*.mjs", "*.cjs"}) {
    if (path_matches(pattern, path)) return CommentStyle::slashes;
  }
  return CommentStyle::hash;
}

}  // namespace

struct CredentialRules::Entry {
  struct Context {
    std::unique_ptr<Regex> before;
    std::unique_ptr<Regex> after;
  };

  const Rule* rule;
  const CredentialMatch* match;
  std::vector<Context> contexts;
  std::unique_ptr<Regex> callee;
  std::vector<Sha256Digest> secret_ids;

  explicit Entry(const Rule& source) : rule(&source), match(&std::get<CredentialMatch>(source.match)) {
    for (const CredentialContext& context : match->contexts) {
      contexts.emplace_back();
      if (!context.before.empty()) contexts.back().before = std::make_unique<Regex>(cat("(?:", context.before, ")\\z"));
      if (!context.after.empty()) contexts.back().after = std::make_unique<Regex>(cat("\\A(?:", context.after, ")"));
    }
    for (const std::string& id : match->secret_ids) {
      if (const std::optional<Sha256Digest> digest = digest_from_hex(id)) secret_ids.push_back(*digest);
    }
    if (!match->callee.empty()) callee = std::make_unique<Regex>(cat("(?:", match->callee, ")\\s*\\("));
  }

  [[nodiscard]] bool applies(const CredentialPlace& place) const {
    if (std::find(match->kinds.begin(), match->kinds.end(), place.kind) == match->kinds.end()) return false;
    const bool wanted = secret_ids.empty() || std::find(secret_ids.begin(), secret_ids.end(), place.id) != secret_ids.end();
    return wanted && (!match->encoded || place.hidden) && applies_to_path(*rule, place.path);
  }

  [[nodiscard]] bool context_holds(Surroundings& surroundings) const {
    return contexts.empty() || std::any_of(contexts.begin(), contexts.end(), [&](const Context& context) {
             return (!context.before || context.before->search(surroundings.before())) &&
                    (!context.after || context.after->search(surroundings.after()));
           });
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
    if (entry->applies(place) && entry->context_holds(surroundings) && entry->inside_call(place)) return entry->rule;
  }
  return nullptr;
}

}  // namespace hfscan
