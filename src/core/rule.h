// A rule: what a finding means, whom it concerns, and how it is decided. Rules are data (rules/*.toml); this is their shape in
// memory. The TOML fields are described in rules/README.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/sha256.h"

namespace hfscan {

enum class Severity { note, warning, error };
const char* to_string(Severity severity);
std::optional<Severity> severity_from(std::string_view name);

enum class Confidence { low, medium, high };
const char* to_string(Confidence confidence);
std::optional<Confidence> confidence_from(std::string_view name);

// The kinds of credentials that the grammar knows; the names are those of `secret.kind` in the JSON report.
enum class CredentialKind {
  user_access_token,
  org_token,
  oauth_access_token,
  oauth_refresh_token,
  oauth_app_secret,
  app_token,
  short_lived_jwt,
  s3_secret_key,
  s3_key_id,
  web_token,           // a JSON web token without a prefix of Hugging Face
  legacy_user_token,   // api_ and a body of unknown length
  wrong_length_token,  // hf_ and a body of another length than tokens have
  webhook_secret,
  login_cookie,
  presigned_url,
  other,  // found by a pattern rule
};
const char* to_string(CredentialKind kind);
std::optional<CredentialKind> credential_kind_from(std::string_view name);

// Text that must stand around a credential: RE2 patterns, searched in up to CredentialMatch::reach bytes on a side with escapes
// undone. `before` has to match up to the credential, `after` from it on, `near` anywhere on either side; an empty one is
// always satisfied.
struct CredentialContext {
  std::string before;
  std::string after;
  std::string near;
  std::vector<CredentialKind> kinds;  // only asked of these; empty: of all kinds of the rule
};

// What decides how severe a finding is: the rule alone, or, where the credential names its scopes, also those. A credential
// that can only read is a warning at most.
enum class SeverityBy { rule, scopes };

// Claims credentials that the built-in grammar found. Of all rules that claim one, the one with the highest precedence reports
// it.
struct CredentialMatch {
  std::vector<CredentialKind> kinds;
  std::vector<CredentialContext> contexts;  // any of those that ask about the kind; none: no condition
  std::string callee;  // RE2 pattern of a function name: the credential stands inside its balanced argument list
  std::vector<std::string> secret_ids;  // only these credentials, by SHA-256 in hexadecimal; empty: every one
  bool encoded = false;                 // only credentials in a dress that hides them (base64, hexadecimal, split literal)
  std::int64_t precedence = 0;
  std::vector<CredentialContext> telling;  // places that say "a token follows": see CredentialRules::is_telling
  std::vector<CredentialKind> companions;  // kinds that are no secret: listed with a credential nearby, alone a note
  std::int64_t length = 0;                 // only credentials of so many bytes; 0: of any length
  std::int64_t reach = kDefaultReach;      // bytes on either side that the contexts see
  bool decodes = false;                    // only web tokens whose payload can be read
  SeverityBy severity_by = SeverityBy::rule;

  static constexpr std::int64_t kDefaultReach = 512;
  static constexpr std::int64_t kMaxReach = 4096;
};

// A regular expression of its own, for rules that users add. At least one keyword must stand in the text before the pattern is
// tried; the group named `secret`, if any, is the secret, else the whole hit is.
struct PatternMatch {
  std::vector<std::string> patterns;
  std::vector<std::string> keywords;  // ASCII, case ignored
  bool is_secret = true;
};

// Regular expressions against one logical line: continuation lines are joined as the language of the file joins them.
struct LineMatch {
  std::vector<std::string> languages;            // names of syntax/language.h; empty: every one
  std::vector<std::string> keywords;             // one of them stands in the file, which speaks of a token; ASCII, case ignored
  std::vector<std::string> any;                  // one of them matches the line; the group `hit`, if any, is the place
  std::vector<std::string> none;                 // none of them matches the line
  std::vector<std::string> file_has;             // each matches somewhere in the file
  std::vector<std::string> file_lacks;           // none matches anywhere in the file
  std::vector<std::string> keywords_alone = {};  // as keywords, and enough even in a file that never speaks of a token
};

// One form of a command: its first words, and what must be among the others. Expressions that are empty ask for nothing.
struct CommandForm {
  std::string words;                 // matches all of the first words, joined by one blank: `hf auth login`
  std::vector<std::string> options;  // --token, -t; without these and `option`, `value` is tried on every further word
  std::string option;                // matches all of an option's name
  std::string value;                 // matches all of the option's value (or of a further word), quotes removed
  std::string mentions;              // matches somewhere in the command, its words joined by one blank
  std::string except;                // matches nowhere there
  bool placeholders = false;         // a value that is written to be replaced counts too
  bool before_positional = false;    // what follows the first positional word, or `--`, is another command
  bool shortens = false;             // NAME=$NAME is mended to NAME: the command takes it from its environment
};

// A command line, wherever one stands: scripts, documentation, CI files, Makefiles, Dockerfiles, notebooks.
struct CommandMatch {
  std::vector<std::string> keywords;             // as in LineMatch
  std::vector<CommandForm> commands;             // any of them
  std::vector<std::string> keywords_alone = {};  // as in LineMatch
};

// Decided by a matcher written in C++ (src/hygiene), for what no expression can say.
struct StructureMatch {
  std::string matcher;                           // its name there
  std::vector<std::string> keywords;             // as in LineMatch; empty for matchers that look at a repository or at the host
  std::vector<std::string> keywords_alone = {};  // as in LineMatch
};

using Match = std::variant<CredentialMatch, PatternMatch, LineMatch, CommandMatch, StructureMatch>;

// What `hfscan fix` may do about a finding without being told twice: safe edits change no behaviour that anybody wants.
enum class Autofix { none, safe, review };
const char* to_string(Autofix autofix);
std::optional<Autofix> autofix_from(std::string_view name);

// What the history of an example's repository knows of the file.
enum class ExampleHistory { none, present, removed };

// A file as a rule's example. The fields behind `content` matter to rules that look at a repository or at the host.
struct RuleExample {
  std::string path;     // relative; `~/...` is the home folder
  std::string content;  // with fixture macros, see rules/fixture.h
  bool tracked = false;
  bool ignored = false;
  std::string mode = {};  // octal permission bits; empty: 0644
  int age_days = 0;       // since the file was last changed, or committed
  ExampleHistory history = ExampleHistory::none;
  std::vector<RuleExample> also = {};  // further files beside it, without some of their own
};

struct Rule {
  std::string id;    // HF1001
  std::string name;  // hf-user-access-token
  std::string title;
  std::string what;
  std::string why;
  std::string fix;
  std::string message;  // one line for the report; never a secret
  Severity severity = Severity::warning;
  std::string security_severity;  // CVSS-like number as text, "9.1"
  Confidence confidence = Confidence::high;
  std::vector<std::string> cwe;  // "CWE-798"
  std::vector<std::string> tags;
  std::vector<std::string> profiles;    // default, strict, host, online
  std::vector<std::string> paths;       // path patterns; empty: every path
  std::vector<std::string> references;  // URLs or documents
  std::string recipe;                   // remediation recipe, e.g. revoke-and-rotate
  Autofix autofix = Autofix::none;
  bool note_in_documentation = false;  // Markdown and the like show it: a note there
  Match match;
  std::vector<RuleExample> bad;
  std::vector<RuleExample> good;
  Sha256Digest digest{};  // of the rule's canonical form; part of the report's rules_digest
  std::string origin;     // "built-in" or the file it was read from
};

// How people name rules everywhere: a code ("HF1001"), a prefix of at least three characters ("HF1") or a name.
[[nodiscard]] bool names_rule(std::string_view selector, std::string_view id, std::string_view name);

// Whether the rule looks at a file of this path: it has no path patterns, or one matches.
[[nodiscard]] bool applies_to_path(const Rule& rule, std::string_view path);

}  // namespace hfscan
