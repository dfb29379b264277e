// init: ignore entries, settings, git hook and CI workflow. Shows what it would write; --apply writes it. What is there is
// added to and never replaced.
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <optional>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/fix_output.h"
#include "cli/init_files.h"
#include "cli/output.h"
#include "cli/scanned_trees.h"
#include "cli/session.h"
#include "cli/targets.h"
#include "detect/settled_edit.h"
#include "fix/edited_text.h"
#include "fix/tree_writer.h"
#include "git/repository.h"

namespace hfscan {
namespace {

// A pattern, and a path that git ignores when something like it is there already.
struct WantedPattern {
  std::string_view pattern;
  std::string_view sample;
};

constexpr std::array<WantedPattern, 6> kPatterns = {{
    {".env", ".env"},
    {".env.*", ".env.local"},
    {"*.token", "huggingface.token"},
    {"hf_token.txt", "hf_token.txt"},
    {".cache/huggingface/", ".cache/huggingface/token"},
    {".huggingface/", ".huggingface/token"},
}};

// What runs hooks instead of git, and where to tell it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kHookManagers = {{
    {".pre-commit-config.yaml", "add the hook 'hfscan' to it (docs/hooks.md shows the lines)"},
    {"lefthook.yml", "add to its pre-commit commands: hfscan hook pre-commit"},
    {".lefthook.yml", "add to its pre-commit commands: hfscan hook pre-commit"},
    {".husky/pre-commit", "add this line to it: hfscan hook pre-commit || exit"},
    {".overcommit.yml", "add to its pre-commit hooks: hfscan hook pre-commit"},
}};

constexpr std::string_view kWorkflow = ".github/workflows/hfscan.yml";

struct Addition {
  FileFix fix;  // its path is what people see
  std::string before;
  const TreeWriter* tree;
  std::string path;  // in the tree
  NewFile kind = NewFile::plain;
};

bool mentions_hfscan(std::string_view text) { return text.find("hfscan") != std::string_view::npos; }

// Of the repository's configuration, in any section: a wrong guess only leaves the hook to people.
bool sets_hooks_path(const RepositoryLayout& layout) {
  constexpr std::uint64_t kLimit = std::uint64_t{1} << 20U;
  const auto config = read_git_file(layout, layout.common_dir + "/config", kLimit);
  return (config.ok() && *config && to_lower_ascii(**config).find("hookspath") != std::string::npos) || user_sets_hooks_path();
}

class InitRun {
 public:
  InitRun(const Options& options, std::string folder, std::optional<RepositoryLayout> repository, TreeWriter tree)
      : options_(options), folder_(std::move(folder)), repository_(std::move(repository)), tree_(std::move(tree)) {}

  Result<ExitCode> run() {
    if (repository_) add_patterns();
    add_file(".hfscan.toml", kConfigTemplate);
    if (repository_) {
      HFSCAN_TRY(add_hook());
      add_workflow();
    } else {
      advice_.emplace_back("no git repository here: for ignore entries, hook and CI run 'git init', then this again");
    }
    HFSCAN_TRY(options_.apply ? apply() : show());
    for (const std::string& line : advice_) complain(line);
    if (refused_) return ExitCode::incomplete;
    return additions_.empty() || options_.apply || options_.exit_zero ? ExitCode::clean : ExitCode::findings;
  }

 private:
  void refuse(std::string_view path, const Error& error) {
    refused_ = true;
    complain(cat(quoted(path), " ", error.message));
  }

  // The content of a file of the tree; nothing also when it cannot be added to, which is said.
  std::optional<std::optional<std::string>> read(const std::string& path) {
    Result<std::optional<std::string>> content = tree_.read(path);
    if (content.ok()) return std::move(*content);
    refuse(path, content.error());
    return std::nullopt;
  }

  void add(const std::string& path, const std::optional<std::string>& content, std::string text) {
    const std::uint64_t end = content ? content->size() : 0;
    const std::optional<Edit> edit = settled_edit({{end, end}, std::move(text), path}, content);
    if (!edit) return refuse(path, {"is not stored as UTF-8 and cannot be added to"});
    additions_.push_back({{path, edit->file_sha256, {*edit}, {}}, content.value_or(""), &tree_, path});
  }

  void add_file(const std::string& path, std::string_view text) {
    const auto content = read(path);
    if (content && !*content) add(path, std::nullopt, std::string(text));
  }

  void add_patterns() {
    const ScannedTree tree = tree_on_disk(folder_, "");
    IgnoreRules rules(tree);
    std::string lines;
    for (const WantedPattern& wanted : kPatterns) {
      const std::optional<IgnoreRules::Ignored> ignored = rules.ignored(wanted.sample);
      if (ignored && ignored->origin == IgnoreOrigin::ignore_file) continue;
      lines += cat(wanted.pattern, "\n");
      if (wanted.pattern == ".env.*") lines += "!.env.example\n";
    }
    if (lines.empty()) return;
    const auto content = read(".gitignore");
    if (!content) return;
    const bool open_end = *content && !(*content)->empty() && (*content)->back() != '\n';
    add(".gitignore", *content, cat(open_end ? "\n" : "", "# Files that hold tokens and other secrets\n", lines));
  }

  // Whether somebody else runs the hooks: then that is where hfscan belongs.
  bool has_hook_manager() {
    for (const auto& [path, what] : kHookManagers) {
      const Result<std::optional<std::string>> content = tree_.read(std::string(path));
      if (content.ok() && !*content) continue;
      if (!content.ok() || !mentions_hfscan(**content)) advice_.push_back(cat(quoted(path), " runs the hooks here: ", what));
      return true;
    }
    return false;
  }

  Status add_hook() {
    if (has_hook_manager()) return {};
    if (sets_hooks_path(*repository_)) {
      advice_.emplace_back("core.hooksPath is set: add this line to the pre-commit hook there: hfscan hook pre-commit || exit");
      return {};
    }
    const std::string path = "hooks/pre-commit";
    const std::string shown = repository_->shown(cat(repository_->common_dir, "/", path));
    HFSCAN_TRY_ASSIGN(TreeWriter git, TreeWriter::open(repository_->common_dir));
    git_ = std::move(git);
    const Result<std::optional<std::string>> content = git_->read(path);
    if (content.ok() && !*content) {
      const Edit edit{{0, 0}, std::string(pre_commit_hook()), shown};
      additions_.push_back({{shown, std::nullopt, {edit}, {}}, "", &*git_, path, NewFile::executable});
    } else if (!content.ok() || !mentions_hfscan(**content)) {
      advice_.push_back(cat(quoted(shown), " is there already: add this line to it: hfscan hook pre-commit || exit"));
    }
    return {};
  }

  void add_workflow() {
    struct stat status {};
    const auto exists = [&](std::string_view path) { return ::lstat(cat(folder_, "/", path).c_str(), &status) == 0; };
    if (exists(".gitlab-ci.yml") && !exists(".github")) {
      const auto content = read(".gitlab-ci.yml");
      if (content && *content && !mentions_hfscan(**content))
        advice_.emplace_back("'.gitlab-ci.yml': add the job of hooks/gitlab-ci.yml (docs/ci.md)");
      return;
    }
    add_file(std::string(kWorkflow), github_workflow());
  }

  Status show() {
    const Detector detector({}, {});
    const Report nothing;
    std::vector<Diff> diffs;
    for (const Addition& addition : additions_) {
      HFSCAN_TRY_ASSIGN(std::string after, edited_text(addition.before, addition.fix.edits));
      diffs.push_back(diff_of({&addition.fix, addition.before, std::move(after)}, nothing, detector));
    }
    const bool terminal = ::isatty(STDOUT_FILENO) == 1;
    HFSCAN_TRY(print(diff_text(diffs, "hfscan init --apply", terminal ? DiffReader::terminal : DiffReader::program)));
    complain(additions_.empty()
                 ? std::string("nothing to add")
                 : cat("would write ", count_of(additions_.size(), "file", "files"), "; to do so: hfscan init --apply"));
    return {};
  }

  Status apply() {
    std::string said;
    bool workflow = false;
    for (const Addition& addition : additions_) {
      HFSCAN_TRY_ASSIGN(const std::string after, edited_text(addition.before, addition.fix.edits));
      const Status written = addition.tree->write(addition.path, addition.fix.before, after, addition.kind);
      if (!written.ok()) {
        refuse(addition.fix.path, written.error());
        continue;
      }
      said += cat(addition.fix.before ? "added to " : "made ", escape_for_display(addition.fix.path), "\n");
      workflow = workflow || addition.path == kWorkflow;
    }
    if (workflow) said += cat("next: set OWNER in ", kWorkflow, "\n");
    said += said.empty() ? "nothing to add\n" : "next: hfscan scan\n";
    return print(said);
  }

  const Options& options_;
  std::string folder_;
  std::optional<RepositoryLayout> repository_;
  TreeWriter tree_;
  std::optional<TreeWriter> git_;  // for the hook
  std::vector<Addition> additions_;
  std::vector<std::string> advice_;
  bool refused_ = false;
};

Result<ExitCode> init(const Options& options) {
  if (options.arguments.size() > 1) return Error{"'hfscan init' takes one folder; see 'hfscan --help'"};
  const std::string named = options.arguments.empty() ? "." : options.arguments.front();
  std::string folder = real_path(named);
  struct stat status {};
  if (folder.empty() || ::stat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) {
    return Error{cat(quoted(named), " is no folder; name the repository to set up")};
  }
  HFSCAN_TRY_ASSIGN(std::optional<RepositoryLayout> repository, find_repository(folder));
  if (repository && repository->work_tree.empty())
    return Error{cat(quoted(named), " is a bare repository; 'hfscan init' needs files")};
  if (repository) folder = repository->work_tree;
  HFSCAN_TRY_ASSIGN(TreeWriter tree, TreeWriter::open(folder));
  return InitRun(options, std::move(folder), std::move(repository), std::move(tree)).run();
}

}  // namespace

ExitCode cmd_init(const Options& options) { return exit_code_of(init(options)); }

}  // namespace hfscan
