// Secret files that COPY and ADD take into an image. Tested by tests/unit/hygiene/matchers/containers_test.cc.
#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/containers.h"
#include "hygiene/matchers/containers_names.h"

namespace hfscan {
namespace {

struct CopiedPath {
  std::string text;
  ByteSpan span;  // in the piece
};

// Sources and, last, the destination.
std::vector<CopiedPath> copied_paths(const DockerInstruction& instruction) {
  std::vector<CopiedPath> paths;
  if (instruction.form == DockerForm::exec) {
    for (const MappedText& item : instruction.exec) paths.push_back({item.text, item.map.to_parent({0, item.text.size()})});
    return paths;
  }
  const std::string_view text = instruction.arguments.text;
  for (std::size_t at = text.find_first_not_of(" \t\r\n"); at < text.size(); at = text.find_first_not_of(" \t\r\n", at)) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
    paths.push_back({std::string(bare(text.substr(at, end - at))), instruction.arguments.map.to_parent({at, end})});
    at = end;
  }
  return paths;
}

bool is_example(std::string_view path) {
  static const Regex example(
      R"((?i)(?:^|[._-])(?:example|examples|sample|template|tmpl|dist|defaults?|vault|enc|sops|age|gpg)(?:[._-]|$))");
  return example.search(path.substr(path.rfind('/') + 1));
}

// Files by whose name a token or all secrets are taken along; `token` and `*hf_token*` not where the ending says source text.
bool is_secret_source(std::string_view path) {
  static const Regex dotenv(
      R"((?i)(?:^|/)(?:\.env(?:[^/A-Za-z0-9][^/]*|rc)?|(?:prod|production|staging|dev|development|local|secrets?)\.env)$)");
  static const Regex store(
      R"((?i)(?:^|/)(?:[._]netrc|\.git-credentials|\.huggingface(?:/.*)?|\.cache/huggingface(?:/(?:\*|token|stored_tokens|auth))?|stored_tokens)$)");
  static const Regex token(
      R"((?i)(?:^|/)[^/]*(?:hf[-_.]?(?:[a-z]+[-_.])?token|hugging[-_]?face[^/]*token|hf[-_.]?secret|hf[-_.](?:api[-_.]?)?key$)[^/]*$)");
  static const Regex source_text(
      R"((?i)(?:tokeniz|tokens?_?(?:counter|count)|\.(?:py|pyi|js|mjs|cjs|ts|tsx|jsx|sh|bash|go|rs|rb|java|kt|c|cc|cpp|h|md|rst|html|css|ipynb|whl)$))");
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  if (is_example(path) || path.find("://") != std::string_view::npos) return false;
  if (dotenv.search(path) || store.search(path)) return true;
  return token.search(path) && !source_text.search(path);
}

// Where programs look for a token: what is copied there is one, whatever it was called.
bool is_secret_target(std::string_view path) {
  static const Regex target(R"((?i)(?:huggingface/(?:token|stored_tokens)|/stored_tokens|/\.netrc|/\.git-credentials)$)");
  return target.search(path);
}

bool copies_from_elsewhere(const DockerInstruction& instruction) {
  return std::any_of(instruction.flags.begin(), instruction.flags.end(),
                     [](const DockerFlag& flag) { return flag.name == "from"; });
}

void copied_by(const FileCheck& check, const Piece& piece, const DockerInstruction& instruction) {
  const std::vector<CopiedPath> paths = copied_paths(instruction);
  if (paths.size() < 2) return;
  const bool secret_target = is_secret_target(paths.back().text);
  std::vector<std::size_t> secret;
  for (std::size_t i = 0; i + 1 < paths.size(); ++i) {
    if (is_secret_source(paths[i].text) || (secret_target && !is_example(paths[i].text))) secret.push_back(i);
  }
  const bool others_stay = secret.size() + 1 < paths.size();
  for (const std::size_t i : secret) {
    RuleHit& hit = check.hit(piece, paths[i].span);
    if (others_stay && piece.map == nullptr && instruction.form == DockerForm::shell)
      hit.edits.push_back({{paths[i].span.begin, paths[i + 1].span.begin}, ""});
  }
}

// Words of paths stand in many a file, COPY and ADD in few.
bool may_copy(std::string_view text) {
  constexpr std::array<std::string_view, 6> kInstructions = {"COPY", "ADD", "copy ", "add ", "Copy ", "Add "};
  return holds_one_of(text, kInstructions);
}

}  // namespace

void docker_copy(const FileCheck& check) {
  if (!may_copy(check.file().text())) return;
  for_each_docker_instruction(check, [&](const Piece& piece, const DockerInstruction& instruction) {
    const bool copies = instruction.keyword == "COPY" || instruction.keyword == "ADD";
    if (copies && !copies_from_elsewhere(instruction)) copied_by(check, piece, instruction);
  });
}

}  // namespace hfscan
