// Runs the built-in rules about unsafe configurations over one text, as the tests of their matchers need it.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/encoding.h"
#include "hygiene/file_finder.h"
#include "hygiene/matcher.h"
#include "rules/rule_set.h"

namespace hfscan {

// The same token every time; made here, so that no token-shaped text stands in a file.
inline std::string some_token() { return "hf_" + std::string("qWbNkTzRvYpLmXsCdJfGhEaUoIQwBnKtZr"); }

// <TOKEN>, <PLACEHOLDER>, <BASE64> and <BASE64_LINE> replaced.
inline std::string with_tokens(std::string text) {
  const std::pair<std::string_view, std::string> macros[] = {{"<TOKEN>", some_token()},
                                                             {"<PLACEHOLDER>", "hf_" + std::string(34, 'x')},
                                                             {"<BASE64>", base64_encode(some_token())},
                                                             {"<BASE64_LINE>", base64_encode(some_token() + "\n")}};
  for (const auto& [macro, value] : macros) {
    for (std::size_t at = text.find(macro); at != std::string::npos; at = text.find(macro, at + value.size()))
      text.replace(at, macro.size(), value);
  }
  return text;
}

inline FileHits hits_in(std::string_view path, std::string_view text) {
  static const RuleSet rules;
  static const std::vector<const Rule*> all = rules.all();
  static const FileFinder hygiene(all, Facts::leave);
  FileHits found;
  hygiene.find(text, path, found);
  std::erase_if(found.hits, [](const RuleHit& hit) { return !hit.rule->id.starts_with("HF4"); });
  return found;
}

inline std::optional<RuleHit> first_hit(std::string_view path, std::string_view text, std::string_view rule) {
  for (const RuleHit& hit : hits_in(path, text).hits) {
    if (hit.rule->id == rule) return hit;
  }
  return std::nullopt;
}

inline bool is_found(std::string_view path, std::string_view text, std::string_view rule) {
  return first_hit(path, text, rule).has_value();
}

inline std::optional<Severity> severity_of(std::string_view path, std::string_view text, std::string_view rule) {
  const std::optional<RuleHit> hit = first_hit(path, text, rule);
  if (!hit) return std::nullopt;
  return hit->severity.value_or(hit->rule->severity);
}

// The text with the edits of the first hit done.
inline std::string fixed(std::string_view path, std::string text, std::string_view rule) {
  const std::optional<RuleHit> hit = first_hit(path, text, rule);
  if (!hit) return text;
  for (const Edit& edit : hit->edits)
    text.replace(static_cast<std::size_t>(edit.span.begin), static_cast<std::size_t>(edit.span.size()), edit.text);
  return text;
}

struct Example {
  std::string_view path;
  std::string_view text;
};

}  // namespace hfscan
