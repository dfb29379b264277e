#include "report/text_finding.h"

#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "report/frame.h"
#include "report/view.h"

namespace hfscan {
namespace {

constexpr std::size_t kPlacesShown = 3;

std::string position(const LineColumn& place) { return cat(std::to_string(place.line), ":", std::to_string(place.column)); }

std::string in_commit(std::string_view commit) { return commit.empty() ? "" : cat(" in commit ", short_id(commit)); }

std::string place_of(const Finding& finding) {
  const Location& where = finding.location;
  return cat(escape_for_display(place_name(where)), ":", position(where.range.start),
             escape_for_display(in_commit(where.path.empty() ? "" : where.commit)));
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

// "= name: text", wrapped under the text.
class NoteWriter {
 public:
  NoteWriter(std::size_t margin, const ReportOptions& options)
      : margin_(margin), width_(options.terminal_width), paint_(options.colour) {}

  void add(std::string_view name, std::string_view text) {
    if (text.empty()) return;
    const std::string head = cat(name, ": ");
    const std::size_t indent = margin_ + 3 + head.size();
    text_ += cat(std::string(margin_ + 1, ' '), paint_(Ink::frame, "="), " ", paint_(Ink::strong, head),
                 wrap(text, indent, width_), "\n");
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::size_t margin_;
  std::size_t width_;
  Painter paint_;
  std::string text_;
};

// "a, b, c (2 more; -v lists them)": all of them when nothing may be cut.
std::string listed(const std::vector<std::string>& names, const ReportOptions& options) {
  const bool cut = options.verbosity != Verbosity::verbose && names.size() > kPlacesShown;
  const std::size_t shown = cut ? kPlacesShown : names.size();
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) out += cat(i == 0 ? "" : ", ", names[i]);
  return cut ? cat(out, " (", with_thousands(names.size() - shown), " more; -v lists them)") : out;
}

std::string occurrence_name(const Occurrence& occurrence) {
  const std::string what = occurrence.kind == PlaceKind::blob ? "" : cat(to_string(occurrence.kind), " ");
  const std::string& name = occurrence.path.empty() ? occurrence.blob : occurrence.path;
  const std::string commit = in_commit(occurrence.introduced.empty() ? "" : occurrence.introduced.front());
  return escape_for_display(cat(what, name, commit));
}

bool is_primary(const Occurrence& occurrence, const Location& location) {
  return occurrence.path == location.path && (location.blob.empty() || occurrence.blob == location.blob);
}

std::vector<std::string> other_places(const FindingGroup& group) {
  std::vector<std::string> places;
  for (const Occurrence& occurrence : group.first->occurrences) {
    if (!is_primary(occurrence, group.first->location)) places.push_back(occurrence_name(occurrence));
  }
  for (const Finding* other : group.others) places.push_back(place_of(*other));
  return places;
}

std::string secret_text(const FindingGroup& group, const ReportOptions& options) {
  if (!group.first->secret) return "";
  const SecretReference& secret = *group.first->secret;
  std::string text =
      secret.id ? cat("sha256 ", short_id(to_hex(*secret.id))) : cat(secret.masked, ", not hashed, as it could be guessed");
  if (!secret.encoding.empty() && secret.encoding != "plain") text += cat(", written as ", escape_for_display(secret.encoding));
  const std::vector<std::string> places = other_places(group);
  return places.empty() ? text : cat(text, ", also at ", listed(places, options));
}

// Whether it is still there, for findings of a history: removing a line does not remove it from the commits before.
std::string history_text(const Finding& finding, const ReportOptions& options) {
  if (finding.occurrences.empty()) return "";
  std::set<std::string> refs;
  std::set<std::string> removed;
  bool reachable = false;
  for (const Occurrence& occurrence : finding.occurrences) {
    for (const std::string& ref : occurrence.refs) refs.insert(escape_for_display(ref));
    for (const std::string& commit : occurrence.removed) removed.insert(escape_for_display(short_id(commit)));
    reachable = reachable || occurrence.reachable;
  }
  std::string text = removed.empty() ? "" : cat("removed in ", listed({removed.begin(), removed.end()}, options), ", but ");
  if (!reachable) return cat(text, "kept in unreachable objects, a stash or a reflog");
  text += removed.empty() ? "can be fetched" : "can still be fetched";
  return refs.empty() ? text : cat(text, " through ", listed({refs.begin(), refs.end()}, options));
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
  const Painter paint(options.colour);
  const std::size_t margin = frame_margin(finding.excerpt, finding.location.range.start.line);
  const FrameStyle style = {paint, ink_of(finding.severity), margin, options.terminal_width};

  NoteWriter notes(margin, options);
  notes.add("bytes", bytes_text(finding));
  notes.add("secret", secret_text(group, options));
  notes.add("related", related_text(finding, options));
  notes.add("history", history_text(finding, options));
  if (reason == Reason::to_tell) notes.add("why", escape_for_display(finding.rule->why));
  notes.add("next", escape_for_display(next_text(finding)));

  const std::string arrow = paint(Ink::frame, cat(std::string(margin, ' '), "-->"));
  const std::string frame = render_frame(finding.excerpt, style);
  const std::string bar = frame.empty() ? "" : cat(std::string(margin + 1, ' '), paint(Ink::frame, "|"), "\n");
  return cat(title_of(finding, options), "\n", arrow, " ", place_of(finding), "\n", frame, bar, notes.text(), "\n");
}

std::string render_brief(const Finding& finding, const ReportOptions& options) {
  return cat(place_of(finding), ": ", title_of(finding, options), "\n");
}

}  // namespace hfscan
