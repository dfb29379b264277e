#include "report/json_report.h"

#include <ostream>

#include "base/text.h"
#include "base/time.h"
#include "base/utf.h"
#include "report/json_text.h"
#include "report/view.h"

namespace hfscan {
namespace {

constexpr const char* kSchema = "hfscan-report/1";

void add_unless_empty(Json& object, const char* name, const std::string& value) {
  if (!value.empty()) object[name] = to_valid_utf8(value);
}

Json strings(const std::vector<std::string>& values) {
  Json array = Json::array();
  for (const std::string& value : values) array.push_back(to_valid_utf8(value));
  return array;
}

Json place(const LineColumn& at) { return {{"line", at.line}, {"column", at.column}}; }

Json secret_json(const SecretReference& secret) {
  Json object;
  if (secret.id) object["sha256"] = to_hex(*secret.id);
  object["masked"] = to_valid_utf8(secret.masked);
  object["kind"] = to_string(secret.kind);
  object["encoding"] = secret.encoding.empty() ? "plain" : to_valid_utf8(secret.encoding);
  return object;
}

Json related_json(const RelatedPlace& related) {
  return {
      {"message", to_valid_utf8(related.message)}, {"start", place(related.range.start)}, {"end", place(related.range.end)}};
}

Json location_json(const Location& location) {
  Json object;
  if (location.container.empty()) {
    add_path(object, without_tokens(location.path));
  } else {
    add_path(object, without_tokens(location.container));
    const std::string_view member = std::string_view(location.path).substr(location.container.size() + kMemberSeparator.size());
    object["member"] = to_valid_utf8(without_tokens(member));
  }
  object["start"] = place(location.range.start);
  object["end"] = place(location.range.end);
  add_unless_empty(object, "blob", location.blob);
  add_unless_empty(object, "commit", location.commit);
  return object;
}

// A ref may be named after the token itself.
void add_refs(Json& object, const std::vector<std::string>& refs, std::uint64_t others) {
  Json array = Json::array();
  for (const std::string& ref : refs) array.push_back(to_valid_utf8(without_tokens(ref)));
  object["refs"] = std::move(array);
  if (others != 0) object["other_refs"] = others;
}

Json occurrence_json(const Occurrence& occurrence) {
  Json object;
  object["kind"] = to_string(occurrence.kind);
  if (!occurrence.path.empty()) add_path(object, without_tokens(occurrence.path));
  add_unless_empty(object, "blob", occurrence.blob);
  object["introduced"] = strings(occurrence.introduced);
  object["removed"] = strings(occurrence.removed);
  add_refs(object, occurrence.refs, occurrence.other_refs);
  object["reachable"] = occurrence.reachable;
  return object;
}

Json stamp_json(const CommitStamp& stamp) {
  Json object = {{"commit", to_valid_utf8(stamp.commit)}};
  add_unless_empty(object, "date", instant_or_empty(stamp.time));
  add_unless_empty(object, "author", without_tokens(stamp.author));
  return object;
}

Json story_json(const SecretStory& story) {
  Json object = Json::object();
  if (story.first) object["first"] = stamp_json(*story.first);
  if (story.last) object["last"] = stamp_json(*story.last);
  if (story.gone) object["gone"] = stamp_json(*story.gone);
  object["introduced"] = story.introduced;
  object["removed"] = story.removed;
  object["in_head"] = story.in_head;
  object["pushed"] = story.pushed;
  object["reachable"] = story.reachable;
  add_refs(object, story.refs, story.other_refs);
  return object;
}

void add_rule(Json& object, const Finding& finding) {
  object["rule"] = to_valid_utf8(finding.rule->id);
  object["name"] = to_valid_utf8(finding.rule->name);
  object["severity"] = to_string(finding.severity);
  add_unless_empty(object, "security_severity", finding.rule->security_severity);
  object["confidence"] = to_string(finding.confidence);
  object["cwe"] = strings(finding.rule->cwe);
}

// Adds to `object`, so that a line can begin with what it is.
void add_finding(Json& object, const Finding& finding) {
  add_rule(object, finding);
  object["message"] = to_valid_utf8(finding.message);
  object["fingerprint"] = to_hex(finding.fingerprint);
  object["disposition"] = to_string(finding.disposition);
  add_unless_empty(object, "justification", finding.justification);
  if (finding.look_alike) object["look_alike"] = true;
  if (finding.secret) object["secret"] = secret_json(*finding.secret);
  if (finding.expires) object["expires"] = instant_text(*finding.expires);
  object["location"] = location_json(finding.location);
  for (const RelatedPlace& related : finding.related) object["related"].push_back(related_json(related));
  for (const Occurrence& occurrence : finding.occurrences) object["occurrences"].push_back(occurrence_json(occurrence));
  if (finding.story) object["story"] = story_json(*finding.story);
  add_unless_empty(object, "recipe", finding.rule->recipe);
}

Json counts_json(const Report& report, const ReportOptions& options, std::size_t shown) {
  const Counts& counts = report.counts;
  Json object = {{"findings", shown},
                 {"active", counts.active},
                 {"baselined", counts.baselined},
                 {"ignored", counts.ignored},
                 {"look_alikes", hidden_look_alikes(report, options)},
                 {"secrets", counts.secrets},
                 {"blobs", counts.blobs},
                 {"bytes", counts.bytes},
                 {"skipped", report.skipped.size()}};
  if (counts.objects != 0) object["objects"] = counts.objects;
  if (counts.members != 0) object["members"] = counts.members;
  return object;
}

Json diagnostics_json(const Report& report) {
  Json array = Json::array();
  for (const Diagnostic& diagnostic : report.diagnostics) {
    Json object;
    add_path(object, diagnostic.path);
    object["message"] = to_valid_utf8(diagnostic.message);
    array.push_back(std::move(object));
  }
  return array;
}

Json skipped_json(const Report& report) {
  Json array = Json::array();
  for (const Skip& skip : report.skipped) {
    Json object;
    add_path(object, skip.path);
    object["reason"] = to_string(skip.reason);
    array.push_back(std::move(object));
  }
  return array;
}

void add_header(Json& object, const Report& report, const ReportOptions& options) {
  object["schema"] = kSchema;
  object["tool"] = {{"name", "hfscan"}, {"version", options.tool_version}, {"rules_digest", to_hex(report.rules_digest)}};
  object["command"] = report.command;
}

void add_verdict(Json& object, const Report& report) {
  object["complete"] = report.complete;
  object["exit_code"] = static_cast<int>(report.exit_code);
}

void add_lists(Json& object, const Report& report) {
  object["diagnostics"] = diagnostics_json(report);
  object["skipped"] = skipped_json(report);
  object["notes"] = strings(report.notes);
}

// Of an object, as they stand between its braces at the top of a document.
std::string members_of(const Json& object) {
  const std::string text = escape_for_terminals(dump_pretty(object));
  return text.substr(2, text.size() - 5);  // without "{\n" and "\n}\n"
}

// An element of an array that is a member of the document. Line feeds are formatting only: in strings they are escaped.
std::string indented(const Json& element) {
  const std::string text = escape_for_terminals(dump_pretty(element));
  std::string out;
  for (const char c : std::string_view(text).substr(0, text.size() - 1)) {
    out += c;
    if (c == '\n') out += "    ";
  }
  return out;
}

Status write_line(std::ostream& out, const Json& value) {
  return write_to(out, cat(escape_for_terminals(dump_line(value)), "\n"));
}

}  // namespace

// One finding at a time: the tree of a whole report takes several times its size.
Status write_json_report(const Report& report, const ReportOptions& options, std::ostream& out) {
  const std::vector<const Finding*> shown = shown_findings(report, options);
  Json head;
  add_header(head, report, options);
  add_verdict(head, report);
  head["counts"] = counts_json(report, options, shown.size());
  HFSCAN_TRY(write_to(out, cat("{\n", members_of(head), ",\n  \"findings\": [")));
  std::string_view separator = "\n    ";
  for (const Finding* finding : shown) {
    Json object;
    add_finding(object, *finding);
    HFSCAN_TRY(write_to(out, cat(separator, indented(object))));
    separator = ",\n    ";
  }
  Json tail;
  add_lists(tail, report);
  return write_to(out, cat(shown.empty() ? "" : "\n  ", "],\n", members_of(tail), "\n}\n"));
}

Status write_jsonl_report(const Report& report, const ReportOptions& options, std::ostream& out) {
  const std::vector<const Finding*> shown = shown_findings(report, options);
  Json header = {{"record", "header"}};
  add_header(header, report, options);
  HFSCAN_TRY(write_line(out, header));
  for (const Finding* finding : shown) {
    Json line = {{"record", "finding"}};
    add_finding(line, *finding);
    HFSCAN_TRY(write_line(out, line));
  }
  Json end = {{"record", "end"}};
  add_verdict(end, report);
  end["counts"] = counts_json(report, options, shown.size());
  add_lists(end, report);
  return write_line(out, end);
}

}  // namespace hfscan
