// Tested by tests/unit/remedy/rewrite_test.cc and random_rewrite_test.cc, which run them.
#include "remedy/callbacks.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>

#include "base/file.h"
#include "base/text.h"
#include "remedy/clean_bytes.h"

namespace hfscan {
namespace {

struct Callback {
  const char* name;
  const char* argument;  // as git-filter-repo calls it
};
// git-filter-repo cuts the file into lines and puts each, two columns further in, behind `def callback(ARGUMENT):`.
constexpr std::array<Callback, 4> kTexts = {
    {{"message", "message"}, {"name", "name"}, {"email", "email"}, {"filename", "filename"}}};

constexpr const char* kFind = R"py(
def spread(text, step):
  return (b'\0' * (step - 1)).join(bytes([c]) for c in text)

def find(data):
  found = []
  for prefix, size, digest in SECRETS:
    for step in (1, 2, 4):
      needle, length = spread(prefix, step), (size - 1) * step + 1
      at = data.find(needle)
      while at >= 0 and len(data) - at >= length:
        piece = data[at:at + length]
        text = piece[::step]
        here = piece == spread(text, step) and hashlib.sha256(text).hexdigest() == digest
        if here:
          found.append((at, at + length, step, prefix, size, digest))
        at = data.find(needle, at + (length if here else 1))
  return sorted(found)

def replaced(data):
  done, end = bytearray(data), 0
  for begin, stop, step, prefix, size, digest in find(data):
    if begin >= end:
      text = (prefix + b'REVOKED_' + digest[:8].encode() + b'_' * size)[:size]
      done[begin:stop] = spread(text, step)
      end = stop
  return bytes(done)
)py";

constexpr const char* kEdit = R"py(
BASE64 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_'

def base64_edited(piece):
  digits = bytes(c for c in piece if c in BASE64).replace(b'-', b'+').replace(b'_', b'/')
  for skipped in range(4):
    padded = b'A' * skipped + digits
    padded += b'A' * (-len(padded) % 4)
    decoded = base64.b64decode(padded)
    clean = replaced(decoded)
    if clean != decoded:
      edited = base64.b64encode(clean)[skipped:skipped + len(digits)]
      if b'-' in piece or b'_' in piece:
        edited = edited.replace(b'+', b'-').replace(b'/', b'_')
      rest = iter(edited)
      return bytes(next(rest) if c in BASE64 else c for c in piece)
  raise SystemExit('hfscan: a place that held the secret in base64 does not hold it')

def edited(data, edits):
  done = bytearray(data)
  for begin, end, digest, filler in edits:
    piece = data[begin:end]
    if hashlib.sha256(piece).hexdigest() != digest:
      raise SystemExit('hfscan: the bytes to replace are not those that were planned')
    done[begin:end] = base64_edited(piece) if filler is None else (filler + b'_' * len(piece))[:len(piece)]
  return bytes(done)
)py";

constexpr const char* kScriptBegin = R"sh(#!/bin/sh
# What hfscan does to the history, in a copy of the mirror. No secret stands in here or in the callbacks: SHA-256 and object ids
# decide. Two refs say where to begin and where to stop: one commit ties all tips that change together, another the newest commits
# that stay as they are. Afterwards hfscan moves refs, tags and notes along filter-repo/commit-map.
# Usage: git clone --mirror --no-local mirror.git copy.git && sh rewrite.sh copy.git
set -eu
callbacks=$(cd "$(dirname "$0")" && pwd)/callbacks
cd "$1"
tie() {
  {
    printf 'tree %s\n' "$(git rev-parse "$(head -n 1 "$1")^{tree}")"
    sed 's/^/parent /' "$1"
    printf 'author hfscan <hfscan@localhost> 0 +0000\ncommitter hfscan <hfscan@localhost> 0 +0000\n\ntie\n'
  } | git hash-object -t commit -w --stdin
}
)sh";

std::string lines_of(const std::vector<ObjectId>& ids) {
  std::string text;
  for (const ObjectId& id : ids) text += id.hex() + "\n";
  return text;
}

// A Python literal of bytes; prefixes and fillers are letters, digits and '_', and anything else is escaped.
std::string bytes_literal(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string literal = "b'";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_name_byte(c))
      literal += c;
    else
      literal += cat("\\x", std::string(1, kDigits[byte >> 4U]), std::string(1, kDigits[byte & 15U]));
  }
  return literal + "'";
}

std::string secrets_literal(const Survey& survey) {
  std::string text = "SECRETS = [  # prefix, length and SHA-256 of each secret\n";
  for (const KnownSecret& secret : survey.search->secrets())
    text += cat("  (", bytes_literal(secret.prefix), ", ", std::to_string(secret.size), ", '", to_hex(secret.id), "'),\n");
  return text + "]\n";
}

std::string indented(std::string_view text) {
  std::string result;
  for (const std::string_view line : split_lines(text)) result += line.empty() ? std::string("\n") : cat("  ", line, "\n");
  return result;
}

// Texts without the beginning of a secret, which are nearly all, are not looked at any closer.
std::string text_callback(const Survey& survey, const char* argument) {
  std::string prefixes;
  std::vector<std::string> seen;
  for (const KnownSecret& secret : survey.search->secrets()) {
    if (std::find(seen.begin(), seen.end(), secret.prefix) != seen.end()) continue;
    seen.push_back(secret.prefix);
    prefixes += cat(prefixes.empty() ? "" : " or ", bytes_literal(secret.prefix), " in ", argument);
  }
  if (prefixes.empty()) return cat("return ", argument, "\n");
  return cat("if ", argument, " and (", prefixes, "):\n  import hashlib\n", indented(secrets_literal(survey)), indented(kFind),
             "  return replaced(", argument, ")\nreturn ", argument, "\n");
}

std::vector<std::pair<std::string, const BadBlob*>> sorted_blobs(const Survey& survey) {
  std::vector<std::pair<std::string, const BadBlob*>> blobs;
  for (const auto& [id, blob] : survey.blobs) blobs.emplace_back(id.hex(), &blob);
  std::sort(blobs.begin(), blobs.end());
  return blobs;
}

std::string edits_literal(const Survey& survey) {
  std::string text =
      "EDITS = {  # blob: begin, end and SHA-256 of the bytes there, and what fills them (None: base64, decoded and encoded "
      "again)\n";
  for (const auto& [id, blob] : sorted_blobs(survey)) {
    if (blob->edits.empty()) continue;
    text += cat("  b'", id, "': [");
    for (const DressedEdit& edit : blob->edits) {
      const std::string filler = edit.how == DressedEdit::How::base64 ? "None" : bytes_literal(survey.fillers[edit.secret]);
      text += cat("(", std::to_string(edit.span.begin), ", ", std::to_string(edit.span.end), ", '", to_hex(edit.before), "', ",
                  filler, "), ");
    }
    text += "],\n";
  }
  return text + "}\n";
}

// A set of constants: Python makes it once.
std::string ids_literal(const Survey& survey, const char* without, bool (*wanted)(const BadBlob&)) {
  std::string text;
  for (const auto& [id, blob] : sorted_blobs(survey)) {
    if (wanted(*blob)) text += cat("    b'", id, "',\n");
  }
  return text.empty() ? std::string(without) : cat("{\n", text, "}");
}

std::string blob_callback(const Survey& survey) {
  const std::string whole = ids_literal(survey, "()", [](const BadBlob& blob) { return blob.how == BadBlob::How::whole; });
  const std::string spans = ids_literal(survey, "()", [](const BadBlob& blob) { return blob.how != BadBlob::How::whole; });
  const std::string notice = whole_notice(ObjectId{});  // with an empty id between the two halves
  const std::size_t middle = notice.find("object ") + 7;
  return cat("if blob.original_id in ", whole, ":\n  blob.data = b'", notice.substr(0, middle), "' + blob.original_id + b'",
             notice.substr(middle, notice.size() - middle - 1), "\\n'\nif blob.original_id in ", spans,
             ":\n  import base64, hashlib\n", indented(secrets_literal(survey)), indented(edits_literal(survey)),
             indented(kFind), indented(kEdit), "  blob.data = replaced(edited(blob.data, EDITS.get(blob.original_id, [])))\n");
}

}  // namespace

std::vector<ObjectId> tainted_tips(const Survey& survey) {
  std::set<std::string> tips;
  for (const SurveyedRef& ref : survey.refs) {
    if (survey.is_tainted(ref.target)) tips.insert(ref.target.hex());
  }
  std::vector<ObjectId> ids;
  ids.reserve(tips.size());
  for (const std::string& tip : tips) ids.push_back(*ObjectId::from_hex(tip));
  return ids;
}

Status write_callbacks(const Survey& survey, const std::string& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return Error{cat("cannot make ", hfscan::quoted(folder), ": ", errno_text(errno))};
  HFSCAN_TRY(write_file_atomically(folder + "/blob.py", blob_callback(survey), FileMode::owner_only));
  std::vector<ObjectId> anchors;
  for (const CommitNumber anchor : survey.anchors) anchors.push_back(survey.graph->id(anchor));
  HFSCAN_TRY(write_file_atomically(folder + "/tips", lines_of(tainted_tips(survey)), FileMode::owner_only));
  HFSCAN_TRY(write_file_atomically(folder + "/anchors", lines_of(anchors), FileMode::owner_only));
  for (const Callback& callback : kTexts) {
    const std::string path = cat(folder, "/", callback.name, ".py");
    HFSCAN_TRY(write_file_atomically(path, text_callback(survey, callback.argument), FileMode::owner_only));
  }
  return {};
}

// Nothing is pruned, and messages keep the commit ids that they mention: only what held the secret may change.
std::vector<std::string> filter_arguments(const std::string& callbacks, Anchored anchored) {
  std::vector<std::string> arguments = {"filter-repo",
                                        "--quiet",
                                        "--replace-refs",
                                        "delete-no-add",
                                        "--prune-empty",
                                        "never",
                                        "--prune-degenerate",
                                        "never",
                                        "--preserve-commit-hashes",
                                        "--preserve-commit-encoding",
                                        "--blob-callback",
                                        callbacks + "/blob.py"};
  for (const Callback& callback : kTexts) {
    arguments.push_back(cat("--", callback.name, "-callback"));
    arguments.push_back(cat(callbacks, "/", callback.name, ".py"));
  }
  arguments.insert(arguments.end(), {"--refs", kTipsRef});
  if (anchored == Anchored::yes) arguments.push_back(cat("^", kAnchorsRef));
  return arguments;
}

std::string rewrite_script(const Survey& survey) {
  const Anchored anchored = survey.anchors.empty() ? Anchored::no : Anchored::yes;
  std::string command = "git";
  for (const std::string& argument : filter_arguments("\"$callbacks\"", anchored)) {
    command += cat(argument.starts_with("--") ? " \\\n  " : " ", argument);
  }
  const std::string stop =
      anchored == Anchored::yes ? cat("git update-ref ", kAnchorsRef, " \"$(tie \"$callbacks\"/anchors)\"\n") : "";
  return cat(kScriptBegin, "git update-ref ", kTipsRef, " \"$(tie \"$callbacks\"/tips)\"\n", stop, "git repack -a -d -q\n",
             command, " </dev/null\n");
}

}  // namespace hfscan
