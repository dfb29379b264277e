// The files that `hfscan init` writes. The first two are those of hooks/, embedded by cmake/EmbedHooks.cmake.
#pragma once

#include <string_view>

namespace hfscan {

std::string_view pre_commit_hook();
std::string_view github_workflow();

// A .hfscan.toml that changes nothing and says what it could.
constexpr std::string_view kConfigTemplate =
    R"toml(# Settings of hfscan for this repository. None is needed; each line that is commented out is an example.
# 'hfscan config show' prints every value and where it comes from, 'hfscan config check' says what is wrong with this file.

[rules]
# profile = "strict"           # also run the advisory rules
# select = ["-HF7003"]         # switch a rule off, by id or name; the token rules stay on

[ignore]
# paths = ["third_party/"]     # not scanned, and counted as skipped

# A finding that is accepted, by its fingerprint ('hfscan scan -f json' shows it):
# [[ignore.findings]]
# fingerprint = ""
# reason = "an example in the documentation, revoked"

[report]
# fail_on = "note"             # the lowest severity that fails a run: note or warning
)toml";

}  // namespace hfscan
