// Tested by tests/unit/hygiene/repository/secret_files_test.cc.
#include "hygiene/repository/secret_files.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "detect/anchors.h"
#include "detect/grammar.h"
#include "detect/regex.h"

namespace hfscan {
namespace {

using std::string_view;

bool is_example_name(string_view base) {
  constexpr std::array<string_view, 6> kWords = {"example", "sample", "template", ".dist", ".default", ".tmpl"};
  return holds_one_of(base, kWords);
}

bool is_dotenv_name(string_view base) {
  constexpr std::array<string_view, 8> kNames = {".env",         ".envrc",      ".flaskenv",    ".secrets",
                                                 "secrets.json", "secrets.yml", "secrets.yaml", "secrets.toml"};
  return is_one_of(base, kNames) || base.starts_with(".env.") || base.ends_with(".env");
}

bool is_token_name(string_view path, string_view base) {
  // Hugging Face's own names and those that people give to a file with nothing but a token in it.
  static const Regex token_file(
      R"(^(?:stored_tokens|.+\.token|\.?hf[-_.]?tok(?:en)?(?:\.txt|\.key)?|.*hugging[-_]?face[-_.]?token(?:\.txt|\.key)?)$)");
  static const Regex in_home(R"((?:^|/)(?:\.huggingface|huggingface|\.?hf_home|\.?hf)/token$)");
  constexpr std::array<string_view, 5> kStores = {".netrc", "_netrc", ".git-credentials", ".bash_history", ".zsh_history"};
  if (is_one_of(base, kStores) || base.ends_with(".tfstate")) return true;
  // Asked about every file of a tree, so the expressions come last.
  return base.find("tok") != string_view::npos && (token_file.search(base) || in_home.search(path));
}

// ---- names and values

bool is_secret_word(string_view word) {
  constexpr std::array<string_view, 9> kWords = {"TOKEN",    "TOKENS", "KEY",    "SECRET",     "SECRETS",
                                                 "PASSWORD", "PASSWD", "APIKEY", "CREDENTIALS"};
  const auto ends_so = [word](string_view tail) { return word.ends_with(tail); };
  return is_one_of(word, kWords) || ends_so("TOKEN") || ends_so("PASSWORD") || ends_so("SECRET") || ends_so("APIKEY");
}

// HF_TOKEN, DB_PASSWORD, HF_TOKEN_READ; not TOKENIZERS_PARALLELISM, MAX_TOKENS, TOKEN_LIMIT, PUBLIC_KEY.
bool is_secret_name(string_view name) {
  constexpr std::array<string_view, 22> kHarmless = {"PUBLIC", "PUB", "MAX",   "MIN",     "NUM", "FILE",    "PATH",   "DIR",
                                                     "NAME",   "URL", "LIMIT", "EXPIRY",  "TTL", "TYPE",    "LENGTH", "ENABLED",
                                                     "COUNT",  "ID",  "SIZE",  "EXPIRES", "URI", "ENDPOINT"};
  const std::string upper = [name] {
    std::string text(name);
    for (char& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    return text;
  }();
  bool secret = false;
  for (string_view rest = upper; !rest.empty();) {
    const string_view word = rest.substr(0, rest.find_first_of("_-."));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    if (is_one_of(word, kHarmless)) return false;
    secret = secret || is_secret_word(word);
  }
  return secret;
}

string_view without_quotes(string_view value) {
  const bool quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'');
  if (!quoted) return trim(value.substr(0, std::min(value.find(" #"), value.size())));
  return value.substr(1, std::min(value.find(value.front(), 1), value.size()) - 1);
}

Holds judge_value(string_view value) {
  constexpr std::array<string_view, 16> kStandIns = {"your",    "changeme", "change-me", "change_me", "replace", "placeholder",
                                                     "example", "xxx",      "todo",      "dummy",     "<",       "...",
                                                     "{{",      "***",      "fake",      "none"};
  if (value.empty() || value.front() == '#' || value.front() == '$') return Holds::placeholder;
  const std::string lower = to_lower_ascii(value);
  if (lower == "true" || lower == "false" || lower == "null") return Holds::nothing;
  if (value.size() < 6 && value.find_first_not_of("0123456789") == string_view::npos) return Holds::nothing;
  return holds_one_of(lower, kStandIns) ? Holds::placeholder : Holds::secret;
}

// ---- files of assignments

struct Assignment {
  string_view name;
  string_view value;
};

bool is_name_character(char c) { return is_alnum_ascii(c) || c == '_' || c == '-' || c == '.'; }

// `NAME=value` with `separators` for what stands between, `export` and quotes around the name allowed.
Assignment parse_assignment(string_view line, string_view separators) {
  line = trim(line);
  if (line.starts_with("export ")) line = trim(line.substr(7));
  if (separators != "=" && line.starts_with('{')) line = trim(line.substr(1));
  const bool quoted = !line.empty() && line.front() == '"';
  if (quoted) line.remove_prefix(1);
  std::size_t size = 0;
  while (size < line.size() && is_name_character(line[size])) ++size;
  string_view rest = line.substr(size);
  if (quoted && !rest.empty() && rest.front() == '"') rest.remove_prefix(1);
  rest = trim(rest);
  if (size == 0 || rest.empty() || separators.find(rest.front()) == string_view::npos) return {};
  rest = trim(rest.substr(1));
  if (separators != "=" && !rest.empty() && (rest.back() == ',' || rest.back() == '}')) rest.remove_suffix(1);
  return {line.substr(0, size), rest};
}

bool is_encrypted(string_view text) {
  constexpr std::array<string_view, 6> kMarks = {"encrypted:", "ENC[", "sops:", "\"sops\"", "sops_version", "-----BEGIN AGE"};
  return text.starts_with("$ANSIBLE_VAULT") || text.substr(0, 9) == string_view("\0GITCRYPT", 9) || holds_one_of(text, kMarks);
}

SecretContent read_assignments(string_view path, string_view text) {
  const bool is_data = path.ends_with(".json") || path.ends_with("ml");  // secrets.json, .yml, .yaml and .toml
  SecretContent result;
  std::uint64_t number = 0;
  for (const string_view line : split_lines(text)) {
    ++number;
    const Assignment found = parse_assignment(line, is_data ? "=:" : "=");
    if (!is_secret_name(found.name)) continue;
    const Holds holds = judge_value(without_quotes(found.value));
    // An empty value in YAML opens a mapping, which is no promise of a secret.
    if (holds == Holds::nothing || (is_data && holds == Holds::placeholder)) continue;
    if (result.holds == Holds::nothing || holds == Holds::secret) result = {holds, number, std::string(found.name)};
    if (holds == Holds::secret) break;
  }
  return result;
}

// ---- files with nothing but a credential

bool holds_credential(string_view text) {
  std::vector<Anchor> anchors;
  find_anchors(text, anchors);
  return std::any_of(anchors.begin(), anchors.end(), [text](const Anchor& anchor) {
    const auto credential = credential_at(text, anchor);
    return credential && credential->body == BodyClass::token;
  });
}

bool is_one_word(string_view text) {
  constexpr std::size_t kShortest = 20;
  constexpr std::size_t kLongest = 80;
  const string_view word = trim(text);
  return word.size() >= kShortest && word.size() <= kLongest && word.find_first_of(" \t\r\n") == string_view::npos;
}

SecretContent read_token_file(string_view path, string_view text) {
  static const Regex saved(R"((?m)^\s*hf_token\s*=\s*\S|^\s*(?:machine\s.*\s)?password\s+\S)");
  static const Regex user_and_password(R"(https?://[^\s/:@]+:[^\s/@]+@)");
  const bool one_word = is_one_word(text) && judge_value(trim(text)) == Holds::secret;
  const bool login = path.ends_with("credentials") && user_and_password.search(text);
  const bool secret = one_word || login || holds_credential(text) || saved.search(text);
  return {secret ? Holds::secret : Holds::placeholder, 1, ""};
}

}  // namespace

const char* to_string(Holds holds) {
  switch (holds) {
    case Holds::nothing: return "nothing";
    case Holds::placeholder: return "placeholder";
    case Holds::secret: return "secret";
    case Holds::encrypted: return "encrypted";
  }
  return "nothing";
}

SecretFileKind secret_file_kind(string_view path) {
  const string_view base = path.substr(path.rfind('/') + 1);
  if (is_token_name(path, base)) return SecretFileKind::token;
  const bool example = is_example_name(base);
  if (example && (base.starts_with(".env") || base.find(".env") != string_view::npos)) return SecretFileKind::dotenv_example;
  return !example && is_dotenv_name(base) ? SecretFileKind::dotenv : SecretFileKind::none;
}

bool is_loaded_dotenv(string_view path) {
  const string_view base = path.substr(path.rfind('/') + 1);
  return base == ".env" || (base.starts_with(".env.") && !is_example_name(base));
}

SecretContent read_secret_file(string_view path, SecretFileKind kind, string_view text) {
  if (is_encrypted(text)) return {Holds::encrypted, 1, ""};
  if (kind == SecretFileKind::token) return read_token_file(path, text);
  return read_assignments(path, text);
}

bool assigns_hugging_face_token(string_view text) {
  // As the macro TOKEN_NAME of rules/macros.toml.
  static const Regex name(
      R"(^(?i:(?:[a-z0-9]+_)*(?:hf|hugging_?face(?:_?hub)?)_?(?:(?:api|access|auth|hub|read|write|user|personal|ci|bot|space)_?)*(?:token|api_?key|key|pat)(?:_(?:read|write|ro|rw|prod|dev|ci))?)$)");
  const std::vector<string_view> lines = split_lines(text);
  return std::any_of(lines.begin(), lines.end(), [](string_view line) {
    const Assignment found = parse_assignment(line, "=");
    return !found.name.empty() && name.search(found.name);
  });
}

}  // namespace hfscan
