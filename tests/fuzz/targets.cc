#include "targets.h"

#include "paths.h"

namespace hfscan::fuzz {

const std::vector<Target>& targets() {
  using L = Language;
  static const std::vector<Target> all = {
      {"yaml", fuzz_yaml, 0, {L::yaml}},
      {"yaml_template", fuzz_yaml_template, 0, {L::yaml}},
      {"gha", fuzz_gha, 0, {L::yaml}},
      {"gha_expression", fuzz_gha_expression, 0, {L::yaml}},
      {"code", fuzz_code, 8, {L::python, L::javascript, L::json, L::hcl, L::groovy, L::toml, L::nix}},
      {"json", fuzz_json, 0, {L::json, L::notebook}},
      {"shell", fuzz_shell, 4, {L::shell, L::makefile}},
      {"shell_history", fuzz_shell_history, 3, {L::shell, L::text}},
      {"powershell", fuzz_powershell, 0, {L::powershell, L::shell}},
      {"batch", fuzz_batch, 0, {L::batch, L::shell}},
      {"crontab", fuzz_crontab, 2, {L::shell, L::text}},
      {"dockerfile", fuzz_dockerfile, 0, {L::dockerfile}},
      {"makefile", fuzz_makefile, 2, {L::makefile}},
      {"dotenv", fuzz_dotenv, 0, {L::dotenv, L::ini}},
      {"ini", fuzz_ini, 4, {L::ini, L::dotenv}},
      {"netrc", fuzz_netrc, 0, {L::netrc, L::dotenv}},
      {"notebook", fuzz_notebook, 0, {L::notebook}},
      {"markdown", fuzz_markdown, 0, {L::markdown}},
      {"restructured_text", fuzz_restructured_text, 0, {L::restructured_text, L::markdown}},
      {"escapes", fuzz_escapes, 6, {L::python, L::javascript, L::json}},
      {"pieces", fuzz_pieces, kPaths.size(), {}},
      {"rules", fuzz_rules, kPaths.size(), {}},
  };
  return all;
}

}  // namespace hfscan::fuzz
