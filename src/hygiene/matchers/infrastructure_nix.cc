// Tokens that Nix copies into its store, which everybody on the machine can read. Tested by
// tests/unit/hygiene/matchers/infrastructure_test.cc.
#include <algorithm>
#include <string>

#include "base/text.h"
#include "detect/regex.h"
#include "hygiene/matchers/containers_names.h"
#include "hygiene/matchers/infrastructure.h"
#include "hygiene/token_names.h"
#include "rules/builtin_rules.h"

namespace hfscan {
namespace {

// The text with its comments turned to blanks, so that offsets hold. Strings are kept: their `#` and `/*` are none.
std::string without_comments(std::string_view text) {
  std::string out(text);
  enum class In { code, string, indented } in = In::code;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const std::string_view rest = std::string_view(out).substr(i);
    if (in == In::string) {
      if (out[i] == '\\') ++i;
      if (out[i < out.size() ? i : out.size() - 1] == '"' && rest[0] != '\\') in = In::code;
    } else if (in == In::indented) {
      if (rest.starts_with("'''") || rest.starts_with("''$") || rest.starts_with("''\\"))
        i += 2;
      else if (rest.starts_with("''")) {
        in = In::code;
        ++i;
      }
    } else if (out[i] == '"') {
      in = In::string;
    } else if (rest.starts_with("''")) {
      in = In::indented;
      ++i;
    } else if (out[i] == '#' || rest.starts_with("/*")) {
      const std::size_t found = out[i] == '#' ? rest.find('\n') : rest.find("*/");
      const std::size_t length = found == std::string_view::npos ? rest.size() : found + (out[i] == '#' ? 0 : 2);
      std::replace_if(
          out.begin() + static_cast<std::ptrdiff_t>(i), out.begin() + static_cast<std::ptrdiff_t>(i + length),
          [](char c) { return c != '\n'; }, ' ');
      i += length == 0 ? 0 : length - 1;
    }
  }
  return out;
}

// Read when it is used, by a shell or a service, or only a path to where it lies.
bool is_read_later(std::string_view value) {
  static const Regex later(R"(\A(?:\$\(|\\?\$\{?[A-Za-z_]|\$\$|''\$|`|/|~|\./|%d|config\.|@))");
  return later.search(trim(value));
}

bool is_excluded_path(std::string_view path) {
  static const Regex other(R"((?i)tokeniz|\.(?:age|gpg|pub|asc|sops|enc)\b)");
  return other.search(path);
}

void report(const FileCheck& check, const Piece& piece, const Regex::Hit& hit, std::string_view value) {
  check.hit(piece, {hit.whole.begin, hit.whole.end}).severity = severity_of_value(value);
}

// HF_TOKEN = "x"; "HF_TOKEN=x"; export HF_TOKEN=x in a script.
void assigned_values(const FileCheck& check, const Piece& piece, std::string_view text) {
  static const Regex assigned(cat(R"((?:\b|["']))", builtin_macro("TOKEN_NAME"),
                                  R"(["']?(?:\s*=\s*|\s+)(?:''\s*|\\?["'])(?P<secret>[^"'\s][^"'\n]*))"));
  static const Regex spelled(
      cat(R"((?:["'\s]|Environment=))", builtin_macro("TOKEN_NAME"), R"(=\\?["']?(?P<secret>[^"'\s\\;=][^"'\s;]*))"));
  for (const Regex* form : {&assigned, &spelled}) {
    std::size_t covered = 0;
    for (const Regex::Hit& hit : form->find_all(text)) {
      const std::string_view value = text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin);
      const std::string_view whole = text.substr(hit.whole.begin, hit.whole.end - hit.whole.begin);
      if (is_read_later(value) || hit.whole.begin < covered || whole.find('=') == std::string_view::npos) continue;
      covered = hit.whole.end;
      report(check, piece, hit, value);
    }
  }
}

// Functions and attributes that copy a file, or write one, whose name says what it holds.
void copied_files(const FileCheck& check, const Piece& piece, std::string_view text) {
  static const Regex copied(
      R"re((?i)\b(?:readFile|fileContents|readLines|importTOML|importJSON)\s+(?P<secret>\(?[^\s;()]*(?:\s*\+\s*[^\s;()]+)?[^\s;]*(?:token|secret|hugging_?face)[^\s;]*)|)re"
      R"re(\bwriteText(?:File|Dir)?\s+(?:\{[^}]{0,200}name\s*=\s*)?(?P<a>"[^"]*(?:token|secret)[^"]*")|)re"
      R"re(\.source\s*=\s*(?P<b>\.{0,2}/[^\s;]*(?:token|secrets?/)[^\s;]*)|)re"
      R"re(\$\{\s*(?P<c>\.{1,2}/[^\s}]*(?:token|secrets?/)[^\s}]*)\s*\}|)re"
      R"re("[^"\n]*(?:hugging_?face/token|hf[-_]?token|stored_tokens)"\s*\.text\s*=\s*(?P<d>(?:''|")\s*[^\s"'$]))re");
  for (const Regex::Hit& hit : copied.find_all(text)) {
    const std::string_view whole = text.substr(hit.whole.begin, hit.whole.end - hit.whole.begin);
    if (!is_excluded_path(whole)) check.hit(piece, {hit.whole.begin, hit.whole.end});
  }
}

// A token itself, wherever else it stands in the expression.
void literals(const FileCheck& check, const Piece& piece, std::string_view text) {
  static const Regex literal(R"(["']\s*(?P<secret>hf_[A-Za-z0-9]{34})\b)");
  static const Regex named(cat(builtin_macro("TOKEN_NAME"), R"(["']?\s*=\s*\\?["']*\s*\z)"));
  for (const Regex::Hit& hit : literal.find_all(text)) {
    const std::string_view value = text.substr(hit.secret.begin, hit.secret.end - hit.secret.begin);
    const std::size_t from = hit.whole.begin - std::min<std::size_t>(hit.whole.begin, 100);
    if (holds_token_literal(value) && !named.search(text.substr(from, hit.secret.begin - from)))
      check.hit(piece, {hit.secret.begin, hit.secret.end});
  }
}

}  // namespace

void nix_token(const FileCheck& check) {
  for (const Piece& piece : check.file().pieces()) {
    if (piece.language != Language::nix) continue;
    const std::string text = without_comments(piece.text);
    assigned_values(check, piece, text);
    copied_files(check, piece, text);
    literals(check, piece, text);
  }
}

}  // namespace hfscan
