#include "report/view.h"

#include <algorithm>
#include <ostream>

#include "base/text.h"

namespace hfscan {

std::vector<const Finding*> shown_findings(const Report& report, const ReportOptions& options) {
  std::vector<const Finding*> shown;
  for (const Finding& finding : report.findings) {
    if (options.paranoid || !finding.look_alike) shown.push_back(&finding);
  }
  return shown;
}

std::uint64_t hidden_look_alikes(const Report& report, const ReportOptions& options) {
  if (options.paranoid) return report.counts.look_alikes;
  const auto hidden =
      std::count_if(report.findings.begin(), report.findings.end(), [](const Finding& f) { return f.look_alike; });
  return report.counts.look_alikes + static_cast<std::uint64_t>(hidden);
}

std::string place_name(const Location& location) {
  if (!location.path.empty()) return location.path;
  if (!location.commit.empty()) return cat("commit ", location.commit);
  if (!location.blob.empty()) return cat("object ", location.blob);
  return "(no name)";
}

std::string_view short_id(std::string_view id) { return id.substr(0, 12); }

bool revocable_in_settings(const SecretReference& secret) { return secret.kind == CredentialKind::user_access_token; }

Status write_to(std::ostream& out, std::string_view bytes) {
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (out.good()) return {};
  return Error{"the report could not be written completely; check the free space of its destination and run again"};
}

}  // namespace hfscan
