// HF2016 in YAML: SkyPilot tasks, Ray clusters, ECS task definitions. Tested by
// tests/unit/hygiene/matchers/platforms_test.cc.
#include <algorithm>

#include "base/text.h"
#include "hygiene/matchers/platforms.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

bool has_any(const YamlNode& mapping, Words keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [&mapping](std::string_view key) { return static_cast<bool>(mapping.find(key)); });
}

class PlatformFile {
 public:
  PlatformFile(const Piece& piece, CodeReport& report) : piece_(piece), report_(report) {}

  void run(const YamlTree& tree) {
    for (const YamlNode& mapping : tree.mappings()) {
      static constexpr std::string_view kTask[] = {"run", "resources", "setup", "service", "num_nodes"};
      if (has_any(mapping, kTask)) sky_task(mapping.find("envs"));
      pairs(mapping.find("env_vars"));
      for (const YamlNode& definitions : {mapping.find("containerDefinitions"), mapping.find("ContainerDefinitions")})
        for (const YamlNode& container : definitions.items()) environment(container);
    }
  }

 private:
  void sky_task(const YamlNode& envs) {
    for (const YamlPair& pair : envs.pairs()) {
      if (!is_token_name(pair.key.text())) continue;
      RuleHit* const hit = report(pair);
      if (hit == nullptr || !(pair.value.is_null() || pair.value.text().empty())) continue;
      hit->severity = Severity::note;
      hit->message = "SkyPilot asks for the token as a plain variable; `secrets:` asks for it as a secret";
    }
  }

  void pairs(const YamlNode& mapping) {
    for (const YamlPair& pair : mapping.pairs()) {
      if (is_token_name(pair.key.text()) && !pair.value.is_null() && pair.value.is_scalar() && !pair.value.text().empty())
        report(pair);
    }
  }

  void environment(const YamlNode& container) {
    for (const YamlNode& list : {container.find("environment"), container.find("Environment")}) {
      for (const YamlNode& item : list.items()) {
        for (const YamlNode& name : {item.find("name"), item.find("Name")})
          if (is_token_name(name.text())) report_.hit(piece_, name.span());
      }
    }
  }

  RuleHit* report(const YamlPair& pair) {
    return report_.hit(piece_, {pair.key.span().begin, std::max(pair.key.span().end, pair.value.span().end)});
  }

  const Piece& piece_;
  CodeReport& report_;
};

}  // namespace

void find_in_platform_files(const FileCheck& check, CodeReport& report) {
  static constexpr std::string_view kWords[] = {"envs", "env_vars", "ontainerDefinitions"};
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language != Language::yaml) continue;
    if (holds_one_of(piece.text, kWords)) PlatformFile(piece, report).run(check.file().yaml(piece));
  }
}

}  // namespace hfscan
