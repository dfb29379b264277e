// Two stages, as in the detector: only the lines in which one of a few words stands meet the expressions. Tested by
// tests/unit/hygiene/repository/facts_test.cc.
#include "hygiene/repository/fact_lines.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <utility>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/repository/facts.h"

namespace hfscan {
namespace {

using std::string_view;

constexpr std::size_t kLongestLine = 4096;  // a longer one is data, or minified

// What a line of a file is searched for.
struct LinePattern {
  string_view literal;  // stands in the line; tried before the expression
  string_view kind;
  std::vector<Language> languages;  // empty: every one
  std::unique_ptr<Regex> regex;     // the group `secret` is the value; without one the value is ".env"
  string_view tail;                 // put behind the value
};

class LinePatterns {
 public:
  LinePatterns() {
    add_dotenv();
    add_homes();
    add_commands();
  }
  [[nodiscard]] const std::vector<LinePattern>& all() const { return patterns_; }

 private:
  using L = Language;

  void add(string_view literal, string_view kind, std::vector<Language> languages, std::string expression,
           string_view tail = "") {
    LinePattern& pattern = patterns_.emplace_back();
    pattern.literal = literal;
    pattern.kind = kind;
    pattern.languages = std::move(languages);
    pattern.regex = std::make_unique<Regex>(std::move(expression));
    pattern.tail = tail;
  }

  void add_dotenv() {
    const std::vector<Language> code = {L::python, L::notebook, L::javascript};
    add("dotenv", fact::kReadsDotenv, code,
        R"(\b(?:load_dotenv|dotenv_values)\(\s*(?:dotenv_path\s*=\s*)?\\?["'](?P<secret>[^"'\\]+))");
    add("dotenv", fact::kReadsDotenv, code,
        R"(\bload_dotenv\(\s*(?:\)|\w+\s*=\s*(?:True|False)\b|find_dotenv\()|\bdotenv_values\(\s*\))");
    add("dotenv", fact::kReadsDotenv, code, R"(\brequire\(["']dotenv["']\)|\bfrom\s+["']dotenv["']|["']dotenv/config["'])");
    add("env_file", fact::kReadsDotenv, {}, R"(\benv_file["']?\s*[:=]\s*[\[(]?\s*["']?(?P<secret>[\w./-]*\.env[\w.-]*))");
    add("--env-file", fact::kReadsDotenv, {}, R"(--env-file[ =]["']?(?P<secret>[\w./-]*\.env[\w.-]*))");
    add(".env", fact::kReadsDotenv, commands_, R"((?:^|[\s;&|(`])(?:source|\.)\s+["']?(?P<secret>[\w./-]*\.env[\w.-]*))");
    add(".env", fact::kReadsDotenv, commands_,
        R"(\bcp\s+(?:-\w+\s+)*[\w./-]*env[\w.-]*\s+["']?(?P<secret>[\w./-]*\.env[\w.-]*))");
    add(".env", fact::kReadsDotenv, {L::yaml}, R"(^\s*-\s+(?:path:\s*)?["']?(?P<secret>(?:[\w./-]*/)?\.env[\w.-]*)["']?\s*$)");
  }

  // Variables that say where a login saves the token. Languages differ in how they assign.
  void add_homes() {
    constexpr std::array<std::pair<string_view, string_view>, 3> kHomes = {
        {{"HF_HOME", "/token"}, {"HF_TOKEN_PATH", ""}, {"XDG_CACHE_HOME", "/huggingface/token"}}};
    constexpr string_view kValue =
        R"((?P<secret>(?:\$\{\{\s*github\.workspace\s*\}\}|\$\(pwd\)|\$\(PWD\)|\$\(CURDIR\)|`pwd`|\$\(git rev-parse --show-toplevel\)|)"
        R"(\$\{?(?:PWD|CURDIR|GITHUB_WORKSPACE|CI_PROJECT_DIR|WORKSPACE|workspaceFolder|containerWorkspaceFolder|localWorkspaceFolder|REPO_ROOT|PROJECT_ROOT)\}?)?[\w./@+][\w./@+-]*)(?:[\s"'`;,#)}&|\]\\]|$))";
    for (const auto& [name, tail] : kHomes) {
      add(name, fact::kHubHome, {L::shell, L::dotenv, L::makefile, L::dockerfile, L::markdown, L::ini, L::groovy},
          cat(R"(\b)", name, R"((?:\s*[:?]?=\s*|=)["']?)", kValue), tail);
      add(name, fact::kHubHome, {L::dockerfile, L::shell, L::markdown, L::notebook},
          cat(R"((?:\b(?:ENV|setenv|set\s+-\w+)|%env)\s+)", name, R"([ \t=]+["']?)", kValue), tail);
      add(name, fact::kHubHome, {L::yaml, L::toml, L::hcl}, cat(R"(\b)", name, R"(["']?\s*[:=]\s*["']?)", kValue), tail);
      add(name, fact::kHubHome, {L::python, L::notebook, L::javascript, L::json},
          cat(R"(\b)", name,
              R"((?:\\?["'])?\]?\s*[:=]\s*(?:str\(|(?:pathlib\.)?Path\(|os\.path\.(?:abspath|realpath)\()*\\?["'])", kValue),
          tail);
      add(name, fact::kHubHome, {L::python, L::notebook},
          cat(R"(\b)", name,
              R"re(\\?["']\]\s*=\s*(?:(?:os\.)?path\.join\(\s*(?:os\.getcwd\(\)|(?:os\.path\.(?:dirname|abspath)\(){1,2}__file__\)+|(?:BASE|ROOT|PROJECT|REPO)\w*)\s*,\s*|)re"
              R"re((?:str\()?(?:Path\(__file__\)(?:\.resolve\(\))?\.parents?(?:\[\d\])?(?:\.parent)*|Path\.cwd\(\)|Path\(\))\s*/\s*)f?\\?["'])re",
              kValue),
          tail);
      add(name, fact::kHubHome, {L::python, L::notebook, L::markdown},
          cat(R"(\b(?:setdefault|putenv|setenv)\(\s*\\?["'])", name, R"(\\?["']\s*,\s*\\?["'])", kValue), tail);
    }
  }

  void add_commands() {
    add(".token", fact::kNamesTokenFile, {}, R"(\bcat\s+["']?(?P<secret>[\w./-]*\.token)\b)");
    add("tokenFile", fact::kNamesTokenFile, {}, R"(\btokenFile\s*=\s*["']?(?P<secret>\.{0,2}/?[\w./-]+))");
  }

  const std::vector<Language> commands_ = {L::shell, L::makefile, L::yaml,     L::markdown, L::restructured_text,
                                           L::text,  L::groovy,   L::notebook, L::json,     L::toml};
  std::vector<LinePattern> patterns_;
};

// Where the words stand, ascending. Code is searched for fewer than commands are: `os.environ` and `x.token` stand everywhere
// in it.
std::vector<std::size_t> offsets_of(std::span<const string_view> words, const FactFile& file) {
  const bool code = file.language == Language::python || file.language == Language::javascript;
  std::vector<std::size_t> offsets;
  for (const string_view word : words) {
    if (code && (word.starts_with('.') || word == "tokenFile")) continue;
    for (std::size_t at = file.text.find(word); at < file.text.size(); at = file.text.find(word, at + 1)) offsets.push_back(at);
  }
  std::sort(offsets.begin(), offsets.end());
  return offsets;
}

bool is_continued(string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line.ends_with('\\');
}

// A line with its continuations, each of which becomes one blank.
struct LogicalLine {
  std::size_t begin;
  std::size_t end;  // of the last physical line, without its line feed
  std::string text;
};

std::size_t line_begin(string_view text, std::size_t offset) {
  const std::size_t before = offset == 0 ? string_view::npos : text.rfind('\n', offset - 1);
  return before == string_view::npos ? 0 : before + 1;
}

std::size_t line_end(string_view text, std::size_t offset) { return std::min(text.find('\n', offset), text.size()); }

LogicalLine logical_line(string_view text, std::size_t offset) {
  LogicalLine line{line_begin(text, offset), 0, ""};
  while (line.begin > 0 && offset - line.begin < kLongestLine) {
    const std::size_t before = line_begin(text, line.begin - 1);
    if (!is_continued(text.substr(before, line.begin - 1 - before))) break;
    line.begin = before;
  }
  for (std::size_t begin = line.begin;; begin = line.end + 1) {
    line.end = line_end(text, begin);
    string_view part = text.substr(begin, line.end - begin);
    const bool more = is_continued(part) && line.end < text.size() && line.text.size() < kLongestLine;
    if (more) part = part.substr(0, part.rfind('\\'));
    line.text += part.substr(0, kLongestLine);
    if (!more) break;
    line.text += ' ';
  }
  return line;
}

class LineSearch {
 public:
  LineSearch(const FactFile& file, std::vector<Fact>& facts)
      : text_(file.text), path_(file.path), language_(file.language), facts_(facts) {}

  void run(std::span<const std::size_t> offsets) {
    std::size_t done = 0;
    for (const std::size_t at : offsets) {
      if (at >= done) done = search(logical_line(text_, at)) + 1;
    }
  }

 private:
  std::size_t search(const LogicalLine& line) {
    static const LinePatterns patterns;
    for (const LinePattern& pattern : patterns.all()) {
      if (line.text.find(pattern.literal) == std::string::npos || !speaks(pattern)) continue;
      for (const Regex::Hit& hit : pattern.regex->find_all(line.text)) add(pattern, line, hit);
    }
    return line.end;
  }

  [[nodiscard]] bool speaks(const LinePattern& pattern) const {
    return pattern.languages.empty() ||
           std::find(pattern.languages.begin(), pattern.languages.end(), language_) != pattern.languages.end();
  }

  void add(const LinePattern& pattern, const LogicalLine& line, const Regex::Hit& hit) {
    const bool has_value = hit.secret.begin != hit.whole.begin || hit.secret.end != hit.whole.end;
    std::string value = has_value ? line.text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin) : ".env";
    add_fact(pattern.kind, line.begin, cat(value, pattern.tail));
  }

  void add_fact(string_view kind, std::size_t offset, std::string value) {
    lines_ += static_cast<std::uint64_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_),
                                                    text_.begin() + static_cast<std::ptrdiff_t>(offset), '\n'));
    counted_ = offset;
    facts_.push_back({std::string(kind), std::string(path_), lines_, std::move(value)});
  }

  string_view text_;
  string_view path_;
  Language language_;
  std::vector<Fact>& facts_;
  std::uint64_t lines_ = 1;  // number of the line that begins at counted_
  std::size_t counted_ = 0;
};

// The words behind COPY or ADD: flags first, then sources, then the target.
std::vector<std::string> copy_words(string_view rest) {
  std::vector<std::string> words;
  constexpr string_view kBlanks = " \t\r\n,[]\"'";  // those of the JSON form too
  for (std::size_t at = rest.find_first_not_of(kBlanks); at < rest.size(); at = rest.find_first_not_of(kBlanks, at)) {
    const std::size_t end = std::min(rest.find_first_of(kBlanks, at), rest.size());
    words.emplace_back(rest.substr(at, end - at));
    at = end;
  }
  return words;
}

bool is_from_elsewhere(const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [](const std::string& word) { return word.starts_with("--from"); });
}

}  // namespace

bool has_fact_lines(Language language) {
  constexpr std::array<Language, 17> kSearched = {
      Language::python,     Language::javascript, Language::json,     Language::yaml,
      Language::shell,      Language::dockerfile, Language::makefile, Language::dotenv,
      Language::ini,        Language::toml,       Language::hcl,      Language::groovy,
      Language::powershell, Language::notebook,   Language::markdown, Language::restructured_text,
      Language::nix};
  return std::find(kSearched.begin(), kSearched.end(), language) != kSearched.end();
}

const std::vector<std::string>& fact_words() {
  static const std::vector<std::string> words = {"dotenv",         "env_file", "env-file",  "HF_HOME", "HF_TOKEN_PATH",
                                                 "XDG_CACHE_HOME", ".env",     "tokenFile", ".token"};
  return words;
}

void find_fact_lines(const FactFile& file, std::span<const std::string_view> words, std::vector<Fact>& facts) {
  LineSearch(file, facts).run(offsets_of(words, file));
}

void find_context_copies(std::string_view text, std::string_view path, std::vector<Fact>& facts) {
  static const Regex instruction(R"((?i)^\s*(?:copy|add)\s)");
  std::uint64_t number = 1;
  for (std::size_t begin = 0; begin < text.size();) {
    const LogicalLine line = logical_line(text, begin);
    if (instruction.search(line.text)) {
      std::vector<std::string> words =
          copy_words(string_view(line.text).substr(line.text.find_first_of(" \t", line.text.find_first_not_of(" \t"))));
      if (!words.empty()) words.pop_back();  // the target
      if (is_from_elsewhere(words)) words.clear();
      for (std::string& word : words) {
        if (!word.starts_with("--"))
          facts.push_back({std::string(fact::kCopiesContext), std::string(path), number, std::move(word)});
      }
    }
    number += static_cast<std::uint64_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                                    text.begin() + static_cast<std::ptrdiff_t>(line.end), '\n')) +
              1;
    begin = line.end + 1;
  }
}

}  // namespace hfscan
