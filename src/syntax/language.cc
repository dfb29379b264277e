// Tested by tests/unit/syntax/language_test.cc.
#include "syntax/language.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <string>

#include "base/text.h"

namespace hfscan {
namespace {

struct Named {
  std::string_view name;
  Language language;
};

// Whole base names, in lower case.
constexpr Named kBaseNames[] = {
    {".babelrc", Language::json},
    {".bash_aliases", Language::shell},
    {".bash_login", Language::shell},
    {".bash_logout", Language::shell},
    {".bash_profile", Language::shell},
    {".bashrc", Language::shell},
    {".clang-format", Language::yaml},
    {".clang-tidy", Language::yaml},
    {".condarc", Language::yaml},
    {".coveragerc", Language::ini},
    {".devcontainer", Language::json},
    {".editorconfig", Language::ini},
    {".env", Language::dotenv},
    {".envrc", Language::dotenv},
    {".eslintrc", Language::json},
    {".flake8", Language::ini},
    {".flaskenv", Language::dotenv},
    {".gitconfig", Language::ini},
    {".gitmodules", Language::ini},
    {".kshrc", Language::shell},
    {".netrc", Language::netrc},
    {".npmrc", Language::ini},
    {".pip.conf", Language::ini},
    {".prettierrc", Language::yaml},
    {".profile", Language::shell},
    {".pylintrc", Language::ini},
    {".pypirc", Language::ini},
    {".pythonrc", Language::python},
    {".yarnrc", Language::ini},
    {".zlogin", Language::shell},
    {".zprofile", Language::shell},
    {".zshenv", Language::shell},
    {".zshrc", Language::shell},
    {"_netrc", Language::netrc},
    {"apkbuild", Language::shell},
    {"cargo.lock", Language::toml},
    {"containerfile", Language::dockerfile},
    {"dockerfile", Language::dockerfile},
    {"gnumakefile", Language::makefile},
    {"jenkinsfile", Language::groovy},
    {"justfile", Language::makefile},
    {".justfile", Language::makefile},
    {"makefile", Language::makefile},
    {"pip.conf", Language::ini},
    {"pipfile", Language::toml},
    {"pkgbuild", Language::shell},
    {"poetry.lock", Language::toml},
    {"procfile", Language::yaml},
    {"sconstruct", Language::python},
    {"snakefile", Language::python},
    {"stored_tokens", Language::ini},
    {"tiltfile", Language::python},
    {"uv.lock", Language::toml},
    {"wscript", Language::python},
};

// What follows the last dot. Vue and Svelte files are HTML with scripts in it.
constexpr Named kExtensions[] = {
    {"avsc", Language::json},
    {"bash", Language::shell},
    {"bat", Language::batch},
    {"bats", Language::shell},
    {"bzl", Language::python},
    {"cfg", Language::ini},
    {"cjs", Language::javascript},
    {"cmd", Language::batch},
    {"command", Language::shell},
    {"containerfile", Language::dockerfile},
    {"cts", Language::javascript},
    {"desktop", Language::ini},
    {"dockerfile", Language::dockerfile},
    {"ebuild", Language::shell},
    {"env", Language::dotenv},
    {"fish", Language::shell},
    {"geojson", Language::json},
    {"gitconfig", Language::ini},
    {"gradle", Language::groovy},
    {"groovy", Language::groovy},
    {"har", Language::json},
    {"hcl", Language::hcl},
    {"htm", Language::html},
    {"html", Language::html},
    {"inf", Language::ini},
    {"ini", Language::ini},
    {"ipynb", Language::notebook},
    {"jenkinsfile", Language::groovy},
    {"js", Language::javascript},
    {"json", Language::json},
    {"json5", Language::json},
    {"jsonc", Language::json},
    {"jsonl", Language::json},
    {"jsx", Language::javascript},
    {"just", Language::makefile},
    {"ksh", Language::shell},
    {"lsf", Language::shell},
    {"mak", Language::makefile},
    {"make", Language::makefile},
    {"markdown", Language::markdown},
    {"md", Language::markdown},
    {"mdc", Language::markdown},
    {"mdown", Language::markdown},
    {"mdx", Language::markdown},
    {"mjs", Language::javascript},
    {"mk", Language::makefile},
    {"mkd", Language::markdown},
    {"mount", Language::ini},
    {"mts", Language::javascript},
    {"ndjson", Language::json},
    {"netrc", Language::netrc},
    {"nix", Language::nix},
    {"nomad", Language::hcl},
    {"path", Language::ini},
    {"pbs", Language::shell},
    {"properties", Language::ini},
    {"ps1", Language::powershell},
    {"psd1", Language::powershell},
    {"psm1", Language::powershell},
    {"py", Language::python},
    {"pyi", Language::python},
    {"pyw", Language::python},
    {"pyx", Language::python},
    {"qmd", Language::markdown},
    {"rest", Language::restructured_text},
    {"rmd", Language::markdown},
    {"rst", Language::restructured_text},
    {"sbatch", Language::shell},
    {"service", Language::ini},
    {"sh", Language::shell},
    {"slurm", Language::shell},
    {"smk", Language::python},
    {"socket", Language::ini},
    {"star", Language::python},
    {"svelte", Language::html},
    {"tf", Language::hcl},
    {"tfvars", Language::hcl},
    {"timer", Language::ini},
    {"toml", Language::toml},
    {"ts", Language::javascript},
    {"tsx", Language::javascript},
    {"txt", Language::text},
    {"vue", Language::html},
    {"webmanifest", Language::json},
    {"xhtml", Language::html},
    {"yaml", Language::yaml},
    {"yml", Language::yaml},
    {"zsh", Language::shell},
};

// Names of info strings, magics, directives and interpreters that are no extension.
constexpr Named kNames[] = {
    {"ash", Language::shell},
    {"bash-session", Language::shell},
    {"bashsession", Language::shell},
    {"bun", Language::javascript},
    {"busybox", Language::shell},
    {"compose", Language::yaml},
    {"console", Language::shell},
    {"dash", Language::shell},
    {"deno", Language::javascript},
    {"docker", Language::dockerfile},
    {"docker-compose", Language::yaml},
    {"dos", Language::batch},
    {"dosbatch", Language::batch},
    {"dotenv", Language::dotenv},
    {"envrc", Language::dotenv},
    {"git-config", Language::ini},
    {"gnumake", Language::makefile},
    {"ipython", Language::python},
    {"javascript", Language::javascript},
    {"jenkinsfile", Language::groovy},
    {"makefile", Language::makefile},
    {"nix-shell", Language::shell},
    {"node", Language::javascript},
    {"nodejs", Language::javascript},
    {"nodejsrepl", Language::javascript},
    {"posh", Language::powershell},
    {"powershell", Language::powershell},
    {"pwsh", Language::powershell},
    {"pwsh-session", Language::powershell},
    {"pycon", Language::python},
    {"pypy", Language::python},
    {"python", Language::python},
    {"python-repl", Language::python},
    {"restructuredtext", Language::restructured_text},
    {"sh-session", Language::shell},
    {"shell", Language::shell},
    {"shell-session", Language::shell},
    {"shellscript", Language::shell},
    {"shellsession", Language::shell},
    {"starlark", Language::python},
    {"systemd", Language::ini},
    {"terminal", Language::shell},
    {"terraform", Language::hcl},
    {"terragrunt", Language::hcl},
    {"tofu", Language::hcl},
    {"ts-node", Language::javascript},
    {"typescript", Language::javascript},
    {"uv", Language::python},
    {"zsh-session", Language::shell},
};

// Endings of files that are meant to be copied, rendered or were set aside: the name before them says the language.
constexpr std::string_view kTemplateEndings[] = {"bak",    "default", "defaults", "dist",   "example", "gotmpl",
                                                 "in",     "j2",      "jinja",    "jinja2", "old",     "orig",
                                                 "sample", "save",    "template", "tmpl",   "tpl"};

template <std::size_t size>
std::optional<Language> look_up(const Named (&table)[size], std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(table), std::end(table), [name](const Named& entry) { return entry.name == name; });
  return found == std::end(table) ? std::nullopt : std::optional(found->language);
}

std::string_view base_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// From the last dot that is not the first character.
std::size_t extension_dot(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == 0 ? std::string_view::npos : dot;
}

std::string_view without_template_endings(std::string_view name) {
  for (;;) {
    const std::size_t dot = extension_dot(name);
    if (dot == std::string_view::npos) return name;
    const std::string_view ending = name.substr(dot + 1);
    if (std::find(std::begin(kTemplateEndings), std::end(kTemplateEndings), ending) == std::end(kTemplateEndings)) return name;
    name = name.substr(0, dot);
  }
}

bool is_git_config(std::string_view path) {
  return path == ".git/config" || path.ends_with("/.git/config") || path == "git/config" || path.ends_with("/git/config") ||
         path.ends_with(".git/config.worktree");
}

// Dockerfile.gpu, Dockerfile-dev, Jenkinsfile_release, .env.local
std::optional<Language> from_prefix(std::string_view name) {
  constexpr Named kPrefixes[] = {{".env", Language::dotenv},
                                 {"containerfile", Language::dockerfile},
                                 {"dockerfile", Language::dockerfile},
                                 {"jenkinsfile", Language::groovy},
                                 {"makefile", Language::makefile}};
  for (const Named& prefix : kPrefixes) {
    if (name.size() > prefix.name.size() && name.starts_with(prefix.name) && !is_alnum_ascii(name[prefix.name.size()]))
      return prefix.language;
  }
  return std::nullopt;
}

std::optional<Language> from_name(std::string_view name) {
  if (const std::optional<Language> language = look_up(kBaseNames, name)) return language;
  if (name.starts_with(".env.") || name.starts_with(".env-")) return Language::dotenv;
  const std::size_t dot = extension_dot(name);
  const std::optional<Language> by_extension =
      dot == std::string_view::npos ? std::nullopt : look_up(kExtensions, name.substr(dot + 1));
  if (by_extension && *by_extension != Language::text) return by_extension;
  // gpu-dockerfile, api_Dockerfile.v2, Dockerfile.txt
  if (name.find("dockerfile") != std::string_view::npos) return Language::dockerfile;
  return by_extension ? by_extension : from_prefix(name);
}

// "python3.11" and "python" are one name.
std::string_view without_version(std::string_view name) {
  while (!name.empty() && ((name.back() >= '0' && name.back() <= '9') || name.back() == '.' || name.back() == '-'))
    name.remove_suffix(1);
  return name;
}

std::string_view next_word(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
  rest.remove_prefix(word.size());
  return word;
}

// The interpreter of a `#!` line; of `env` the program it starts: options and assignments are stepped over, `-S` also when it
// is glued to its value.
std::string_view interpreter(std::string_view line) {
  std::string_view word = next_word(line);
  if (base_name(word) != "env") return base_name(word);
  for (word = next_word(line); !word.empty(); word = next_word(line)) {
    if (word.starts_with("-S") && word.size() > 2) word.remove_prefix(2);
    if (!word.starts_with('-') && word.find('=') == std::string_view::npos) break;
  }
  return base_name(word);
}

Language from_shebang(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!text.starts_with("#!")) return Language::text;
  constexpr std::size_t kLongestLine = 256;  // the kernel reads as much
  std::string_view line = text.substr(2, kLongestLine);
  line = line.substr(0, line.find_first_of("\r\n"));
  return language_named(without_version(interpreter(line)));
}

}  // namespace

Language language_of(std::string_view path, std::string_view text) {
  const std::string lower = to_lower_ascii(path);
  if (is_git_config(lower)) return Language::ini;
  const std::string_view name = base_name(lower);
  if (const std::optional<Language> language = from_name(name)) return *language;
  const std::string_view core = without_template_endings(name);
  if (core != name) {
    if (const std::optional<Language> language = from_name(core)) return *language;
  }
  return from_shebang(text);
}

Language language_named(std::string_view name) {
  // "{.python .numberLines}", "{python}", "py title=x", "sh{1,3}", "python:main.py"
  const std::size_t begin = name.find_first_not_of(" \t{.");
  if (begin == std::string_view::npos) return Language::text;
  name.remove_prefix(begin);
  const std::string lower = to_lower_ascii(name.substr(0, name.find_first_of(" \t{},;:=\r\n")));
  if (const std::optional<Language> language = look_up(kExtensions, lower)) return *language;
  if (const std::optional<Language> language = look_up(kNames, lower)) return *language;
  const std::string_view bare = without_version(lower);
  return look_up(kNames, bare).value_or(Language::text);
}

}  // namespace hfscan
