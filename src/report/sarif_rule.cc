// A rule as SARIF's reportingDescriptor, with what GitHub requires and shows.
#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"
#include "base/utf.h"
#include "report/sarif_parts.h"

namespace hfscan::sarif {
namespace {

constexpr std::size_t kMaxDescription = 1024;  // characters that GitHub takes
constexpr std::size_t kMaxTags = 10;           // tags that GitHub keeps

// By UTF-16 code units, on a character's border.
std::string shortened(const std::string& text) {
  if (utf16_length(text) <= kMaxDescription) return text;
  std::size_t end = 0;
  std::size_t units = 0;
  while (end < text.size()) {
    const DecodedCharacter next = decode_utf8(text, end);
    units += next.value >= 0x10000 ? 2 : 1;
    if (units > kMaxDescription - 1) break;
    end += next.length;
  }
  return cat(std::string_view(text).substr(0, end), "…");
}

Json description(std::string_view text, std::string_view fallback) {
  return {{"text", shortened(sentence(text.empty() ? fallback : text))}};
}

std::string help_text(const Rule& rule) {
  const std::string fix = rule.fix.empty() ? "" : cat(" ", sentence(rule.fix));
  return cat(sentence(rule.why.empty() ? rule.title : rule.why), fix, " More: hfscan rules explain ", rule.id, ".");
}

std::string help_markdown(const Rule& rule) {
  const auto paragraph = [](std::string_view title, std::string_view text) {
    return text.empty() ? std::string() : cat("**", title, "** ", escape_markdown(sentence(text)), "\n\n");
  };
  return cat(paragraph("What it is.", rule.what), paragraph("Why it matters.", rule.why), paragraph("What to do.", rule.fix),
             "More: `hfscan rules explain ", rule.id, "`");
}

const std::string* help_page(const Rule& rule) {
  const auto is_page = [](const std::string& reference) {
    return reference.starts_with("https://") && reference.find_first_of(" <>\"") == std::string::npos;
  };
  const auto page = std::find_if(rule.references.begin(), rule.references.end(), is_page);
  return page == rule.references.end() ? nullptr : &*page;
}

const char* problem_severity(Severity severity) { return severity == Severity::note ? "recommendation" : to_string(severity); }

Json tags(const Rule& rule) {
  std::vector<std::string> tags = {"security"};
  for (const std::string& cwe : rule.cwe) tags.push_back(cat("external/cwe/", to_lower_ascii(cwe)));
  for (const std::string& tag : rule.tags) {
    if (std::find(tags.begin(), tags.end(), tag) == tags.end()) tags.push_back(tag);
  }
  tags.resize(std::min(tags.size(), kMaxTags));
  return tags;
}

Json properties(const Rule& rule) {
  Json object = {
      {"tags", tags(rule)}, {"precision", to_string(rule.confidence)}, {"problem.severity", problem_severity(rule.severity)}};
  // A string that is no number makes GitHub refuse the whole file.
  const std::string& number = rule.security_severity;
  double value = 0;
  const auto parsed = std::from_chars(number.data(), number.data() + number.size(), value, std::chars_format::fixed);
  const bool valid = parsed.ec == std::errc() && parsed.ptr == number.data() + number.size() && value >= 0 && value <= 10;
  if (valid) object["security-severity"] = number;
  return object;
}

Json relationships(const Rule& rule, const Indices& indices) {
  Json array = Json::array();
  for (const std::string& cwe : rule.cwe) {
    const Json component = {{"name", "CWE"}, {"index", 0}};
    const Json target = {{"id", cwe}, {"index", indices.weaknesses.at(cwe)}, {"toolComponent", component}};
    array.push_back({{"target", target}, {"kinds", Json::array({"superset"})}});
  }
  return array;
}

}  // namespace

Json rule(const Rule& rule, const Indices& indices) {
  Json object = {{"id", rule.id}, {"name", rule.name}};
  object["shortDescription"] = description(rule.title, rule.name);
  object["fullDescription"] = description(rule.what, rule.title);
  object["help"] = {{"text", help_text(rule)}, {"markdown", help_markdown(rule)}};
  if (const std::string* page = help_page(rule); page != nullptr) object["helpUri"] = *page;
  object["defaultConfiguration"] = {{"level", to_string(rule.severity)}};
  object["properties"] = properties(rule);
  if (!rule.cwe.empty()) object["relationships"] = relationships(rule, indices);
  return object;
}

}  // namespace hfscan::sarif
