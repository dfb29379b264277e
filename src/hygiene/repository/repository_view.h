// What a rule about a repository sees, and what it says. Internal to the rules about a repository.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/report.h"
#include "hygiene/repository/ignore_rules.h"
#include "hygiene/repository/repository.h"

namespace hfscan {

// One hit: a line of a file, which need not exist. Paths are those in the tree.
struct RepositoryHit {
  std::string path;
  std::uint64_t line = 1;
  std::string message = {};               // empty: the rule's own; never a secret
  std::string subject = {};               // what it is about, for the fingerprint
  std::optional<Severity> severity = {};  // instead of the rule's own
  std::vector<Edit> edits = {};           // `path` is always set
};

struct RepositoryHits {
  std::vector<RepositoryHit> hits;
  std::vector<Finding> findings;  // made from those of the scan; their paths are those of the report
};

// For one thread: it looks at folders as it is asked.
class RepositoryView {
 public:
  RepositoryView(const ScannedTree& tree, Reach reach, const Report& report);

  // In the order of the report. Their paths are those in the tree.
  [[nodiscard]] std::vector<const Fact*> facts(std::string_view kind) const;
  [[nodiscard]] Reach reach() const { return reach_; }
  [[nodiscard]] const ScannedTree& tree() const { return tree_; }
  [[nodiscard]] const Report& report() const { return report_; }
  IgnoreRules& git() { return git_; }

  // Files and folders (ending in '/') that the scan left out because git ignores them.
  [[nodiscard]] const std::vector<std::string>& ignored_paths() const { return ignored_; }

  // A path of the report as one of this tree; nothing when it is another's.
  [[nodiscard]] std::optional<std::string> in_tree(std::string_view reported) const;

  [[nodiscard]] std::optional<std::string> read(const std::string& path) const { return tree_.read(path); }

  // An edit that adds the lines to the end of the file, with the line ends that it has.
  [[nodiscard]] Edit append(const std::string& path, const std::vector<std::string>& lines) const;

 private:
  const ScannedTree& tree_;
  Reach reach_;
  const Report& report_;
  IgnoreRules git_;
  std::vector<Fact> facts_;
  std::vector<std::string> ignored_;
};

// The matchers, one function each. The rules that use them are in rules/*.toml.
void match_tracked_dotenv(RepositoryView& view, RepositoryHits& out);
void match_tracked_token_file(RepositoryView& view, RepositoryHits& out);
void match_unignored_dotenv(RepositoryView& view, RepositoryHits& out);
void match_unignored_token_file(RepositoryView& view, RepositoryHits& out);
void match_ineffective_ignore(RepositoryView& view, RepositoryHits& out);
void match_hub_home(RepositoryView& view, RepositoryHits& out);
void match_build_context(RepositoryView& view, RepositoryHits& out);
void match_uploads(RepositoryView& view, RepositoryHits& out);
void match_job_env_file(RepositoryView& view, RepositoryHits& out);
void match_config_map_env_file(RepositoryView& view, RepositoryHits& out);
void match_job_without_token(RepositoryView& view, RepositoryHits& out);
void match_reuse(RepositoryView& view, RepositoryHits& out);

}  // namespace hfscan
