// Tested by tests/unit/inventory/repository_uses_test.cc.
#include "inventory/repository_uses.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"
#include "git/layout.h"
#include "host/token_finder.h"
#include "hygiene/repository/paths.h"
#include "hygiene/token_mentions.h"
#include "inventory/file_places.h"
#include "inventory/file_uses.h"
#include "inventory/recipes.h"
#include "sources/folder.h"
#include "sources/worktree.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kMostConfigBytes = std::uint64_t{1} << 20U;
constexpr std::size_t kMostPlaces = 100'000;

// Up to the limit and one byte more, so that a longer file is known as one.
Result<std::string> read_item(const Item& item) {
  HFSCAN_TRY_ASSIGN(const std::unique_ptr<Content> content, item.store->open(item));
  std::string text;
  std::vector<char> buffer(std::size_t{64} << 10U);
  while (text.size() <= kMostInventoryFileBytes) {
    HFSCAN_TRY_ASSIGN(const std::size_t count, content->read(buffer));
    if (count == 0) break;
    text.append(buffer.data(), count);
  }
  return text;
}

// As git tells binary files.
bool is_binary(std::string_view text) {
  constexpr std::size_t kLookedAt = 8000;
  return text.substr(0, kLookedAt).find('\0') != std::string_view::npos;
}

bool says_anything(std::string_view text) {
  return mentions_token(text) || text.find("HF_OIDC_RESOURCE") != std::string_view::npos ||
         text.find("huggingface.co") != std::string_view::npos || text.find("[remote") != std::string_view::npos;
}

// A README with the metadata of a Space; its folder is the Space.
struct SpaceReadme {
  std::string path;
  std::uint64_t line = 1;
};

class Survey : public SourceSink {
 public:
  explicit Survey(const RepositoryRequest& request)
      : request_(request), tokens_(request.rules), maker_{request.leaked, request.policy} {}

  Result<RepositoryUses> run() {
    HFSCAN_TRY_ASSIGN(const std::optional<RepositoryLayout> layout, repository_at(request_.root));
    HFSCAN_TRY(walk(layout.has_value()));
    if (layout) read_git_config(*layout);
    join_findings();
    add_spaces();
    note_large_files();
    for (UsePlace& place : places_) uses_.places.push_back(maker_.finish(std::move(place)));
    std::sort(uses_.places.begin(), uses_.places.end(), place_order);
    return std::move(uses_);
  }

  void push(Item item) override {
    if ((walking_ignored_ && !keeps_tokens(item.path)) || !seen_.insert(item.path).second) return;
    const Result<std::string> text = read_item(item);
    if (!text) return diagnose({item.path, text.error().message});
    if (text->size() > kMostInventoryFileBytes) return static_cast<void>(++large_files_);
    if (!is_binary(*text)) look_at(item.path, *text);
  }
  void diagnose(Diagnostic diagnostic) override {
    if (said_.emplace(diagnostic.path, diagnostic.message).second) uses_.diagnostics.push_back(std::move(diagnostic));
  }
  void skip(Skip /*skip*/) override {}

 private:
  // First what a scan reads, then what git ignores, of which only files count that keep tokens by their name.
  Status walk(bool repository) {
    TreeOptions options;
    options.root = request_.root;
    if (!repository) return FolderSource(options).for_each(*this);
    HFSCAN_TRY(WorktreeSource(options).for_each(*this));
    options.ignored = IgnoredFiles::included;
    walking_ignored_ = true;
    return WorktreeSource(options).for_each(*this);
  }

  void read_git_config(const RepositoryLayout& layout) {
    const std::string path = cat(layout.common_dir, "/config");
    const Result<std::optional<std::string>> text = read_git_file(layout, path, kMostConfigBytes);
    if (!text) return diagnose({layout.shown(path), text.error().message});
    if (*text) look_at(".git/config", **text);
  }

  void look_at(const std::string& path, std::string_view text) {
    if (!keeps_tokens(path) && !says_anything(text)) return;
    FileUses found = find_file_uses(path, text);
    std::vector<UsePlace> places = maker_.places_of({path, text}, found, tokens_.find(text, path), kind_of_literal(path));
    if (places.size() > kMostUsesOfFile) {
      places.resize(kMostUsesOfFile);
      diagnose({path, cat("more than ", with_thousands(kMostUsesOfFile), " tokens and names: the others are not listed")});
    }
    for (UsePlace& place : places) add(std::move(place));
    if (found.space_offset) readmes_.push_back({path, LineCounter(text).line_of(*found.space_offset)});
    if (!found.github.empty() && path == ".git/config") uses_.github = found.github;
    uses_.environments.merge(found.environments);
    uses_.spaces.merge(found.spaces);
    for (const std::string& note : found.notes) uses_.notes.push_back(cat(quoted(safe_text(path)), ": ", safe_text(note)));
    for (std::string& message : found.left_out) diagnose({path, std::move(message)});
  }

  void add(UsePlace place) {
    if (places_.size() < kMostPlaces) return places_.push_back(std::move(place));
    if (places_.size() == kMostPlaces)
      diagnose({"inventory", cat("more than ", with_thousands(kMostPlaces), " places use a token: the others are not listed")});
  }

  // What the scan found and this walk did not: tokens in another dress, in archives, in large files.
  void join_findings() {
    for (const Finding& finding : request_.findings) {
      const bool leaked = finding.secret && finding.secret->id && request_.leaked.contains(*finding.secret->id);
      const bool here = finding.location.commit.empty() && (!finding.story || finding.story->in_head);
      if (leaked && here) join(finding);
    }
  }

  void join(const Finding& finding) {
    const std::uint64_t line = finding.location.range.start.line;
    const std::string shown = to_hex(*finding.secret->id).substr(0, kShownDigits);
    UsePlace* keeper = nullptr;
    for (UsePlace& place : places_) {
      if (place.path != finding.location.path) continue;
      if (std::find(place.secret_ids.begin(), place.secret_ids.end(), shown) != place.secret_ids.end()) return;
      const Recipe* recipe = recipe_for(place.kind);
      if (place.line == line && recipe != nullptr && recipe->value == ValueIs::in_file) keeper = &place;
    }
    if (keeper != nullptr) return maker_.add_token(*keeper, *finding.secret->id);
    UsePlace place;
    place.kind = kind_of_literal(finding.location.path);
    place.path = finding.location.path;
    place.line = line;
    maker_.add_token(place, *finding.secret->id);
    add(std::move(place));
  }

  // A Space reads its secrets as variables, so what its code reads is what must be set there.
  void add_spaces() {
    const std::string scope = uses_.spaces.size() == 1 ? *uses_.spaces.begin() : "";
    for (const SpaceReadme& readme : readmes_) {
      std::set<std::string> names;
      for (const UsePlace& place : places_) {
        const bool reads = place.kind == "code" || place.kind == "dockerfile" || place.kind == "config-file";
        if (reads && !place.name.empty() && lies_in_folder(place.path, folder_of(readme.path))) names.insert(place.name);
      }
      for (const std::string& name : names) {
        UsePlace place;
        place.kind = "hf-space-secret";
        place.name = name;
        place.scope = scope;
        place.path = readme.path;
        place.line = readme.line;
        add(std::move(place));
      }
    }
  }

  void note_large_files() {
    if (large_files_ == 0) return;
    uses_.notes.push_back(cat(count_of(large_files_, "file is", "files are"), " larger than ",
                              human_bytes(kMostInventoryFileBytes), ": of these only what a scan finds is known"));
  }

  const RepositoryRequest& request_;
  TokenFinder tokens_;
  PlaceMaker maker_;
  RepositoryUses uses_;
  std::vector<UsePlace> places_;
  std::vector<SpaceReadme> readmes_;
  std::set<std::string> seen_;
  std::set<std::pair<std::string, std::string>> said_;
  std::uint64_t large_files_ = 0;
  bool walking_ignored_ = false;
};

}  // namespace

Result<RepositoryUses> find_repository_uses(const RepositoryRequest& request) { return Survey(request).run(); }

}  // namespace hfscan
