// Reports made in code for the tests of the reporters: each shows one situation.
#pragma once

#include <string>
#include <vector>

#include "report/options.h"
#include "unit/report/history_samples.h"
#include "unit/report/sample_reports_base.h"

namespace hfscan::test {

inline Report clean_report() {
  Report report = empty_report();
  finish(report);
  return report;
}

inline Finding space_finding() {
  Finding finding = finding_of(sample_space_rule(), {"deploy/space.py", 7, 5});
  finding.excerpt = {6, {"\tif ready:", "\t\tadd_space_variable(repo, \"HF_TOKEN\", \"日本\", v)", "\treturn 日本"}, 1, 2, 20};
  finding.location.range = {{7, 3}, {7, 21}, 3, 21};
  return finding;
}

// One secret in five places, another one in base64, a warning, a note, a binary file.
inline Report findings_report() {
  Report report = empty_report();
  for (const std::uint64_t line : {3U, 40U, 99U}) report.findings.push_back(token_at({"app/train.py", line, 9}, "one"));
  report.findings.push_back(token_at({"app/eval.py", 1, 1}, "one"));
  report.findings.push_back(token_at({"notes.md", 12, 4}, "one"));
  report.findings.push_back(token_at({"deploy/secret.yaml", 8, 12}, "two"));
  report.findings.back().secret->encoding = "base64+percent";
  report.findings.back().secret->masked = "aGZf…(52)";
  report.findings.push_back(space_finding());
  report.findings.push_back(finding_of(sample_bare_rule(), {"model.bin", 2, 17}));
  finish(report);
  return report;
}

// Names and texts that somebody chose to do harm: line ends, terminal sequences, markup, direction overrides, bad UTF-8.
inline std::vector<std::string> hostile_names() {
  return {"a b/c#d?e%20.py",
          "new\nline::error::x.py",
          "esc\x1b[2J\x1b]0;owned\x07.py",
          "bad\xFF\xC3.py",
          "csi\xC2\x9B"
          "31m.py",
          "rtl\xE2\x80\xAE"
          "yp.exe",
          "[link](http://x)\\.md",
          "<img src=x onerror=alert(1)>.md",
          "javascript:x.md",
          "日本語.py"};
}

inline Report hostile_report() {
  Report report = empty_report();
  for (const std::string& name : hostile_names()) report.findings.push_back(token_at({name, 3, 9}, name));
  Finding& last = report.findings.back();
  last.excerpt.lines[0] = "x\x1b[31m\x9B\r\x7F";
  last.message = "Token in [here](http://x)\n::error::\x1b[2J";
  last.occurrences.push_back(
      {PlaceKind::blob, "other\x1b\xFF.py", object_id("b"), {"\x1b[1m"}, {"\x1b[2m"}, {"refs/heads/\x1b\xFF"}, 0, true});
  report.notes = {"2 rules are switched off by 'a\x1b[2J\n.toml'"};
  report.diagnostics = {{"deny\x1b[2J\xFE.bin", "permission\n\x1b denied"}};
  report.skipped = {{"fifo\x1b\n\xFF", SkipReason::special_file}};
  finish(report);
  return report;
}

inline Report suppressed_report() {
  Report report = empty_report();
  report.findings.push_back(token_at({"tests/a.py", 4, 9}, "one"));
  report.findings.push_back(token_at({"tests/b.py", 5, 9}, "two"));
  report.findings.push_back(token_at({"tests/c.py", 6, 9}, "three"));
  report.findings.push_back(token_at({"tests/d.py", 7, 9}, "four"));
  report.findings[0].disposition = Disposition::ignored_inline;
  report.findings[0].justification = "made up for the parser's test";
  report.findings[1].disposition = Disposition::ignored_config;
  report.findings[2].disposition = Disposition::baselined;
  report.findings[2].justification = "accepted before the first scan";
  finish(report);
  return report;
}

inline Report ignored_only_report() {
  Report report = suppressed_report();
  std::erase_if(report.findings, [](const Finding& finding) { return finding.disposition == Disposition::active; });
  report.counts.active = 0;
  report.counts.secrets = 0;
  report.exit_code = ExitCode::clean;
  return report;
}

inline Report incomplete_report() {
  Report report = empty_report();
  report.diagnostics = {{"data/locked.bin", "permission denied"}, {"data/torn.gz", "changed while it was read"}};
  for (const char* name : {"build/", "dist/", "node_modules/", "venv/", "wandb/"})
    report.skipped.push_back({name, SkipReason::git_ignored});
  report.skipped.push_back({"link", SkipReason::symlink_target});
  report.skipped.push_back({"run.sock", SkipReason::special_file});
  report.skipped.push_back({"third_party/kit", SkipReason::submodule});
  report.notes = {"1 rule is switched off by .hfscan.toml: HF6002"};
  finish(report);
  return report;
}

inline Report look_alike_report() {
  Report report = empty_report();
  report.findings.push_back(token_at({"README.md", 20, 9}, "placeholder"));
  report.findings[0].look_alike = true;
  report.findings[0].severity = Severity::note;
  report.findings[0].confidence = Confidence::low;
  finish(report);
  report.counts.active = 0;
  report.counts.look_alikes = 2;
  report.exit_code = ExitCode::clean;
  return report;
}

// A line of a minified file, with the hit in its middle.
inline Report long_line_report() {
  Report report = empty_report();
  report.findings.push_back(token_at({"dist/app.js", 2, 400}, "one"));
  report.findings[0].excerpt.lines[1] += std::string(300, 'y');
  finish(report);
  return report;
}

// The same token in a file that is stored in an archive and in one that is packed twice.
inline Report archive_report() {
  Report report = empty_report();
  report.findings.push_back(token_at({"dist/app.zip", 7, 9}, "one"));
  report.findings.push_back(token_at({"dist/app.zip!/lib/in.tar.gz!/a [b]\x1b.py", 3, 9}, "one"));
  report.findings[1].location.container = "dist/app.zip";
  report.findings[1].secret->encoding = "zip+gzip+tar";
  report.diagnostics = {{"dist/old.zip", "2 members are encrypted; decrypt the archive and scan the result"}};
  report.skipped = {{"dist/data.7z", SkipReason::archive_format}, {"off.zip", SkipReason::archives_off}};
  finish(report);
  report.counts.members = 12;
  return report;
}

// More than SARIF takes: 3,000 errors after 3,000 warnings and notes.
inline Report huge_report() {
  Report report = empty_report();
  for (std::uint64_t i = 0; i < 1500; ++i) {
    report.findings.push_back(finding_of(sample_space_rule(), {"a.py", i + 1, 1}));
    report.findings.push_back(finding_of(sample_bare_rule(), {"b.py", i + 1, 1}));
    report.findings.push_back(token_at({"c.py", i + 1, 1}, std::to_string(i)));
    report.findings.push_back(token_at({"d.py", i + 1, 1}, std::to_string(i)));
  }
  finish(report);
  return report;
}

// What credentials say of themselves: one that ends at an instant, one with a companion, one that must not be hashed.
inline Report triage_report() {
  Report report = empty_report();
  report.findings.push_back(token_at({"logs/job.log", 5, 3}, "jwt"));
  report.findings[0].message += ": write scopes write-repos; valid for 8 h; expires 2026-01-01T08:00:00Z";
  report.findings[0].expires = 1767254400;
  report.findings.push_back(token_at({"s3/credentials", 3, 9}, "s3"));
  report.findings[1].related = {{"its id HFAK…(24)", {{2, 9}, {2, 33}, 9, 33}}, {"its id HFAK…(20)", {{7, 1}, {7, 21}, 1, 21}}};
  report.findings.push_back(token_at({"hook.env", 1, 16}, ""));
  report.findings[2].secret = SecretReference{std::nullopt, "…(20)", CredentialKind::webhook_secret, "plain"};
  report.findings[2].hit_text = "…(20)";
  report.findings[2].line_hash.clear();
  finish(report);
  return report;
}

inline ReportOptions sample_options() {
  ReportOptions options;
  options.tool_version = "0.1.0";
  return options;
}

struct Sample {
  std::string name;
  Report report;
  ReportOptions options = sample_options();
};

// Every situation but the huge one.
inline std::vector<Sample> samples() {
  std::vector<Sample> all;
  all.push_back({"clean", clean_report()});
  all.push_back({"findings", findings_report()});
  all.push_back({"hostile", hostile_report()});
  all.push_back({"suppressed", suppressed_report()});
  all.push_back({"suppressed_included", suppressed_report()});
  all.back().options.sarif_include_suppressed = true;
  all.back().options.verbosity = Verbosity::verbose;
  all.push_back({"ignored_only", ignored_only_report()});
  all.push_back({"incomplete", incomplete_report()});
  all.push_back({"look_alike_hidden", look_alike_report()});
  all.push_back({"look_alike_shown", look_alike_report()});
  all.back().options.paranoid = true;
  all.push_back({"history", history_report()});
  all.push_back({"history_verbose", history_report()});
  all.back().options.verbosity = Verbosity::verbose;
  all.back().options.sarif_category = "nightly";
  all.push_back({"history_quiet", history_report()});
  all.back().options.verbosity = Verbosity::quiet;
  all.push_back({"history_at_80_columns", history_report()});
  all.back().options.terminal_width = 80;
  all.push_back({"history_clean", clean_history_report()});
  all.push_back({"history_incomplete", incomplete_history_report()});
  all.push_back({"history_hostile", hostile_history_report()});
  all.push_back({"archive", archive_report()});
  all.push_back({"triage", triage_report()});
  all.push_back({"long_line_at_80_columns", long_line_report()});
  all.back().options.terminal_width = 80;
  all.push_back({"colour", findings_report()});
  all.back().options.colour = true;
  all.push_back({"quiet", findings_report()});
  all.back().options.verbosity = Verbosity::quiet;
  return all;
}

}  // namespace hfscan::test
