// A finding as SARIF's result.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

#include "base/encoding.h"
#include "base/text.h"
#include "base/utf.h"
#include "report/sarif_parts.h"
#include "report/secret_block.h"
#include "report/story_text.h"
#include "report/uri.h"
#include "report/view.h"

namespace hfscan::sarif {
namespace {

constexpr std::size_t kMaxRelated = 10;

double base_rank(const Finding& finding) {
  const std::string& number = finding.rule->security_severity;
  double value = 0;
  if (std::from_chars(number.data(), number.data() + number.size(), value).ec == std::errc() && value >= 0) {
    return std::min(value * 10, 100.0);
  }
  switch (finding.severity) {
    case Severity::error: return 90;
    case Severity::warning: return 50;
    case Severity::note: break;
  }
  return 10;
}

double trust_in(Confidence confidence) {
  switch (confidence) {
    case Confidence::high: return 1.0;
    case Confidence::medium: return 0.8;
    case Confidence::low: break;
  }
  return 0.5;
}

std::string logical_name(const Location& location) {
  return location.path.empty() ? place_name(location) : place_label(location.kind, location.path);
}

// Only the first sentence becomes the title of an alert, and paths have to be in quotes.
Json result_message(const Finding& finding) {
  std::string text = escape_message(sentence(finding.message));
  const std::string where = escape_message(hfscan::quoted(logical_name(finding.location)));
  const bool has_secret = finding.secret.has_value();
  const std::string what = has_secret ? hfscan::quoted(finding.secret->masked) : "";
  text += has_secret ? cat(" The secret ", escape_message(what), " is in ", where, ".") : cat(" It is in ", where, ".");
  if (finding.story) text += cat(" ", standing_sentence(*finding.story));
  if (has_secret && revocable_in_settings(*finding.secret)) {
    text += cat(" Revoke it in the [token settings](", kTokenSettingsUrl, "), then remove it.");
  } else if (!finding.rule->fix.empty()) {
    text += cat(" ", escape_message(sentence(finding.rule->fix)));
  }
  return {{"text", text}};
}

// The masked hit: what stands under the mark.
std::string masked_hit(const Excerpt& excerpt) {
  if (excerpt.hit_line >= excerpt.lines.size()) return "";
  const std::string& line = excerpt.lines[excerpt.hit_line];
  const std::size_t begin = std::min(excerpt.mark_begin, line.size());
  return to_valid_utf8(line.substr(begin, std::max(excerpt.mark_end, begin) - begin));
}

Json region(const Finding& finding) {
  const TextRange& range = finding.location.range;
  Json object = {{"startLine", range.start.line}, {"startColumn", range.utf16_start_column}};
  object["endLine"] = std::max(range.end.line, range.start.line);
  object["endColumn"] = range.utf16_end_column;
  if (const std::string hit = masked_hit(finding.excerpt); !hit.empty()) object["snippet"] = {{"text", hit}};
  return object;
}

// Null unless it contains the region, as it has to (3.29.5).
Json context_region(const Finding& finding) {
  const Excerpt& excerpt = finding.excerpt;
  if (excerpt.lines.empty()) return nullptr;
  const std::uint64_t last = excerpt.first_line + excerpt.lines.size() - 1;
  const TextRange& range = finding.location.range;
  if (excerpt.first_line == 0 || excerpt.first_line > range.start.line || last < range.end.line) return nullptr;
  std::string text;
  for (const std::string& line : excerpt.lines) text += cat(text.empty() ? "" : "\n", to_valid_utf8(line));
  return {{"startLine", excerpt.first_line}, {"endLine", last}, {"snippet", {{"text", text}}}};
}

// What is no file of the checkout stands for GitHub in the git folder: results without an artifact are refused, all with them.
constexpr std::string_view kGitFolder = ".git";

// A member of an archive is no file of the repository: its archive is.
std::string uri_of(const Location& location) {
  if (!location.container.empty()) return path_to_uri(without_tokens(location.container));
  return is_file(location.kind, location.path, location.blob) ? path_to_uri(without_tokens(location.path))
                                                              : std::string(kGitFolder);
}

Json logical_locations(std::string_view name) {
  return Json::array({{{"fullyQualifiedName", escape_for_display(name)}, {"kind", "resource"}}});
}

// In an archive or a message: the file, and what is in it by name (3.33.5). Lines of a member are none of the file, but GitHub
// asks for a region: an empty one at its start.
Json location_inside(const Location& location) {
  const Json start = {{"startLine", 1}, {"startColumn", 1}, {"endLine", 1}, {"endColumn", 1}};
  return {{"physicalLocation", {{"artifactLocation", artifact_location(uri_of(location))}, {"region", start}}},
          {"logicalLocations", logical_locations(logical_name(location))}};
}

bool has_lines(const Location& location) {
  return location.container.empty() && is_file(location.kind, location.path, location.blob);
}

Json location(const Finding& finding) {
  const Location& where = finding.location;
  if (!has_lines(where)) return location_inside(where);
  Json physical = {{"artifactLocation", artifact_location(uri_of(where))}, {"region", region(finding)}};
  if (Json context = context_region(finding); !context.is_null()) physical["contextRegion"] = std::move(context);
  Json object = {{"physicalLocation", physical}};
  if (where.kind != PlaceKind::blob) object["logicalLocations"] = logical_locations(logical_name(where));
  return object;
}

std::string occurrence_text(const Occurrence& occurrence) {
  if (!occurrence.introduced.empty()) return cat("Also since commit ", short_id(occurrence.introduced.front()), ".");
  if (!occurrence.blob.empty()) return cat("Also in object ", short_id(occurrence.blob), ".");
  return "Also here.";
}

Json related_region(const TextRange& range) {
  return {{"startLine", range.start.line},
          {"startColumn", range.utf16_start_column},
          {"endLine", std::max(range.end.line, range.start.line)},
          {"endColumn", range.utf16_end_column}};
}

Json related_location(const Finding& finding, const RelatedPlace& related, std::size_t id) {
  Json physical = {{"artifactLocation", artifact_location(uri_of(finding.location))}};
  if (finding.location.container.empty()) physical["region"] = related_region(related.range);
  return {{"id", id}, {"message", message(sentence(related.message))}, {"physicalLocation", physical}};
}

Json occurrence_location(const Occurrence& occurrence, std::size_t id) {
  const bool file = is_file(occurrence.kind, occurrence.path, occurrence.blob);
  const std::string uri = file ? path_to_uri(without_tokens(occurrence.path)) : std::string(kGitFolder);
  Json object = {{"id", id},
                 {"message", message(escape_for_display(occurrence_text(occurrence)))},
                 {"physicalLocation", {{"artifactLocation", artifact_location(uri)}}}};
  if (!file || occurrence.kind != PlaceKind::blob) {
    const std::string_view name = occurrence.path.empty() ? occurrence.blob : occurrence.path;
    object["logicalLocations"] = logical_locations(place_label(occurrence.kind, name));
  }
  return object;
}

// The other paths of a history finding, each once, and first those that HEAD still has. They have no region, since lines differ
// from commit to commit.
std::vector<const Occurrence*> other_paths(const Finding& finding) {
  std::set<std::pair<PlaceKind, std::string_view>> seen = {{finding.location.kind, finding.location.path}};
  std::vector<const Occurrence*> in_head;
  std::vector<const Occurrence*> elsewhere;
  for (const Occurrence& occurrence : finding.occurrences) {
    const std::string_view name = occurrence.path.empty() ? occurrence.blob : occurrence.path;
    if (!seen.emplace(occurrence.kind, name).second) continue;
    (is_surely_in_head(occurrence) ? in_head : elsewhere).push_back(&occurrence);
  }
  in_head.insert(in_head.end(), elsewhere.begin(), elsewhere.end());
  return in_head;
}

// What belongs to the finding in the same file; then its other paths.
Json related_locations(const Finding& finding) {
  Json array = Json::array();
  for (const RelatedPlace& related : finding.related) {
    if (array.size() == kMaxRelated) break;
    array.push_back(related_location(finding, related, array.size() + 1));
  }
  for (const Occurrence* occurrence : other_paths(finding)) {
    if (array.size() == kMaxRelated) break;
    array.push_back(occurrence_location(*occurrence, array.size() + 1));
  }
  return array;
}

Json partial_fingerprints(const Finding& finding) {
  Json object = Json::object();
  // All members of an archive are one file to GitHub, and so are all messages: equal lines in two of them would be one alert.
  const bool inside = !has_lines(finding.location);
  if (inside) object["primaryLocationLineHash"] = cat(short_id(to_hex(finding.fingerprint)), ":1");
  if (!inside && !finding.line_hash.empty()) object["primaryLocationLineHash"] = finding.line_hash;
  if (finding.secret && finding.secret->id) object["hfscanSecret/v1"] = to_hex(*finding.secret->id);
  return object;
}

Json suppressions(const Finding& finding) {
  const bool in_source = finding.disposition == Disposition::ignored_inline;
  Json object = {{"kind", in_source ? "inSource" : "external"}, {"status", "accepted"}};
  if (!finding.justification.empty()) object["justification"] = escape_for_display(finding.justification);
  return Json::array({object});
}

Json properties(const Finding& finding) {
  const Location& where = finding.location;
  Json object = {{"confidence", to_string(finding.confidence)}};
  if (!where.commit.empty()) object["commit"] = to_valid_utf8(where.commit);
  if (!where.blob.empty()) object["blob"] = to_valid_utf8(where.blob);
  if (!is_valid_utf8(where.path)) object["pathBase64"] = base64_encode(without_tokens(where.path));
  add_history(object, finding);
  return object;
}

}  // namespace

Json artifact_location(std::string_view uri) { return {{"uri", uri}, {"uriBaseId", "SRCROOT"}}; }

double rank_of(const Finding& finding) {
  return finding.look_alike ? 0 : std::round(base_rank(finding) * trust_in(finding.confidence) * 10) / 10;
}

Json result(const Finding& finding, const Indices& indices, Baseline baseline) {
  Json object = {{"ruleId", finding.rule->id}, {"ruleIndex", indices.rules.at(finding.rule->id)}};
  // A result that is no failure has level none (3.27.10).
  object["level"] = finding.look_alike ? "none" : to_string(finding.severity);
  object["kind"] = finding.look_alike ? "review" : "fail";
  object["rank"] = rank_of(finding);
  object["message"] = result_message(finding);
  object["locations"] = Json::array({location(finding)});
  object["partialFingerprints"] = partial_fingerprints(finding);
  object["fingerprints"] = {{"hfscan/v1", to_hex(finding.fingerprint)}};
  if (Json related = related_locations(finding); !related.empty()) object["relatedLocations"] = std::move(related);
  if (Json edits = fixes(finding); !edits.empty()) object["fixes"] = std::move(edits);
  if (finding.disposition != Disposition::active) object["suppressions"] = suppressions(finding);
  if (baseline == Baseline::known)
    object["baselineState"] = finding.disposition == Disposition::baselined ? "unchanged" : "new";
  object["properties"] = properties(finding);
  return object;
}

}  // namespace hfscan::sarif
