// Sends the new history to where the old one is: exactly the refs that changed, all or none, and only if nobody has moved one
// of them meanwhile.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "remedy/rewrite.h"

namespace hfscan {

struct PushPlan {
  std::vector<MovedRef> refs;        // those that are pushed; a renamed one is created anew and deleted under its old name
  std::vector<std::string> skipped;  // refs that belong to the host and changed; masked
};
PushPlan plan_push(const RewriteResult& result);

enum class PushOutcome {
  done,        // the remote said so of every ref
  nothing,     // there was nothing to push
  moved,       // somebody pushed meanwhile: nothing changed, begin again with a new mirror
  refused,     // the remote allows it not: nothing changed
  not_atomic,  // the remote cannot take all or nothing: nothing changed; push_each goes ref by ref
  partly,      // some refs were taken, others not: only push_each, or renamed refs over http
  unknown,     // it ended otherwise, the connection for one: remote_check says what is there
};
const char* to_string(PushOutcome outcome);

struct PushReport {
  PushOutcome outcome = PushOutcome::unknown;
  // What the remote said of refs that it did not take: "refs/heads/main: protected branch hook declined"; masked.
  std::vector<std::string> rejected;
  std::string advice;  // one line: what to do now
};

// Needs proof.json to be about the result as it is now, and a bundle; else an Error, and nothing is sent. The lease of each ref
// is the id that the mirror has. Never forces: a ref without its lease is not touched.
Result<PushReport> push_all(const RewriteJob& job, const RewriteResult& result);

// For a remote without `--atomic`: the refs that are not there yet, one by one. May be called again.
Result<PushReport> push_each(const RewriteJob& job, const RewriteResult& result);

}  // namespace hfscan
