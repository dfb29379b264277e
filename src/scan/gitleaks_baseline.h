// A gitleaks JSON report used as a baseline (`-b`), for projects that change over. Separate from our own format: this one is
// read only, and it may hold secrets in plain text.
//
// Fields read, of gitleaks 8 (report/finding.go): RuleID, File, Secret. `gitleaks --redact` replaces Secret by a mark, so only
// rule and file are left to match; that would hide new tokens too, so such entries hide at most as many findings as there are
// entries, and a note says it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/result.h"
#include "base/sha256.h"
#include "core/report.h"

namespace hfscan {

// Reports of large histories are large; above this a baseline of our own is the answer.
inline constexpr std::uint64_t kMaxGitleaksReportSize = std::uint64_t{64} << 20U;

struct GitleaksBaseline {
  using Place = std::pair<CredentialKind, std::string>;  // what the rule finds, and the path

  std::string name;
  std::vector<std::tuple<CredentialKind, std::string, Sha256Digest>> known;  // kind, path, secret id; sorted
  std::map<Place, std::uint64_t> redacted;                                   // how many entries without a usable secret
  std::uint64_t other_rules = 0;                                             // entries of rules that are not about Hugging Face
};

// Whether the content of a baseline file is JSON rather than our own format.
[[nodiscard]] bool looks_like_gitleaks_report(std::string_view text);

// Takes the text, since it may hold secrets: it is overwritten before the call returns, whatever the outcome.
Result<GitleaksBaseline> parse_gitleaks_report(std::string text, std::string_view name);

// Marks active findings as baselined, in the order of the report; adds notes about what was matched loosely or not at all to
// the report. Returns how many were marked. A finding that stands at several paths is known only when all of them are.
std::uint64_t apply_gitleaks_baseline(const GitleaksBaseline& baseline, Report& report);

}  // namespace hfscan
