// Tested by tests/unit/hygiene/repository/fact_calls_test.cc.
#include "hygiene/repository/fact_calls.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matcher.h"
#include "hygiene/matchers/jobs_calls.h"
#include "hygiene/matchers/jobs_commands.h"
#include "hygiene/matchers/workflows_yaml.h"
#include "hygiene/repository/facts.h"
#include "hygiene/token_names.h"

namespace hfscan {
namespace {

using std::string_view;

// Python's fnmatch, in which `*` crosses folders; a class in brackets is taken letter by letter.
bool fnmatch(string_view pattern, string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (star != string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == string_view::npos;
}

// As huggingface_hub's filter_repo_objects: a pattern that ends in '/' is a folder.
bool any_matches(const std::vector<std::string>& patterns, string_view path) {
  return std::any_of(patterns.begin(), patterns.end(), [path](const std::string& pattern) {
    return fnmatch(pattern.ends_with('/') ? cat(pattern, "*") : pattern, path);
  });
}

// An attribute, such as `args.output_dir`, stands for a folder that only the running program knows.
bool is_attribute(string_view value) {
  const std::size_t end = value.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.");
  const string_view name = value.substr(0, end);
  const bool is_whole = end != string_view::npos && string_view(",) \t\r\n").find(value[end]) != string_view::npos;
  return is_whole && name.find('.') != string_view::npos && !name.ends_with('.');
}

// Whether one of the uploads in a text may say which folder: most training scripts upload what an option names, and are not
// worth reading.
bool may_name_folder(string_view text) {
  constexpr string_view kCall = "_folder";  // upload_folder, upload_large_folder
  constexpr string_view kArgument = "folder_path=";
  constexpr std::size_t kReach = 400;
  for (std::size_t at = text.find(kCall); at < text.size(); at = text.find(kCall, at + 1)) {
    const string_view rest = text.substr(at + kCall.size(), kReach);
    const string_view before = text.substr(0, at);
    const bool uploads = before.ends_with("upload") || before.ends_with("upload_large");
    if (!uploads || (!rest.starts_with('(') && !rest.starts_with(','))) continue;  // an import, or prose
    const std::size_t argument = rest.find(kArgument);
    if (argument == string_view::npos || !is_attribute(rest.substr(argument + kArgument.size()))) return true;
  }
  return false;
}

class CallFacts {
 public:
  CallFacts(FileOnDemand& file, std::vector<Fact>& facts)
      : text_(file.text()), path_(file.path()), file_(file), facts_(facts) {}

  void run(JobFacts jobs_wanted) {
    if (speaks_of({"upload_folder(", "upload_large_folder("}) && speaks_of({"folder_path", "upload_large_folder("}) &&
        may_name_folder(text_))
      uploads_in_code();
    if (speaks_of({"hf upload", "cli upload", "\"upload", "'upload"})) upload_commands();
    if (speaks_of({"--env-file"})) for_each_hf_command(check(), [this](const HfCommand& command) { env_files(command); });
    if (speaks_of({"from-env-file"})) config_maps();
    if (speaks_of({"huggingface/hub-sync"})) synced_workflows();
    if (jobs_wanted == JobFacts::gather && speaks_of({"run_job(", "run_uv_job(", "create_scheduled_", "hf_jobs", "operation"}))
      jobs();
    for (const auto& [offset, fact] : found_) add_fact(offset, fact.first, fact.second);
  }

 private:
  static const Rule& any_rule() {
    static const Rule rule;
    return rule;
  }

  FileCheck check() { return {any_rule(), file_.open(), unused_}; }

  [[nodiscard]] bool speaks_of(std::initializer_list<string_view> words) const {
    return holds_one_of(text_, {words.begin(), words.size()});
  }

  void found(const Piece& piece, ByteSpan place, string_view kind, std::string value) {
    constexpr std::size_t kMost = 200;  // of a file; more is data
    if (found_.size() < kMost) found_.emplace(piece.to_file(place).begin, std::pair(std::string(kind), std::move(value)));
  }

  // ---- upload_folder(folder_path="web", ignore_patterns=[".env"])

  void uploads_in_code() {
    static constexpr string_view kCalls[] = {"upload_folder", "upload_large_folder"};
    for_each_code(check(), kCalls, [this](const CodeText& text) {
      const CodeValues& values = *text.values;
      for (const CodeCall& call : calls_or_passed(*text.tree, kCalls)) {
        if (!call.callee.defined) upload(text, values, call);
      }
    });
  }

  void upload(const CodeText& text, const CodeValues& values, const CodeCall& call) {
    std::optional<UploadedFolder> upload;
    bool unknown = false;
    UploadedFolder patterns;
    std::size_t position = 0;
    for (const CodeEntry& entry : entries_in(*text.tree, call.arguments, '(')) {
      const bool second = !entry.name && !entry.spread && ++position == 2;
      if (entry.name == "folder_path" || second) upload = folder_of_value(values, entry.value, call.arguments.begin);
      if (entry.name == "ignore_patterns") unknown = !patterns_of(values, entry.value, call, patterns.ignored) || unknown;
      if (entry.name == "allow_patterns") unknown = !patterns_of(values, entry.value, call, patterns.allowed) || unknown;
    }
    if (!upload || unknown) return;
    upload->ignored = std::move(patterns.ignored);
    upload->allowed = std::move(patterns.allowed);
    found(*text.piece, text.in_piece(call.callee.span), fact::kUploadsFolder, upload->to_value());
  }

  // "web", Path("web"), str(root), os.path.dirname(__file__), Path(__file__).parent, os.getcwd(), Path.cwd()
  static std::optional<UploadedFolder> folder_of_value(const CodeValues& values, TokenRange value, std::uint32_t at) {
    static const Regex beside(
        R"(\A(?:\w+\.)*(?:dirname|Path)\(.*__file__.*?\)(?:\.parent|\.resolve\(\)|\.absolute\(\)|\))*\z)");
    static const Regex parents(R"(\.parent\b|\bdirname\()");
    static const Regex working(R"(\A(?:str\()?(?:os\.getcwd|(?:pathlib\.)?Path\.cwd|(?:pathlib\.)?Path)\(\)\)?\z)");
    static const Regex wrapped(
        R"(\A(?:(?:str|Path|pathlib\.Path|os\.path\.abspath|os\.fspath)\(\s*)+["'](?P<secret>[^"']*)["']\s*\)+\z)");
    UploadedFolder upload;
    if (std::optional<std::string> text = values.text_of(value, at)) {
      upload.folder = std::move(*text);
      return upload;
    }
    const std::string code = spelled(values, values.resolved(value, at));
    if (working.search(code)) return upload;
    if (const std::vector<Regex::Hit> hits = wrapped.find_all(code); !hits.empty()) {
      upload.folder = code.substr(hits[0].secret.begin, hits[0].secret.end - hits[0].secret.begin);
      return upload;
    }
    if (code.find("__file__") == std::string::npos || !beside.search(code)) return std::nullopt;
    upload.beside_file = true;
    for (std::size_t above = parents.find_all(code).size(); above > 1; --above) upload.folder += "../";
    return upload;
  }

  static std::string spelled(const CodeValues& values, TokenRange range) {
    if (range.empty()) return "";
    const CodeTree& tree = values.tree();
    return std::string(trim(tree.spelled({tree.tokens[range.begin].begin, tree.tokens[range.end - 1].end})));
  }

  // Whether all of them could be read.
  static bool patterns_of(const CodeValues& values, TokenRange value, const CodeCall& call,
                          std::vector<std::string>& patterns) {
    const std::uint32_t at = call.arguments.begin;
    if (std::optional<std::string> one = values.text_of(value, at)) {
      patterns.push_back(std::move(*one));
      return true;
    }
    const TokenRange list = values.resolved(value, at);
    const CodeTree& tree = values.tree();
    if (list.end == list.begin + 1 && tree.is(list.begin, "None")) return true;
    const std::optional<std::uint32_t> group = group_of_value(tree, list);
    if (!group || tree.groups[*group].open != list.begin) return false;
    for (const CodeEntry& entry : entries_of(tree, *group)) {
      std::optional<std::string> text = values.text_of(entry.value, at);
      if (!text) return false;
      patterns.push_back(std::move(*text));
    }
    return true;
  }

  // ---- hf upload REPO FOLDER --exclude .env; hf jobs run --env-file .env

  void upload_commands() {
    for_each_command(check(), kHfPrograms, [this](const CommandLine& line) {
      if (const auto words = line.after({"upload"})) upload_command(line, *words);
      if (const auto words = line.after({"upload-large-folder"})) upload_command(line, *words);
    });
  }

  // Source: huggingface_hub, cli/upload.py and cli/upload_large_folder.py.
  void upload_command(const CommandLine& line, std::span<const ShellWord> words) {
    static constexpr string_view kWithValue[] = {
        "--repo-type", "--type",  "--revision",       "--include",     "--exclude",           "--delete",
        "--every",     "--token", "--commit-message", "--num-workers", "--commit-description"};
    const ParsedOptions parsed = parse_options(words, {kWithValue});
    if (parsed.positionals.empty()) return;
    UploadedFolder upload;
    const string_view repository = parsed.positionals[0]->text;
    upload.folder = parsed.positionals.size() > 1 ? parsed.positionals[1]->text : repository.substr(repository.rfind('/') + 1);
    for (const ShellOption& option : parsed.options) {
      if (option.value_word == nullptr) continue;
      if (option.name == "--exclude") upload.ignored.emplace_back(option.value());
      if (option.name == "--include") upload.allowed.emplace_back(option.value());
    }
    found(line.piece, line.in_piece(line.words.front().span), fact::kUploadsFolder, upload.to_value());
  }

  // Those of other commands hold no token's settings for somebody else.
  void env_files(const HfCommand& command) {
    static constexpr string_view kGroups[] = {"sandbox", "sandboxes", "repos", "repo", "endpoints", "inference-endpoints"};
    const bool space = command.line.after({"spaces", "variables", "add"}).has_value();
    if (!space && !command.starts_job && !is_one_of(command.group, kGroups)) return;
    for (const ShellOption& option : command.parsed.options) {
      if (option.name != "--env-file" || option.value().empty()) continue;
      found(command.line.piece, command.line.in_piece(command.line.words.front().span),
            space ? fact::kSpaceEnvFile : fact::kJobEnvFile, std::string(option.value()));
    }
  }

  // ---- kubectl create configmap c --from-env-file=.env

  void config_maps() {
    static constexpr string_view kPrograms[] = {"kubectl", "oc"};
    static constexpr string_view kWithValue[] = {"--from-literal", "--from-file", "--from-env-file", "-n", "--namespace",
                                                 "--context",      "-o",          "--dry-run"};
    for_each_command(check(), kPrograms, [this](const CommandLine& line) {
      const ParsedOptions parsed = parse_options(line.words.subspan(1), {kWithValue});
      const auto& named = parsed.positionals;
      if (named.size() < 2 || named[0]->text != "create" || (named[1]->text != "configmap" && named[1]->text != "cm")) return;
      for (const ShellOption& option : parsed.options) {
        if (option.name == "--from-env-file" && !option.value().empty())
          found(line.piece, line.in_piece(line.words.front().span), fact::kConfigMapEnvFile, std::string(option.value()));
      }
    });
  }

  // ---- uses: huggingface/hub-sync: the repository as it was checked out

  void synced_workflows() {
    for (const Piece& piece : file_.open().pieces()) {
      if (piece.language != Language::yaml) continue;
      for (const YamlNode& step : steps_of(file_.open().yaml(piece))) {
        const YamlNode uses = step.find("uses");
        if (!uses.text().starts_with("huggingface/hub-sync@")) continue;
        UploadedFolder upload;
        upload.folder = cat("/", step.find("with").find("subdirectory").text());
        found(piece, uses.place(), fact::kUploadsFolder, upload.to_value());
      }
    }
  }

  // ---- run_uv_job("train.py") without a token

  void jobs() {
    for_each_job_call(check(), [this](const JobText& text, const JobCall& call) {
      const auto gives = [](const std::vector<CodeEntry>& entries) {
        return std::any_of(entries.begin(), entries.end(), [](const CodeEntry& entry) {
          return is_token_name(*entry.name) || *entry.name == "HF_OIDC_RESOURCE";
        });
      };
      if (gives(channel(text, call, "secrets")) || gives(channel(text, call, "env")) || has_unread(text, call)) return;
      for (const std::string& script : scripts_of(text, call)) {
        if (script.ends_with(".py") && script.find_first_of("\n(") == std::string::npos)
          found(*text.text.piece, text.text.in_piece(call.head), fact::kJobWithoutToken, script);
        else if (writes_to_hub(script))
          found(*text.text.piece, text.text.in_piece(call.head), fact::kJobWithoutToken, "");
      }
    });
  }

  // secrets=make_secrets(), **options: what it holds is not known.
  static bool has_unread(const JobText& text, const JobCall& call) {
    const CodeTree& tree = text.values.tree();
    return std::any_of(call.entries.begin(), call.entries.end(), [&](const CodeEntry& entry) {
      if (entry.spread) return true;
      if (entry.name != "secrets" || entry.value.empty() || !text.values.mapping(entry.value, call.at()).empty()) return false;
      const TokenRange value = text.values.resolved(entry.value, call.at());
      const std::optional<std::uint32_t> group = group_of_value(tree, value);
      return !group || tree.groups[*group].open != value.begin;
    });
  }

  // Strings of the call, wherever they stand, and those its names stand for.
  static std::vector<std::string> scripts_of(const JobText& text, const JobCall& call) {
    std::vector<std::string> scripts;
    for (const CodeEntry& entry : call.entries) {
      if (entry.value.empty()) continue;
      if (std::optional<std::string> one = text.values.text_of(entry.value, call.at())) {
        scripts.push_back(std::move(*one));
        continue;
      }
      const std::optional<std::uint32_t> list = group_of_value(text.values.tree(), entry.value);
      if (!list) continue;
      for (const CodeEntry& item : entries_of(text.values.tree(), *list)) {
        std::optional<std::string> one = item.value.empty() ? std::nullopt : text.values.text_of(item.value, call.at());
        if (one && !item.name) scripts.push_back(std::move(*one));
      }
    }
    return scripts;
  }

  void add_fact(std::uint64_t offset, const std::string& kind, const std::string& value) {
    const auto end = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(offset, text_.size()));
    line_ += static_cast<std::uint64_t>(std::count(text_.begin() + counted_, text_.begin() + end, '\n'));
    counted_ = end;
    facts_.push_back({kind, std::string(path_), line_, value});
  }

  string_view text_;
  string_view path_;
  FileOnDemand& file_;
  FileHits unused_;
  std::vector<Fact>& facts_;
  std::set<std::pair<std::uint64_t, std::pair<std::string, std::string>>> found_;  // by offset
  std::uint64_t line_ = 1;  // number of the line that begins before counted_
  std::ptrdiff_t counted_ = 0;
};

}  // namespace

std::string UploadedFolder::to_value() const {
  std::string value = cat(beside_file ? "@" : ".", folder);
  for (const std::string& pattern : ignored) value += cat("\n-", pattern);
  for (const std::string& pattern : allowed) value += cat("\n+", pattern);
  return value;
}

UploadedFolder UploadedFolder::from_value(string_view value) {
  UploadedFolder upload;
  bool first = true;
  for (std::size_t at = 0; at < value.size();) {
    const std::size_t end = std::min(value.find('\n', at), value.size());
    const std::string text(value.substr(at + 1, end - at - 1));
    if (first) {
      upload.beside_file = value[at] == '@';
      upload.folder = text;
    } else {
      (value[at] == '-' ? upload.ignored : upload.allowed).push_back(text);
    }
    first = false;
    at = end + 1;
  }
  return upload;
}

bool UploadedFolder::takes(string_view path) const {
  return (allowed.empty() || any_matches(allowed, path)) && !any_matches(ignored, path);
}

const std::vector<std::string>& call_words() {
  static const std::vector<std::string> words = {"upload_folder",
                                                 "upload_large_folder",
                                                 "uv_job",
                                                 "run_job",
                                                 "hf_jobs",
                                                 "hf upload",
                                                 "upload-large-folder",
                                                 "create_scheduled",
                                                 "huggingface-cli",
                                                 "hub-sync",
                                                 "\"hf\",",
                                                 "'hf',",
                                                 "hf jobs",
                                                 "hf sandbox",
                                                 "hf spaces",
                                                 "hf repo",
                                                 "hf endpoints",
                                                 "from-env-file"};
  return words;
}

void find_fact_calls(FileOnDemand& file, JobFacts jobs, std::vector<Fact>& facts) { CallFacts(file, facts).run(jobs); }

bool writes_to_hub(string_view code) {
  static const Regex writes(R"(\b(?:push_to_hub|create_repo|upload_file|upload_folder|upload_large_folder|push_dataset)\b)");
  return writes.search(code);
}

}  // namespace hfscan
