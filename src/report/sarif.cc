// The document around rules and results. docs/sarif.md says what each part is for; tests/sarif/check_multitool.sh holds the
// golden files against the official validator.
#include "report/sarif.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <tuple>

#include "base/text.h"
#include "report/json_text.h"
#include "report/sarif_parts.h"
#include "report/uri.h"
#include "report/view.h"

namespace hfscan {
namespace {

using sarif::Baseline;
using sarif::Indices;

constexpr std::string_view kHistoryCategory = "hfscan/history/";
constexpr const char* kInformationUri = "https://github.com/hfscan/hfscan";
// Of the CWE taxonomy, as MITRE and the SARIF community publish it.
constexpr const char* kCweGuid = "25f72d7e-8a92-459d-ad67-64853f788765";
constexpr std::size_t kMaxNotifications = 5000;  // a file of any size is refused above 10 MB compressed

// The kinds of notification; the ids are outside those of rules.
enum class Notice { not_scanned, left_out, suppressed, note, skipped };

struct NoticeKind {
  Notice notice;
  const char* id;
  const char* name;
  const char* level;
  const char* description;
};

constexpr std::array<NoticeKind, 5> kNotices = {{
    {Notice::not_scanned, "HFD001", "file-not-scanned", "error", "A file could not be read and was not scanned."},
    {Notice::left_out, "HFD002", "results-left-out", "warning", "The limit of results was reached and some were left out."},
    {Notice::suppressed, "HFD003", "results-suppressed", "note", "Findings that are ignored or in the baseline were left out."},
    {Notice::note, "HFD004", "run-note", "note", "A decision about this run."},
    {Notice::skipped, "HFD005", "files-skipped", "note", "Files were skipped on purpose."},
}};

const NoticeKind& kind_of(Notice notice) {
  return *std::find_if(kNotices.begin(), kNotices.end(), [notice](const NoticeKind& kind) { return kind.notice == notice; });
}

Json notification(Notice notice, std::string_view text) {
  const NoticeKind& kind = kind_of(notice);
  return {{"level", kind.level}, {"descriptor", {{"id", kind.id}}}, {"message", sarif::message(text)}};
}

// Results in the order in which the limit keeps them.
bool more_severe(const Finding* a, const Finding* b) {
  const double rank_a = sarif::rank_of(*a);
  const double rank_b = sarif::rank_of(*b);
  return std::tie(a->severity, rank_a) > std::tie(b->severity, rank_b);
}

bool is_result(const Finding& finding, const ReportOptions& options) {
  return finding.disposition == Disposition::active || options.sarif_include_suppressed;
}

// Every finding that would be a result, were there no limit.
std::vector<const Finding*> candidates(const Report& report, const ReportOptions& options) {
  std::vector<const Finding*> results = shown_findings(report, options);
  std::erase_if(results, [&options](const Finding* finding) { return !is_result(*finding, options); });
  return results;
}

// The most severe ones, again in the report's order.
std::vector<const Finding*> within_limit(std::vector<const Finding*> results) {
  if (results.size() <= kMaxSarifResults) return results;
  std::stable_sort(results.begin(), results.end(), more_severe);
  results.resize(kMaxSarifResults);
  // All point into Report::findings, so their addresses have the report's order.
  std::sort(results.begin(), results.end());
  return results;
}

class SarifReport {
 public:
  SarifReport(const Report& report, const ReportOptions& options)
      : report_(report), options_(options), results_(within_limit(candidates(report, options))) {
    collect_rules();
    for (const Rule* rule : rules_) {
      for (const std::string& cwe : rule->cwe) indices_.weaknesses.emplace(cwe, 0);
    }
    std::size_t next = 0;
    for (auto& [name, index] : indices_.weaknesses) index = next++;
  }

  [[nodiscard]] Json document() const {
    return {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"}, {"version", "2.1.0"}, {"runs", Json::array({run()})}};
  }

 private:
  // All active rules, and any other rule that a finding names.
  void collect_rules() {
    rules_ = report_.rules;
    for (const Finding* finding : results_) rules_.push_back(finding->rule);
    std::sort(rules_.begin(), rules_.end(), [](const Rule* a, const Rule* b) { return a->id < b->id; });
    rules_.erase(std::unique(rules_.begin(), rules_.end(), [](const Rule* a, const Rule* b) { return a->id == b->id; }),
                 rules_.end());
    for (std::size_t i = 0; i < rules_.size(); ++i) indices_.rules.emplace(rules_[i]->id, i);
  }

  [[nodiscard]] Json run() const {
    Json run = {{"tool", {{"driver", driver()}}}, {"invocations", Json::array({invocation()})}};
    if (!category().empty()) run["automationDetails"] = {{"id", category_id()}};
    run["originalUriBaseIds"] = {{"SRCROOT", {{"description", {{"text", "The root of what was scanned."}}}}}};
    run["columnKind"] = "utf16CodeUnits";
    run["results"] = results();
    if (!indices_.weaknesses.empty()) run["taxonomies"] = Json::array({taxonomy()});
    return run;
  }

  // A history has a category of its own: in that of a scan, each upload of one would close the alerts of the other.
  [[nodiscard]] std::string_view category() const {
    const bool is_own = options_.sarif_category.empty() && report_.command == "history";
    return is_own ? kHistoryCategory : std::string_view(options_.sarif_category);
  }

  // The category is all up to the last '/'; what would follow identifies a run, and runs are not told apart here.
  [[nodiscard]] std::string category_id() const {
    return category().back() == '/' ? std::string(category()) : cat(category(), "/");
  }

  [[nodiscard]] Json driver() const {
    Json driver = {{"name", "hfscan"},
                   {"fullName", cat("hfscan ", options_.tool_version)},
                   {"organization", "hfscan"},
                   {"version", options_.tool_version},
                   {"semanticVersion", options_.tool_version},
                   {"informationUri", kInformationUri},
                   {"downloadUri", cat(kInformationUri, "/releases")}};
    driver["rules"] = Json::array();
    for (const Rule* rule : rules_) driver["rules"].push_back(sarif::rule(*rule, indices_));
    if (!indices_.weaknesses.empty()) {
      driver["supportedTaxonomies"] = Json::array({{{"name", "CWE"}, {"index", 0}, {"guid", kCweGuid}}});
    }
    driver["notifications"] = descriptors();
    return driver;
  }

  static Json descriptors() {
    Json array = Json::array();
    for (const NoticeKind& kind : kNotices) {
      const Json text = {{"text", kind.description}};
      array.push_back({{"id", kind.id},
                       {"name", kind.name},
                       {"shortDescription", text},
                       {"fullDescription", text},
                       {"help", {{"text", "The message of the notification says what happened."}}},
                       {"defaultConfiguration", {{"level", kind.level}}}});
    }
    return array;
  }

  [[nodiscard]] Json invocation() const {
    Json invocation = {{"executionSuccessful", report_.complete}, {"exitCode", static_cast<int>(report_.exit_code)}};
    Json notifications = diagnostics();
    for (const std::string& note : report_.notes) notifications.push_back(notification(Notice::note, sarif::sentence(note)));
    add_counts(notifications);
    if (!notifications.empty()) invocation["toolExecutionNotifications"] = std::move(notifications);
    return invocation;
  }

  [[nodiscard]] Json diagnostics() const {
    Json array = Json::array();
    for (const Diagnostic& diagnostic : report_.diagnostics) {
      if (array.size() == kMaxNotifications) break;
      const std::string message = escape_for_display(diagnostic.message);
      Json entry =
          notification(Notice::not_scanned, cat("Not scanned: ", hfscan::quoted(diagnostic.path), " (", message, ")."));
      if (!diagnostic.path.empty()) {
        const Json artifact = sarif::artifact_location(path_to_uri(diagnostic.path));
        entry["locations"] = Json::array({{{"physicalLocation", {{"artifactLocation", artifact}}}}});
      }
      array.push_back(std::move(entry));
    }
    return array;
  }

  // What is not in the results is said, never only left away.
  void add_counts(Json& notifications) const {
    const auto add = [&notifications](Notice notice, std::uint64_t count, std::string_view text) {
      if (count != 0) notifications.push_back(notification(notice, cat(with_thousands(count), text)));
    };
    const std::uint64_t diagnostic_count = report_.diagnostics.size();
    add(Notice::not_scanned, diagnostic_count - std::min<std::uint64_t>(diagnostic_count, kMaxNotifications),
        " more not scanned; the JSON report lists all.");
    add(Notice::left_out, sarif_results_left_out(report_, options_),
        " results, the least severe, left out; the JSON report has all.");
    add(Notice::suppressed, suppressed_count(), " suppressed findings left out (ignored or in the baseline).");
    add(Notice::skipped, report_.skipped.size(), " skipped on purpose; the JSON report lists all.");
  }

  [[nodiscard]] std::uint64_t suppressed_count() const {
    const std::vector<const Finding*> shown = shown_findings(report_, options_);
    const auto count = std::count_if(shown.begin(), shown.end(), [this](const Finding* f) { return !is_result(*f, options_); });
    return static_cast<std::uint64_t>(count);
  }

  [[nodiscard]] Json results() const {
    const auto is_baselined = [](const Finding* finding) { return finding->disposition == Disposition::baselined; };
    const bool any_baselined = std::any_of(results_.begin(), results_.end(), is_baselined);
    const Baseline baseline = any_baselined ? Baseline::known : Baseline::unknown;
    Json array = Json::array();
    for (const Finding* finding : results_) array.push_back(sarif::result(*finding, indices_, baseline));
    return array;
  }

  [[nodiscard]] Json taxonomy() const {
    Json taxa = Json::array();
    for (const auto& [id, index] : indices_.weaknesses) {
      const std::string number(id.substr(id.rfind('-') + 1));
      taxa.push_back({{"id", id},
                      {"shortDescription", {{"text", cat("Common weakness ", number, ".")}}},
                      {"helpUri", cat("https://cwe.mitre.org/data/definitions/", number, ".html")}});
    }
    return {{"name", "CWE"},
            {"version", "4.14"},
            {"organization", "MITRE"},
            {"guid", kCweGuid},
            {"shortDescription", {{"text", "The MITRE Common Weakness Enumeration."}}},
            {"informationUri", "https://cwe.mitre.org/"},
            {"taxa", taxa}};
  }

  const Report& report_;
  const ReportOptions& options_;
  std::vector<const Finding*> results_;
  std::vector<const Rule*> rules_;
  Indices indices_;
};

}  // namespace

std::uint64_t sarif_results_left_out(const Report& report, const ReportOptions& options) {
  const std::size_t all = candidates(report, options).size();
  return all - std::min(all, kMaxSarifResults);
}

Status write_sarif_report(const Report& report, const ReportOptions& options, std::ostream& out) {
  return write_to(out, escape_for_terminals(dump_pretty(SarifReport(report, options).document())));
}

}  // namespace hfscan
