// The command line as plain data: parsing only, no meaning. The argument library is included in options.cc and nowhere else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/remediate_flags.h"
#include "config/loader.h"
#include "report/options.h"

namespace hfscan {

enum class Command {
  scan,
  staged,
  history,
  standard_input,
  hook,
  host,
  rules_list,
  rules_explain,
  rules_docs,
  rules_check,
  rules_new,
  config_show,
  config_check,
  config_schema,
  baseline_create,
  baseline_update,
  baseline_prune,
  ignore,
  version,
  fix,
  init,
  remediate,
  remediate_plan,
  remediate_status,
  remediate_inventory,
  remediate_revoke,
  remediate_rewrite,
  remediate_push,
  remediate_verify,
  remediate_record,
  remediate_close,
  verify,
};

struct Options {
  Command command = Command::scan;
  std::vector<std::string> arguments;   // paths, rule names, the hook's kind and its arguments
  std::vector<FlagValue> config_flags;  // flags that set a configuration key
  std::string config_file;              // --config
  ConfigDiscovery discovery = ConfigDiscovery::on;
  bool ignore_file = true;                // --no-ignore-file
  bool use_baseline = true;               // off while a baseline is written
  std::optional<std::string> format;      // --report-format
  std::vector<std::string> report_paths;  // --report-path, "-" is standard output
  Verbosity verbosity = Verbosity::normal;
  std::string sarif_category;
  bool sarif_include_suppressed = false;
  bool exit_zero = false;
  std::optional<int> findings_exit_code;  // --exit-code: stands for 1
  std::string reason;                     // of `ignore` and `baseline`
  std::string since_commit;               // history: only what came after it
  std::string branch;                     // history: only this branch
  std::string log_opts;                   // history: arguments of `git log` that choose commits
  std::string engine;                     // history: full or delta
  std::optional<unsigned> timeout;        // history: seconds after which it ends, incomplete
  bool apply = false;                     // fix, init: write instead of showing
  bool unsafe = false;                    // fix: also edits that are to be reviewed
  RemediateOptions remediate;
};

// What to do: run a command, or print help and leave with code 0.
struct ParsedArguments {
  Options options;
  std::optional<std::string> help;
};

// The commands' names, for a message about a path that does not exist.
std::vector<std::string> command_names();

// `arguments` without the program's name. An Error is a usage error: one line.
Result<ParsedArguments> parse_arguments(std::vector<std::string> arguments);

}  // namespace hfscan
