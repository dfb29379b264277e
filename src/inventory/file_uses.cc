// Tested by tests/unit/inventory/file_uses_test.cc.
#include "inventory/file_uses.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "hygiene/pieces.h"
#include "hygiene/repository/secret_files.h"
#include "hygiene/token_names.h"
#include "inventory/file_parts.h"

namespace hfscan {
namespace {

using std::string_view;

bool is_yaml_name(string_view base) { return base.ends_with(".yml") || base.ends_with(".yaml"); }

bool is_workflow(string_view path, string_view base) {
  const bool in_folder = path.find(".github/workflows/") != string_view::npos && is_yaml_name(base);
  return in_folder || base == "action.yml" || base == "action.yaml";
}

bool is_gitlab(string_view path, string_view base) {
  return base.ends_with(".gitlab-ci.yml") || base.ends_with(".gitlab-ci.yaml") ||
         ((path.starts_with(".gitlab/") || path.find("/.gitlab/") != string_view::npos) && is_yaml_name(base));
}

bool is_compose(string_view base) {
  return is_yaml_name(base) &&
         (base.starts_with("docker-compose") || base.starts_with("compose.") || base.starts_with("compose-") ||
          base.ends_with(".compose.yml") || base.ends_with(".compose.yaml"));
}

bool is_other_pipeline(string_view path, string_view base) {
  static constexpr std::array<string_view, 7> kNames = {"Jenkinsfile", "azure-pipelines.yml", "bitbucket-pipelines.yml",
                                                        ".travis.yml", "cloudbuild.yaml",     "buildspec.yml",
                                                        ".drone.yml"};
  static constexpr std::array<string_view, 5> kFolders = {".forgejo/workflows/", ".gitea/workflows/", ".buildkite/",
                                                          ".woodpecker/", ".azure-pipelines/"};
  return is_one_of(base, kNames) || holds_one_of(path, kFolders);
}

bool is_manifest(string_view text) {
  return text.find("apiVersion:") != string_view::npos && text.find("kind:") != string_view::npos;
}

bool is_git_config(string_view path) { return file_name(path) == ".gitmodules" || path.ends_with(".git/config"); }

bool holds_lower_case(string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// Variables are written in capitals everywhere but in HCL and in YAML, where keys are named as their programs like it.
enum class Names { variables, any };

// $HF_TOKEN, ${HF_TOKEN}: a configuration with it keeps no token, it reads one.
bool is_reference(string_view text, std::uint64_t offset) {
  const auto at = static_cast<std::size_t>(offset);
  return (at > 0 && text[at - 1] == '$') || (at > 1 && text.substr(at - 2, 2) == "${");
}

void add_words(FileView& view, string_view kind, Names names, FileUses& found) {
  const std::vector<Region> regions = regions_of(view, found);
  for (const NameWord& word : name_words(view.text())) {
    const ByteSpan span{word.offset, word.offset + word.text.size()};
    const Region* nearest_region = nullptr;
    for (const Region& region : regions) {
      const bool nearer = nearest_region == nullptr || region.span.size() < nearest_region->span.size();
      if (region.span.contains(span) && nearer) nearest_region = &region;
    }
    if (nearest_region == nullptr && names == Names::variables && holds_lower_case(word.text)) continue;
    const string_view here = kind == "config-file" && is_reference(view.text(), word.offset) ? "code" : kind;
    FileUse use{std::string(nearest_region == nullptr ? here : nearest_region->kind), std::string(word.text)};
    if (nearest_region != nullptr) use.scope = nearest_region->scope;
    use.offset = word.offset;
    found.uses.push_back(std::move(use));
  }
}

void say_cut(FileUses& found) {
  found.left_out.push_back(cat("more than ", with_thousands(kMostUsesOfFile), " uses of tokens: the others are not listed"));
}

// A variable that is declared in small letters and passed on in capitals is one.
void add_terraform_uses(FileView& view, FileUses& found) {
  FileUses words;
  add_words(view, "terraform", Names::any, words);
  if (words.uses.size() > kMostUsesOfFile) say_cut(found);
  const auto is_small = [](const FileUse& use) { return holds_lower_case(use.name); };
  if (std::any_of(words.uses.begin(), words.uses.end(), is_small))
    std::erase_if(words.uses, [&](const FileUse& use) { return use.kind == "terraform" && !is_small(use); });
  found.uses.insert(found.uses.end(), words.uses.begin(), words.uses.end());
}

void add_dotenv_uses(FileView& view, FileUses& found) { add_words(view, "dotenv", Names::any, found); }

void add_yaml_uses(FileView& view, FileUses& found) {
  if (is_manifest(view.text())) find_kubernetes_uses(view, found);
  if (found.uses.empty()) add_words(view, "config-file", Names::any, found);
}

string_view code_kind(Language language) {
  switch (language) {
    case Language::notebook: return "notebook";
    case Language::toml:
    case Language::ini:
    case Language::json: return "config-file";
    default: return "code";
  }
}

void add_uses(FileView& view, FileUses& found) {
  const string_view path = view.path();
  const std::string base = file_name(path);
  if (is_git_config(path)) return find_remote_url_uses(view, found);
  if (is_workflow(path, base)) return find_workflow_uses(view, found);
  if (is_gitlab(path, base)) return find_pipeline_uses(view, "gitlab-variable", found);
  if (path.find(".circleci/") != string_view::npos && is_yaml_name(base))
    return find_pipeline_uses(view, "circleci-variable", found);
  if (is_other_pipeline(path, base)) return find_pipeline_uses(view, "ci-variable", found);
  if (is_compose(base)) return find_pipeline_uses(view, "compose", found);
  switch (secret_file_kind(path)) {
    case SecretFileKind::dotenv: return add_dotenv_uses(view, found);
    case SecretFileKind::dotenv_example:
    case SecretFileKind::token: return;  // the one holds none by its purpose, the other has no names
    case SecretFileKind::none: break;
  }
  const Language language = view.language();
  if (is_documentation(language) || language == Language::text) return find_space_metadata(view, found);
  if (language == Language::dockerfile) return find_dockerfile_uses(view, found);
  if (language == Language::hcl) return add_terraform_uses(view, found);
  if (language == Language::yaml) return add_yaml_uses(view, found);
  add_words(view, code_kind(language), Names::variables, found);
}

}  // namespace

FileUses find_file_uses(string_view path, string_view text) {
  FileView view(path, text);
  FileUses found;
  add_uses(view, found);
  if (found.uses.size() > kMostUsesOfFile) {
    found.uses.resize(kMostUsesOfFile);
    if (found.left_out.empty()) say_cut(found);
  }
  const std::vector<std::string> gave_up = view.gave_up();
  found.left_out.insert(found.left_out.end(), gave_up.begin(), gave_up.end());
  return found;
}

string_view kind_of_literal(string_view path) {
  const std::string base = file_name(path);
  if (base == ".netrc" || base == "_netrc") return "netrc";
  if (base == ".git-credentials") return "git-credential-store";
  if (base == "stored_tokens") return "stored-tokens";
  if (base.ends_with("_history")) return "shell-history";
  if (is_git_config(path)) return "git-remote-url";
  switch (secret_file_kind(path)) {
    case SecretFileKind::dotenv: return "dotenv";
    case SecretFileKind::token: return base.ends_with(".tfstate") ? "literal" : "token-file";
    default: return "literal";
  }
}

bool keeps_tokens(string_view path) {
  const SecretFileKind kind = secret_file_kind(path);
  return kind == SecretFileKind::dotenv || kind == SecretFileKind::token || path.ends_with(".tfvars");
}

}  // namespace hfscan
