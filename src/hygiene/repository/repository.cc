// Tested by tests/unit/hygiene/repository/repository_test.cc, and with the examples of every rule by
// tests/unit/cli/rule_examples_test.cc.
#include "hygiene/repository/repository.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/text.h"
#include "git/repository.h"
#include "hygiene/repository/remote_urls.h"
#include "hygiene/repository/repository_view.h"
#include "hygiene/repository/secret_files.h"
#include "syntax/language.h"

namespace hfscan {
namespace {

enum class Runs { also_when_staged, in_work_trees };

struct Matcher {
  std::string_view name;  // as in rules/*.toml
  void (*run)(RepositoryView& view, RepositoryHits& out);
  Runs runs;
};

// One that also is a matcher of files adds what takes two files to see.
constexpr std::array<Matcher, 12> kMatchers = {{
    {"tracked-dotenv", match_tracked_dotenv, Runs::also_when_staged},
    {"tracked-token-file", match_tracked_token_file, Runs::also_when_staged},
    {"unignored-dotenv", match_unignored_dotenv, Runs::in_work_trees},
    {"unignored-token-file", match_unignored_token_file, Runs::in_work_trees},
    {"ineffective-ignore", match_ineffective_ignore, Runs::in_work_trees},
    {"hub-home", match_hub_home, Runs::in_work_trees},
    {"build-context", match_build_context, Runs::in_work_trees},
    {"upload-secret-files", match_uploads, Runs::in_work_trees},
    {"job-env-file", match_job_env_file, Runs::in_work_trees},
    {"job-without-token", match_job_without_token, Runs::in_work_trees},
    {"kubernetes-configmap", match_config_map_env_file, Runs::in_work_trees},
    {"token-reuse", match_reuse, Runs::in_work_trees},
}};

const Matcher* matcher_of(const Rule& rule) {
  const auto* match = std::get_if<StructureMatch>(&rule.match);
  if (match == nullptr) return nullptr;
  const auto* found =
      std::find_if(kMatchers.begin(), kMatchers.end(), [&](const Matcher& matcher) { return matcher.name == match->matcher; });
  return found == kMatchers.end() ? nullptr : found;
}

const Rule* remote_url_rule(std::span<const Rule* const> rules) {
  for (const Rule* rule : rules) {
    const auto* match = std::get_if<StructureMatch>(&rule->match);
    if (match != nullptr && match->matcher == kRemoteUrlMatcher) return rule;
  }
  return nullptr;
}

// The hits of one file, placed on their lines once its text is at hand.
class PlacedHits : public HitFinder {
 public:
  void add(const Rule& rule, const RepositoryHit& hit) {
    RuleHit placed;
    placed.rule = &rule;
    placed.message = hit.message;
    placed.severity = hit.severity;
    placed.identity = hit.subject;
    placed.edits = hit.edits;
    hits_.emplace_back(hit.line, std::move(placed));
  }

  void find(std::string_view text, std::string_view /*path*/, FileHits& found) const override {
    const std::vector<std::string_view> lines = split_lines(text);
    for (const auto& [line, hit] : hits_) {
      RuleHit& placed = found.hits.emplace_back(hit);
      if (line > lines.size()) continue;
      const std::string_view shown = trim(lines[static_cast<std::size_t>(line) - 1]);
      if (shown.empty()) continue;
      const auto begin = static_cast<std::uint64_t>(shown.data() - text.data());
      placed.span = {begin, begin + shown.size()};
    }
  }

 private:
  std::vector<std::pair<std::uint64_t, RuleHit>> hits_;
};

class RepositoryRun {
 public:
  RepositoryRun(const ScannedTree& tree, Reach reach, const Report& report, const DetectorOptions& detection)
      : view_(tree, reach, report), detection_(detection) {}

  void run(const Rule& rule, const Matcher& matcher) {
    if (view_.reach() == Reach::staged && matcher.runs != Runs::also_when_staged) return;
    RepositoryHits found;
    matcher.run(view_, found);
    for (RepositoryHit& hit : found.hits) place(rule, hit);
    for (Finding& finding : found.findings) {
      finding.rule = &rule;
      finding.severity = rule.severity;
      finding.confidence = rule.confidence;
      findings_.push_back(std::move(finding));
    }
  }

  // The configuration files of the repository and of its submodules, which no walk enters.
  void read_configurations(std::span<const Rule* const> rules) {
    const Rule* rule = remote_url_rule(rules);
    const ScannedTree& tree = view_.tree();
    if (rule == nullptr || !tree.repository || view_.reach() == Reach::staged) return;
    const RemoteUrls finder(*rule);
    DetectorOptions options = detection_;
    options.structure = &finder;
    const Detector detector(rules, options);
    read_configuration(*tree.repository, "", detector);
    Result<Index> index = Repository(*tree.repository).read_index();
    if (!index.ok()) return;
    for (const IndexEntry& entry : index->entries()) {
      if (entry.mode != kModeSubmodule) continue;
      const std::string folder(entry.path);
      const auto nested = repository_at(cat(tree.root, "/", folder));
      if (nested.ok() && *nested) read_configuration(**nested, folder + "/", detector);
    }
  }

  std::vector<Finding> finish() {
    for (const auto& [path, hits] : placed_) {
      DetectorOptions options = detection_;
      options.structure = &hits;
      const Detector detector({}, options);
      scan(detector, path, view_.read(path).value_or(""));
    }
    return std::move(findings_);
  }

 private:
  static constexpr std::uint32_t kModeSubmodule = 0160000;  // gitlink, git-fast-import(1)

  class RemoteUrls : public HitFinder {
   public:
    explicit RemoteUrls(const Rule& rule) : rule_(rule) {}
    void find(std::string_view text, std::string_view /*path*/, FileHits& found) const override {
      find_remote_urls(rule_, text, found.hits);
      for (RuleHit& hit : found.hits) hit.edits.clear();  // git's own files are git's to write
    }

   private:
    const Rule& rule_;
  };

  void place(const Rule& rule, RepositoryHit& hit) {
    if (!applies_to_path(rule, hit.path)) return;
    const Language language = language_of(hit.path, "");
    const bool documentation = language == Language::markdown || language == Language::restructured_text;
    if (rule.note_in_documentation && documentation) hit.severity = Severity::note;
    placed_[hit.path].add(rule, hit);
  }

  void read_configuration(const RepositoryLayout& layout, const std::string& folder, const Detector& detector) {
    constexpr std::uint64_t kLimit = std::uint64_t{1} << 20U;
    for (const std::string& file : {layout.common_dir + "/config", layout.git_dir + "/config.worktree"}) {
      const auto text = read_git_file(layout, file, kLimit);
      if (text.ok() && *text) scan(detector, cat(folder, ".git/", file_name(file)), **text);
    }
  }

  void scan(const Detector& detector, const std::string& path, std::string_view text) {
    Item item;
    item.path = view_.tree().prefix + path;
    Detector::Scratch scratch;
    for (Finding& finding : detector.scan_bytes(text, item, scratch).findings) {
      settle_edits(finding);
      if (secret_file_kind(path) != SecretFileKind::none) finding.excerpt = {};
      findings_.push_back(std::move(finding));
    }
  }

  // Reports name a file as the run does, and the finding's own file not at all.
  void settle_edits(Finding& finding) const {
    for (Edit& edit : finding.edits) {
      if (edit.path.empty()) continue;
      edit.path = view_.tree().prefix + edit.path;
      if (edit.path == finding.location.path) edit.path.clear();
    }
  }

  RepositoryView view_;
  const DetectorOptions& detection_;
  std::map<std::string, PlacedHits> placed_;
  std::vector<Finding> findings_;
};

}  // namespace

bool is_repository_matcher(std::string_view matcher) {
  const auto same = [matcher](const Matcher& known) { return known.name == matcher; };
  return matcher == kRemoteUrlMatcher || std::any_of(kMatchers.begin(), kMatchers.end(), same);
}

bool has_repository_rules(std::span<const Rule* const> rules) {
  return std::any_of(rules.begin(), rules.end(), [](const Rule* rule) {
    const auto* match = std::get_if<StructureMatch>(&rule->match);
    return match != nullptr && is_repository_matcher(match->matcher);
  });
}

std::vector<Finding> run_repository_rules(const ScannedTree& tree, Reach reach, std::span<const Rule* const> rules,
                                          const Report& report, const DetectorOptions& detection) {
  RepositoryRun run(tree, reach, report, detection);
  for (const Rule* rule : rules) {
    if (const Matcher* matcher = matcher_of(*rule)) run.run(*rule, *matcher);
  }
  run.read_configurations(rules);
  return run.finish();
}

}  // namespace hfscan
