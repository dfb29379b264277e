// One function per command; app.cc has the table.
#pragma once

#include <string>

#include "base/result.h"
#include "cli/options.h"
#include "core/exit_code.h"
#include "git/repository.h"

namespace hfscan {

ExitCode cmd_scan(const Options& options);
ExitCode cmd_staged(const Options& options);
ExitCode cmd_history(const Options& options);
ExitCode cmd_stdin(const Options& options);
ExitCode cmd_hook(const Options& options);
ExitCode cmd_host(const Options& options);
ExitCode cmd_rules_list(const Options& options);
ExitCode cmd_rules_explain(const Options& options);
ExitCode cmd_rules_docs(const Options& options);
ExitCode cmd_rules_check(const Options& options);
ExitCode cmd_rules_new(const Options& options);
ExitCode cmd_config_show(const Options& options);
ExitCode cmd_config_check(const Options& options);
ExitCode cmd_config_schema(const Options& options);
ExitCode cmd_baseline(const Options& options);
ExitCode cmd_ignore(const Options& options);
ExitCode cmd_version(const Options& options);
ExitCode cmd_fix(const Options& options);
ExitCode cmd_init(const Options& options);
ExitCode cmd_remediate(const Options& options);
ExitCode cmd_remediate_plan(const Options& options);
ExitCode cmd_remediate_status(const Options& options);
ExitCode cmd_remediate_inventory(const Options& options);
ExitCode cmd_remediate_revoke(const Options& options);
ExitCode cmd_remediate_rewrite(const Options& options);
ExitCode cmd_remediate_push(const Options& options);
ExitCode cmd_remediate_verify(const Options& options);
ExitCode cmd_remediate_record(const Options& options);
ExitCode cmd_remediate_close(const Options& options);
ExitCode cmd_verify(const Options& options);

// Shared by the commands that read the index. Git's environment variables are obeyed: inside a hook they say which index it is.
Result<Repository> discover_for_hook(const std::string& path);
Result<ExitCode> scan_staged(const Options& options, Repository repository, const std::string& command);

// The code of a command; an Error is printed and gives ExitCode::usage.
ExitCode exit_code_of(const Result<ExitCode>& result);

}  // namespace hfscan
