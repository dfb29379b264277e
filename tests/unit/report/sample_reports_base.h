// Rules and findings of which the tests of the reporters make their reports.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"
#include "core/report.h"

namespace hfscan::test {

// Bytes that stand where reports never look: in hit_text and in the examples of rules. No report may contain them.
inline std::string planted_secret() { return "hf_" + std::string("Qx7Lr2Vn9Tk4Wb8Yd3Zf6Jm1Hc5Gs0PaUe"); }

inline Rule token_rule() {
  Rule rule;
  rule.id = "HF1001";
  rule.name = "hf-token-hardcoded";
  rule.title = "Hugging Face user access token written in a file";
  rule.what = "A Hugging Face user access token stands in plain text.";
  rule.why =
      "Whoever can read this file can act as the owner of the token: read private models and data, and write where it may.";
  rule.fix = "Revoke the token first, then delete it from the file and read it from the environment or the token store.";
  rule.message = "Hugging Face user access token in plain text";
  rule.severity = Severity::error;
  rule.security_severity = "9.8";
  rule.cwe = {"CWE-798"};
  rule.tags = {"secrets"};
  rule.references = {"https://huggingface.co/docs/hub/security-tokens"};
  rule.recipe = "revoke-and-rotate";
  rule.bad = {{"app.py", "token = '" + planted_secret() + "'\n"}};
  rule.digest = sha256(rule.id);
  return rule;
}

inline Rule space_rule() {
  Rule rule;
  rule.id = "HF2003";
  rule.name = "hf-space-variable-for-secret";
  rule.title = "Space variable holds what should be a secret";
  rule.what = "A public variable of a Space is used where a secret belongs; see [the table] of *both*.";
  rule.why = "Variables of a Space can be read by everyone, secrets by its owner only.";
  rule.fix = "Move the value to the secrets of the Space and rotate it.";
  rule.message = "add_space_variable() is called with a token's name";
  rule.severity = Severity::warning;
  rule.security_severity = "6.5";
  rule.confidence = Confidence::medium;
  rule.cwe = {"CWE-526", "CWE-200"};
  rule.references = {"hub-docs: spaces-overview"};
  return rule;
}

// A rule as a user may write one: the least that is allowed.
inline Rule bare_rule() {
  Rule rule;
  rule.id = "X1";
  rule.name = "house-rule";
  rule.title = "A rule of the house";
  rule.message = "Mentioned in the house rules";
  rule.severity = Severity::note;
  rule.confidence = Confidence::low;
  rule.security_severity = "rather bad";
  return rule;
}

inline const std::vector<Rule>& sample_rules() {
  static const std::vector<Rule> kRules = {token_rule(), space_rule(), bare_rule()};
  return kRules;
}

inline const Rule& sample_token_rule() { return sample_rules()[0]; }
inline const Rule& sample_space_rule() { return sample_rules()[1]; }
inline const Rule& sample_bare_rule() { return sample_rules()[2]; }

inline std::string object_id(std::string_view seed) { return to_hex(sha256(seed)).substr(0, 40); }

struct At {
  std::string path;
  std::uint64_t line = 1;
  std::uint64_t column = 1;
};

inline Finding finding_of(const Rule& rule, const At& at) {
  Finding finding;
  finding.rule = &rule;
  finding.severity = rule.severity;
  finding.confidence = rule.confidence;
  finding.message = rule.message;
  finding.hit_text = planted_secret();
  finding.location.path = at.path;
  finding.location.range = {{at.line, at.column}, {at.line, at.column + 37}, at.column, at.column + 37};
  finding.location.span = {at.line * 100, at.line * 100 + 37};
  finding.fingerprint = make_fingerprint(finding, at.line);
  return finding;
}

// The token called `seed`, shown as a line of Python between two others.
inline Finding token_at(const At& at, std::string_view seed) {
  Finding finding = finding_of(sample_token_rule(), at);
  finding.secret = SecretReference{sha256(seed), "hf_…(37)", CredentialKind::user_access_token, "plain"};
  const std::string before(at.column - 1, 'x');
  const std::uint64_t first = at.line > 1 ? at.line - 1 : 1;
  finding.excerpt.first_line = first;
  if (at.line > 1) finding.excerpt.lines.emplace_back("import os");
  finding.excerpt.hit_line = finding.excerpt.lines.size();
  finding.excerpt.lines.push_back(cat(before, "hf_…(37)", "\")"));
  finding.excerpt.lines.emplace_back("");
  finding.excerpt.mark_begin = at.column - 1;
  finding.excerpt.mark_end = at.column - 1 + std::string_view("hf_…(37)").size();
  finding.line_hash = "39fa2ee980eb94b0:1";
  return finding;
}

// Sorts and counts as a run does.
inline void finish(Report& report) {
  for (const Rule& rule : sample_rules()) report.rules.push_back(&rule);
  report.rules_digest = sha256("rules");
  std::sort(report.findings.begin(), report.findings.end(), report_order);
  std::vector<Sha256Digest> secrets;
  for (const Finding& finding : report.findings) {
    const bool active = finding.disposition == Disposition::active;
    if (active) ++report.counts.active;
    if (finding.disposition == Disposition::baselined) ++report.counts.baselined;
    if (!active && finding.disposition != Disposition::baselined) ++report.counts.ignored;
    if (active && finding.secret && !finding.look_alike) secrets.push_back(finding.secret->id.value_or(finding.fingerprint));
  }
  std::sort(secrets.begin(), secrets.end());
  secrets.erase(std::unique(secrets.begin(), secrets.end()), secrets.end());
  report.counts.secrets = secrets.size();
  report.complete = report.diagnostics.empty();
  report.exit_code = report.counts.active == 0 ? ExitCode::clean : ExitCode::findings;
  if (!report.complete) report.exit_code = ExitCode::incomplete;
}

inline Report empty_report() {
  Report report;
  report.command = "scan";
  report.counts.blobs = 10;
  report.counts.bytes = 4200;
  return report;
}

}  // namespace hfscan::test
