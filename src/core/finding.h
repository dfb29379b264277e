// A finding: one rule, one place, one disposition. Holds no secret: the excerpt is masked before it gets here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "core/blob.h"
#include "core/location.h"
#include "core/rule.h"

namespace hfscan {

// A credential as reports know it.
struct SecretReference {
  std::optional<Sha256Digest>
      id;              // SHA-256 of the credential's own bytes, decoded; none when its bytes could be guessed from it
  std::string masked;  // hf_…(37)
  CredentialKind kind = CredentialKind::other;
  std::string encoding;  // plain | base64 | percent | utf-16le | ... ; joined with "+" when nested, outermost first
};

// Some lines around the hit as valid UTF-8 without control characters, every credential masked.
struct Excerpt {
  std::uint64_t first_line = 0;    // line number of lines[0]
  std::vector<std::string> lines;  // empty: no text to show (binary data)
  std::size_t hit_line = 0;        // index into lines
  std::size_t mark_begin = 0;      // byte range of the masked hit in lines[hit_line]
  std::size_t mark_end = 0;
};

struct Location {
  PlaceKind kind = PlaceKind::blob;
  std::string path;       // as Item::path
  std::string container;  // as Item::container
  TextRange range;
  ByteSpan span;       // byte offsets from the start of the blob
  std::string blob;    // object id when it stands in a git object
  std::string commit;  // history: the oldest commit that introduced it
};

// Another place of the same blob that belongs to a finding.
struct RelatedPlace {
  std::string message;  // "its access key id HFAK…(24)"
  TextRange range;
};

// What became of a finding. Every finding is kept and counted, whatever its disposition.
enum class Disposition { active, baselined, ignored_inline, ignored_config };
const char* to_string(Disposition disposition);

// Every place of one secret under one rule (history).
struct Occurrence {
  PlaceKind kind = PlaceKind::blob;
  std::string path;
  std::string blob;
  std::vector<std::string> introduced;  // commits that have it while no parent has it at that path, oldest first
  std::vector<std::string> removed;
  std::vector<std::string> refs;  // from which a commit that has it can be reached: at most 20 are named ...
  std::uint64_t other_refs = 0;   // ... and so many are not
  bool reachable = true;          // from a ref other than the stash
};

// A commit as a person wants it named.
struct CommitStamp {
  std::string commit;                // object id
  std::optional<std::int64_t> time;  // of the author, in seconds since 1970-01-01T00:00:00Z; none when malformed
  std::string author;                // "Name <mail>", token shapes masked; any other bytes
};

// What became of one secret in a history, over all its places and under all rules.
struct SecretStory {
  std::optional<CommitStamp> first;  // the oldest commit that has it; none when no commit has it
  std::optional<CommitStamp> last;   // the youngest commit that has it
  std::optional<CommitStamp> gone;   // the youngest commit that lacks it while a parent has it; none when nobody asked
  std::uint64_t introduced = 0;      // commits that have it while no parent has it
  std::uint64_t removed = 0;         // commits that lack it while a parent has it
  std::vector<std::string> refs;     // as in Occurrence, of all places
  std::uint64_t other_refs = 0;
  bool in_head = false;    // what is checked out has it
  bool pushed = false;     // a remote-tracking ref leads to it, so the remote has or had it
  bool reachable = false;  // from a ref other than the stash
};

// A replacement of some bytes of a file; an empty span inserts. Whoever finds sets the first three; the rest is added when the
// edit is settled in its file (detect/settled_edit.h).
struct Edit {
  ByteSpan span;  // from the start of the blob
  std::string text;
  std::string path = {};                         // of the file, when it is not the finding's own; made, when there is none
  TextRange range = {};                          // the span as lines and columns
  std::optional<Sha256Digest> file_sha256 = {};  // of the file that the span counts in; none when there was no file
  bool operator==(const Edit&) const = default;
};

struct Finding {
  const Rule* rule = nullptr;  // never null; owned by the RuleSet, which outlives every Report
  Severity severity = Severity::warning;
  Confidence confidence = Confidence::high;
  std::string message;
  Sha256Digest fingerprint{};
  Disposition disposition = Disposition::active;
  std::string justification;  // why it is not active, in the words of the directive, ignore entry or baseline
  std::optional<SecretReference> secret;
  std::string hit_text;  // for findings without a secret id: the hit, white space normalised; goes into the fingerprint
  std::optional<std::int64_t> expires;  // when the credential ends by its own words, in seconds since 1970-01-01T00:00:00Z
  Location location;
  std::vector<RelatedPlace> related;
  std::vector<Occurrence> occurrences;  // history: all places, this one among them, sorted by path and blob
  std::optional<SecretStory> story;     // history
  Excerpt excerpt;
  std::vector<Edit> edits;  // how to mend it, in ascending order, not overlapping; Rule::autofix says how safe they are
  std::string line_hash;    // GitHub's primaryLocationLineHash, or empty when the blob was too large to hold
  bool look_alike = false;  // gated as a placeholder or an identifier; only shown with --paranoid
};

// The order of findings in every report: path, start, rule, fingerprint.
[[nodiscard]] bool report_order(const Finding& a, const Finding& b);

// Identity of a finding across edits: SHA-256 over rule id, path, secret id (or hit text) and `ordinal`, the number of equal
// findings before it in the same blob. No line, no offset, no commit. The fields are length-prefixed, so no two tuples collide.
Sha256Digest make_fingerprint(const Finding& finding, std::uint64_t ordinal);

}  // namespace hfscan
