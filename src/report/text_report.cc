#include "report/text_report.h"

#include <algorithm>
#include <array>
#include <map>
#include <ostream>
#include <set>

#include "base/text.h"
#include "report/display.h"
#include "report/next_step.h"
#include "report/secret_block.h"
#include "report/text_finding.h"
#include "report/view.h"

namespace hfscan {
namespace {

constexpr std::size_t kNamesShown = 3;

struct Words {
  std::string_view one;
  std::string_view many;
};

Words words_of(SkipReason reason) {
  switch (reason) {
    case SkipReason::git_ignored: return {"place ignored by git", "places ignored by git"};
    case SkipReason::special_file: return {"special file", "special files"};
    case SkipReason::symlink_target: return {"symlink not followed", "symlinks not followed"};
    case SkipReason::submodule: return {"submodule, a repository of its own", "submodules, repositories of their own"};
    case SkipReason::archive_format:
      return {"archive of a format that is not unpacked", "archives of formats that are not unpacked"};
    case SkipReason::archives_off: return {"archive not unpacked, as configured", "archives not unpacked, as configured"};
    case SkipReason::user_excluded: break;
  }
  return {"place excluded by the configuration", "places excluded by the configuration"};
}

Words words_of(Disposition disposition) {
  switch (disposition) {
    case Disposition::baselined: return {"finding in the baseline", "findings in the baseline"};
    case Disposition::ignored_inline: return {"finding ignored inline", "findings ignored inline"};
    case Disposition::ignored_config: return {"finding ignored by the configuration", "findings ignored by the configuration"};
    case Disposition::active: break;
  }
  return {"finding", "findings"};
}

// Writes the parts of one report; `shown` are the findings of every disposition that the options let through.
class TextReport {
 public:
  TextReport(const Report& report, const ReportOptions& options)
      : report_(report), options_(options), paint_(options.colour), shown_(shown_findings(report, options)) {
    if (is_history()) blocks_ = secret_blocks(with(Disposition::active));
  }

  Status write(std::ostream& out) const {
    HFSCAN_TRY(write_findings(out));
    HFSCAN_TRY(write_incomplete(out));
    if (options_.verbosity == Verbosity::quiet) return write_to(out, summary());
    HFSCAN_TRY(write_to(out, cat(notes(), skipped())));
    HFSCAN_TRY(write_to(out, suppressed()));
    return write_to(out, cat(look_alikes(), summary(), next_steps()));
  }

 private:
  [[nodiscard]] std::vector<const Finding*> with(Disposition disposition) const {
    std::vector<const Finding*> selected;
    for (const Finding* finding : shown_) {
      if (finding->disposition == disposition) selected.push_back(finding);
    }
    return selected;
  }

  Status write_findings(std::ostream& out) const {
    if (options_.verbosity == Verbosity::quiet) return write_briefly(out);
    std::set<const Rule*> explained;
    for (const SecretBlock& block : blocks_) {
      const Reason reason = explained.insert(block.lead->rule).second ? Reason::to_tell : Reason::told;
      HFSCAN_TRY(write_to(out, render_block(block, reason, options_)));
    }
    if (is_history()) return {};
    for (const FindingGroup& group : group_by_secret(with(Disposition::active))) {
      const Reason reason = explained.insert(group.first->rule).second ? Reason::to_tell : Reason::told;
      HFSCAN_TRY(write_to(out, render_group(group, reason, options_)));
    }
    return {};
  }

  [[nodiscard]] bool is_history() const { return report_.command == "history"; }

  Status write_briefly(std::ostream& out) const {
    for (const Finding* finding : with(Disposition::active)) HFSCAN_TRY(write_to(out, render_brief(*finding, options_)));
    return {};
  }

  [[nodiscard]] std::string notes() const {
    std::string out;
    for (const std::string& note : report_.notes) out += cat(paint_(Ink::note, "note"), ": ", escape_for_display(note), "\n");
    return out;
  }

  // Never cut: what was not scanned is the difference between clean and unknown.
  Status write_incomplete(std::ostream& out) const {
    for (const Diagnostic& diagnostic : report_.diagnostics) {
      const std::string where = diagnostic.path.empty() ? "" : cat(escape_for_display(diagnostic.path), ": ");
      HFSCAN_TRY(
          write_to(out, cat(paint_(Ink::error, "incomplete"), ": ", where, escape_for_display(diagnostic.message), "\n")));
    }
    return {};
  }

  [[nodiscard]] std::string skipped() const {
    std::map<SkipReason, std::vector<const Skip*>> by_reason;
    for (const Skip& skip : report_.skipped) by_reason[skip.reason].push_back(&skip);
    std::string out;
    for (const auto& [reason, skips] : by_reason) {
      const Words words = words_of(reason);
      out +=
          cat(paint_(Ink::strong, "skipped"), ": ", count_of(skips.size(), words.one, words.many), ": ", names_of(skips), "\n");
    }
    return out;
  }

  [[nodiscard]] std::string names_of(const std::vector<const Skip*>& skips) const {
    const bool cut = options_.verbosity != Verbosity::verbose && skips.size() > kNamesShown;
    const std::size_t shown = cut ? kNamesShown : skips.size();
    std::string out;
    for (std::size_t i = 0; i < shown; ++i) out += cat(i == 0 ? "" : ", ", escape_for_display(skips[i]->path));
    return cut ? cat(out, " and ", with_thousands(skips.size() - shown), " more") : out;
  }

  // Ignored findings are listed, because an ignore entry is also how somebody would hide a leak; those of the baseline were
  // accepted together and are many, so they are counted.
  [[nodiscard]] std::string suppressed() const {
    const bool list_baseline = options_.verbosity == Verbosity::verbose;
    return cat(suppressed_as(Disposition::ignored_inline, true), suppressed_as(Disposition::ignored_config, true),
               suppressed_as(Disposition::baselined, list_baseline));
  }

  [[nodiscard]] std::string suppressed_as(Disposition disposition, bool list) const {
    const std::vector<const Finding*> findings = with(disposition);
    if (findings.empty()) return "";
    const Words words = words_of(disposition);
    std::string out = cat(paint_(Ink::strong, "suppressed"), ": ", count_of(findings.size(), words.one, words.many), "\n");
    for (std::size_t i = 0; list && i < findings.size(); ++i) {
      const std::string& why = findings[i]->justification;
      const std::string reason = why.empty() ? "" : cat(" (", escape_for_display(why), ")");
      ReportOptions plain = options_;
      plain.colour = false;
      std::string line = render_brief(*findings[i], plain);
      line.pop_back();
      out += cat("  ", line, reason, "\n");
    }
    return out;
  }

  [[nodiscard]] std::string look_alikes() const {
    const std::uint64_t hidden = hidden_look_alikes(report_, options_);
    if (hidden == 0) return "";
    const std::string_view how = options_.paranoid ? "" : "; --paranoid shows them";
    return cat(paint_(Ink::strong, "hidden"), ": ", count_of(hidden, "look-alike", "look-alikes"),
               " (placeholders and identifiers, not counted as findings)", how, "\n");
  }

  // "2 errors, 1 warning (1 secret)", or empty.
  [[nodiscard]] std::string severities() const {
    std::map<Severity, std::uint64_t, std::greater<>> counts;
    for (const Finding* finding : with(Disposition::active)) ++counts[finding->severity];
    std::string out;
    for (const auto& [severity, count] : counts) {
      const std::string name = to_string(severity);
      out += cat(out.empty() ? "" : ", ", count_of(count, name, cat(name, "s")));
    }
    const std::uint64_t secrets = report_.counts.secrets;
    if (secrets == 0 || out.empty()) return out;
    const std::string standings = standings_text(blocks_);
    return cat(out, " (", count_of(secrets, "distinct secret", "distinct secrets"), standings.empty() ? "" : ": ", standings,
               ")");
  }

  [[nodiscard]] std::string scanned() const {
    const std::string what = is_history()
                                 ? count_of(std::max(report_.counts.objects, report_.counts.blobs), "object", "objects")
                                 : count_of(report_.counts.blobs, "file", "files");
    const std::uint64_t suppressed_count = report_.counts.baselined + report_.counts.ignored;
    const std::string suppressed_text = suppressed_count == 0 ? "" : cat(", ", with_thousands(suppressed_count), " suppressed");
    const std::uint64_t members = report_.counts.members;
    const std::string in_archives = members == 0 ? "" : cat(" (", count_of(members, "member", "members"), " of archives)");
    return cat(what, in_archives, ", ", human_bytes(report_.counts.bytes), ", ", with_thousands(report_.skipped.size()),
               " skipped", suppressed_text);
  }

  [[nodiscard]] std::string summary() const {
    const std::string found = severities();
    if (!report_.complete) {
      const std::string unread = count_of(report_.diagnostics.size(), "place was not scanned", "places were not scanned");
      return cat(paint_(Ink::error, "incomplete"), ": ", unread, "; ", found.empty() ? "nothing found" : cat("found ", found),
                 " in ", scanned(), "\n");
    }
    if (found.empty()) return cat(paint_(Ink::good, "clean"), ": ", scanned(), "\n");
    return cat(paint_(Ink::error, "found"), ": ", found, " in ", scanned(), "\n");
  }

  // The finding to begin with: the most severe one, one with a secret before one without. Of a history, what stands first.
  [[nodiscard]] const Finding* worst() const {
    const auto weight = [](const Finding& f) { return std::pair(f.secret.has_value(), f.severity); };
    const Finding* best = nullptr;
    const auto consider = [&](const Finding* finding) {
      if (best == nullptr || weight(*finding) > weight(*best)) best = finding;
    };
    for (const SecretBlock& block : blocks_) consider(block.lead);
    for (const Finding* finding : with(Disposition::active)) consider(finding);
    return best;
  }

  [[nodiscard]] std::string what_to_do(const Finding& finding) const {
    std::string how = cat("hfscan rules explain ", escape_for_display(finding.rule->id));
    if (!is_to_revoke(finding)) return how;
    if (is_history()) return next_for_history(finding, report_.counts.secrets);
    const std::string where = revocable_in_settings(*finding.secret) ? cat(" at ", kTokenSettingsUrl) : "";
    const std::string_view it = report_.counts.secrets > 1 ? "each secret" : "it";
    return cat("revoke ", it, where, ", then remove ", it, "; how: ", how);
  }

  [[nodiscard]] std::string next_steps() const {
    const std::string next = cat(paint_(Ink::strong, "next"), ": ");
    const Finding* finding = worst();
    std::string first = finding == nullptr ? "" : cat(next, what_to_do(*finding), "\n");
    if (report_.complete) return first;
    const std::string_view how = is_history() ? "do what the lines 'incomplete' say and run hfscan history again"
                                              : "make what is listed as incomplete readable and run hfscan again";
    return cat(first, next, how, ": until then this is no verdict on it\n");
  }

  const Report& report_;
  const ReportOptions& options_;
  Painter paint_;
  std::vector<const Finding*> shown_;
  std::vector<SecretBlock> blocks_;  // of a history, else none
};

}  // namespace

Status write_text_report(const Report& report, const ReportOptions& options, std::ostream& out) {
  return TextReport(report, options).write(out);
}

}  // namespace hfscan
