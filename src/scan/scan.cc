// Tested by tests/unit/scan/scan_test.cc.
#include "scan/scan.h"

#include <algorithm>
#include <map>
#include <set>
#include <thread>
#include <tuple>

#include "base/text.h"
#include "base/work_queue.h"
#include "scan/item_scan.h"

namespace hfscan {
namespace {

using Batch = std::vector<Item>;
constexpr std::size_t kBatchSize = 32;       // items that change hands at once
constexpr std::size_t kQueuedBatches = 256;  // bounds the memory for items that wait

// Takes what the sources push. Small runs stay on one thread: the others are only started when a second batch is there.
class Pool : public SourceSink {
 public:
  Pool(const Detector& detector, const std::vector<const Rule*>& rules, const ScanOptions& options)
      : options_(options),
        queue_(kQueuedBatches),
        jobs_(options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency())) {
    const ContainerScanOptions containers{options.archives, options.excluded};
    for (unsigned i = 0; i < jobs_; ++i) workers_.push_back(std::make_unique<ItemScan>(detector, rules, containers));
  }
  ~Pool() override { finish(); }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;
  Pool(Pool&&) = delete;
  Pool& operator=(Pool&&) = delete;

  void push(Item item) override {
    if (options_.excluded && options_.excluded(item.path)) {
      skipped_.push_back({item.path, SkipReason::user_excluded});
      return;
    }
    batch_.push_back(std::move(item));
    if (batch_.size() == kBatchSize) pass_on();
  }
  void diagnose(Diagnostic diagnostic) override { diagnostics_.push_back(std::move(diagnostic)); }
  void skip(Skip skip) override { skipped_.push_back(std::move(skip)); }

  // Works off what is left and waits for all workers. The calling thread is the first worker.
  void finish() {
    scan(*workers_[0], std::exchange(batch_, {}));
    queue_.close();
    while (std::optional<Batch> batch = queue_.pop()) scan(*workers_[0], *batch);
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }

  // After finish().
  void move_into(Report& report) {
    report.diagnostics = std::move(diagnostics_);
    report.skipped = std::move(skipped_);
    for (const auto& worker : workers_) add_harvest(report, worker->take());
  }

 private:
  static void scan(ItemScan& worker, const Batch& batch) {
    for (const Item& item : batch) worker.scan(item);
  }

  void pass_on() {
    Batch batch = std::exchange(batch_, {});
    if (jobs_ == 1) {
      scan(*workers_[0], batch);
      return;
    }
    if (threads_.empty()) {
      for (unsigned i = 1; i < jobs_; ++i) {
        threads_.emplace_back([this, i] {
          while (std::optional<Batch> next = queue_.pop()) scan(*workers_[i], *next);
        });
      }
    }
    queue_.push(std::move(batch));
  }

  const ScanOptions& options_;
  WorkQueue<Batch> queue_;
  unsigned jobs_;
  std::vector<std::unique_ptr<ItemScan>> workers_;
  std::vector<std::thread> threads_;
  Batch batch_;
  std::vector<Diagnostic> diagnostics_;
  std::vector<Skip> skipped_;
};

// Equal findings of one path are told apart by their order in the blob.
void add_fingerprints(std::vector<Finding>& findings) {
  const auto place = [](const Finding& finding) {
    return std::tie(finding.location.path, finding.location.span, finding.rule->id, finding.location.blob);
  };
  std::sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) { return place(a) < place(b); });
  std::map<Sha256Digest, std::uint64_t> seen;
  for (Finding& finding : findings) {
    const std::uint64_t ordinal = seen[make_fingerprint(finding, 0)]++;
    finding.fingerprint = make_fingerprint(finding, ordinal);
  }
}

void sort_report(Report& report) {
  std::sort(report.findings.begin(), report.findings.end(), report_order);
  std::sort(report.diagnostics.begin(), report.diagnostics.end(),
            [](const Diagnostic& a, const Diagnostic& b) { return std::tie(a.path, a.message) < std::tie(b.path, b.message); });
  std::sort(report.facts.begin(), report.facts.end(), [](const Fact& a, const Fact& b) {
    return std::tie(a.kind, a.path, a.line, a.value) < std::tie(b.kind, b.path, b.line, b.value);
  });
  std::sort(report.skipped.begin(), report.skipped.end(),
            [](const Skip& a, const Skip& b) { return std::tie(a.path, a.reason) < std::tie(b.path, b.reason); });
}

}  // namespace

Result<Report> run_scan(const std::vector<std::unique_ptr<Source>>& sources, const Detector& detector,
                        const std::vector<const Rule*>& rules, const ScanOptions& options) {
  Pool pool(detector, rules, options);
  for (const auto& source : sources) HFSCAN_TRY(source->for_each(pool));
  pool.finish();
  Report report;
  report.command = options.command;
  report.rules = rules;
  pool.move_into(report);
  settle_report(report);
  return report;
}

void add_harvest(Report& report, Harvest harvest) {
  std::move(harvest.findings.begin(), harvest.findings.end(), std::back_inserter(report.findings));
  std::move(harvest.facts.begin(), harvest.facts.end(), std::back_inserter(report.facts));
  std::move(harvest.diagnostics.begin(), harvest.diagnostics.end(), std::back_inserter(report.diagnostics));
  std::move(harvest.skipped.begin(), harvest.skipped.end(), std::back_inserter(report.skipped));
  report.counts.members += harvest.members;
  report.counts.blobs += harvest.blobs;
  report.counts.bytes += harvest.bytes;
  report.counts.look_alikes += harvest.look_alikes;
}

void settle_report(Report& report) {
  add_fingerprints(report.findings);
  sort_report(report);
}

void add_findings(Report& report, std::vector<Finding> findings) {
  if (findings.empty()) return;
  std::move(findings.begin(), findings.end(), std::back_inserter(report.findings));
  settle_report(report);
}

void finish_report(Report& report, Severity fail_on) {
  std::set<Sha256Digest> secrets;
  bool failed = false;
  report.counts.active = 0;
  report.counts.baselined = 0;
  report.counts.ignored = 0;
  for (const Finding& finding : report.findings) {
    switch (finding.disposition) {
      case Disposition::active: ++report.counts.active; break;
      case Disposition::baselined: ++report.counts.baselined; break;
      case Disposition::ignored_inline:
      case Disposition::ignored_config: ++report.counts.ignored; break;
    }
    if (finding.disposition != Disposition::active) continue;
    if (finding.secret) secrets.insert(finding.secret->id.value_or(finding.fingerprint));
    failed = failed || finding.severity >= fail_on;
  }
  report.counts.secrets = secrets.size();
  report.complete = report.diagnostics.empty();
  report.exit_code = !report.complete ? ExitCode::incomplete : failed ? ExitCode::findings : ExitCode::clean;
}

}  // namespace hfscan
