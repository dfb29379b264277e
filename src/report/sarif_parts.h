// The parts of a SARIF document that concern single rules and results. Private to the SARIF reporter.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "core/report.h"
#include "report/options.h"

namespace hfscan::sarif {

// Where things are found in the arrays of the run.
struct Indices {
  std::map<std::string_view, std::size_t> rules;       // by rule id
  std::map<std::string_view, std::size_t> weaknesses;  // by CWE id
};

Json rule(const Rule& rule, const Indices& indices);

// Whether every result has to say how it stands to the baseline: SARIF wants it of all results or of none (3.27.24).
enum class Baseline { unknown, known };

Json result(const Finding& finding, const Indices& indices, Baseline baseline);

// At most one, with all edits of the finding; empty when it has none that can be shown.
Json fixes(const Finding& finding);

// Adds what a history says of the finding to the properties of its result: commits, refs and dates, but no person.
void add_history(Json& properties, const Finding& finding);

// 0 to 100, for choosing the most severe results.
double rank_of(const Finding& finding);

// Relative to SRCROOT.
Json artifact_location(std::string_view uri);

// {"text": ...}: brackets and backslashes of a plain text message are escaped (3.11.6), since they make links.
Json message(std::string_view text);
std::string escape_message(std::string_view text);

// For message strings in Markdown: nothing in `text` formats, links or embeds.
std::string escape_markdown(std::string_view text);

// The text, printable, with a full stop at its end.
std::string sentence(std::string_view text);

}  // namespace hfscan::sarif
