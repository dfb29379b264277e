#include "report/next_step.h"

#include "base/text.h"
#include "report/view.h"

namespace hfscan {
namespace {

constexpr std::string_view kThen = "then: hfscan remediate plan";

// Neither removing a line nor rewriting a history makes a token useless: only this does.
std::string revoke(std::string_view what, const Finding& finding) {
  if (revocable_in_settings(*finding.secret)) return cat("revoke ", what, " now at ", kTokenSettingsUrl);
  return cat("revoke ", what, " now (how: hfscan rules explain ", escape_for_display(finding.rule->id), ")");
}

}  // namespace

bool is_to_revoke(const Finding& finding) {
  return finding.secret && !finding.look_alike && finding.severity != Severity::note;
}

std::string next_for_secret(const Finding& finding) { return cat(revoke("it", finding), ", ", kThen); }

std::string next_for_history(const Finding& finding, std::uint64_t secrets) {
  const std::string_view what = secrets > 1 ? "each secret" : "it";
  return cat(revoke(what, finding), ": removing it from the history does not make it useless; ", kThen);
}

}  // namespace hfscan
