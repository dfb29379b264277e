// Tested by tests/unit/detect/credential_shapes_test.cc.
#include "detect/verdict.h"

#include <algorithm>

#include "base/text.h"

namespace hfscan {
namespace {

bool can_only_read(const Rule& rule, const Evidence& evidence) {
  const auto* match = std::get_if<CredentialMatch>(&rule.match);
  return match != nullptr && match->severity_by == SeverityBy::scopes && evidence.claims && is_read_only(*evidence.claims);
}

Severity severity_of(const Rule& rule, const Evidence& evidence) {
  if (evidence.looks == Evidence::Looks::unreal || evidence.companion) return Severity::note;
  const bool mild = evidence.looks == Evidence::Looks::doubtful || can_only_read(rule, evidence);
  return mild ? std::min(rule.severity, Severity::warning) : rule.severity;
}

Confidence confidence_of(const Rule& rule, const Evidence& evidence) {
  if (evidence.looks != Evidence::Looks::real) return Confidence::low;
  return evidence.glued ? std::min(Confidence::medium, rule.confidence) : rule.confidence;
}

std::string message_of(const Rule& rule, const Evidence& evidence) {
  if (evidence.looks == Evidence::Looks::unreal) return cat(rule.message, " (looks like a placeholder or an identifier)");
  if (evidence.looks == Evidence::Looks::doubtful)
    return cat(rule.message, " (could be a name or a hash, but stands where a token belongs)");
  if (evidence.companion) return cat(rule.message, " (its id only, no secret nearby)");
  const std::string claims = evidence.claims ? describe(*evidence.claims) : "";
  return claims.empty() ? rule.message : cat(rule.message, ": ", claims);
}

}  // namespace

Verdict judge(const Rule& rule, const Evidence& evidence) {
  Verdict verdict;
  verdict.severity = severity_of(rule, evidence);
  verdict.confidence = confidence_of(rule, evidence);
  verdict.message = message_of(rule, evidence);
  if (evidence.claims) verdict.expires = evidence.claims->expires;
  verdict.look_alike = evidence.looks == Evidence::Looks::unreal;
  return verdict;
}

}  // namespace hfscan
