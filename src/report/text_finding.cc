#include "report/text_finding.h"

#include <map>
#include <tuple>

#include "base/text.h"
#include "report/frame.h"
#include "report/next_step.h"
#include "report/notes.h"
#include "report/story_text.h"
#include "report/view.h"

namespace hfscan {
namespace {

std::string position(const LineColumn& place) { return cat(std::to_string(place.line), ":", std::to_string(place.column)); }

std::string in_commit(std::string_view commit) { return commit.empty() ? "" : cat(" in commit ", short_id(commit)); }

// A message stands in its commit: only of a file it is worth saying which commit it is.
std::string place_of(const Finding& finding) {
  const Location& where = finding.location;
  const bool stashed = where.kind == PlaceKind::stash;
  const bool named = where.path.empty() || stashed;
  const std::string name = named ? place_name(where) : place_label(where.kind, where.path);
  const std::string commit = is_file(where.kind, where.path, where.blob) ? in_commit(where.commit) : "";
  return cat(escape_for_display(name), ":", position(where.range.start), stashed ? " stashed" : "", escape_for_display(commit));
}

// Only where somebody reads it now: in a file it would be wrong tomorrow.
std::string expiry_of(const Finding& finding, const ReportOptions& options) {
  return finding.expires && options.now && *finding.expires <= *options.now ? " (expired)" : "";
}

std::string title_of(const Finding& finding, const ReportOptions& options) {
  const Painter paint(options.colour);
  const std::string label = cat(to_string(finding.severity), "[", escape_for_display(finding.rule->id), "]");
  const std::string look_alike = finding.look_alike ? " (look-alike)" : "";
  return cat(paint(ink_of(finding.severity), label),
             paint(Ink::strong, cat(": ", escape_for_display(finding.message), expiry_of(finding, options), look_alike)));
}

std::vector<std::string> other_places(const FindingGroup& group) {
  std::vector<std::string> places;
  for (const Finding* other : group.others) places.push_back(place_of(*other));
  return places;
}

// "sha256 0123456789ab, written as base64".
std::string secret_name(const SecretReference& secret) {
  std::string text =
      secret.id ? cat("sha256 ", short_id(to_hex(*secret.id))) : cat(secret.masked, ", not hashed, as it could be guessed");
  if (!secret.encoding.empty() && secret.encoding != "plain") text += cat(", written as ", escape_for_display(secret.encoding));
  return text;
}

std::string secret_text(const FindingGroup& group, const ReportOptions& options) {
  if (!group.first->secret) return "";
  const std::vector<std::string> places = other_places(group);
  const std::string text = secret_name(*group.first->secret);
  return places.empty() ? text : cat(text, ", also at ", listed(places, options));
}

std::string related_text(const Finding& finding, const ReportOptions& options) {
  std::vector<std::string> places;
  for (const RelatedPlace& related : finding.related)
    places.push_back(cat(escape_for_display(related.message), " at ", position(related.range.start)));
  return listed(places, options);
}

std::string bytes_text(const Finding& finding) {
  if (!finding.excerpt.lines.empty()) return "";
  const ByteSpan& span = finding.location.span;
  return cat("from ", std::to_string(span.begin), " to ", std::to_string(span.end), "; no text to show");
}

std::string next_text(const Finding& finding) {
  if (!finding.rule->fix.empty()) return finding.rule->fix;
  if (finding.secret && revocable_in_settings(*finding.secret))
    return cat("revoke it at ", kTokenSettingsUrl, ", then remove it");
  return cat("hfscan rules explain ", finding.rule->id);
}

// "also HF2002 at Dockerfile:3:9": what else is wrong about the same secret.
std::vector<std::string> other_rules(const SecretBlock& block) {
  std::vector<std::string> texts;
  for (const Finding* other : block.others)
    texts.push_back(cat(texts.empty() ? "also " : "", escape_for_display(other->rule->id), " at ", place_of(*other)));
  return texts;
}

std::size_t margin_of(const Finding& finding) { return frame_margin(finding.excerpt, finding.location.range.start.line); }

std::string framed(const Finding& finding, const std::string& title, const NoteWriter& notes, const ReportOptions& options) {
  const Painter paint(options.colour);
  const std::size_t margin = margin_of(finding);
  const std::string arrow = paint(Ink::frame, cat(std::string(margin, ' '), "-->"));
  const std::string frame = render_frame(finding.excerpt, {paint, ink_of(finding.severity), margin, options.terminal_width});
  const std::string bar = frame.empty() ? "" : cat(std::string(margin + 1, ' '), paint(Ink::frame, "|"), "\n");
  return cat(title, "\n", arrow, " ", place_of(finding), "\n", frame, bar, notes.text(), "\n");
}

using GroupKey = std::tuple<std::string_view, Sha256Digest, Severity, bool>;

GroupKey key_of(const Finding& finding) {
  return {finding.rule->id, *finding.secret->id, finding.severity, finding.look_alike};
}

}  // namespace

std::vector<FindingGroup> group_by_secret(const std::vector<const Finding*>& findings) {
  std::vector<FindingGroup> groups;
  std::map<GroupKey, std::size_t> index;
  for (const Finding* finding : findings) {
    if (finding->secret && finding->secret->id) {
      const auto [entry, is_new] = index.try_emplace(key_of(*finding), groups.size());
      if (!is_new) {
        groups[entry->second].others.push_back(finding);
        continue;
      }
    }
    groups.push_back({finding, {}});
  }
  return groups;
}

std::string render_group(const FindingGroup& group, Reason reason, const ReportOptions& options) {
  const Finding& finding = *group.first;
  NoteWriter notes(NoteStyle::running, margin_of(finding), options);
  notes.add("bytes", bytes_text(finding));
  notes.add("secret", secret_text(group, options));
  notes.add("related", related_text(finding, options));
  if (reason == Reason::to_tell) notes.add("why", escape_for_display(finding.rule->why));
  notes.add("next", escape_for_display(next_text(finding)));
  return framed(finding, title_of(finding, options), notes, options);
}

std::string render_block(const SecretBlock& block, Reason reason, const ReportOptions& options) {
  const Finding& finding = *block.lead;
  NoteWriter notes(NoteStyle::aligned, margin_of(finding), options);
  notes.add("bytes", bytes_text(finding));
  add_story(notes, block, options);
  if (finding.secret) notes.add("secret", secret_name(*finding.secret));
  notes.add("related", related_text(finding, options));
  notes.add_list("rules", other_rules(block));
  if (reason == Reason::to_tell) notes.add("why", escape_for_display(finding.rule->why));
  notes.add("next", is_to_revoke(finding) ? next_for_secret(finding) : escape_for_display(next_text(finding)));
  const std::string mask = finding.secret ? cat(": ", escape_for_display(finding.secret->masked)) : "";
  return framed(finding, cat(title_of(finding, options), mask), notes, options);
}

std::string render_brief(const Finding& finding, const ReportOptions& options) {
  return cat(place_of(finding), ": ", title_of(finding, options), "\n");
}

}  // namespace hfscan
