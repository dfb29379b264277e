// HF9004: what the name of a secret says of its role. Tested by tests/unit/hygiene/matchers/privileges_test.cc.
#include <array>

#include "detect/regex.h"
#include "hygiene/matchers/families.h"
#include "syntax/gha_expression.h"

namespace hfscan {
namespace {

// Without the role itself, which only the Hub knows, the name of the secret is a hint and the finding a note.
void overprivileged_secret(const FileCheck& check) {
  static const Regex wide(
      R"((?i)\A(?:\w*(?:hf|hugging)\w*_(?:write|admin|rw)(?:_\w*)?|\w*(?:write|admin)_\w*(?:hf|hugging)\w*)\z)");
  static const Regex writes(
      R"((?i)upload|push_to_hub|push-to-hub|create_repo|repos? create|delete_|git push|hub-sync|hf sync|create_(?:branch|tag|commit)|\.push\()");
  const bool allowed = check.allows(TokenRole::write);
  if (check.file().language() != Language::yaml || (allowed && writes.search(check.file().text()))) return;
  for (const GhaReference& reference : find_references(check.file().text())) {
    if (reference.context != "secrets" || !wide.search(reference.path)) continue;
    RuleHit& hit = check.hit(check.file().whole(), reference.span);
    if (allowed)
      hit.severity = Severity::note;
    else
      hit.message = cat("The name of this secret says that it may write, which your rotation policy does not allow for '",
                        check.place(), "'");
  }
}

constexpr std::array<FileMatcher, 1> kMatchers = {{{"overprivileged-secret", overprivileged_secret}}};

}  // namespace

std::span<const FileMatcher> privilege_matchers() { return kMatchers; }

}  // namespace hfscan
