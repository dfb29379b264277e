#include "git/tree_scope.h"

#include "git/repository.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kExcludeLimit = std::uint64_t{16} << 20U;

std::shared_ptr<const IgnoreLayer> layered(IgnoreOrigin origin, std::shared_ptr<const IgnoreLayer> outer, std::size_t root_size,
                                           std::string_view content) {
  IgnorePatterns patterns = IgnorePatterns::parse(content);
  if (patterns.empty()) return outer;
  auto layer = std::make_shared<IgnoreLayer>();
  layer->origin = origin;
  layer->outer = std::move(outer);
  layer->root_size = root_size;
  layer->patterns = std::move(patterns);
  return layer;
}

}  // namespace

Judgement TreeScope::judge(std::string_view path, EntryKind kind) const {
  Judgement judgement;
  if (repository == nullptr) return judgement;
  const std::string_view own = path.substr(repository->root_size);
  judgement.tracked = kind == EntryKind::folder ? repository->index.tracks_under(own) : repository->index.tracks(own);
  if (judgement.tracked && kind == EntryKind::file) return judgement;
  judgement.ignored = in_ignored_folder;
  if (in_ignored_folder) return judgement;
  judgement.ignored = decide(path, kind).verdict == IgnoreVerdict::ignored;
  return judgement;
}

TreeScope::Decision TreeScope::decide(std::string_view path, EntryKind kind) const {
  for (const IgnoreLayer* layer = ignore.get(); layer != nullptr; layer = layer->outer.get()) {
    const IgnoreVerdict verdict = layer->patterns.match(path.substr(layer->root_size), kind);
    if (verdict != IgnoreVerdict::no_match) return {verdict, layer};
  }
  return {};
}

void TreeScope::add_ignore_file(std::string_view path, std::string_view content) {
  ignore = layered(IgnoreOrigin::ignore_file, std::move(ignore), path.size(), content);
}

TreeScope enter_repository(const RepositoryLayout& layout, std::string_view path, std::string_view user_patterns,
                           std::string& trouble) {
  TreeScope scope;
  Result<Index> index = Repository(layout).read_index();
  if (!index.ok()) {
    trouble = index.error().message;
    return scope;
  }
  auto repository = std::make_shared<ScopeRepository>();
  repository->root_size = path.size();
  repository->index = std::move(*index);
  scope.repository = std::move(repository);
  scope.ignore = layered(IgnoreOrigin::user, nullptr, path.size(), user_patterns);
  const auto exclude = read_git_file(layout, layout.common_dir + "/info/exclude", kExcludeLimit);
  if (exclude.ok() && *exclude)
    scope.ignore = layered(IgnoreOrigin::repository_exclude, std::move(scope.ignore), path.size(), **exclude);
  return scope;
}

}  // namespace hfscan
