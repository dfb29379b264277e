// Tested by tests/unit/hygiene/repository/ignore_rules_test.cc.
#include "hygiene/repository/ignore_rules.h"

#include "base/text.h"
#include "git/repository.h"
#include "hygiene/repository/paths.h"

namespace hfscan {

std::optional<std::string> IgnoreRules::repository_of(std::string_view path) { return folder(folder_of(path)).repository; }

bool IgnoreRules::tracks(std::string_view path) {
  const TreeScope& scope = folder(folder_of(path)).scope;
  return scope.repository != nullptr && scope.repository->index.tracks(path.substr(scope.repository->root_size));
}

std::optional<IgnoreRules::Ignored> IgnoreRules::ignored(std::string_view path) {
  const Folder& parent = folder(folder_of(path));
  return parent.ignored ? parent.ignored : judge(parent, path, EntryKind::file);
}

std::optional<IgnoreRules::Ignored> IgnoreRules::judge(const Folder& folder, std::string_view path, EntryKind kind) {
  const TreeScope::Decision decision = folder.scope.decide(path, kind);
  if (decision.verdict != IgnoreVerdict::ignored) return std::nullopt;
  Ignored ignored{decision.layer->origin, ""};
  if (ignored.origin == IgnoreOrigin::ignore_file) ignored.file = cat(path.substr(0, decision.layer->root_size), ".gitignore");
  return ignored;
}

// From the root down, so that a parent is always known before its folder.
const IgnoreRules::Folder& IgnoreRules::folder(std::string_view path) {
  if (const auto known = folders_.find(path); known != folders_.end()) return known->second;
  if (folders_.empty()) {
    Folder root;
    if (tree_.repository) enter(root, *tree_.repository, "");
    add_ignore_file(root, "");
    folders_.emplace("", std::move(root));
  }
  const Folder* parent = &folders_.at("");
  for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
    const std::string name(path.substr(0, slash + 1));
    auto known = folders_.find(name);
    if (known == folders_.end()) known = folders_.emplace(name, look_at(*parent, name)).first;
    parent = &known->second;
  }
  return *parent;
}

IgnoreRules::Folder IgnoreRules::look_at(const Folder& parent, const std::string& path) {
  Folder folder = parent;
  const auto nested = repository_at(cat(tree_.root, "/", path));
  if (nested.ok() && *nested)
    enter(folder, **nested, path);
  else if (!folder.ignored)
    folder.ignored = judge(parent, std::string_view(path).substr(0, path.size() - 1), EntryKind::folder);
  // git does not read the ignore files of ignored folders.
  if (!folder.ignored) add_ignore_file(folder, path);
  return folder;
}

void IgnoreRules::enter(Folder& folder, const RepositoryLayout& layout, const std::string& path) {
  if (!user_patterns_) user_patterns_ = tree_.user_patterns ? *tree_.user_patterns : user_ignore_patterns();
  std::string trouble;  // the walk has said it
  folder.scope = enter_repository(layout, path, *user_patterns_, trouble);
  folder.repository = path;
  folder.ignored.reset();
}

void IgnoreRules::add_ignore_file(Folder& folder, const std::string& path) const {
  if (!folder.repository) return;
  if (const std::optional<std::string> content = tree_.read(path + ".gitignore")) folder.scope.add_ignore_file(path, *content);
}

std::uint64_t IgnoreRules::deciding_line(std::string_view content, std::string_view folder, std::string_view path) {
  std::uint64_t number = 0;
  std::uint64_t found = 1;
  const std::string_view below = path.substr(folder.size());
  for (const std::string_view line : split_lines(content)) {
    ++number;
    const IgnorePatterns pattern = IgnorePatterns::parse(line);
    for (std::size_t end = below.find('/');; end = below.find('/', end + 1)) {
      const EntryKind kind = end == std::string_view::npos ? EntryKind::file : EntryKind::folder;
      if (pattern.match(below.substr(0, end), kind) == IgnoreVerdict::ignored) found = number;
      if (end == std::string_view::npos) break;
    }
  }
  return found;
}

}  // namespace hfscan
