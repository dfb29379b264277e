// Tested by tests/unit/hygiene/matchers/documentation_test.cc.
#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/logical_lines.h"
#include "hygiene/matchers/families.h"

namespace hfscan {
namespace {

constexpr int kBody = 34;  // letters and digits of a token, behind hf_

// `{40}`, `{36,}`, `{10,20}`, also `\{40\}` as grep without -E has it; no upper bound is the largest number.
struct Quantifier {
  int least;
  int most;
  ByteSpan numbers;  // in the line
};

std::optional<int> number_at(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  int value = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) value = std::min(value * 10 + (text[at] - '0'), 100000);
  return at == begin ? std::nullopt : std::optional(value);
}

std::optional<Quantifier> quantifier_at(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] == '\\') ++at;
  if (at >= text.size() || text[at] != '{') return std::nullopt;
  const std::size_t begin = ++at;
  const int least = number_at(text, at).value_or(0);
  int most = least;
  if (at < text.size() && text[at] == ',') most = number_at(text, ++at).value_or(100000);
  if (at == begin) return std::nullopt;
  const std::size_t end = at;
  while (at < text.size() && text[at] == '\\') ++at;
  if (at >= text.size() || text[at] != '}') return std::nullopt;
  return Quantifier{least, most, {begin, end}};
}

// A prefix and a class of characters: what is behind it says how many.
const Regex& class_behind_prefix() {
  static const Regex found(
      R"re((?:^|\\b|[^A-Za-z0-9_])hf(?:_(?:\|[a-z_]{1,20}){1,8}\)|(?:\|[a-z_|]{1,20})?["')]{0,2}(?:_|\[_-\]|\[-_\])["')+ ]{0,5})r?["']?(?:\((?:\?(?:[a-z-]+:|:|P?<\w+>)?)?)?(?P<secret>\[\[?:?[^\]\n]{1,40}\]\]?|\\{1,2}w|\\{1,2}S|\.))re");
  return found;
}

// Letters of one case, or only hexadecimal digits: real tokens hold both cases.
bool is_one_case(std::string_view characters) {
  static const Regex one_case(R"(\A\[(?:(?:a-z|0-9|\\d|a-f)+|(?:A-Z|0-9|\\d|A-F)+)\]\z|\A\[\[:(?:lower|upper):\]\]\z)");
  static const Regex letters(R"([aA]-)");
  return one_case.search(characters) && (letters.search(characters) || characters.find("[:") != std::string_view::npos);
}

bool ignores_case(std::string_view line) {
  static const Regex flag(
      R"(\(\?[a-z]*i|\bgrep\b[^|]*\s-[A-Za-z]*i|--ignore-case|IGNORECASE|\bre\.I\b|RegexOptions|/[gmsuy]*i[gmsuy]*\b|caseless|\brg\s+-[a-z]*i|CASE_INSENSITIVE)");
  return flag.search(line);
}

bool is_about_tokens(std::string_view line) {
  static const Regex about(R"((?i)token|secret|api[_ -]?key|credential|regex|pattern|grep|leak)");
  return about.search(line);
}

// A class without a count: `^hf_[a-z]+$`. Names of functions and models look the same, so the line must be about tokens.
bool is_one_case_pattern(std::string_view line, std::size_t class_begin, std::size_t class_end) {
  if (!is_one_case(line.substr(class_begin, class_end - class_begin)) || ignores_case(line)) return false;
  const bool repeated = line.substr(class_end, 1) == "+" || line.substr(class_end, 1) == "*";
  return repeated && (line.find("^hf_") != std::string_view::npos || is_about_tokens(line));
}

void find_pattern(const FileCheck& check, const Piece& piece, const MappedText& line, const Regex::Hit& found) {
  const std::optional<Quantifier> count =
      quantifier_at(line.text, found.secret.end + (line.text.substr(found.secret.end, 1) == ")"));
  if (!count) {
    if (!is_one_case_pattern(line.text, found.secret.begin, found.secret.end)) return;
    check.hit(piece, line.map.to_parent({found.whole.begin, found.secret.end + 1}));
    return;
  }
  const bool counts_right = count->least <= kBody && count->most >= kBody;
  const bool one_case =
      is_one_case(std::string_view(line.text).substr(found.secret.begin, found.secret.end - found.secret.begin)) &&
      !ignores_case(line.text);
  if (counts_right && !one_case) return;
  RuleHit& hit = check.hit(piece, line.map.to_parent({found.whole.begin, count->numbers.end + 1}));
  if (!one_case) hit.edits.push_back({piece.to_file(line.map.to_parent(count->numbers)), std::to_string(kBody)});
}

void wrong_token_pattern(const FileCheck& check) {
  const Piece& file = check.file().whole();
  for_each_logical_line(file, [&](const MappedText& line) {
    constexpr std::size_t kMostPatterns = 64;  // of one line
    if (line.text.find("hf") == std::string::npos) return;
    std::vector<Regex::Hit> patterns = class_behind_prefix().find_all(line.text);
    if (patterns.size() > kMostPatterns) {
      patterns.resize(kMostPatterns);
      check.leaves_out("more patterns in one line than are read");
    }
    for (const Regex::Hit& found : patterns) find_pattern(check, file, line, found);
  });
}

// Something that no longer works, and what is written instead; nothing where a person has to decide.
struct Obsolete {
  Regex expression;
  std::string_view replacement;
  std::string_view message;
};

const std::array<Obsolete, 7>& obsolete_forms() {
  static const std::array<Obsolete, 7> forms = {{
      {Regex(R"(\b(?P<secret>huggingface-cli)[ \t]+(?:login|logout|whoami)\b)"), "hf auth",
       "huggingface-cli no longer works: use hf auth"},
      {Regex(R"(\b(?P<secret>huggingface-cli)[ \t]+(?:upload|download|upload-large-folder|env|version)\b)"), "hf",
       "huggingface-cli no longer works: use hf"},
      {Regex(
           R"(\b(?P<secret>huggingface-cli)(?:[ \t]+|["'],[ \t]*["'])(?:login|logout|whoami|upload|download|auth|cache|repo|repos|)"
           R"(repo-files|scan-cache|delete-cache|list-files|lfs-[a-z-]+|tag|jobs|env|version|upload-large-folder|user|--help|-h)\b)"),
       "", "huggingface-cli no longer works: use hf"},
      {Regex(
           R"re((?:\b|["']|--)(?P<secret>use_auth_token)(?:[ \t]*=[ \t]*(?:[^=\s]|$)|["'][ \t]*:|[ \t]*:[ \t]*(?i:true|false)\b))re"),
       "token", "use_auth_token is gone: use token"},
      {Regex(R"(\b(?P<secret>HUGGING_?FACE_HUB_TOKEN)\b)"), "HF_TOKEN", "Old name of the variable: use HF_TOKEN"},
      {Regex(R"(\b(?P<secret>HfFolder(?:\(\))?\.save_token)\()"), "", "HfFolder.save_token is gone: use login() or HF_TOKEN"},
      {Regex(R"((?:^|[^A-Za-z0-9_])(?P<secret>api_org_(?:[A-Za-z0-9.*]{3,}|<|[`'"]?[ \t]*(?:API[ \t])?(?:key|token)s?\b)))"),
       "", "Organisation API keys are gone: use a fine-grained token"},
  }};
  return forms;
}

// The line says itself that this is the old way, or only declares a parameter for it.
bool speaks_of_the_past(std::string_view line) {
  static const Regex past(
      R"((?i)\b(?:deprecat\w*|obsolete|no longer|removed?|legacy|renamed|superseded|replaced|formerly|instead of|migrat\w+|backwards?[- ]compat\w*|or_else)\b|)"
      R"re(["'`]HF_TOKEN["'`].*["'`]HUGGING_?FACE_HUB_TOKEN["'`]|["'`]HUGGING_?FACE_HUB_TOKEN["'`].*["'`]HF_TOKEN["'`]|)re"
      R"(use_auth_token\s*(?::[^=,)]*)?=\s*None\b)");
  return past.search(line);
}

void report_obsolete(const FileCheck& check, const Piece& piece, const Obsolete& form, ByteSpan span) {
  RuleHit& hit = check.hit(piece, span);
  hit.message = form.message;
  if (!form.replacement.empty()) hit.edits.push_back({piece.to_file(span), std::string(form.replacement)});
}

// Where people are told what to do; elsewhere the prefix is most often looked for by a scanner.
bool shows_keys(Language language) {
  constexpr std::array<Language, 8> kShowing = {
      Language::markdown, Language::restructured_text, Language::notebook, Language::shell, Language::python, Language::yaml,
      Language::dotenv,   Language::dockerfile};
  return std::find(kShowing.begin(), kShowing.end(), language) != kShowing.end();
}

// At most one hit per form and line.
void find_obsolete(const FileCheck& check, const Piece& piece, const MappedText& line) {
  std::optional<std::size_t> reported;  // where: two forms may see the same command
  for (const Obsolete& form : obsolete_forms()) {
    const std::vector<Regex::Hit> hits = form.expression.find_all(line.text);
    if (hits.empty() || reported == hits.front().secret.begin) continue;
    if (&form == &obsolete_forms().back() && !shows_keys(piece.language)) continue;
    if (speaks_of_the_past(line.text)) return;
    reported = hits.front().secret.begin;
    report_obsolete(check, piece, form, line.map.to_parent({hits.front().secret.begin, hits.front().secret.end}));
  }
}

void deprecated_authentication(const FileCheck& check) {
  const Piece& file = check.file().whole();
  for_each_logical_line(file, [&](const MappedText& line) { find_obsolete(check, file, line); });
}

}  // namespace

std::span<const FileMatcher> documentation_matchers() {
  static constexpr std::array<FileMatcher, 2> kMatchers = {{
      {"wrong-token-pattern", wrong_token_pattern},
      {"deprecated-authentication", deprecated_authentication},
  }};
  return kMatchers;
}

}  // namespace hfscan
