// What the matchers of manifests share, and arguments of containers. Tested by
// tests/unit/hygiene/matchers/kubernetes_helm_test.cc.
#include "hygiene/matchers/kubernetes.h"

#include <array>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/containers_names.h"
#include "hygiene/matchers/families.h"
#include "hygiene/token_names.h"
#include "rules/builtin_rules.h"

namespace hfscan {
namespace {

// $(HF_TOKEN), which the kubelet replaces, anywhere in an argument; or the value of an option that says token.
bool is_token_argument(std::string_view argument) {
  static const Regex kubelet(cat(R"((?:^|[^$])\$\()", builtin_macro("TOKEN_NAME"), R"(\))"));
  static const Regex option(
      R"((?i)(?:^|[\s"'=])--?(?:[a-z0-9]+[-_.])*(?:token|api[-_]?key|hf[-_]?key|password|auth)[=\s"',]+(?P<secret>\S+))");
  static const Regex setting(cat(R"((?:^|[\s"']))", builtin_macro("TOKEN_NAME"), R"(=["']?(?P<secret>[^\s"']+))"));
  if (kubelet.search(argument)) return true;
  for (const Regex* form : {&option, &setting}) {
    for (const Regex::Hit& hit : form->find_all(argument)) {
      if (is_token_value(argument.substr(hit.secret.begin))) return true;
    }
  }
  return false;
}

bool is_token_option(std::string_view argument) {
  static const Regex option(R"((?i)\A--?(?:[a-z0-9]+[-_.])*(?:token|api[-_]?key|hf[-_]?key)\z)");
  return option.search(argument);
}

void in_list(const FileCheck& check, const Piece& piece, const YamlNode& list) {
  YamlNode before;
  for (const YamlNode& item : list.items_or_self()) {
    const std::string text = item.is_scalar() ? item.text() : "";
    const bool value = before && is_token_option(before.text()) && is_token_value(text);
    if (value || is_token_argument(text))
      check.hit(piece, {value ? before.place().begin : item.place().begin, item.place().end});
    before = item;
  }
}

}  // namespace

void for_each_manifest_mapping(const FileCheck& check, const std::function<void(const Piece&, const YamlNode&)>& visit) {
  constexpr std::size_t kLargestJson = std::size_t{4} << 20U;
  FileView& file = check.file();
  for (const Piece& piece : file.pieces()) {
    if (piece.language == Language::yaml && file.workflow(piece) == nullptr) {
      for (const YamlNode& mapping : file.yaml(piece).mappings()) visit(piece, mapping);
    }
    if (piece.language == Language::json && piece.text.size() <= kLargestJson) {
      const YamlTree tree = parse_yaml(piece.text);
      for (const YamlNode& mapping : tree.mappings()) visit(piece, mapping);
    }
  }
}

void kubernetes_arguments(const FileCheck& check) {
  for_each_manifest_mapping(check, [&](const Piece& piece, const YamlNode& mapping) {
    for (const YamlPair& pair : mapping.pairs()) {
      const std::string key = pair.key.text();
      if (key == "args" || key == "command" || key == "extraArgs" || key == "extra_args" || key == "containerArgs")
        in_list(check, piece, pair.value);
    }
  });
}

std::span<const FileMatcher> kubernetes_matchers() {
  static constexpr std::array<FileMatcher, 5> kMatchers = {{{"kubernetes-env", kubernetes_env},
                                                            {"kubernetes-configmap", kubernetes_configmap},
                                                            {"kubernetes-secret", kubernetes_secret},
                                                            {"kubernetes-arguments", kubernetes_arguments},
                                                            {"helm-values", helm_values}}};
  return kMatchers;
}

}  // namespace hfscan
