#include "config/trust.h"

#include <sys/stat.h>

#include <algorithm>
#include <map>

#include "base/text.h"

namespace hfscan {
namespace {

constexpr std::string_view kTokenRules = "HF1";
constexpr std::string_view kOwnConfig = "your own config file (see 'hfscan config show')";

Error not_trusted(const ConfigKey& key, const TomlNode& value, const ValueSource& source) {
  TomlNode at = value;
  if (value.key_line != 0) {
    at.line = value.key_line;
    at.column = value.key_column;
  }
  const std::string flag = key.flag.empty() ? "" : cat(key.flag, " or ");
  return value_error(source, at, cat("a repository's config may not set '", key.name, "'; use ", flag, kOwnConfig));
}

Status check_choice(const ConfigKey& key, const TomlNode& value, const ValueSource& source) {
  const auto& allowed = key.repository_values;
  if (allowed.empty() || std::find(allowed.begin(), allowed.end(), value.text) != allowed.end()) return {};
  const auto& choices = key.choices;
  if (std::find(choices.begin(), choices.end(), value.text) == choices.end()) return {};  // refused later, with a suggestion
  return value_error(
      source, value,
      cat("a repository's config may not set '", key.name, "' to '", value.text, "'; use ", key.flag, " or ", kOwnConfig));
}

// What a repository may set must be no laxer than what holds without it.
Status check_tighter(const ConfigKey& key, const TomlNode& value, const ValueSource& source) {
  Settings set;
  HFSCAN_TRY(assign_value(set, key, value, source));
  const RotationPolicy without = rotation_policy(Settings());
  const RotationPolicy with = rotation_policy(set);
  const bool longer = with.max_age.read > without.max_age.read || with.max_age.write > without.max_age.write ||
                      with.max_age.fine_grained > without.max_age.fine_grained;
  if (longer)
    return value_error(source, value,
                       cat("a repository's config may shorten '", key.name, "' and not lengthen it; use ", kOwnConfig));
  if (with.warn_before >= without.warn_before) return {};
  return value_error(source, value, cat("a repository's config may raise '", key.name, "' and not lower it; use ", kOwnConfig));
}

Status check_removal(const TomlNode& item, const ValueSource& source, const std::vector<RuleName>& known_rules) {
  if (!item.text.starts_with('-')) {
    return value_error(
        source, item,
        cat("a repository's config may only switch rules off ('-HF6001'), because choosing some would switch off "
            "the others; use --rules or ",
            kOwnConfig));
  }
  const std::string_view selector = std::string_view(item.text).substr(1);
  bool known = false;
  std::vector<std::string> names;
  for (const RuleName& rule : known_rules) {
    names.insert(names.end(), {rule.id, rule.name});
    if (!names_rule(selector, rule.id, rule.name)) continue;
    known = true;
    if (rule.id.starts_with(kTokenRules)) {
      return value_error(source, item,
                         cat("a repository's config may not switch off token rule ", rule.id,
                             "; add an [[ignore.findings]] entry with a reason, or use --rules or ", kOwnConfig));
    }
  }
  if (known) return {};
  return value_error(source, item, cat("unknown rule ", quoted(selector), did_you_mean(selector, names)));
}

bool leads_outside(std::string_view path) {
  if (path.starts_with('/') || path.find('\0') != std::string_view::npos) return true;
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = to_lower_ascii(path.substr(begin, end - begin));
    if (part == ".." || part == ".git") return true;
    begin = end + 1;
  }
  return false;
}

bool crosses_symlink(const std::string& folder, const std::string& path) {
  for (std::size_t end = path.find('/');; end = path.find('/', end + 1)) {
    struct stat status {};
    if (::lstat((folder + path.substr(0, end)).c_str(), &status) == 0 && S_ISLNK(status.st_mode)) return true;
    if (end == std::string::npos) return false;
  }
}

Status check_inside(const ConfigKey& key, const TomlNode& item, const ValueSource& source) {
  if (!leads_outside(item.text) && !crosses_symlink(source.folder, item.text)) return {};
  return value_error(source, item,
                     cat("in a repository's config '", key.name,
                         "' must name a file below the config file: no absolute path, no '..', no '.git', no symlink"));
}

std::string name_list(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += cat(out.empty() ? "" : ", ", name);
  return out;
}

bool from_repository(const Origin& origin) { return origin.kind == OriginKind::repository_file; }

using NamesByFile = std::map<std::string, std::vector<std::string>>;

NamesByFile switched_off_by_file(const Settings& settings, const std::vector<RuleName>& known_rules) {
  NamesByFile files;
  for (const RuleName& rule : known_rules) {
    const Origin* remover = nullptr;
    for (const auto& [selector, origin] : settings.rules_select) {
      const bool removes = selector.starts_with('-');
      if (!names_rule(std::string_view(selector).substr(removes ? 1 : 0), rule.id, rule.name)) continue;
      remover = removes && from_repository(origin) ? &origin : nullptr;
    }
    if (remover != nullptr) files[remover->name].push_back(rule.id);
  }
  for (auto& [file, ids] : files) std::sort(ids.begin(), ids.end());
  return files;
}

// Notes stand in reports, which name no folder of this machine.

}  // namespace

Status check_trust(const ConfigKey& key, const TomlNode& value, const ValueSource& source,
                   const std::vector<RuleName>& known_rules) {
  if (source.origin.kind != OriginKind::repository_file) return {};
  if (key.repository == RepositoryMay::not_set) return not_trusted(key, value, source);
  if (key.repository == RepositoryMay::set) return check_choice(key, value, source);
  if (key.repository == RepositoryMay::tighten) return check_tighter(key, value, source);
  if (key.type == KeyType::patterns || key.type == KeyType::findings || key.type == KeyType::places) return {};
  HFSCAN_TRY_ASSIGN(const auto items, string_items(key, value, source));
  for (const TomlNode* item : items) {
    HFSCAN_TRY(key.type == KeyType::selectors ? check_removal(*item, source, known_rules) : check_inside(key, *item, source));
  }
  return {};
}

std::vector<std::string> repository_notes(const Settings& settings, const std::vector<RuleName>& known_rules) {
  std::vector<std::string> notes;
  for (const auto& [file, ids] : switched_off_by_file(settings, known_rules)) {
    notes.push_back(
        cat(count_of(ids.size(), "rule is", "rules are"), " switched off by ", escape_for_display(file), ": ", name_list(ids)));
  }
  NamesByFile rules;
  NamesByFile paths;
  NamesByFile findings;
  for (const auto& [path, origin] : settings.rules_files) {
    if (from_repository(origin)) rules[origin.name].push_back(quoted(file_name(path)));
  }
  for (const IgnorePath& entry : settings.ignore_paths) {
    if (from_repository(entry.origin)) paths[entry.origin.name].push_back(quoted(entry.pattern));
  }
  for (const IgnoreFinding& entry : settings.ignore_findings) {
    if (from_repository(entry.origin)) findings[entry.origin.name].push_back(to_hex(entry.fingerprint).substr(0, 12));
  }
  const auto say = [&notes](const NamesByFile& files, std::string_view one, std::string_view many) {
    for (const auto& [file, names] : files) {
      notes.push_back(cat(count_of(names.size(), one, many), " by ", escape_for_display(file), ": ", name_list(names)));
    }
  };
  say(rules, "rules file is added", "rules files are added");
  say(paths, "path pattern is excluded", "path patterns are excluded");
  say(findings, "finding is accepted", "findings are accepted");
  if (from_repository(settings.baseline.origin)) {
    notes.push_back(cat("the baseline ", quoted(file_name(settings.baseline.value)), " is named by ",
                        escape_for_display(settings.baseline.origin.name)));
  }
  return notes;
}

}  // namespace hfscan
