// HF3008 and HF3009: folders that are kept after a run, with the token in them.
// Tested by tests/unit/hygiene/matchers/workflows_test.cc.
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/workflows.h"
#include "hygiene/matchers/workflows_yaml.h"

namespace hfscan {
namespace {

// The whole checkout, or the whole home.
bool is_root(std::string_view path) {
  static const Regex root(
      R"(\A(?:\.|\.[\\/]|(?:\./)?\*{1,2}(?:/\*{1,2})?|)"
      R"((?:\$\{\{\s*github\.workspace\s*\}\}|\$\{?GITHUB_WORKSPACE\}?)(?:[\\/]\.?)?(?:\*{1,2}(?:/\*{1,2})?)?)\z)");
  return root.search(path);
}

bool is_home(std::string_view path) {
  static const Regex home(
      R"(\A(?:~|\$\{?HOME\}?|\$\{\{\s*env\.HOME\s*\}\}|/root|/home/runner|/github/home)(?:/(?:\.cache/?)?)?(?:\*{1,2}(?:/\*{1,2})?)?\z)");
  return home.search(path);
}

// A path component that is a file or folder with a token in it.
bool names_secret_file(std::string_view path) {
  static const Regex secret(
      R"((?i)(?:^|[\\/])(?:\.env(?:\.[a-z0-9_*-]+)?\*?|\.netrc|_netrc|\.git-credentials|)"
      R"((?:[a-z0-9_.*-]*[._*-])?(?:stored_)?tokens?\*?(?:\.(?:txt|key|json|\*))?|[a-z0-9_*-]*\.token|\.?(?:hf|hugging_?face)[._-]?tok\*?(?:\.txt)?)\z|)"
      R"(\.(?:netrc|git-credentials)\b|)"
      R"((?:\.cache[\\/]huggingface|[\\/]\.huggingface|HF_HOME\s*\}{0,2})(?:[\\/](?:token|stored_tokens|\*{1,2}(?:/\*{1,2})?)?)?\z)");
  static const Regex example(R"((?i)\.env\.(?:example|sample|template|dist|tmpl|test)\z)");
  return secret.search(path) && !example.search(path);
}

struct ArtifactPaths {
  std::vector<YamlLine> lines;
  bool without_dotenv = false;  // `!.env`, or hidden files are left out by name

  explicit ArtifactPaths(const YamlNode& with) {
    const YamlNode input = with.find("path");
    if (input.is_null() && input.written() == "~") lines.push_back({"~", input.span()});
    for (const YamlNode& path : input.items_or_self()) {
      if (path.is_null()) continue;
      for (YamlLine& line : lines_of(path)) {
        if (line.text.starts_with("!"))
          without_dotenv = without_dotenv || line.text.find(".env") != std::string::npos;
        else
          lines.push_back(std::move(line));
      }
    }
    without_dotenv = without_dotenv || with.find("include-hidden-files").is("false");
  }
};

void find_in_artifact(const FileCheck& check, const Piece& piece, const YamlNode& with) {
  const ArtifactPaths paths(with);
  for (const YamlLine& line : paths.lines) {
    const bool everything = (is_root(line.text) && !paths.without_dotenv) || is_home(line.text);
    if (everything || names_secret_file(line.text)) check.hit(piece, line.span);
  }
}

// `path: **` is no YAML, but people write it.
void find_in_broken_lines(const FileCheck& check, const Piece& piece) {
  static const Regex path(R"((?m)^[ \t]*path:[ \t]*(?P<secret>\*[^\s#]*))");
  for (const Regex::Hit& found : path.find_all(piece.text)) {
    const std::string_view value = piece.text.substr(found.secret.begin, found.secret.end - found.secret.begin);
    if (is_root(value) || names_secret_file(value)) check.hit(piece, {found.secret.begin, found.secret.end});
  }
}

// Whether anything in the text has to do with a token: a name, a secret, a login, a dotenv file.
bool is_about_tokens(std::string_view text) {
  static const Regex about(
      R"((?i)\b(?:[a-z0-9]+_)*(?:hf|hugging_?face(?:_?hub)?)_?(?:[a-z]+_)*(?:token|key)\b|secrets\.\w*(?:hf|hugging)|)"
      R"(\bauth login\b|huggingface-cli login|\blogin\(|(?:^|[\s"'/>=])\.env\b)");
  return about.search(text);
}

// Folders in which the token file lies.
bool is_token_folder(std::string_view path) {
  static const Regex folder(
      R"((?:^|[\\/])(?:\.cache[\\/]huggingface|\.huggingface)(?:[\\/]\*{0,2})?(?:/\*)?\z|)"
      R"(\A(?:\$\{?HF_HOME\}?|\$\{?env:HF_HOME\}?|%HF_HOME%|\$\(HF_HOME\)|\$\{\{\s*env\.HF_HOME\s*\}\}|)"
      R"((?:\$\{?XDG_CACHE_HOME\}?|\$\{\{\s*env\.XDG_CACHE_HOME\s*\}\})/huggingface)(?:[\\/]\*{0,2})?\z)");
  return folder.search(path);
}

std::string_view without_slash(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  return path;
}

// The paths that one cache keeps, and what is told apart by it.
class CachePaths {
 public:
  CachePaths(const FileCheck& check, const Piece& piece) : check_(check), piece_(piece) {
    static const Regex logs_in(R"(\bauth login\b|huggingface-cli login|\b(?:notebook_|interpreter_)?login\()");
    logs_in_ = logs_in.search(piece.text);
    for (const YamlNode& mapping : check.file().yaml(piece).mappings()) {
      const YamlNode home = mapping.find("HF_HOME");
      if (home.is_scalar() && homes_.size() < kMostHomes) homes_.push_back(home.text());
    }
  }

  // One scalar with a path, or several on lines of their own.
  void find(const YamlNode& paths) const {
    if (!paths.is_scalar()) return;
    const std::vector<YamlLine> lines = lines_of(paths);
    const bool spares_token = std::any_of(lines.begin(), lines.end(), [](const YamlLine& line) {
      return line.text.starts_with('!') && line.text.find("token") != std::string::npos;
    });
    if (spares_token) return;
    for (const YamlLine& line : lines) {
      if (is_token_folder(line.text) || is_hub_home(line.text)) report(line);
    }
  }

 private:
  static constexpr std::size_t kMostHomes = 8;

  [[nodiscard]] bool is_hub_home(std::string_view path) const {
    return std::any_of(homes_.begin(), homes_.end(),
                       [path](const std::string& home) { return !home.empty() && without_slash(path) == without_slash(home); });
  }

  void report(const YamlLine& line) const {
    RuleHit& hit = check_.hit(piece_, line.span);
    if (logs_in_) hit.severity = Severity::error;
    if (line.text.ends_with('*') || line.text.find('\\') != std::string::npos) return;
    const std::uint64_t end = piece_.to_file(line.span).end;
    hit.edits.push_back({{end, end}, line.text.ends_with('/') ? "hub" : "/hub"});
  }

  const FileCheck& check_;
  const Piece& piece_;
  bool logs_in_ = false;
  std::vector<std::string> homes_;
};

bool is_caching_action(std::string_view uses) {
  static const Regex cache(R"((?i)\A[\w.-]+/(?:[\w.-]*-)?cache(?:-[\w.-]+)?(?:/[\w.-]+)*(?:@|\z)|\ACache(?:Beta)?@)");
  return cache.search(uses);
}

// What other CI systems call it: GitLab, Travis, Bitbucket, CircleCI, Drone, Woodpecker, Cirrus, AppVeyor.
bool is_cache_key(std::string_view key) {
  static constexpr std::array<std::string_view, 6> kKeys = {"cache",         "caches",      "save_cache",
                                                            "restore_cache", "cache_paths", "cached_paths"};
  return is_one_of(key, kKeys) || key.ends_with("_cache") || key.find("cache#") != std::string_view::npos;
}

// Inside of a cache's mapping: every scalar but its keys and conditions.
bool holds_path(std::string_view key) {
  static constexpr std::array<std::string_view, 5> kOthers = {"key", "keys", "policy", "when", "restore-keys"};
  return !is_one_of(key, kOthers);
}

// Stretches of the text in which values are paths of a cache.
std::vector<ByteSpan> cache_stretches(const YamlTree& tree) {
  std::vector<ByteSpan> stretches;
  for (const YamlNode& mapping : tree.mappings()) {
    if (is_caching_action(mapping.find("uses").text())) stretches.push_back(mapping.find("with").find("path").span());
    if (is_caching_action(mapping.find("task").text())) stretches.push_back(mapping.find("inputs").find("path").span());
    for (const YamlPair& pair : mapping.pairs()) {
      if (is_cache_key(pair.key.text())) stretches.push_back(pair.value.span());
    }
  }
  std::sort(stretches.begin(), stretches.end(), [](ByteSpan a, ByteSpan b) { return a.begin < b.begin; });
  return stretches;
}

void find_in_caches(const FileCheck& check, const Piece& piece) {
  const YamlTree& tree = check.file().yaml(piece);
  const std::vector<ByteSpan> stretches = cache_stretches(tree);
  if (stretches.empty()) return;
  std::vector<YamlValue> values = values_of(tree);
  std::stable_sort(values.begin(), values.end(),
                   [](const YamlValue& a, const YamlValue& b) { return a.node.span().begin < b.node.span().begin; });
  const CachePaths paths(check, piece);
  std::uint64_t reach = 0;  // the farthest end of the stretches that begin before the value
  auto stretch = stretches.begin();
  for (const YamlValue& value : values) {
    const ByteSpan span = value.node.span();
    for (; stretch != stretches.end() && stretch->begin <= span.begin; ++stretch) reach = std::max(reach, stretch->end);
    if (span.end <= reach && holds_path(value.key)) paths.find(value.node);
  }
}

}  // namespace

void artifact_leaks_token(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language != Language::yaml || !is_about_tokens(piece.text)) continue;
    const YamlTree& tree = check.file().yaml(piece);
    if (tree.gave_up() && piece.text.find("actions/upload-artifact") != std::string_view::npos)
      find_in_broken_lines(check, piece);
    for (const YamlNode& step : steps_of(tree)) {
      if (to_lower_ascii(step.find("uses").text()).starts_with("actions/upload-artifact"))
        find_in_artifact(check, piece, step.find("with"));
    }
  }
}

void cache_leaks_token(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language == Language::yaml) find_in_caches(check, piece);
  }
}

}  // namespace hfscan
