// Tested by tests/unit/cli/options_test.cc; every flag is held against docs/cli.md there.
#include "cli/options.h"

#include <CLI/CLI.hpp>

#include <array>
#include <memory>

#include "base/mask.h"
#include "base/text.h"

namespace hfscan {
namespace {

constexpr const char* kDescription =
    "Finds Hugging Face tokens and the unsafe configurations that leak them.\n\n"
    "Without a command the given paths are scanned, or the current folder.\n";

constexpr const char* kFooter =
    "Exit codes: 0 clean; 1 findings; 2 usage, configuration or output error; 3 something could not be scanned;\n"
    "130 interrupted. A token is never accepted as an argument and never printed.";

// One row per command: its name, the gitleaks name it also answers to, and what --help says.
struct CommandRow {
  const char* parent;
  const char* name;
  const char* alias;
  Command command;
  const char* arguments;  // null: takes none
  const char* help;
};

constexpr auto kCommands = std::to_array<CommandRow>({
    {nullptr, "scan", "dir", Command::scan, "PATH", "scan working trees, folders and files (the default)"},
    {nullptr, "staged", nullptr, Command::staged, "REPOSITORY", "scan what is about to be committed: the index"},
    {nullptr, "history", nullptr, Command::history, "REPOSITORY RANGE",
     "scan the whole past of a repository: every object, whatever leads to it"},
    {nullptr, "stdin", nullptr, Command::standard_input, nullptr, "scan standard input"},
    {nullptr, "hook", nullptr, Command::hook, "KIND", "run as a hook: pre-commit, or pre-commit-framework FILE..."},
    {nullptr, "host", "doctor", Command::host, nullptr, "check this machine: token files, histories, stores, processes"},
    {nullptr, "fix", nullptr, Command::fix, "PATH", "show the edits that mend findings as a diff; --apply makes them"},
    {nullptr, "init", nullptr, Command::init, "PATH", "show ignore entries, settings, hook and CI file; --apply writes them"},
    {nullptr, "verify", nullptr, Command::verify, "FINDING",
     "ask the Hub whether a token is alive; sends it there, so it asks first"},
    {nullptr, "rules", nullptr, Command::rules_list, nullptr, "list, explain, check and begin rules"},
    {"rules", "list", nullptr, Command::rules_list, nullptr, "list the rules"},
    {"rules", "explain", nullptr, Command::rules_explain, "RULE", "say what a rule finds, why it matters and what to do"},
    {"rules", "docs", nullptr, Command::rules_docs, nullptr, "print all built-in rules as one Markdown document"},
    {"rules", "check", nullptr, Command::rules_check, "FILE", "check rule files: fields, patterns, examples"},
    {"rules", "new", nullptr, Command::rules_new, "NAME", "print a rule file to start from"},
    {nullptr, "config", nullptr, Command::config_show, nullptr, "show and check the configuration"},
    {"config", "show", nullptr, Command::config_show, "PATH", "print every value and where it comes from"},
    {"config", "check", nullptr, Command::config_check, "PATH", "read the configuration and say what is wrong"},
    {"config", "schema", nullptr, Command::config_schema, nullptr, "print the JSON Schema of a configuration file"},
    {nullptr, "baseline", nullptr, Command::baseline_create, nullptr, "keep a file of known findings"},
    {nullptr, "ignore", nullptr, Command::ignore, "FINGERPRINT", "accept a finding in .hfscanignore, with a reason"},
    {nullptr, "version", nullptr, Command::version, nullptr, "print the version"},
    {nullptr, "git", nullptr, Command::history, "REPOSITORY", "as in gitleaks: 'history', or with --staged 'staged'"},
});

constexpr const char* kRemediate = "remediate";
constexpr std::array<CommandRow, 10> kRemediateCommands = {{
    {nullptr, kRemediate, nullptr, Command::remediate, "INCIDENT",
     "lead from a leaked token to one that is dead, replaced and gone; without a sub-command, step by step"},
    {kRemediate, "plan", nullptr, Command::remediate_plan, "REPOSITORY", "find the leak, and write down what has to be done"},
    {kRemediate, "status", nullptr, Command::remediate_status, "INCIDENT", "measure again how far it is"},
    {kRemediate, "inventory", nullptr, Command::remediate_inventory, "INCIDENT", "list where the token is used"},
    {kRemediate, "revoke", nullptr, Command::remediate_revoke, "INCIDENT", "revoke the token, and prove that it is dead"},
    {kRemediate, "rewrite", nullptr, Command::remediate_rewrite, "INCIDENT",
     "show what a rewrite of the history would change; --apply does it, in a mirror"},
    {kRemediate, "push", nullptr, Command::remediate_push, "INCIDENT", "show what would be pushed; --apply pushes it"},
    {kRemediate, "verify", nullptr, Command::remediate_verify, "INCIDENT", "look for what is left, here and on the remote"},
    {kRemediate, "record", nullptr, Command::remediate_record, "INCIDENT", "write the report of the incident"},
    {kRemediate, "close", nullptr, Command::remediate_close, "INCIDENT", "destroy mirror and backup"},
}};

constexpr std::array<CommandRow, 3> kBaselineCommands = {{
    {"baseline", "create", nullptr, Command::baseline_create, "FILE", "write all findings of the current folder as known"},
    {"baseline", "update", nullptr, Command::baseline_update, "FILE", "add the findings that are new"},
    {"baseline", "prune", nullptr, Command::baseline_prune, "FILE", "drop the entries whose finding is gone"},
}};

class Parser {
 public:
  Parser() : app_(kDescription, "hfscan") {
    app_.footer(kFooter);
    app_.require_subcommand(0, 1);
    app_.fallthrough();
    app_.set_help_flag("-h,--help", "print this help");
    app_.add_flag("--version", version_, "print the version");
    app_.add_option("PATH", paths_, "what to scan: folders, repositories, files");
    add_selection_flags();
    add_suppression_flags();
    add_history_flags();
    add_output_flags();
    add_writing_flags();
    add_compatibility_flags();
    for (const CommandRow& row : kCommands) add_flags_of(row, add_command(row));
    for (const CommandRow& row : kBaselineCommands) add_command(row);
    for (const CommandRow& row : kRemediateCommands) add_flags_of(row, add_command(row));
  }

  Result<ParsedArguments> parse(std::vector<std::string> arguments) {
    split_empty_values(arguments);
    std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them last first
    try {
      app_.parse(std::move(arguments));
    } catch (const CLI::CallForHelp&) {
      return ParsedArguments{{}, help()};
    } catch (const CLI::ParseError& error) {
      return usage_error(error);
    }
    return finish();
  }

 private:
  // "--flag=" is an empty value; CLI11 would take the next argument for it.
  static void split_empty_values(std::vector<std::string>& arguments) {
    for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
      if (!arguments[i].starts_with("--") || !arguments[i].ends_with('=')) continue;
      arguments[i].pop_back();
      arguments.insert(arguments.begin() + static_cast<std::ptrdiff_t>(i) + 1, "");
    }
  }

  void config_flag(const char* names, const char* key, const char* help, const char* text) {
    const std::string flag = longest(names);
    app_.add_flag_callback(
        names,
        [this, key, flag, text] {
          options_.config_flags.push_back({key, flag, text});
        },
        help);
  }

  void config_option(const char* names, const char* key, const char* value, const char* help, char separator = '\0') {
    const std::string flag = longest(names);
    const auto add = [this, key, flag](const std::vector<std::string>& values) {
      for (const std::string& text : values) options_.config_flags.push_back({key, flag, text});
      return true;
    };
    auto* option = app_.add_option_function<std::vector<std::string>>(
        names, [add](const auto& values) { add(values); }, help);
    option->type_name(value)->expected(1)->allow_extra_args(false)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    if (separator != '\0') option->delimiter(separator);
  }

  void add_selection_flags() {
    config_option("--rules,--enable-rule", "rules.select", "LIST",
                  "run only these: codes (HF1001), code prefixes (HF1), names; -NAME removes", ',');
    config_option("--profile", "rules.profile", "NAME", "default or strict");
    config_option("--rules-file", "rules.files", "FILE", "add the rules of a file");
    config_flag("--paranoid", "rules.paranoid", "also show placeholders and identifiers that only look like tokens", "true");
    config_flag("--include-ignored", "scan.include_ignored", "also scan what git ignores", "true");
    config_option("--exclude", "ignore.paths", "PATTERN", "do not scan these paths (as in .gitignore); each is counted");
    config_option("--archive-depth,--max-archive-depth", "archives.depth", "N",
                  "how deep archives in archives are unpacked; 0 unpacks nothing");
    config_flag("--no-archives", "archives.depth", "the same as --archive-depth=0", "0");
    config_option("--archive-max-megabytes", "archives.max_megabytes", "N",
                  "what one file may unpack to, in MiB; 0 is no limit");
    config_option("-j,--jobs", "scan.jobs", "N", "number of threads; 0 is one per processor core");
    app_.add_flag("--staged,--pre-commit", staged_, "scan the index instead");
  }

  void add_history_flags() {
    app_.add_option("--since-commit", options_.since_commit, "history: only what commits after this one brought in")
        ->type_name("COMMIT");
    app_.add_option("--branch", options_.branch, "history: only this branch")->type_name("NAME");
    app_.add_option("--log-opts", options_.log_opts, "history: the commits that 'git log' would show with these arguments")
        ->type_name("ARGS");
    config_option("--cache-dir", "history.cache_dir", "DIR", "history: keep there what the next scan need not read again");
    config_flag("--no-cache", "history.cache", "history: read everything again and keep nothing", "false");
    app_.add_option("--engine", options_.engine, "history: search what deltas add (delta, the default) or all bytes (full)")
        ->type_name("NAME")
        ->check(CLI::IsMember({"delta", "full"}));
    app_.add_option("--timeout", options_.timeout, "history: end after so many seconds, incomplete (exit 3)")
        ->type_name("SECONDS");
  }

  void add_suppression_flags() {
    config_option("-b,--baseline-path", "ignore.baseline", "FILE", "known findings: our baseline, or a gitleaks JSON report");
    config_flag("--no-inline-ignore,--ignore-gitleaks-allow", "ignore.inline", "do not obey allow comments", "false");
    config_flag("--no-foreign-allow", "ignore.honour_foreign_allow", "obey only hfscan's own allow comments", "false");
    app_.add_flag_callback(
        "--no-ignore-file", [this] { options_.ignore_file = false; }, "do not read .hfscanignore");
    app_.add_option("-c,--config", options_.config_file, "a configuration file instead of the repository's")->type_name("FILE");
    app_.add_flag_callback(
        "--no-config", [this] { options_.discovery = ConfigDiscovery::off; }, "read no configuration file");
    app_.add_option("--reason", options_.reason, "why a finding is accepted (ignore, baseline)")->type_name("TEXT");
  }

  void add_output_flags() {
    app_.add_option("-f,--report-format", options_.format, "text, json, jsonl or sarif")->type_name("FORMAT");
    app_.add_option("-r,--report-path", options_.report_paths,
                    "write a report there too, in the format of its extension; repeatable")
        ->type_name("FILE")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    config_option("--fail-on", "report.fail_on", "LEVEL", "lowest severity that gives exit code 1: note, warning, error");
    app_.add_flag("--exit-zero", options_.exit_zero, "exit 0 instead of 1 (never instead of 2 or 3)");
    app_.add_option("--exit-code", options_.findings_exit_code, "exit with N instead of 1")
        ->type_name("N")
        ->check(CLI::Range(0, 255));
    config_option("--color", "report.color", "WHEN", "auto, always or never");
    config_flag("--no-color", "report.color", "the same as --color=never", "never");
    app_.add_flag_callback(
        "-v,--verbose", [this] { options_.verbosity = Verbosity::verbose; }, "cut no list");
    app_.add_flag_callback(
        "-q,--quiet", [this] { options_.verbosity = Verbosity::quiet; }, "one line per finding");
    app_.add_option("--sarif-category", options_.sarif_category, "SARIF: automationDetails.id")->type_name("ID");
    app_.add_flag("--sarif-include-suppressed", options_.sarif_include_suppressed, "SARIF: ignored and known results too");
  }

  void add_writing_flags() {
    app_.add_flag("--apply", options_.apply, "fix, init: write what would only be shown");
    app_.add_flag("--unsafe", options_.unsafe, "fix: also edits that need a review");
  }

  // Accepted so that a gitleaks command line keeps working; what they ask for is always so.
  void add_compatibility_flags() {
    app_.add_flag("--no-banner", accepted_, "accepted, there is no banner")->group("");
    app_.add_option("--redact", ignored_, "accepted, output is always masked")->expected(0, 1)->group("");
    app_.add_option("-l,--log-level", ignored_, "accepted, see -v and -q")->group("");
  }

  CLI::App* add_command(const CommandRow& row) {
    CLI::App* parent = row.parent == nullptr ? &app_ : app_.get_subcommand(row.parent);
    CLI::App* command = parent->add_subcommand(row.name, row.help);
    if (row.alias != nullptr) command->alias(row.alias);
    command->set_help_flag("-h,--help", "print this help");
    if (row.arguments != nullptr) {
      auto values = std::make_unique<std::vector<std::string>>();
      command->add_option(row.arguments, *values);
      arguments_.emplace_back(command, std::move(values));
    }
    rows_.emplace_back(command, &row);
    return command;
  }

  void add_flags_of(const CommandRow& row, CLI::App* command) {
    for (const RemediateFlag& flag : remediate_flags()) {
      if (!takes(row.command == Command::verify ? "hfscan-verify" : row.name, flag)) continue;
      if (flag.value == nullptr)
        command->add_flag(flag.name, options_.remediate.*flag.is_set, flag.help);
      else
        command->add_option(flag.name, options_.remediate.*flag.text, flag.help)->type_name(flag.value);
    }
  }

  Result<ParsedArguments> finish() {
    options_.arguments = std::move(paths_);
    for (const auto& [command, row] : rows_) {
      if (!command->parsed()) continue;
      options_.command = row->command;
      command_name_ = row->name;
    }
    for (auto& [command, values] : arguments_) {
      if (command->parsed()) options_.arguments.insert(options_.arguments.end(), values->begin(), values->end());
    }
    if (version_) options_.command = Command::version;
    HFSCAN_TRY(check_writing_flags());
    if (staged_ && (options_.command == Command::scan || command_name_ == "git")) options_.command = Command::staged;
    HFSCAN_TRY(check_history_flags());
    return ParsedArguments{std::move(options_), std::nullopt};
  }

  // Nobody is to believe that something was written.
  [[nodiscard]] Status check_writing_flags() const {
    const bool fix = options_.command == Command::fix;
    const bool init = options_.command == Command::init;
    if (options_.apply && !fix && !init) return Error{"--apply is for 'hfscan fix' and 'hfscan init'; see 'hfscan --help'"};
    if (options_.unsafe && !fix) return Error{"--unsafe is for 'hfscan fix'; see 'hfscan --help'"};
    if (staged_ && (fix || init))
      return Error{"'hfscan fix' and 'hfscan init' work on files, not on the index: leave out --staged"};
    return {};
  }

  [[nodiscard]] Status check_history_flags() const {
    if (options_.command == Command::history) {
      return staged_ ? Status(Error{"'hfscan history' reads what was committed, --staged what was not yet: leave one out"})
                     : Status();
    }
    const bool given = !options_.since_commit.empty() || !options_.branch.empty() || !options_.log_opts.empty() ||
                       !options_.engine.empty() || options_.timeout;
    if (given)
      return Error{
          "--since-commit, --branch, --log-opts, --engine and --timeout are for 'hfscan history'; see 'hfscan --help'"};
    return {};
  }

  // All flags may stand after any command, so every help lists them.
  std::string help() {
    for (const auto& [command, row] : rows_) {
      if (!command->parsed() || !command->get_subcommands({}).empty()) continue;
      if (row->parent == kRemediate || row->command == Command::verify)
        return cat(own_help(*command, row->parent), "\nOptions of every command: see 'hfscan --help'\n");
      const std::string words = row->parent == nullptr ? row->name : cat(row->parent, " ", row->name);
      const std::string arguments = row->arguments == nullptr ? "" : cat(" [", row->arguments, "...]");
      return cat("hfscan ", words, arguments, "\n  ", row->help, "\n\n", help_of_all());
    }
    for (const auto& [command, row] : rows_) {
      if (command->parsed()) return own_help(*command, row->parent);
    }
    return help_of_all();
  }

  // With the whole command in the line of usage.
  static std::string own_help(CLI::App& command, const char* parent) {
    constexpr std::string_view kUsage = "Usage: ";
    std::string text = command.help();
    const std::size_t usage = text.find(kUsage);
    if (usage == std::string::npos) return text;
    const std::string before = parent == nullptr ? "hfscan " : cat("hfscan ", parent, " ");
    return text.insert(usage + kUsage.size(), before);
  }

  // App::help() would answer for the command that was parsed.
  std::string help_of_all() { return app_.get_formatter()->make_help(&app_, "hfscan", CLI::AppFormatMode::Normal); }

  Error usage_error(const CLI::ParseError& error) {
    std::string message = mask_token_shapes(escape_for_display(error.what()));
    if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
      const std::vector<std::string> left = app_.remaining(true);
      if (!left.empty()) message = unexpected(left.front());
    }
    return Error{cat(message, "; see 'hfscan --help'")};
  }

  std::string unexpected(const std::string& argument) {
    const bool is_flag = argument.starts_with("-");
    const std::string shown = hfscan::quoted(mask_token_shapes(argument.substr(0, argument.find('='))));
    return cat(is_flag ? "unknown flag " : "unexpected argument ", shown,
               is_flag ? did_you_mean(argument.substr(0, argument.find('=')), flag_names()) : std::string());
  }

  std::vector<std::string> flag_names() {
    std::vector<std::string> names;
    for (const CLI::Option* option : app_.get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
  }

  // "-j,--jobs" is called --jobs in messages.
  static std::string longest(std::string_view names) {
    const std::size_t begin = names.find("--");
    return std::string(names.substr(begin, std::min(names.find(',', begin), names.size()) - begin));
  }

  CLI::App app_;
  Options options_;
  std::vector<std::string> paths_;
  std::vector<std::pair<CLI::App*, std::unique_ptr<std::vector<std::string>>>> arguments_;
  std::vector<std::pair<CLI::App*, const CommandRow*>> rows_;
  std::string command_name_;
  std::string ignored_;
  bool version_ = false;
  bool staged_ = false;
  bool accepted_ = false;
};

}  // namespace

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const CommandRow& row : kCommands) {
    if (row.parent == nullptr) names.emplace_back(row.name);
  }
  return names;
}

Result<ParsedArguments> parse_arguments(std::vector<std::string> arguments) {
  for (const std::string& argument : arguments) {
    if (holds_token_shape(argument)) {
      return Error{
          "a token was given on the command line, where 'ps' and the shell's history show it: it counts as leaked now; use "
          "standard input ('hfscan stdin', 'hfscan verify --token-stdin')"};
    }
  }
  return Parser().parse(std::move(arguments));
}

}  // namespace hfscan
