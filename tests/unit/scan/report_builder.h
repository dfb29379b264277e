// Reports for the tests of suppression, built from secrets and paths as a detector would.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "core/report.h"

namespace hfscan::test {

// A token that is made here and nowhere written down.
inline std::string make_token(std::uint64_t seed) {
  std::string token = "hf_";
  for (int i = 0; i < 34; ++i) {
    seed = seed * 6364136223846793005U + 1442695040888963407U;
    const auto letter = static_cast<int>((seed >> 33U) % 52);
    token.push_back(static_cast<char>(letter < 26 ? 'a' + letter : 'A' + letter - 26));
  }
  return token;
}

inline const Rule& token_rule() {
  static const Rule rule = [] {
    Rule made;
    made.id = "HF1001";
    made.name = "hf-user-access-token";
    return made;
  }();
  return rule;
}

inline const Rule& url_rule() {
  static const Rule rule = [] {
    Rule made;
    made.id = "HF1005";
    made.name = "hf-token-in-url";
    return made;
  }();
  return rule;
}

// Findings are added in report order; equal ones get ordinals.
class ReportBuilder {
 public:
  ReportBuilder& add(const std::string& path, std::string_view token, std::uint64_t line = 1, const Rule& rule = token_rule()) {
    Finding finding;
    finding.rule = &rule;
    finding.location.path = path;
    finding.location.range.start.line = line;
    finding.secret = SecretReference{sha256(token), "hf_…(37)", CredentialKind::user_access_token, "plain"};
    const auto ordinal = ordinals_[{path, rule.id, *finding.secret->id}]++;
    finding.fingerprint = make_fingerprint(finding, ordinal);
    report.findings.push_back(std::move(finding));
    return *this;
  }

  ReportBuilder& occurs_at(const std::string& path) {
    Occurrence place;
    place.path = path;
    report.findings.back().occurrences.push_back(place);
    return *this;
  }

  Report report;

 private:
  std::map<std::tuple<std::string, std::string, Sha256Digest>, std::uint64_t> ordinals_;
};

inline std::uint64_t active_count(const Report& report) {
  std::uint64_t count = 0;
  for (const Finding& finding : report.findings) count += finding.disposition == Disposition::active ? 1U : 0U;
  return count;
}

}  // namespace hfscan::test
