// What every format shows of a report: the same findings, the same names of places. Separate so that no two formats disagree.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "core/report.h"
#include "report/options.h"

namespace hfscan {

// The page on which a user revokes a token.
constexpr std::string_view kTokenSettingsUrl = "https://huggingface.co/settings/tokens";

// In the report's order, without look-alikes unless options.paranoid.
std::vector<const Finding*> shown_findings(const Report& report, const ReportOptions& options);

// Look-alikes that shown_findings() leaves out, and those that the report counts only.
std::uint64_t hidden_look_alikes(const Report& report, const ReportOptions& options);

// A location as people name it, unescaped: its path, or the object when it has none (a commit message).
std::string place_name(const Location& location);

// The first twelve digits of an object id or a digest: enough to find it, short enough to read.
std::string_view short_id(std::string_view id);

// Whether the credential is one that the token settings page can revoke.
[[nodiscard]] bool revocable_in_settings(const SecretReference& secret);

// Writes `bytes` and says whether the stream took them.
Status write_to(std::ostream& out, std::string_view bytes);

}  // namespace hfscan
