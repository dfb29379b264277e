#include "config/values.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/mask.h"
#include "base/text.h"

namespace hfscan {
namespace {

bool is_file(const Origin& origin) {
  return origin.kind == OriginKind::repository_file || origin.kind == OriginKind::user_file ||
         origin.kind == OriginKind::named_file;
}

Origin origin_of(const ValueSource& source, const TomlNode& at) {
  Origin origin = source.origin;
  if (is_file(origin)) origin.line = at.line;
  return origin;
}

Error wrong_value(const ConfigKey& key, const TomlNode& at, const ValueSource& source) {
  return value_error(source, at, cat("'", key.name, "' must be ", expected_value(key)));
}

std::optional<bool> boolean_from(std::string_view text) {
  const std::string word = to_lower_ascii(text);
  if (word == "1" || word == "true" || word == "yes" || word == "on") return true;
  if (word == "0" || word == "false" || word == "no" || word == "off") return false;
  return std::nullopt;
}

std::optional<std::int64_t> integer_from(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

TomlNode string_node(std::string_view text) {
  TomlNode node;
  node.kind = TomlNode::Kind::string;
  node.text = text;
  return node;
}

TomlNode list_node(std::string_view text, const ValueSource& source) {
  TomlNode list;
  list.kind = TomlNode::Kind::array;
  const bool split = source.origin.kind == OriginKind::environment;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = split ? std::min(text.find(',', begin), text.size()) : text.size();
    const std::string_view item = split ? trim(text.substr(begin, end - begin)) : text;
    if (!item.empty()) list.items.push_back(string_node(item));
    begin = end + 1;
  }
  return list;
}

std::string from_folder(const ValueSource& source, const std::string& path) {
  return path.starts_with('/') ? path : source.folder + path;
}

// "90d".
std::optional<int> days_from(const TomlNode& value, std::int64_t least, std::int64_t most) {
  const std::string_view text = value.text;
  if (value.kind != TomlNode::Kind::string || !text.ends_with('d')) return std::nullopt;
  const std::optional<std::int64_t> count = integer_from(text.substr(0, text.size() - 1));
  if (!count || *count < least || *count > most) return std::nullopt;
  return static_cast<int>(*count);
}

Error wrong_days(std::string_view name, std::int64_t least, std::int64_t most, const TomlNode& at, const ValueSource& source) {
  return value_error(source, at,
                     cat("'", name, "' must be a number of days from ", std::to_string(least), " to ", std::to_string(most),
                         ", such as \"90d\""));
}

const std::vector<std::string>& role_names() {
  static const std::vector<std::string> names = {to_string(TokenRole::read), to_string(TokenRole::write),
                                                 to_string(TokenRole::fine_grained)};
  return names;
}

// One [[rotation.place]].
class PlaceReader {
 public:
  PlaceReader(const ConfigKey& key, const TomlNode& table, const ValueSource& source)
      : key_(key), table_(table), source_(source), reader_(table, source.origin.name) {}

  Result<RotationPlace> read() {
    RotationPlace place;
    place.match = reader_.required_string("match");
    place.paths = reader_.strings("paths");
    const std::vector<std::string> roles = reader_.strings("allow_roles");
    const std::optional<std::string> age = reader_.string("max_age");
    const std::optional<std::string> prefer = reader_.string("prefer");
    HFSCAN_TRY(reader_.finish());
    HFSCAN_TRY(check_name(place.match));
    HFSCAN_TRY(read_roles(roles, place));
    if (age) {
      place.max_age = days_from(*table_.find("max_age"), 1, key_.maximum);
      if (!place.max_age) return wrong_days("max_age", 1, key_.maximum, *table_.find("max_age"), source_);
    }
    if (prefer && *prefer != kTrustedPublisher)
      return value_error(source_, *table_.find("prefer"),
                         cat("'prefer' must be \"trusted-publisher\"", did_you_mean(*prefer, {kTrustedPublisher})));
    place.prefer = prefer ? Preference::trusted_publisher : Preference::none;
    return place;
  }

 private:
  static constexpr const char* kTrustedPublisher = "trusted-publisher";

  // It is shown in messages and compared with names of environments.
  Status check_name(const std::string& name) {
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) { return is_name_byte(c) || c == '-' || c == '.'; });
    if (plain) return {};
    return value_error(source_, *table_.find("match"),
                       "'match' must be a name of letters, digits, '-', '_' and '.', such as \"ci\"");
  }

  Status read_roles(const std::vector<std::string>& names, RotationPlace& place) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::optional<TokenRole> role = token_role_from(names[i]);
      if (!role)
        return value_error(source_, table_.find("allow_roles")->items.at(i),
                           cat("'allow_roles' must be of read, write, fineGrained", did_you_mean(names[i], role_names())));
      place.allow_roles.push_back(*role);
    }
    return {};
  }

  const ConfigKey& key_;
  const TomlNode& table_;
  const ValueSource& source_;
  TomlTableReader reader_;
};

// One value being assigned: the visitor over the members of Settings.
class Assigner {
 public:
  Assigner(Settings& settings, const ConfigKey& key, const TomlNode& value, const ValueSource& source)
      : settings_(settings), key_(key), value_(value), source_(source) {}

  Status operator()(Setting<bool> Settings::*member) {
    if (value_.kind != TomlNode::Kind::boolean) return wrong_value(key_, value_, source_);
    return store(member, value_.boolean);
  }

  Status operator()(Setting<std::int64_t> Settings::*member) {
    const bool whole = value_.kind == TomlNode::Kind::integer;
    if (!whole || value_.integer < 0 || value_.integer > key_.maximum) return wrong_value(key_, value_, source_);
    return store(member, value_.integer);
  }

  Status operator()(Setting<Severity> Settings::*member) { return store_choice(member, severity_from(value_.text)); }
  Status operator()(Setting<Profile> Settings::*member) { return store_choice(member, profile_from(value_.text)); }
  Status operator()(Setting<ColorMode> Settings::*member) { return store_choice(member, color_mode_from(value_.text)); }

  Status operator()(Setting<std::string> Settings::*member) {
    if (key_.type == KeyType::choice) return store_choice(member, std::optional(value_.text));
    if (value_.kind != TomlNode::Kind::string || value_.text.empty()) return wrong_value(key_, value_, source_);
    return store(member, from_folder(source_, value_.text));
  }

  Status operator()(std::vector<Setting<std::string>> Settings::*member) {
    HFSCAN_TRY_ASSIGN(const auto items, string_items(key_, value_, source_));
    for (const TomlNode* item : items) {
      const bool file = key_.type == KeyType::paths;
      (settings_.*member).push_back({file ? from_folder(source_, item->text) : item->text, origin_of(source_, *item)});
    }
    return {};
  }

  Status operator()(std::vector<IgnorePath> Settings::*member) {
    HFSCAN_TRY_ASSIGN(const auto items, string_items(key_, value_, source_));
    for (const TomlNode* item : items) {
      if (item->text.starts_with('!')) {
        return value_error(source_, *item, "a pattern cannot be negated with '!'; list what is to be excluded");
      }
      (settings_.*member).push_back({item->text, source_.pattern_folder, origin_of(source_, *item)});
    }
    return {};
  }

  Status operator()(std::vector<IgnoreFinding> Settings::*member) {
    if (value_.kind != TomlNode::Kind::array) return wrong_value(key_, value_, source_);
    for (const TomlNode& item : value_.items) {
      if (item.kind != TomlNode::Kind::table) return wrong_value(key_, item, source_);
      TomlTableReader reader(item, source_.origin.name);
      const std::string fingerprint = reader.required_string("fingerprint");
      const std::string reason = reader.required_string("reason");
      HFSCAN_TRY(reader.finish());
      const std::optional<Sha256Digest> digest = digest_from_hex(fingerprint);
      if (!digest) {
        return value_error(source_, *item.find("fingerprint"),
                           "'fingerprint' must be 64 hexadecimal digits, as reports show it");
      }
      (settings_.*member).push_back({*digest, mask_token_shapes(reason), origin_of(source_, item)});
    }
    return {};
  }

  Status operator()(Setting<Days> Settings::*member) {
    const std::optional<int> days = days_from(value_, 0, key_.maximum);
    if (!days) return wrong_days(key_.name, 0, key_.maximum, value_, source_);
    return store(member, Days{*days});
  }

  // A role that is not named keeps what holds without this value.
  Status operator()(Setting<RotationPeriods> Settings::*member) {
    if (value_.kind != TomlNode::Kind::table) return wrong_value(key_, value_, source_);
    RotationPeriods periods = (settings_.*member).value;
    for (const auto& [name, value] : value_.members) {
      const std::optional<TokenRole> role = token_role_from(name);
      if (!role) {
        return value_error(source_, value,
                           cat("unknown role ", quoted(name), " in '", key_.name, "'", did_you_mean(name, role_names())));
      }
      const std::optional<int> days = days_from(value, 1, key_.maximum);
      if (!days) return wrong_days(cat(key_.name, ".", name), 1, key_.maximum, value, source_);
      (*role == TokenRole::read ? periods.read : *role == TokenRole::write ? periods.write : periods.fine_grained) = *days;
    }
    return store(member, periods);
  }

  Status operator()(std::vector<ConfiguredPlace> Settings::*member) {
    if (value_.kind != TomlNode::Kind::array) return wrong_value(key_, value_, source_);
    for (const TomlNode& item : value_.items) {
      if (item.kind != TomlNode::Kind::table) return wrong_value(key_, item, source_);
      HFSCAN_TRY_ASSIGN(RotationPlace place, PlaceReader(key_, item, source_).read());
      (settings_.*member).push_back({std::move(place), origin_of(source_, item)});
    }
    return {};
  }

 private:
  template <typename T>
  Status store(Setting<T> Settings::*member, T value) {
    settings_.*member = Setting<T>{std::move(value), origin_of(source_, value_)};
    return {};
  }

  template <typename T>
  Status store_choice(Setting<T> Settings::*member, std::optional<T> value) {
    const bool string = value_.kind == TomlNode::Kind::string;
    const bool known = std::find(key_.choices.begin(), key_.choices.end(), value_.text) != key_.choices.end();
    if (string && known && value) return store(member, *std::move(value));
    const std::string hint = string ? did_you_mean(value_.text, key_.choices) : "";
    return Error{cat(wrong_value(key_, value_, source_).message, hint)};
  }

  Settings& settings_;
  const ConfigKey& key_;
  const TomlNode& value_;
  const ValueSource& source_;
};

}  // namespace

Error value_error(const ValueSource& source, const TomlNode& at, std::string_view message) {
  if (is_file(source.origin)) return toml_error(source.origin.name, at, message);
  return Error{cat(source.origin.name, ": ", message)};
}

Result<TomlNode> value_from_text(const ConfigKey& key, std::string_view text, const ValueSource& source) {
  TomlNode node;
  if (key.type == KeyType::boolean) {
    const std::optional<bool> value = boolean_from(text);
    if (!value) return wrong_value(key, node, source);
    node.kind = TomlNode::Kind::boolean;
    node.boolean = *value;
    return node;
  }
  if (key.type == KeyType::integer) {
    const std::optional<std::int64_t> value = integer_from(text);
    if (!value) return wrong_value(key, node, source);
    node.kind = TomlNode::Kind::integer;
    node.integer = *value;
    return node;
  }
  return is_list(key) ? list_node(text, source) : string_node(text);
}

Result<std::vector<const TomlNode*>> string_items(const ConfigKey& key, const TomlNode& value, const ValueSource& source) {
  std::vector<const TomlNode*> items;
  if (value.kind == TomlNode::Kind::string) items.push_back(&value);
  if (value.kind == TomlNode::Kind::array) {
    for (const TomlNode& item : value.items) items.push_back(&item);
  } else if (items.empty()) {
    return wrong_value(key, value, source);
  }
  for (const TomlNode* item : items) {
    if (item->kind != TomlNode::Kind::string || item->text.empty()) return wrong_value(key, *item, source);
  }
  return items;
}

Status assign_value(Settings& settings, const ConfigKey& key, const TomlNode& value, const ValueSource& source) {
  return std::visit(Assigner(settings, key, value, source), key.member);
}

}  // namespace hfscan
