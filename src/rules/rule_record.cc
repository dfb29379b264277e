#include "rules/rule_record.h"

#include "base/text.h"

namespace hfscan {
namespace {

// One list of fields serves both directions: `Archive` either appends a field to a record or reads it back.
template <typename Archive>
void example_fields(Archive& archive, RuleExample& example) {
  archive.text(example.path);
  archive.text(example.content);
  archive.enumeration(example.tracked);
  archive.enumeration(example.ignored);
  archive.text(example.mode);
  archive.enumeration(example.age_days);
  archive.enumeration(example.history);
}

template <typename Archive>
void fields(Archive& archive, Rule& rule) {
  archive.text(rule.id);
  archive.text(rule.name);
  archive.text(rule.title);
  archive.text(rule.what);
  archive.text(rule.why);
  archive.text(rule.fix);
  archive.text(rule.message);
  archive.enumeration(rule.severity);
  archive.text(rule.security_severity);
  archive.enumeration(rule.confidence);
  for (auto* list : {&rule.cwe, &rule.tags, &rule.profiles, &rule.paths, &rule.references}) archive.texts(*list);
  archive.text(rule.recipe);
  archive.enumeration(rule.autofix);
  archive.enumeration(rule.note_in_documentation);
  archive.match(rule.match);
  for (auto* examples : {&rule.bad, &rule.good}) {
    archive.list(*examples, [&archive](RuleExample& example) {
      example_fields(archive, example);
      archive.list(example.also, [&archive](RuleExample& file) { example_fields(archive, file); });
    });
  }
}

template <typename Archive>
void kinds(Archive& archive, std::vector<CredentialKind>& list) {
  archive.list(list, [&archive](CredentialKind& kind) { archive.enumeration(kind); });
}

template <typename Archive>
void contexts(Archive& archive, std::vector<CredentialContext>& list) {
  archive.list(list, [&archive](CredentialContext& context) {
    archive.text(context.before);
    archive.text(context.after);
    archive.text(context.near);
    kinds(archive, context.kinds);
  });
}

template <typename Archive>
void match_fields(Archive& archive, CredentialMatch& match) {
  kinds(archive, match.kinds);
  contexts(archive, match.contexts);
  archive.text(match.callee);
  archive.texts(match.secret_ids);
  archive.enumeration(match.encoded);
  archive.enumeration(match.precedence);
  contexts(archive, match.telling);
  kinds(archive, match.companions);
  archive.enumeration(match.length);
  archive.enumeration(match.reach);
  archive.enumeration(match.decodes);
  archive.enumeration(match.severity_by);
}

template <typename Archive>
void match_fields(Archive& archive, PatternMatch& match) {
  archive.texts(match.patterns);
  archive.texts(match.keywords);
  archive.enumeration(match.is_secret);
}

template <typename Archive>
void match_fields(Archive& archive, LineMatch& match) {
  for (auto* list : {&match.languages, &match.keywords, &match.any, &match.none, &match.file_has, &match.file_lacks})
    archive.texts(*list);
  archive.texts(match.keywords_alone);
}

template <typename Archive>
void match_fields(Archive& archive, CommandMatch& match) {
  archive.texts(match.keywords);
  archive.list(match.commands, [&archive](CommandForm& form) {
    archive.text(form.words);
    archive.texts(form.options);
    for (auto* pattern : {&form.option, &form.value, &form.mentions, &form.except}) archive.text(*pattern);
    for (auto* flag : {&form.placeholders, &form.before_positional, &form.shortens}) archive.enumeration(*flag);
  });
  archive.texts(match.keywords_alone);
}

template <typename Archive>
void match_fields(Archive& archive, StructureMatch& match) {
  archive.text(match.matcher);
  archive.texts(match.keywords);
  archive.texts(match.keywords_alone);
}

// The alternative of a Match by its index.
template <std::size_t Index = 0>
Match match_of(std::size_t index) {
  if constexpr (Index + 1 < std::variant_size_v<Match>) {
    if (index != Index) return match_of<Index + 1>(index);
  }
  return Match(std::in_place_index<Index>);
}

class Writer {
 public:
  explicit Writer(std::string& record) : record_(record) {}

  void text(const std::string& value) {
    record_ += std::to_string(value.size());
    record_ += ':';
    record_ += value;
  }
  template <typename Value>
  void enumeration(Value value) {
    text(std::to_string(static_cast<std::int64_t>(value)));
  }
  template <typename Item, typename Field>
  void list(std::vector<Item>& items, Field field) {
    enumeration(static_cast<std::int64_t>(items.size()));
    for (Item& item : items) field(item);
  }
  void texts(std::vector<std::string>& values) {
    list(values, [this](std::string& value) { text(value); });
  }
  void match(Match& value) {
    enumeration(static_cast<std::int64_t>(value.index()));
    std::visit([this](auto& alternative) { match_fields(*this, alternative); }, value);
  }

 private:
  std::string& record_;
};

class Reader {
 public:
  explicit Reader(std::string_view& records) : records_(records) {}

  void text(std::string& value) {
    const std::size_t colon = records_.find(':');
    std::size_t size = 0;
    for (const char c : records_.substr(0, colon)) size = size * 10 + static_cast<std::size_t>(c - '0');
    if (colon == std::string_view::npos || size > records_.size() - colon - 1) {
      damaged_ = true;
      records_ = {};
      return;
    }
    value = records_.substr(colon + 1, size);
    records_.remove_prefix(colon + 1 + size);
  }
  template <typename Value>
  void enumeration(Value& value) {
    value = static_cast<Value>(number());
  }
  template <typename Item, typename Field>
  void list(std::vector<Item>& items, Field field) {
    const std::int64_t count = number();
    for (std::int64_t i = 0; i < count && !damaged_; ++i) field(items.emplace_back());
  }
  void texts(std::vector<std::string>& values) {
    list(values, [this](std::string& value) { text(value); });
  }
  void match(Match& value) {
    value = match_of(static_cast<std::size_t>(number()));
    std::visit([this](auto& alternative) { match_fields(*this, alternative); }, value);
  }
  [[nodiscard]] bool damaged() const { return damaged_; }

 private:
  std::int64_t number() {
    std::string digits;
    text(digits);
    const bool negative = digits.starts_with('-');
    std::int64_t value = 0;
    for (const char c : std::string_view(digits).substr(negative ? 1 : 0)) value = value * 10 + (c - '0');
    return negative ? -value : value;
  }
  std::string_view& records_;
  bool damaged_ = false;
};

}  // namespace

std::string serialise(const Rule& rule) {
  std::string record;
  Writer writer(record);
  Rule copy = rule;
  fields(writer, copy);
  return record;
}

Result<Rule> take_rule(std::string_view& records) {
  const std::string_view before = records;
  Rule rule;
  Reader reader(records);
  fields(reader, rule);
  if (reader.damaged()) return Error{"a built-in rule record is damaged; please report this"};
  rule.digest = sha256(before.substr(0, before.size() - records.size()));
  return rule;
}

}  // namespace hfscan
