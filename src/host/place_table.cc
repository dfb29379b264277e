// Tested by tests/unit/host/places_test.cc.
#include "host/place_table.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace hfscan {
namespace {

using std::string_view;

// A variable and what it is without a value. An empty default: there is no such file then.
struct Variable {
  string_view name;
  string_view otherwise;
};

// HF_HOME, HF_TOKEN_PATH and the folder for staging: huggingface_hub, src/huggingface_hub/constants.py.
constexpr std::array<Variable, 24> kVariables = {{{"HF_TOKEN_PATH", "$HF_HOME/token"},
                                                  {"HF_HOME", "$XDG_CACHE_HOME/huggingface"},
                                                  {"XDG_CACHE_HOME", "~/.cache"},
                                                  {"XDG_CONFIG_HOME", "~/.config"},
                                                  {"XDG_DATA_HOME", "~/.local/share"},
                                                  {"XDG_STATE_HOME", "~/.local/state"},
                                                  {"TMPDIR", "/tmp"},
                                                  {"ZDOTDIR", "~"},
                                                  {"IPYTHONDIR", "~/.ipython"},
                                                  {"NETRC", ""},
                                                  {"GIT_CONFIG_GLOBAL", ""},
                                                  {"BASH_ENV", ""},
                                                  {"ENV", ""},
                                                  {"HISTFILE", ""},
                                                  {"PYTHON_HISTORY", ""},
                                                  {"NODE_REPL_HISTORY", ""},
                                                  {"PSQL_HISTORY", ""},
                                                  {"MYSQL_HISTFILE", ""},
                                                  {"SQLITE_HISTORY", ""},
                                                  {"REDISCLI_HISTFILE", ""},
                                                  {"R_HISTFILE", ""},
                                                  {"JULIA_HISTORY", ""},
                                                  {"LESSHISTFILE", ""},
                                                  {"GDBHISTFILE", ""}}};

using Kind = HostPlaceKind;

constexpr std::array kPatterns = {
    PlacePattern{Kind::token_file, "$HF_TOKEN_PATH"},
    PlacePattern{Kind::token_file, "$HF_TOKEN_PATH/../stored_tokens"},
    PlacePattern{Kind::token_file, "$HF_HOME/token"},
    PlacePattern{Kind::token_file, "$HF_HOME/stored_tokens"},
    PlacePattern{Kind::token_file, "~/.cache/huggingface/token"},
    PlacePattern{Kind::token_file, "~/.cache/huggingface/stored_tokens"},
    PlacePattern{Kind::token_file, "~/.cache/huggingface_staging/token"},
    PlacePattern{Kind::token_file, "~/.cache/huggingface_staging/stored_tokens"},
    PlacePattern{Kind::token_file, "~/.huggingface/token"},
    PlacePattern{Kind::token_file, "$XDG_CONFIG_HOME/huggingface/token"},
    PlacePattern{Kind::secret_file, "$TMPDIR/*hf*tok*"},
    PlacePattern{Kind::secret_file, "$TMPDIR/*huggingface*token*"},

    PlacePattern{Kind::netrc, "~/.netrc"},
    PlacePattern{Kind::netrc, "~/_netrc"},
    PlacePattern{Kind::netrc, "$NETRC"},
    PlacePattern{Kind::git_credentials, "~/.git-credentials"},
    PlacePattern{Kind::git_credentials, "~/.config/git/credentials"},
    PlacePattern{Kind::git_credentials, "$XDG_CONFIG_HOME/git/credentials"},
    PlacePattern{Kind::git_config, "~/.gitconfig"},
    PlacePattern{Kind::git_config, "~/.config/git/config"},
    PlacePattern{Kind::git_config, "$XDG_CONFIG_HOME/git/config"},
    PlacePattern{Kind::git_config, "$GIT_CONFIG_GLOBAL"},
    PlacePattern{Kind::git_config, "~/.git/config"},
    PlacePattern{Kind::git_config, "/etc/gitconfig"},

    PlacePattern{Kind::history, "$HISTFILE"},
    PlacePattern{Kind::history, "~/.*hist*"},  // bash, zsh, ksh, tcsh, python, node, psql, mysql, sqlite, R, irb ...
    PlacePattern{Kind::history, "$ZDOTDIR/.*hist*"},
    PlacePattern{Kind::history, "~/.lesshst"},
    PlacePattern{Kind::history, "~/.bash_sessions/*.history*"},
    PlacePattern{Kind::history, "~/.zsh_sessions/*.history*"},
    PlacePattern{Kind::history, "$XDG_CONFIG_HOME/zsh/.*hist*"},
    PlacePattern{Kind::history, "$XDG_DATA_HOME/fish/*_history"},
    PlacePattern{Kind::history, "$XDG_CONFIG_HOME/fish/fish_history"},
    PlacePattern{Kind::history, "~/.local/share/fish/*_history"},
    PlacePattern{Kind::history, "$XDG_DATA_HOME/*history*"},
    PlacePattern{Kind::history, "$XDG_DATA_HOME/*/*history*"},
    PlacePattern{Kind::history, "$XDG_STATE_HOME/*history*"},
    PlacePattern{Kind::history, "$XDG_STATE_HOME/*/*history*"},
    PlacePattern{Kind::history, "$XDG_CACHE_HOME/*history*"},
    PlacePattern{Kind::history, "$XDG_CACHE_HOME/*/*history*"},
    PlacePattern{Kind::history, "$XDG_CONFIG_HOME/*/*history*"},
    PlacePattern{Kind::history, "$XDG_DATA_HOME/xonsh/history_json/*.json"},
    PlacePattern{Kind::history, "$XDG_DATA_HOME/powershell/PSReadLine/*history*"},
    PlacePattern{Kind::history, "~/AppData/Roaming/Microsoft/Windows/PowerShell/PSReadLine/*history*"},
    PlacePattern{Kind::history, "$IPYTHONDIR/profile_*/history.sqlite*"},
    PlacePattern{Kind::history, "~/.ipython/profile_*/history.sqlite*"},
    PlacePattern{Kind::history, "$PYTHON_HISTORY"},
    PlacePattern{Kind::history, "~/.ptpython/history"},
    PlacePattern{Kind::history, "$NODE_REPL_HISTORY"},
    PlacePattern{Kind::history, "~/.mongodb/mongosh/*history*"},
    PlacePattern{Kind::history, "$PSQL_HISTORY"},
    PlacePattern{Kind::history, "$MYSQL_HISTFILE"},
    PlacePattern{Kind::history, "$SQLITE_HISTORY"},
    PlacePattern{Kind::history, "$REDISCLI_HISTFILE"},
    PlacePattern{Kind::history, "$R_HISTFILE"},
    PlacePattern{Kind::history, "$JULIA_HISTORY"},
    PlacePattern{Kind::history, "~/.julia/logs/*hist*"},
    PlacePattern{Kind::history, "$GDBHISTFILE"},
    PlacePattern{Kind::history, "$LESSHISTFILE"},
    PlacePattern{Kind::history, "~/.ghc/ghci_history"},

    PlacePattern{Kind::start_up_file, "~/.bashrc*"},
    PlacePattern{Kind::start_up_file, "~/.bash_profile*"},
    PlacePattern{Kind::start_up_file, "~/.bash_login"},
    PlacePattern{Kind::start_up_file, "~/.bash_logout"},
    PlacePattern{Kind::start_up_file, "~/.bash_aliases*"},
    PlacePattern{Kind::start_up_file, "~/.bash_env"},
    PlacePattern{Kind::start_up_file, "~/.bashrc.d/*"},
    PlacePattern{Kind::start_up_file, "~/.profile*"},
    PlacePattern{Kind::start_up_file, "~/.zshrc*"},
    PlacePattern{Kind::start_up_file, "~/.zshenv*"},
    PlacePattern{Kind::start_up_file, "~/.zprofile*"},
    PlacePattern{Kind::start_up_file, "~/.zlogin"},
    PlacePattern{Kind::start_up_file, "~/.zlogout"},
    PlacePattern{Kind::start_up_file, "~/.zshrc.d/*"},
    PlacePattern{Kind::start_up_file, "$ZDOTDIR/.zshrc*"},
    PlacePattern{Kind::start_up_file, "$ZDOTDIR/.zshenv*"},
    PlacePattern{Kind::start_up_file, "$ZDOTDIR/.zprofile*"},
    PlacePattern{Kind::start_up_file, "$ZDOTDIR/.zlog*"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/zsh/.zshrc*"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/zsh/.zshenv*"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/zsh/.zprofile*"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/zsh/*.zsh"},
    PlacePattern{Kind::start_up_file, "~/.oh-my-zsh/custom/*.zsh"},
    PlacePattern{Kind::start_up_file, "~/.bash.d/*"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/bash/*"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/shell/*"},
    PlacePattern{Kind::start_up_file, "~/.kshrc"},
    PlacePattern{Kind::start_up_file, "~/.mkshrc"},
    PlacePattern{Kind::start_up_file, "~/.shrc"},
    PlacePattern{Kind::start_up_file, "~/.shinit"},
    PlacePattern{Kind::start_up_file, "~/.cshrc"},
    PlacePattern{Kind::start_up_file, "~/.tcshrc"},
    PlacePattern{Kind::start_up_file, "~/.login"},
    PlacePattern{Kind::start_up_file, "~/.aliases"},
    PlacePattern{Kind::start_up_file, "~/.exports"},
    PlacePattern{Kind::start_up_file, "~/.functions"},
    PlacePattern{Kind::start_up_file, "~/.extra"},
    PlacePattern{Kind::start_up_file, "~/.path"},
    PlacePattern{Kind::start_up_file, "~/.envrc"},
    PlacePattern{Kind::start_up_file, "~/.localrc"},
    PlacePattern{Kind::start_up_file, "~/.secrets"},
    PlacePattern{Kind::start_up_file, "~/.Renviron"},
    PlacePattern{Kind::start_up_file, "~/.Rprofile"},
    PlacePattern{Kind::start_up_file, "$BASH_ENV"},
    PlacePattern{Kind::start_up_file, "$ENV"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/fish/config.fish"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/fish/fish_variables"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/fish/conf.d/*.fish"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/fish/functions/*.fish"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/nushell/*.nu"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/elvish/rc.elv"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/xonsh/rc.xsh"},
    PlacePattern{Kind::start_up_file, "~/.xonshrc"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/powershell/*.ps1"},
    PlacePattern{Kind::start_up_file, "~/Documents/PowerShell/*.ps1"},
    PlacePattern{Kind::start_up_file, "~/Documents/WindowsPowerShell/*.ps1"},
    PlacePattern{Kind::start_up_file, "~/.pam_environment"},
    PlacePattern{Kind::start_up_file, "~/.config/environment.d/*.conf"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/environment.d/*.conf"},
    PlacePattern{Kind::start_up_file, "$XDG_CONFIG_HOME/plasma-workspace/env/*"},
    PlacePattern{Kind::start_up_file, "~/.ssh/environment"},
    PlacePattern{Kind::start_up_file, "~/.xprofile"},
    PlacePattern{Kind::start_up_file, "~/.xsession"},
    PlacePattern{Kind::start_up_file, "~/.xsessionrc"},
    PlacePattern{Kind::start_up_file, "~/.xinitrc"},
    PlacePattern{Kind::start_up_file, "/etc/environment"},
    PlacePattern{Kind::start_up_file, "/etc/environment.d/*.conf"},
    PlacePattern{Kind::start_up_file, "/etc/security/pam_env.conf"},
    PlacePattern{Kind::start_up_file, "/etc/profile"},
    PlacePattern{Kind::start_up_file, "/etc/profile.d/*"},
    PlacePattern{Kind::start_up_file, "/etc/bash.bashrc"},
    PlacePattern{Kind::start_up_file, "/etc/bashrc"},
    PlacePattern{Kind::start_up_file, "/etc/zsh/z*"},
    PlacePattern{Kind::start_up_file, "/etc/zshrc"},
    PlacePattern{Kind::start_up_file, "/etc/zshenv"},
    PlacePattern{Kind::start_up_file, "/etc/fish/config.fish"},
};

const Variable* variable_of(string_view name) {
  const auto* found = std::find_if(kVariables.begin(), kVariables.end(), [name](const Variable& v) { return v.name == name; });
  return found == kVariables.end() ? nullptr : &*found;
}

// A value that is no absolute path depends on where some program was started: nobody can say which file it means.
string_view value_of(const HostView& host, const Variable& variable) {
  const auto set = host.environment.find(variable.name);
  if (set == host.environment.end()) return variable.otherwise;
  const bool absolute = set->second.starts_with('/') || set->second == "~" || set->second.starts_with("~/");
  return absolute ? string_view(set->second) : variable.otherwise;
}

}  // namespace

std::span<const string_view> host_variables() {
  static const std::array<string_view, kVariables.size()> names = [] {
    std::array<string_view, kVariables.size()> all;
    std::transform(kVariables.begin(), kVariables.end(), all.begin(), [](const Variable& v) { return v.name; });
    return all;
  }();
  return names;
}

std::span<const PlacePattern> place_patterns() { return kPatterns; }

std::string resolve_pattern(const HostView& host, string_view pattern) {
  std::string path(pattern);
  while (path.starts_with('$')) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const Variable* variable = variable_of(string_view(path).substr(1, end - 1));
    const string_view value = variable == nullptr ? string_view() : value_of(host, *variable);
    if (value.empty()) return "";
    const bool from_environment = value.starts_with('/') && value != variable->otherwise;
    path = cat(value, string_view(path).substr(end));
    if (from_environment) return path;
  }
  if (path.starts_with('~')) return cat(host.home, string_view(path).substr(1));
  return cat(host.root, path);
}

bool is_secret_file_name(string_view name) {
  static constexpr std::array<string_view, 9> kInvented = {"hf_tok",
                                                           "hf_token",
                                                           ".hf_token",
                                                           ".huggingface_token",
                                                           "huggingface_token",
                                                           "huggingface.token",
                                                           ".huggingface.token",
                                                           "secrets.json",
                                                           ".hf_tok"};
  const std::string lower = to_lower_ascii(name);
  const string_view stem = lower.ends_with(".txt") ? string_view(lower).substr(0, lower.size() - 4) : lower;
  if (std::find(kInvented.begin(), kInvented.end(), stem) != kInvented.end()) return true;
  return lower == ".env" || lower.starts_with(".env.") || lower.ends_with(".env") || lower.ends_with(".token");
}

bool is_script_name(string_view name) {
  static constexpr std::array<string_view, 10> kEndings = {".sh", ".bash", ".zsh", ".fish",  ".ps1",
                                                           ".md", ".rst",  ".py",  ".ipynb", ".mk"};
  if (name == "Makefile" || name == "Dockerfile") return true;
  return std::any_of(kEndings.begin(), kEndings.end(), [name](string_view ending) { return name.ends_with(ending); });
}

std::string shown_path(const HostView& host, string_view path) {
  if (path == host.home) return "~";
  if (path.starts_with(host.home) && path.substr(host.home.size()).starts_with('/'))
    return cat("~", path.substr(host.home.size()));
  if (!host.root.empty() && path.starts_with(host.root)) path.remove_prefix(host.root.size());
  return std::string(path);
}

}  // namespace hfscan
