// What every format shows of a report: the same findings, the same names of places. Separate so that no two formats disagree.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
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

// Names that a repository chose (paths, refs, authors), of which one may be the token itself: token shapes masked, else as is.
std::string without_tokens(std::string_view name);

// Whether the path names something in the folder of a repository: its own, or that of a submodule.
[[nodiscard]] bool is_in_git_folder(std::string_view path);

// What stands at a place of a history, unescaped: "message of commit 1a2b…", "app/train.py in the stash", ".git/config".
std::string place_label(PlaceKind kind, std::string_view path);

// Whether the place is a file: of a tree, or of the git folder. Neither a message nor a blob that no tree names is one.
[[nodiscard]] bool is_file(PlaceKind kind, std::string_view path, std::string_view blob);

// "main", "tag v1.0", "origin/main", "the stash": refs as people call them, unescaped. Two that would read alike keep their
// full names.
std::vector<std::string> short_refs(const std::vector<std::string>& refs);

// The first twelve digits of an object id or a digest: enough to find it, short enough to read.
std::string_view short_id(std::string_view id);

// "commit 1a2b3c4d5e6f" for "commit " and a whole object id (also "tag", "blob", "message of commit"); else the name itself.
std::string with_short_id(std::string_view name);

// "2026-01-02T03:04:05Z", or empty for an instant that RFC 3339 cannot write: a commit may claim any.
std::string instant_or_empty(const std::optional<std::int64_t>& seconds);

// Whether the credential is one that the token settings page can revoke.
[[nodiscard]] bool revocable_in_settings(const SecretReference& secret);

// Writes `bytes` and says whether the stream took them.
Status write_to(std::ostream& out, std::string_view bytes);

}  // namespace hfscan
