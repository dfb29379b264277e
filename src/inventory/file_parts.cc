// Files whose structure says what a name means: workflows, pipelines, manifests, Dockerfiles, the configuration of git, Spaces.
// Tested by tests/unit/inventory/file_uses_test.cc.
#include "inventory/file_parts.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/token_names.h"
#include "syntax/gha_expression.h"
#include "syntax/key_values.h"

namespace hfscan {
namespace {

using std::string_view;

// At most so much of it as people look at.
string_view line_around(string_view text, std::uint64_t offset) {
  constexpr std::size_t kReach = 1000;
  const auto at = std::min(static_cast<std::size_t>(offset), text.size());
  const string_view before = text.substr(at - std::min(at, kReach), std::min(at, kReach));
  const std::size_t begin = at - before.size() + before.rfind('\n') + 1;
  const string_view rest = text.substr(begin, 2 * kReach);
  return rest.substr(0, rest.find('\n', at - begin));
}

// ---- GitHub Actions

// Scalars below a key that names a token, by where they stand: what a secret of another name is there called.
class Aliases {
 public:
  explicit Aliases(const YamlTree& tree) {
    for (const YamlNode& mapping : tree.mappings()) {
      for (const YamlPair& pair : mapping.pairs()) {
        if (pair.key.is_scalar() && pair.value.is_scalar() && names_token(pair.key.text()))
          keys_[pair.value.span().begin] = {pair.value.span(), pair.key.text()};
      }
    }
  }

  [[nodiscard]] std::string at(std::uint64_t offset) const {
    const auto after = keys_.upper_bound(offset);
    if (after == keys_.begin()) return "";
    const auto& [span, key] = std::prev(after)->second;
    return offset < span.end ? key : "";
  }

 private:
  std::map<std::uint64_t, std::pair<ByteSpan, std::string>> keys_;
};

std::string environment_at(const GhaWorkflow* workflow, std::uint64_t offset) {
  if (workflow == nullptr) return "";
  for (const GhaJob& job : workflow->jobs) {
    if (!job.node.span().contains({offset, offset})) continue;
    const YamlNode& named = job.environment.is_mapping() ? job.environment.find("name") : job.environment;
    const std::string name = named.text();
    return name.find("${{") == std::string::npos ? name : "";
  }
  return "";
}

// A login or a push on the same line says that the secret is a token of the Hub, whatever its name.
bool speaks_of_hub(string_view line) {
  static constexpr std::array<string_view, 4> kWords = {"huggingface.co", "hf.co", "huggingface-cli", "hf auth"};
  return holds_one_of(line, kWords);
}

void add_reference(FileView& view, const GhaReference& reference, const Aliases& aliases, FileUses& found) {
  const bool secret = reference.context == "secrets";
  if ((!secret && reference.context != "vars") || reference.is_whole_context()) return;
  if (found.uses.size() > kMostUsesOfFile) return;
  const std::string alias = aliases.at(reference.span.begin);
  const bool named = names_token(reference.path);
  const bool told = secret && (!alias.empty() || speaks_of_hub(line_around(view.text(), reference.span.begin)));
  if (!named && !told) return;
  FileUse use{secret ? "github-actions-secret" : "github-actions-variable", reference.path};
  use.alias_of = alias == reference.path ? "" : alias;
  use.scope = environment_at(view.workflow(view.whole()), reference.span.begin);
  use.offset = reference.span.begin;
  if (!use.scope.empty()) found.environments.insert(use.scope);
  found.uses.push_back(std::move(use));
}

void note_inherited_secrets(const GhaWorkflow* workflow, FileUses& found) {
  if (workflow == nullptr) return;
  for (const GhaJob& job : workflow->jobs) {
    if (!job.inherits_secrets()) continue;
    found.notes.push_back(
        cat("job ", quoted(job.id), " passes all secrets on to ", quoted(job.uses.text()), ": look there, too"));
  }
}

// ---- Kubernetes

std::string namespace_of(const YamlNode& document) { return document.at({"metadata", "namespace"}).text(); }

void add_secret_reference(const YamlNode& variable, const std::string& scope, FileUses& found) {
  const YamlNode reference = variable.at({"valueFrom", "secretKeyRef"});
  if (!reference.is_mapping()) return;
  const std::string name = variable.find("name").text();
  const std::string key = reference.find("key").text();
  const std::string secret = reference.find("name").text();
  if (!names_token(name) && !names_token(key)) return;
  FileUse use{"kubernetes-secret", secret, name, scope, key};
  use.offset = reference.span().begin;
  found.uses.push_back(std::move(use));
}

// The secret itself: Secret, SealedSecret, ExternalSecret.
void add_secret_manifest(const YamlNode& document, FileUses& found) {
  static constexpr std::array<string_view, 3> kKinds = {"Secret", "SealedSecret", "ExternalSecret"};
  if (!is_one_of(document.find("kind").text(), kKinds)) return;
  const std::string name = document.at({"metadata", "name"}).text();
  const std::array fields = {document.find("data"), document.find("stringData"), document.at({"spec", "encryptedData"})};
  for (const YamlNode& field : fields) {
    for (const YamlPair& pair : field.pairs()) {
      if (!names_token(pair.key.text()) && !names_token(name)) continue;
      FileUse use{"kubernetes-secret", name, "", namespace_of(document), pair.key.text()};
      use.offset = pair.key.span().begin;
      found.uses.push_back(std::move(use));
    }
  }
}

// ---- the configuration of git

// The URL without what stands before the host; empty when it has nothing there, or is no http(s) URL of the Hub.
std::string without_user(string_view url) {
  const std::size_t scheme = url.find("://");
  if (!url.starts_with("http") || scheme == string_view::npos) return "";
  const std::size_t host = scheme + 3;
  const std::size_t end = std::min(url.find_first_of("/?#", host), url.size());
  const std::size_t at = url.substr(0, end).rfind('@');
  if (at == string_view::npos || at < host) return "";
  return cat(url.substr(0, host), url.substr(at + 1));
}

bool is_hub_url(string_view url) {
  static const Regex hub(R"(\Ahttps?://(?:[^/@]*\.)?(?:huggingface\.co|hf\.co)(?::\d+)?(?:/|\z))");
  return hub.search(url);
}

void add_space_of(string_view text, FileUses& found) {
  static const Regex space(R"((?:huggingface\.co|hf\.co)/spaces/(?P<secret>[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*))");
  for (const Regex::Hit& hit : space.find_all(text)) {
    std::string name(text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin));
    if (name.ends_with(".git")) name.resize(name.size() - 4);
    found.spaces.insert(std::move(name));
  }
}

// git@github.com:OWNER/NAME.git, https://github.com/OWNER/NAME, ssh://git@github.com/OWNER/NAME.
std::string github_repository(string_view url) {
  static const Regex form(R"((?:^|[@/])github\.com[:/](?P<secret>[A-Za-z0-9][\w.-]{0,99}/[A-Za-z0-9._][\w.-]{0,99})/?$)");
  const std::vector<Regex::Hit> hits = form.find_all(url);
  if (hits.empty()) return "";
  string_view name = url.substr(hits[0].secret.begin, hits[0].secret.end - hits[0].secret.begin);
  if (name.ends_with(".git")) name.remove_suffix(4);
  return cat("github.com/", name);
}

}  // namespace

bool names_token(string_view name) {
  std::string plain(name.substr(0, 200));
  for (char& c : plain) c = c == '-' || c == '.' ? '_' : c;
  return is_token_name(plain);
}

string_view variable_in(string_view text) {
  if (!text.starts_with('$')) return {};
  text.remove_prefix(1);
  const bool braces = text.starts_with('{');
  if (braces) text.remove_prefix(1);
  std::size_t end = 0;
  while (end < text.size() && is_name_byte(text[end])) ++end;
  const bool whole =
      braces ? text.ends_with('}') && (text[end] == '}' || text[end] == ':' || text[end] == '-') : end == text.size();
  return whole ? text.substr(0, end) : string_view();
}

void find_workflow_uses(FileView& view, FileUses& found) {
  const Aliases aliases(view.yaml(view.whole()));
  for (const GhaReference& reference : find_references(view.text())) add_reference(view, reference, aliases, found);
  note_inherited_secrets(view.workflow(view.whole()), found);
  add_space_of(view.text(), found);
  // A run without any stored token: what the others could become.
  const std::size_t oidc = view.text().find("HF_OIDC_RESOURCE");
  if (oidc != string_view::npos) found.uses.push_back({"trusted-publisher", "HF_OIDC_RESOURCE", "", "", "", oidc});
}

void find_pipeline_uses(FileView& view, string_view kind, FileUses& found) {
  for (const YamlNode& mapping : view.yaml(view.whole()).mappings()) {
    for (const YamlPair& pair : mapping.pairs()) {
      const std::string value = pair.value.is_scalar() ? pair.value.text() : "";
      const std::string name(variable_in(value));
      if (name.empty() || names_token(name) || !names_token(pair.key.text())) continue;
      found.uses.push_back({std::string(kind), name, pair.key.text(), "", "", pair.value.span().begin});
    }
  }
  std::set<string_view> aliased;
  for (const FileUse& use : found.uses) aliased.insert(use.alias_of);
  for (const NameWord& word : name_words(view.text())) {
    if (!aliased.contains(word.text))
      found.uses.push_back({std::string(kind), std::string(word.text), "", "", "", word.offset});
  }
  add_space_of(view.text(), found);
}

void find_kubernetes_uses(FileView& view, FileUses& found) {
  const YamlTree& tree = view.yaml(view.whole());
  const std::vector<YamlNode> documents = tree.documents();
  for (const YamlNode& document : documents) add_secret_manifest(document, found);
  std::size_t number = 0;  // mappings come in the order of the text, as documents do
  for (const YamlNode& mapping : tree.mappings()) {
    while (number + 1 < documents.size() && documents[number + 1].span().begin <= mapping.span().begin) ++number;
    if (mapping.find("valueFrom")) add_secret_reference(mapping, namespace_of(documents.at(number)), found);
  }
}

void find_dockerfile_uses(FileView& view, FileUses& found) {
  for (const DockerInstruction& instruction : view.dockerfile(view.whole()).instructions) {
    const std::uint64_t offset = instruction.span.begin;
    for (const DockerPair& pair : instruction.pairs) {
      if (instruction.keyword == "LABEL" || !names_token(pair.name)) continue;
      found.uses.push_back({"dockerfile", pair.name, "", "", "hf_token", pair.span.begin});
    }
    for (const DockerFlag& flag : instruction.flags) {
      if (flag.name != "mount" || docker_option(flag.value, "type") != "secret") continue;
      const std::string id(docker_option(flag.value, "id"));
      const std::string variable(docker_option(flag.value, "env"));
      if (names_token(id) || names_token(variable))
        found.uses.push_back({"dockerfile", variable.empty() ? id : variable, "", "", id, offset});
    }
  }
}

void find_remote_url_uses(FileView& view, FileUses& found) {
  add_space_of(view.text(), found);
  const AssignmentFile file = read_ini(view.text(), IniFlavour::git);
  for (const Assignment& entry : file.assignments) {
    if (entry.section >= file.sections.size()) continue;
    const AssignmentSection& section = file.sections[entry.section];
    const bool remote = to_lower_ascii(section.name) == "remote" && to_lower_ascii(entry.name) == "url";
    if (remote && (found.github.empty() || section.subsection == "origin")) {
      std::string github = github_repository(entry.value.text);
      if (!github.empty()) found.github = std::move(github);
    }
    const std::string clean = without_user(entry.value.text);
    if (clean.empty() || !is_hub_url(clean)) continue;
    std::string key = cat(section.name, section.subsection.empty() ? "" : ".", section.subsection, ".", entry.name);
    found.uses.push_back({"git-remote-url", section.subsection, "", clean, std::move(key), entry.name_span.begin});
  }
}

// Source: the Hub's "Spaces Configuration Reference": a block between lines of three dashes, with an `sdk`.
void find_space_metadata(FileView& view, FileUses& found) {
  const string_view text = view.text();
  if (to_lower_ascii(file_name(view.path())) != "readme.md" || !text.starts_with("---")) return;
  const string_view block = text.substr(0, std::min(text.find("\n---", 3), text.size()));
  static const Regex sdk(R"((?m)^sdk:\s*['"]?(?:gradio|streamlit|docker|static)\b)");
  const std::vector<Regex::Hit> hits = sdk.find_all(block);
  if (!hits.empty()) found.space_offset = hits.front().whole.begin;
}

}  // namespace hfscan
