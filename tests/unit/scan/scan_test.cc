#include "scan/scan.h"

#include <gtest/gtest.h>

#include <map>

#include "support/detection.h"
#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;

// Items in memory; some cannot be opened, some fail while they are read.
class MemorySource : public Source, public ContentStore {
 public:
  Status for_each(SourceSink& sink) override {
    for (const auto& [path, bytes] : items) sink.push({path, "", "", PlaceKind::blob, this});
    for (const Skip& skip : skips) sink.skip(skip);
    for (const Diagnostic& diagnostic : diagnostics) sink.diagnose(diagnostic);
    if (failure) return Error(*failure);
    return {};
  }

  [[nodiscard]] Result<std::unique_ptr<Content>> open(const Item& item) const override {
    if (item.path.ends_with(".locked")) return Error{"permission denied"};
    auto content = std::make_unique<test::ChunkedContent>(items.at(item.path), 1000, item.path.size());
    if (item.path.ends_with(".broken")) content->fail_at(items.at(item.path).size());
    return std::unique_ptr<Content>(std::move(content));
  }

  std::map<std::string, std::string> items;
  std::vector<Skip> skips;
  std::vector<Diagnostic> diagnostics;
  std::optional<Error> failure;
};

Result<Report> scan(const MemorySource& source, unsigned jobs, std::function<bool(std::string_view)> excluded = {}) {
  std::vector<std::unique_ptr<Source>> sources;
  auto owned = std::make_unique<MemorySource>();
  owned->items = source.items;
  owned->skips = source.skips;
  owned->diagnostics = source.diagnostics;
  owned->failure = source.failure;
  sources.push_back(std::move(owned));
  return run_scan(sources, test::builtin_detector(), test::default_rules(), {"scan", jobs, std::move(excluded)});
}

std::string summary(const Report& report) {
  std::string out;
  for (const Finding& finding : report.findings)
    out += finding.location.path + ":" + std::to_string(finding.location.span.begin) + " " + to_hex(finding.fingerprint) + "\n";
  for (const Diagnostic& diagnostic : report.diagnostics) out += diagnostic.path + ": " + diagnostic.message + "\n";
  for (const Skip& skip : report.skipped) out += skip.path + " skipped\n";
  return out + std::to_string(report.counts.blobs) + " " + std::to_string(report.counts.bytes) + " " +
         std::to_string(report.counts.look_alikes);
}

void fill(MemorySource& source) {
  RandomText random(1);
  for (int i = 0; i < 700; ++i) {
    const std::string path = "d" + std::to_string(i % 7) + "/f" + std::to_string(i) +
                             (i % 50 == 1   ? ".locked"
                              : i % 50 == 2 ? ".broken"
                                            : "");
    std::string text = random.of("ab \n", random.below(3000));
    if (i % 3 == 0) text += "k=" + random.token() + "\nhf_" + std::string(34, 'x') + "\n";
    source.items[path] = text;
  }
  source.skips = {{"z.fifo", SkipReason::special_file}, {"a/", SkipReason::git_ignored}};
  source.diagnostics = {{"z", "b"}, {"z", "a"}};
}

std::string summary_with_jobs(unsigned jobs) {
  MemorySource source;
  fill(source);
  const Result<Report> report = scan(source, jobs);
  return report.ok() ? summary(*report) : "error: " + report.error().message;
}

TEST(Scan, ReportIsTheSameWhateverTheNumberOfJobs) {
  const std::string expected = summary_with_jobs(1);
  EXPECT_NE(expected.find("permission denied"), std::string::npos);
  EXPECT_NE(expected.find("input/output error"), std::string::npos);
  for (int round = 0; round < 3; ++round) {
    for (const unsigned jobs : {0U, 2U, 8U}) EXPECT_EQ(summary_with_jobs(jobs), expected) << jobs;
  }
}

TEST(Scan, ItemThatCannotBeReadIsADiagnosticAndKeepsWhatWasFound) {
  const std::string text = "k=" + RandomText(2).token() + "\n";
  MemorySource source;
  source.items = {{"a.locked", text}, {"b.broken", text}, {"c", text}};
  const Result<Report> report = scan(source, 1);
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->findings.size(), 2U);
  ASSERT_EQ(report->diagnostics.size(), 2U);
  EXPECT_EQ(report->diagnostics[0].path, "a.locked");
  EXPECT_EQ(report->counts.blobs, 2U);
}

TEST(Scan, ExcludedPathsAreSkippedAndCounted) {
  const std::string text = "k=" + RandomText(3).token() + "\n";
  MemorySource source;
  source.items = {{"a", text}, {"b", text}};
  const Result<Report> report = scan(source, 1, [](std::string_view path) { return path == "a"; });
  ASSERT_TRUE(report.ok());
  EXPECT_EQ(report->findings.size(), 1U);
  ASSERT_EQ(report->skipped.size(), 1U);
  EXPECT_EQ(report->skipped[0].path, "a");
  EXPECT_EQ(report->skipped[0].reason, SkipReason::user_excluded);
  EXPECT_TRUE(report->diagnostics.empty());
}

TEST(Scan, SourceThatFailsIsAnError) {
  MemorySource source;
  fill(source);
  source.failure = Error{"no such path: 'x'"};
  const Result<Report> report = scan(source, 4);
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().message, "no such path: 'x'");
}

TEST(Scan, EqualFindingsOfOnePathGetOrdinalsInTheirOrder) {
  const std::string line = "k=" + RandomText(4).token() + "\n";
  MemorySource source;
  source.items = {{"a", line + line + line}, {"b", line}};
  const Result<Report> report = scan(source, 1);
  ASSERT_TRUE(report.ok());
  ASSERT_EQ(report->findings.size(), 4U);
  for (std::uint64_t i = 0; i < 3; ++i) EXPECT_EQ(report->findings[i].fingerprint, make_fingerprint(report->findings[i], i));
  EXPECT_EQ(report->findings[3].fingerprint, make_fingerprint(report->findings[3], 0));
}

TEST(FinishReport, ExitCodeInEveryCombination) {
  for (const Severity fail_on : {Severity::note, Severity::warning, Severity::error}) {
    for (const Severity severity : {Severity::note, Severity::warning, Severity::error}) {
      for (const Disposition disposition :
           {Disposition::active, Disposition::baselined, Disposition::ignored_inline, Disposition::ignored_config}) {
        for (const bool trouble : {false, true}) {
          Report report;
          Finding finding;
          finding.severity = severity;
          finding.disposition = disposition;
          report.findings.push_back(std::move(finding));
          if (trouble) report.diagnostics.push_back({"a", "permission denied"});
          finish_report(report, fail_on);
          const bool fails = disposition == Disposition::active && severity >= fail_on;
          EXPECT_EQ(report.exit_code, trouble ? ExitCode::incomplete : fails ? ExitCode::findings : ExitCode::clean);
          EXPECT_EQ(report.complete, !trouble);
          EXPECT_EQ(report.counts.active + report.counts.baselined + report.counts.ignored, 1U);
        }
      }
    }
  }
}

TEST(FinishReport, DistinctSecretsOfActiveFindingsAreCountedOnceHoweverOften) {
  Report report;
  for (const char* secret : {"a", "a", "b", "c"}) {
    Finding finding;
    finding.secret = SecretReference{sha256(secret), "", CredentialKind::other, "plain"};
    if (*secret == 'c') finding.disposition = Disposition::baselined;
    report.findings.push_back(std::move(finding));
  }
  for (int round = 0; round < 2; ++round) {
    finish_report(report, Severity::error);
    EXPECT_EQ(report.counts.secrets, 2U);
    EXPECT_EQ(report.counts.active, 3U);
    EXPECT_EQ(report.counts.baselined, 1U);
  }
}

}  // namespace
}  // namespace hfscan
