// The fuzz targets: one per reader of src/syntax, one for the texts within texts, one for all rules about unsafe
// configurations. Each reads any bytes and aborts when what it was given breaks a promise of the reader's header.
//
// Separate from both of their drivers: libFuzzer (entry.cc, a program per target) and the tests of every preset (seeds_test.cc,
// all targets over the same seeds).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "syntax/language.h"

namespace hfscan::fuzz {

struct Target {
  std::string_view name;
  void (*run)(std::string_view input);
  // The first byte of the input, modulo this, chooses among dialects, languages or paths; 0: the target has no choice byte.
  std::size_t choices = 0;
  std::vector<Language> languages;  // whose files are seeds; none: every one
};

void fuzz_yaml(std::string_view input);
void fuzz_yaml_template(std::string_view input);
void fuzz_gha(std::string_view input);
void fuzz_gha_expression(std::string_view input);
void fuzz_code(std::string_view input);
void fuzz_json(std::string_view input);
void fuzz_shell(std::string_view input);
void fuzz_shell_history(std::string_view input);
void fuzz_powershell(std::string_view input);
void fuzz_batch(std::string_view input);
void fuzz_crontab(std::string_view input);
void fuzz_dockerfile(std::string_view input);
void fuzz_makefile(std::string_view input);
void fuzz_dotenv(std::string_view input);
void fuzz_ini(std::string_view input);
void fuzz_netrc(std::string_view input);
void fuzz_notebook(std::string_view input);
void fuzz_markdown(std::string_view input);
void fuzz_restructured_text(std::string_view input);
void fuzz_escapes(std::string_view input);
void fuzz_pieces(std::string_view input);
void fuzz_rules(std::string_view input);

// All of them.
const std::vector<Target>& targets();

}  // namespace hfscan::fuzz
