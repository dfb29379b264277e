#include "remedy/steps.h"

#include <array>

namespace hfscan {
namespace {

using enum StepKind;

constexpr std::string_view kNothing = "Nothing is lost: everything can be undone.";

struct Row {
  StepId id;
  StepKind kind;
  std::string_view name;
  std::string_view title;
  std::string_view why;
  std::string_view done;
  std::string_view danger;
  std::string_view undo;
  bool optional;
};

constexpr auto kRows = std::to_array<Row>({
    {StepId::unstage, assisted, "unstage", "Take the token out of the index and the files",
     "It is in no commit yet: what is not committed cannot be pushed.",
     "Neither the index nor the work tree nor any object of git holds it.",
     "'git gc --prune=now' also removes every other object that nothing leads to.", "What 'git gc' removed is gone.", false},
    {StepId::clean_places, assisted, "clean-places", "Take the token out of the files it stands in",
     "Git does not have it; the files themselves are the leak.", "A scan of the same places finds it nowhere.",
     "Whatever reads the token from there stops working.", "Files that are deleted are gone.", false},
    {StepId::triage, assisted, "triage", "Ask whose token it is and what it may do",
     "A write token has to be treated as if somebody had used it; one that is dead already ends the emergency.",
     "Hugging Face has answered for each secret.", "Sends the token to huggingface.co, and nowhere else.", kNothing, true},
    {StepId::revoke, assisted, "revoke", "Revoke the token, and prove that it is dead",
     "Only this ends the leak. Deleting a line, a commit or a history does not.",
     "whoami answers 401 twice for each secret, some time apart. The 202 of the revocation proves nothing: it comes for any "
     "string.",
     "Everything that uses the token stops at once, everywhere. Its owner gets an e-mail.",
     "Cannot be undone: a revoked token never works again.", false},
    {StepId::rotate, assisted, "rotate", "Put a new token wherever the old one was used",
     "A revoked token breaks CI, Spaces, Jobs and machines until each has a new one; a forgotten place is found by its "
     "failure.",
     "No place of the repository, and none of the host if it was asked, holds the old token; places that cannot be looked at "
     "are attested.",
     "Services have to be restarted; scheduled Jobs keep the secret they were made with.", kNothing, false},
    {StepId::audit, manual, "audit", "Look for what was done with it",
     "Between the leak and the 401, anybody who had it could do all that it may do.",
     "You say what you looked at: 'hfscan remediate status --attest audit --reason TEXT'.", "", kNothing, false},
    {StepId::clean_tree, assisted, "clean-tree", "Take the token out of the files of today",
     "What HEAD holds is leaked again by the next clone, image and package.",
     "A scan of the work tree and the index finds none of the secrets.", "", kNothing, false},
    {StepId::decide, manual, "decide", "Decide whether the history is rewritten",
     "A rewrite changes commit ids for everybody. It is worth that only when it buys something.",
     "The decision is written down.", "", kNothing, false},
    {StepId::preflight, automatic, "preflight", "Check that a rewrite can be done safely",
     "Shallow and partial clones, replace refs and moved remotes end in lost commits.", "All checks pass.", "", kNothing,
     false},
    {StepId::backup, automatic, "backup", "Make a mirror and a verified backup",
     "Everything that follows happens in a fresh mirror; the backup brings the old history back.",
     "The refs of the remote, of the mirror and of the bundle are the same, and the bundle verifies.",
     "Mirror and bundle hold the token. They are yours alone (mode 0700) and are destroyed by the last step.", kNothing, false},
    {StepId::rewrite, automatic, "rewrite", "Rewrite the mirror",
     "Every commit from the first one with the token on is made again without it; older ones keep ids and signatures.",
     "The commits that were rewritten are exactly those that were predicted.", "Changes the mirror only.",
     "Nothing outside of the incident's folder has changed.", false},
    {StepId::prove, automatic, "prove", "Prove that only the tokens changed",
     "A rewrite that damages a file is worse than a dead token in an old commit.",
     "A scan of all objects and refs of the mirror finds none of the secrets, 'git fsck' is clean, and every changed byte lies "
     "in a token.",
     "", kNothing, false},
    {StepId::push, assisted, "push", "Push the rewritten refs", "The server still has the old history.",
     "The remote's refs are the rewritten ones.",
     "Rewrites shared history: old commit ids die, open pull requests show broken diffs, signatures of rewritten commits are "
     "gone. "
     "Nobody may push meanwhile; who does is not overwritten, the push is refused.",
     "Cannot be undone for others. The old refs are in the backup until it is destroyed.", false},
    {StepId::residue, assisted, "residue", "Look for what the server kept, and have it removed",
     "Hosts keep old commits, pull-request refs, forks and caches.",
     "No ref of the remote leads to an old commit, and the old commits cannot be fetched by their ids.", "",
     "The host decides; forks never follow.", false},
    {StepId::adopt, assisted, "adopt", "Take the rewritten history into your own clone",
     "Your clone still has the old history, and a merge from it would bring the token back.",
     "A scan of the whole history of your clone finds none of the secrets.",
     "Branches are moved, reflogs and what nothing leads to are removed. A stash with the token is yours to empty.",
     "Cannot be undone after 'git gc'; until then the reflog has the old tips.", false},
    {StepId::guard, assisted, "guard", "Keep old clones from pushing it back",
     "One 'git pull && git push' from an old clone restores all of it.",
     "A pre-push hook with the list of banned commits is active in your clone.", "", kNothing, false},
    {StepId::close, assisted, "close", "Write the record and destroy mirror and backup", "Mirror and backup hold the token.",
     "The record is written; mirror and backup are gone.", "Destroys the backup.",
     "Cannot be undone: the old history is then nowhere here.", false},
});

}  // namespace

const char* to_string(StepKind kind) {
  switch (kind) {
    case automatic: return "automatic";
    case assisted: return "assisted";
    case manual: return "manual";
  }
  return "";
}

Step step_of(StepId id) {
  for (const Row& row : kRows) {
    if (row.id != id) continue;
    Step step;
    step.id = row.id;
    step.kind = row.kind;
    step.name = row.name;
    step.title = row.title;
    step.why = row.why;
    step.done = row.done;
    step.danger = row.danger;
    step.undo = row.undo;
    step.optional = row.optional;
    return step;
  }
  return {};
}

}  // namespace hfscan
