// The edits of a finding as SARIF's fixes (3.55): what `hfscan fix` would do, for tools that can do it themselves.
#include <algorithm>

#include "base/mask.h"
#include "base/utf.h"
#include "report/sarif_parts.h"
#include "report/uri.h"

namespace hfscan::sarif {
namespace {

// Inserted text is JSON text, and never a secret: an edit of which this does not hold is no use to anybody.
bool can_be_shown(const Edit& edit) { return is_valid_utf8(edit.text) && !holds_token_shape(edit.text); }

// Lines and columns for editors, bytes for whoever wants to be exact; both name the same place (3.30.3).
Json deleted_region(const Edit& edit) {
  return {{"startLine", edit.range.start.line},
          {"startColumn", edit.range.utf16_start_column},
          {"endLine", std::max(edit.range.end.line, edit.range.start.line)},
          {"endColumn", edit.range.utf16_end_column},
          {"byteOffset", edit.span.begin},
          {"byteLength", edit.span.size()}};
}

Json replacement(const Edit& edit) {
  Json object = {{"deletedRegion", deleted_region(edit)}};
  if (!edit.text.empty()) object["insertedContent"] = {{"text", edit.text}};
  return object;
}

const char* description_of(Autofix autofix) {
  return autofix == Autofix::safe ? "A safe edit: it changes no behaviour that anybody wants. 'hfscan fix --apply' makes it."
                                  : "An edit to review before it is made. 'hfscan fix --unsafe' shows it.";
}

}  // namespace

Json fixes(const Finding& finding) {
  const bool usable = finding.rule->autofix != Autofix::none && !finding.look_alike && finding.location.container.empty() &&
                      !finding.location.path.empty() && std::all_of(finding.edits.begin(), finding.edits.end(), can_be_shown);
  if (!usable || finding.edits.empty()) return Json::array();
  std::map<std::string_view, Json> files;
  for (const Edit& edit : finding.edits) {
    Json& replacements = files[edit.path.empty() ? finding.location.path : edit.path];
    replacements.push_back(replacement(edit));
  }
  Json changes = Json::array();
  for (auto& [path, replacements] : files) {
    changes.push_back({{"artifactLocation", artifact_location(path_to_uri(path))}, {"replacements", std::move(replacements)}});
  }
  return Json::array(
      {{{"description", {{"text", description_of(finding.rule->autofix)}}}, {"artifactChanges", std::move(changes)}}});
}

}  // namespace hfscan::sarif
