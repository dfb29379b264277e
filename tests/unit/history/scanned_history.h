// A scan of a scratch repository's history with the built-in rules, and questions about its report.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "history/history_scan.h"
#include "support/detection.h"
#include "support/random_text.h"
#include "support/scratch_repository.h"

namespace hfscan::test {

inline std::string token(std::uint64_t seed) { return RandomText(seed).token(); }
inline std::string leak(std::uint64_t seed) { return "HF_TOKEN = \"" + token(seed) + "\"\n"; }

inline Result<Report> scan_of(const std::string& folder, HistoryOptions options = {}) {
  static const std::vector<const Rule*> rules = *builtin_rule_set().select({"HF1"}, "default");
  options.scan.command = "history";
  return scan_history(**find_repository(folder), rules, options);
}

class ScannedHistory {
 public:
  explicit ScannedHistory(const ScratchRepository& repository, std::vector<std::string> range = {}) {
    HistoryOptions options;
    options.range = std::move(range);
    options.scan.jobs = 2;
    report_ = scan_of(repository.path(), std::move(options)).value();
  }

  [[nodiscard]] const Report& report() const { return report_; }

  [[nodiscard]] const Finding* find(std::uint64_t seed) const {
    const Sha256Digest id = sha256(token(seed));
    const auto found = std::find_if(report_.findings.begin(), report_.findings.end(),
                                    [&](const Finding& finding) { return finding.secret && finding.secret->id == id; });
    return found == report_.findings.end() ? nullptr : &*found;
  }

  // The finding of a token that must be there.
  [[nodiscard]] const Finding& of(std::uint64_t seed) const {
    static const Finding none;
    const Finding* finding = find(seed);
    EXPECT_NE(finding, nullptr) << "token " << seed;
    return finding == nullptr ? none : *finding;
  }

  [[nodiscard]] std::vector<std::string> paths(std::uint64_t seed) const {
    std::vector<std::string> result;
    for (const Occurrence& occurrence : of(seed).occurrences) result.push_back(occurrence.path);
    return result;
  }

  [[nodiscard]] std::vector<std::string> diagnostics() const {
    std::vector<std::string> result;
    for (const Diagnostic& diagnostic : report_.diagnostics) result.push_back(diagnostic.path + ": " + diagnostic.message);
    return result;
  }

 private:
  Report report_;
};

inline std::string loose_path(const ScratchRepository& repository, const std::string& id) {
  return repository.path(".git/objects/" + id.substr(0, 2) + "/" + id.substr(2));
}

}  // namespace hfscan::test
