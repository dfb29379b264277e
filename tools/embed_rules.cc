// Build step: reads rules/*.toml and writes a C++ file with all of them as records (rules/rule_record.h).
// usage: embed_rules OUTPUT MACROS FILE...
// MACROS is the file of macros that every built-in rule file may use.
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "rules/rule_loader.h"
#include "rules/rule_record.h"

namespace {

int fail(const std::string& message) {
  std::fprintf(stderr, "embed_rules: %s\n", message.c_str());
  return 1;
}

// As a C++ string literal of an expression, which holds no `)re"`.
std::string literal_of(const std::string& text) { return "R\"re(" + text + ")re\""; }

void write_macros(std::ostream& out, const hfscan::Macros& macros) {
  out << "#include \"rules/builtin_rules.h\"\n\nnamespace hfscan {\n\n"
         "const Macros& builtin_macros() {\n"
         "  static const Macros macros = {\n";
  for (const auto& [name, text] : macros) out << "      {" << literal_of(name) << ", " << literal_of(text) << "},\n";
  out << "  };\n  return macros;\n}\n\n}  // namespace hfscan\n\n";
}

// As a C++ array of numbers: no length limit as string literals have, no escapes.
void write_source(std::ostream& out, const std::string& records) {
  out << "namespace hfscan {\nnamespace {\n\nconstexpr unsigned char kRecords[] = {";
  for (std::size_t i = 0; i < records.size(); ++i) {
    out << (i % 32 == 0 ? "\n" : "") << static_cast<unsigned>(static_cast<unsigned char>(records[i])) << ",";
  }
  out << "};\n\n}  // namespace\n\nstd::string_view builtin_rule_records() {\n"
         "  return {reinterpret_cast<const char*>(kRecords), sizeof kRecords};\n}\n\n}  // namespace hfscan\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return fail("usage: embed_rules OUTPUT MACROS FILE...");
  constexpr std::uint64_t kMaxMacros = std::uint64_t{1} << 20U;
  const hfscan::Result<std::string> macro_text = hfscan::read_file(argv[2], kMaxMacros);
  if (!macro_text.ok()) return fail(macro_text.error().message);
  const hfscan::Result<hfscan::Macros> macros = hfscan::load_macros(*macro_text, argv[2]);
  if (!macros.ok()) return fail(macros.error().message);
  std::vector<hfscan::Rule> rules;
  for (const std::string& path : std::vector<std::string>(argv + 3, argv + argc)) {
    hfscan::Result<std::vector<hfscan::Rule>> loaded = hfscan::load_rule_file(path, *macros);
    if (!loaded.ok()) return fail(loaded.error().message);
    std::move(loaded->begin(), loaded->end(), std::back_inserter(rules));
  }
  std::sort(rules.begin(), rules.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  std::string records;
  for (const hfscan::Rule& rule : rules) records += hfscan::serialise(rule);
  std::ofstream out(argv[1], std::ios::binary);
  write_macros(out, *macros);
  write_source(out, records);
  return out.flush() ? 0 : fail(std::string("cannot write ") + argv[1]);
}
