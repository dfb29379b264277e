#include "hygiene/repository/repository_view.h"

#include "base/text.h"
#include "detect/settled_edit.h"

namespace hfscan {

RepositoryView::RepositoryView(const ScannedTree& tree, Reach reach, const Report& report)
    : tree_(tree), reach_(reach), report_(report), git_(tree) {
  for (const Fact& fact : report.facts) {
    if (std::optional<std::string> path = in_tree(fact.path))
      facts_.push_back({fact.kind, std::move(*path), fact.line, fact.value});
  }
  for (const Skip& skip : report.skipped) {
    if (skip.reason != SkipReason::git_ignored) continue;
    if (std::optional<std::string> path = in_tree(skip.path)) ignored_.push_back(std::move(*path));
  }
}

std::vector<const Fact*> RepositoryView::facts(std::string_view kind) const {
  std::vector<const Fact*> found;
  for (const Fact& fact : facts_) {
    if (fact.kind == kind) found.push_back(&fact);
  }
  return found;
}

std::optional<std::string> RepositoryView::in_tree(std::string_view reported) const {
  if (!reported.starts_with(tree_.prefix)) return std::nullopt;
  return std::string(reported.substr(tree_.prefix.size()));
}

Edit RepositoryView::append(const std::string& path, const std::vector<std::string>& lines) const {
  const std::optional<std::string> content = read(path);
  const std::uint64_t end = content ? content->size() : 0;
  Edit edit{{end, end}, content && !content->empty() && content->back() != '\n' ? "\n" : "", path};
  for (const std::string& line : lines) edit.text += cat(line, "\n");
  return settled_edit(edit, content).value_or(edit);
}

}  // namespace hfscan
