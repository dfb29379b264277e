#include "rules/rule_set.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "rules/builtin_rules.h"
#include "rules/rule_record.h"

namespace hfscan {
namespace {

bool in_profile(const Rule& rule, std::string_view profile) {
  const auto has = [&rule](std::string_view name) {
    return std::find(rule.profiles.begin(), rule.profiles.end(), name) != rule.profiles.end();
  };
  return has(profile) || (profile == "strict" && has("default"));
}

bool by_id(const Rule* a, const Rule* b) { return a->id < b->id; }

}  // namespace

RuleSet::RuleSet() {
  for (std::string_view records = builtin_rule_records(); !records.empty();) {
    Result<Rule> rule = take_rule(records);
    if (!rule.ok()) break;  // cannot happen: tests/unit/rules reads every record back
    rule->origin = "built-in";
    rules_.push_back(std::move(rule).value());
  }
}

Status RuleSet::add(Rule rule) {
  for (const Rule& other : rules_) {
    if (other.id == rule.id || other.name == rule.name) {
      return Error{cat(rule.origin, ": rule ", rule.id, " (", rule.name, ") has the id or name of a rule from ", other.origin,
                       "; choose another")};
    }
  }
  rules_.push_back(std::move(rule));
  return {};
}

const Rule* RuleSet::find(std::string_view id_or_name) const {
  const auto found = std::find_if(rules_.begin(), rules_.end(),
                                  [&](const Rule& rule) { return rule.id == id_or_name || rule.name == id_or_name; });
  return found == rules_.end() ? nullptr : &*found;
}

std::vector<const Rule*> RuleSet::all() const {
  std::vector<const Rule*> rules;
  for (const Rule& rule : rules_) rules.push_back(&rule);
  std::sort(rules.begin(), rules.end(), by_id);
  return rules;
}

std::vector<std::string> RuleSet::names() const {
  std::vector<std::string> names;
  for (const Rule& rule : rules_) {
    names.push_back(rule.id);
    names.push_back(rule.name);
  }
  return names;
}

Result<std::vector<const Rule*>> RuleSet::select(const std::vector<std::string>& selectors, std::string_view profile) const {
  const auto removes = [](const std::string& selector) { return selector.starts_with('-'); };
  const bool from_profile = std::all_of(selectors.begin(), selectors.end(), removes);
  std::set<const Rule*> chosen;
  for (const Rule& rule : rules_) {
    if (from_profile && in_profile(rule, profile)) chosen.insert(&rule);
  }
  for (const std::string& selector : selectors) {
    const std::string_view name = std::string_view(selector).substr(removes(selector) ? 1 : 0);
    bool known = false;
    for (const Rule& rule : rules_) {
      if (!names_rule(name, rule.id, rule.name)) continue;
      known = true;
      if (removes(selector))
        chosen.erase(&rule);
      else
        chosen.insert(&rule);
    }
    if (!known) return Error{cat("no rule is called ", quoted(name), did_you_mean(name, names()), "; see 'hfscan rules list'")};
  }
  if (chosen.empty()) return Error{"no rule is left to run; see 'hfscan rules list'"};
  std::vector<const Rule*> active(chosen.begin(), chosen.end());
  std::sort(active.begin(), active.end(), by_id);
  return active;
}

Sha256Digest digest_of(const std::vector<const Rule*>& rules) {
  Sha256 hash;
  for (const Rule* rule : rules) hash.update(to_hex(rule->digest)).update("\n");
  return hash.finish();
}

}  // namespace hfscan
