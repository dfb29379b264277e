// HF2011, HF2012: tokens that a browser gets. Tested by tests/unit/hygiene/matchers/hub_test.cc.
#include <algorithm>
#include <set>
#include <string>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/hub.h"
#include "hygiene/matchers/jobs_code.h"
#include "hygiene/token_names.h"
#include "rules/builtin_rules.h"

namespace hfscan {
namespace {

// window.huggingface.variables, with optional chaining, brackets and line breaks, also in a string of JSON or a program.
constexpr std::string_view kVariables =
    R"(huggingface(?:\\?["'`]\s*\])?\s*(?:\?|!)?\s*(?:\.\s*variables|\.?\[\s*\\?["'`]variables\\?["'`]\s*\]))";

const std::string& token_name() { return builtin_macro("TOKEN_NAME"); }

void report_all(CodeReport& report, const Regex& expression, std::string_view text) {
  for (const Regex::Hit& hit : expression.find_all(text))
    report.hit(report.check().file().whole(), {hit.secret.begin, hit.secret.end});
}

// .NAME, ?.NAME, ["NAME"]
std::string member() { return cat(R"((?:\s*(?:\?|!)?\s*\.\s*|\s*(?:\?\.)?\s*\[\s*\\?["'`]))", token_name(), R"(\b)"); }

// const { HF_TOKEN, X: y } = window.huggingface.variables
void find_destructured(CodeReport& report, std::string_view text) {
  static const Regex destructured(
      cat(R"(\{[^{}]*\b)", token_name(), R"(\b[^{}]*\}\s*=\s*\(?\s*(?:window|self|globalThis)\s*\??\.\s*)", kVariables));
  report_all(report, destructured, text);
}

// const vars = window.huggingface.variables; ... vars.HF_TOKEN; const { variables } = window.huggingface; ...
std::set<std::string_view> names_of_variables(std::string_view text) {
  static const Regex alias(
      cat(R"(\b(?P<secret>[A-Za-z_$][\w$]*)\s*=\s*[^;=\n]{0,80})", kVariables, R"(\s*(?:;|\)|\|\||\?\?|\r?\n|$))"));
  static const Regex member_alias(
      R"(\{[^{}]*\bvariables(?:\s*:\s*(?P<secret>[A-Za-z_$][\w$]*))?[^{}]*\}\s*=\s*[^;=\n]{0,40}huggingface\b)");
  std::set<std::string_view> names;
  for (const Regex::Hit& hit : alias.find_all(text))
    names.insert(text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin));
  for (const Regex::Hit& hit : member_alias.find_all(text)) {
    const bool renamed = hit.secret.begin != hit.whole.begin && hit.secret.end > hit.secret.begin;
    names.insert(renamed ? text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin) : std::string_view("variables"));
  }
  return names;
}

void find_aliased(CodeReport& report, std::string_view text) {
  static const Regex of_any(cat(R"([A-Za-z_$][\w$]*)", member()));
  const std::set<std::string_view> names = names_of_variables(text);
  if (names.empty()) return;
  for (const Regex::Hit& hit : of_any.find_all(text)) {
    const std::string_view found = text.substr(hit.whole.begin, hit.whole.end - hit.whole.begin);
    const std::size_t end = found.find_first_of(" \t\r\n?!.[");
    if (names.contains(found.substr(0, end))) report.hit(report.check().file().whole(), {hit.whole.begin, hit.whole.end});
  }
}

// A configuration of a bundler, and the mappings in it that go into the bundle.
struct BundlerFile {
  std::string_view name;
  std::string_view mapping;
};
constexpr BundlerFile kBundlers[] = {{"next.config", "env"},
                                     {"next.config", "publicRuntimeConfig"},
                                     {"nuxt.config", "public"},
                                     {"nuxt.config", "env"},
                                     {"vite.config", "define"},
                                     {"nextConfig", "env"},
                                     {"nextConfig", "publicRuntimeConfig"},
                                     {"NextConfig", "env"}};

// 'process.env.HF_TOKEN', HF_TOKEN
std::string_view last_component(std::string_view name) { return name.substr(name.rfind('.') + 1); }

bool is_configuration_of(const CodeText& text, std::string_view path, std::string_view bundler) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name.find(bundler) != std::string_view::npos) return true;
  // Shown in documentation, or a configuration under another name.
  const bool is_file = name.ends_with(".py");
  return !is_file && text.tree->text.find(bundler) != std::string_view::npos;
}

void find_in_configuration(const CodeText& text, const BundlerFile& bundler, CodeReport& report) {
  const CodeTree& tree = *text.tree;
  for (std::uint32_t group = 1; group < tree.groups.size(); ++group) {
    if (tree.opener(group) != '{') continue;
    for (const CodeEntry& entry : entries_of(tree, group)) {
      if (entry.name != bundler.mapping || entry.value.empty()) continue;
      const std::optional<std::uint32_t> mapping = group_of_value(tree, entry.value);
      if (!mapping || tree.opener(*mapping) != '{') continue;
      for (const CodeEntry& pair : entries_of(tree, *mapping)) {
        if (pair.name && is_token_name(last_component(*pair.name))) report.hit(text, span_of_entry(pair));
      }
    }
  }
}

}  // namespace

void static_space_token(const FileCheck& check) {
  static const Regex direct(cat(kVariables, member()));
  static const Regex near(R"(huggingface\W{0,12}variables|\}\s*=\s*[^;=\n]{0,40}huggingface\b)");
  const std::string_view text = check.file().text();
  if (text.find("variables") == std::string_view::npos || !near.search(text)) return;
  CodeReport report(check);
  report_all(report, direct, text);
  find_destructured(report, text);
  find_aliased(report, text);
}

void client_bundle_token(const FileCheck& check) {
  static const Regex prefixed(cat(
      R"(\b(?:NEXT_PUBLIC|VITE|REACT_APP|PUBLIC|NUXT_PUBLIC|GATSBY|EXPO_PUBLIC|VUE_APP|NG_APP|SNOWPACK_PUBLIC)_)",
      "(?:", token_name(),
      R"(|(?:[A-Z0-9]+_)*(?:HF|HUGGING_?FACE)_?(?:INFERENCE|INFERENCE_API|SERVERLESS|ENDPOINT)_(?:API_)?(?:TOKEN|KEY))\b)"));
  CodeReport report(check);
  report_all(report, prefixed, check.file().text());
  static constexpr std::string_view kWords[] = {"next.config", "nextConfig", "NextConfig", "nuxt.config",
                                                "vite.config", "env",        "define",     "public"};
  for_each_code(check, kWords, [&](const CodeText& text) {
    for (const BundlerFile& bundler : kBundlers) {
      if (text.map == nullptr && is_configuration_of(text, check.file().path(), bundler.name))
        find_in_configuration(text, bundler, report);
    }
  });
}

}  // namespace hfscan
