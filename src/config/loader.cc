#include "config/loader.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "base/file.h"
#include "base/mask.h"
#include "base/text.h"
#include "base/toml.h"
#include "config/values.h"

namespace hfscan {
namespace {

// As parse_toml's: no config file that people write comes near it.
constexpr std::uint64_t kMaxConfigSize = std::uint64_t{1} << 20U;

constexpr const char* kConfigVariable = "HFSCAN_CONFIG";

// Variables with our prefix that are no keys: the one above, and the one by which the project's tests rewrite expected output.
constexpr std::array<std::string_view, 2> kOtherVariables = {kConfigVariable, "HFSCAN_UPDATE_GOLDEN"};

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

std::string last_component(std::string_view name) { return std::string(name.substr(name.rfind('.') + 1)); }

bool is_section(std::string_view name) {
  const auto& keys = config_keys();
  return std::any_of(keys.begin(), keys.end(), [&](const ConfigKey& key) { return key.name.starts_with(cat(name, ".")); });
}

// By the whole name, else by its last component: "fail_on" at the top level means "report.fail_on".
std::string suggestion_for(const std::string& name) {
  std::vector<std::string> names;
  std::vector<std::string> lasts;
  for (const ConfigKey& key : config_keys()) {
    names.push_back(key.name);
    lasts.push_back(last_component(key.name));
  }
  for (const ConfigKey& key : config_keys()) {
    if (!is_section(name) && name.find('.') == std::string::npos) names.push_back(key.name.substr(0, key.name.find('.')));
  }
  if (std::string tail = did_you_mean(name, names); !tail.empty()) return tail;
  const auto found = std::find(lasts.begin(), lasts.end(), nearest(last_component(name), lasts));
  if (found == lasts.end()) return "; 'hfscan config show' lists the keys";
  return cat(" (did you mean '", names.at(static_cast<std::size_t>(found - lasts.begin())), "'?)");
}

class Loader {
 public:
  explicit Loader(const LoadInputs& inputs) : inputs_(inputs) {}

  Result<LoadedConfig> run() {
    HFSCAN_TRY(read_files());
    HFSCAN_TRY(read_environment());
    HFSCAN_TRY(read_flags());
    const std::vector<std::string> notes = repository_notes(loaded_.settings, inputs_.known_rules);
    loaded_.notes.insert(loaded_.notes.begin(), notes.begin(), notes.end());
    for (std::string& note : loaded_.notes) note = mask_token_shapes(note);
    return std::move(loaded_);
  }

 private:
  Status read_files() {
    const bool discover = inputs_.discovery == ConfigDiscovery::on;
    if (!inputs_.config_file.empty() && !discover)
      return Error{"--config and --no-config exclude each other; drop one of them"};
    const std::string named = !inputs_.config_file.empty() ? inputs_.config_file : discover ? variable(kConfigVariable) : "";
    if (discover && named.empty()) HFSCAN_TRY(read_repository_files());
    if (discover) HFSCAN_TRY(read_user_file());
    if (named.empty()) return {};
    return read_file_at(named, {{OriginKind::named_file, named}, folder_of(named), ""}, Symlinks::follow);
  }

  // From the root to the scanned folder, so that the nearest file comes last and wins.
  Status read_repository_files() {
    if (inputs_.repository_root.empty()) return {};
    std::string below;  // empty or ending in '/'
    HFSCAN_TRY(read_repository_file(below));
    for (std::size_t begin = 0; begin < inputs_.scanned_folder.size();) {
      const std::size_t end = std::min(inputs_.scanned_folder.find('/', begin), inputs_.scanned_folder.size());
      const std::string part = inputs_.scanned_folder.substr(begin, end - begin);
      begin = end + 1;
      if (part.empty() || part == ".") continue;
      if (part == "..") return Error{cat("scanned folder ", quoted(inputs_.scanned_folder), " is outside of the repository")};
      if (is_symlink(cat(inputs_.repository_root, "/", below, part))) {
        loaded_.notes.push_back(cat(quoted(below + part), " is a symlink: no ", kRepositoryConfigName, " behind it was read"));
        return {};
      }
      below += cat(part, "/");
      HFSCAN_TRY(read_repository_file(below));
    }
    return {};
  }

  Status read_repository_file(const std::string& below) {
    const std::string folder = cat(inputs_.repository_root, "/", below);
    const ValueSource source{{OriginKind::repository_file, below + kRepositoryConfigName}, folder, below};
    return read_if_present(folder + kRepositoryConfigName, source, Symlinks::refuse);
  }

  // XDG Base Directory Specification 0.8: an XDG_CONFIG_HOME that is not absolute counts as unset.
  Status read_user_file() {
    const std::string xdg = variable("XDG_CONFIG_HOME");
    const bool use_xdg = xdg.starts_with('/');
    if (!use_xdg && inputs_.home.empty()) return {};
    const std::string path = cat(use_xdg ? xdg : inputs_.home + "/.config", "/hfscan/config.toml");
    const bool below_home = !inputs_.home.empty() && path.starts_with(inputs_.home + "/");
    const std::string shown = below_home ? cat("~", path.substr(inputs_.home.size())) : path;
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0 && errno == EACCES) {
      loaded_.notes.emplace_back(
          "the user's configuration folder cannot be entered (permission denied), so no file there is used");
      return {};
    }
    return read_if_present(path, {{OriginKind::user_file, shown}, folder_of(path), ""}, Symlinks::follow);
  }

  Status read_if_present(const std::string& path, const ValueSource& source, Symlinks symlinks) {
    struct stat status {};
    if (::lstat(path.c_str(), &status) != 0 && (errno == ENOENT || errno == ENOTDIR)) return {};
    return read_file_at(path, source, symlinks);
  }

  Status read_file_at(const std::string& path, const ValueSource& source, Symlinks symlinks) {
    HFSCAN_TRY_ASSIGN(const std::string text, read_file(path, kMaxConfigSize, symlinks));
    HFSCAN_TRY_ASSIGN(const TomlNode root, parse_toml(text, source.origin.name));
    loaded_.files.push_back(source.origin.name);
    return read_table(root, "", source);
  }

  Status read_table(const TomlNode& table, const std::string& prefix, const ValueSource& source) {
    for (const auto& [name, value] : table.members) {
      HFSCAN_TRY(read_member(cat(prefix, prefix.empty() ? "" : ".", name), value, source));
    }
    return {};
  }

  Status read_member(const std::string& name, const TomlNode& value, const ValueSource& source) {
    if (const ConfigKey* key = find_config_key(name); key != nullptr) {
      HFSCAN_TRY(check_trust(*key, value, source, inputs_.known_rules));
      return assign_value(loaded_.settings, *key, value, source);
    }
    if (is_section(name) && value.kind == TomlNode::Kind::table) return read_table(value, name, source);
    if (is_section(name)) return value_error(source, at_key(value), cat("'", name, "' must be a table: [", name, "]"));
    return value_error(source, at_key(value), cat("unknown key ", quoted(name), suggestion_for(name)));
  }

  static TomlNode at_key(const TomlNode& value) {
    TomlNode at;
    at.line = value.key_line != 0 ? value.key_line : value.line;
    at.column = value.key_line != 0 ? value.key_column : value.column;
    return at;
  }

  Status read_environment() {
    std::vector<std::string> known(kOtherVariables.begin(), kOtherVariables.end());
    for (const ConfigKey& key : config_keys()) {
      if (key.environment.empty()) continue;
      known.push_back(key.environment);
      const std::string text = variable(key.environment);
      if (!text.empty()) HFSCAN_TRY(assign_text(key, text, {{OriginKind::environment, key.environment}, "", ""}));
    }
    for (const auto& [name, value] : inputs_.environment) {
      if (!name.starts_with("HFSCAN_") || std::find(known.begin(), known.end(), name) != known.end()) continue;
      loaded_.notes.push_back(
          cat("environment variable ", quoted(name), " means nothing to hfscan", did_you_mean(name, known)));
    }
    return {};
  }

  Status read_flags() {
    for (const FlagValue& flag : inputs_.flags) {
      const ConfigKey* key = find_config_key(flag.key);
      if (key == nullptr) return Error{cat(flag.flag, ": no such key ", quoted(flag.key))};
      HFSCAN_TRY(assign_text(*key, flag.text, {{OriginKind::flag, flag.flag}, "", ""}));
    }
    return {};
  }

  Status assign_text(const ConfigKey& key, const std::string& text, const ValueSource& source) {
    HFSCAN_TRY_ASSIGN(const TomlNode value, value_from_text(key, text, source));
    return assign_value(loaded_.settings, key, value, source);
  }

  [[nodiscard]] std::string variable(const std::string& name) const {
    const auto found = inputs_.environment.find(name);
    return found == inputs_.environment.end() ? "" : found->second;
  }

  static bool is_symlink(const std::string& path) {
    struct stat status {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
  }

  const LoadInputs& inputs_;
  LoadedConfig loaded_;
};

}  // namespace

Result<LoadedConfig> load_config(const LoadInputs& inputs) {
  Result<LoadedConfig> loaded = Loader(inputs).run();
  if (loaded.ok()) return loaded;
  return Error{mask_token_shapes(loaded.error().message)};
}

}  // namespace hfscan
