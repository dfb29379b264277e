// Reports about histories for the tests of the reporters: each secret has a fate of its own.
#pragma once

#include <string>
#include <vector>

#include "unit/report/sample_reports_base.h"

namespace hfscan::test {

constexpr std::int64_t kFirstOfMarch = 1740787200;  // 2025-03-01T00:00:00Z
constexpr std::int64_t kDay = 86400;

inline CommitStamp stamp(std::string_view commit, std::int64_t day, std::string_view author = "Jane Doe <jane@example.com>") {
  return {object_id(commit), kFirstOfMarch + (day - 1) * kDay, std::string(author)};
}

inline Finding finding_in_history(const At& at, std::string_view seed) {
  Finding finding = token_at(at, seed);
  finding.location.blob = object_id(cat(seed, " blob"));
  finding.location.commit = object_id(cat(seed, " first"));
  finding.story = SecretStory{};
  finding.story->first = stamp(cat(seed, " first"), 1);
  finding.story->last = finding.story->first;
  finding.story->introduced = 1;
  return finding;
}

inline Occurrence place_in_history(const Finding& finding, const std::vector<std::string>& refs) {
  Occurrence place;
  place.kind = finding.location.kind;
  place.path = finding.location.path;
  place.blob = finding.location.blob;
  place.introduced = {finding.location.commit};
  place.refs = refs;
  place.reachable = finding.story->reachable;
  return place;
}

// Somebody noticed, deleted the line, and believed that this was it.
inline Finding removed_secret() {
  Finding finding = finding_in_history({"app/train.py", 3, 9}, "removed");
  finding.story->last = stamp("removed last", 3, "Bob <bob@example.com>");
  finding.story->gone = stamp("removed gone", 4);
  finding.story->removed = 1;
  finding.story->reachable = true;
  finding.story->refs = {"HEAD", "refs/heads/main", "refs/tags/v1.0"};
  finding.occurrences = {place_in_history(finding, finding.story->refs), place_in_history(finding, finding.story->refs)};
  finding.occurrences[0].removed = {object_id("removed last")};
  finding.occurrences[1].blob = object_id("removed blob 2");
  finding.occurrences[1].introduced = {object_id("removed last")};
  finding.occurrences[1].removed = {object_id("removed gone")};
  return finding;
}

// Two copies are checked out, one was renamed, and the remote has them all.
inline Finding published_secret() {
  Finding finding = finding_in_history({"deploy/run.sh", 12, 21}, "published");
  finding.story->first = stamp("published first", 10, "Zoë 日本 <zoe@example.com>");
  finding.story->last = stamp("published last", 20);
  finding.story->removed = 0;
  finding.story->in_head = finding.story->pushed = finding.story->reachable = true;
  finding.story->refs = {"HEAD",           "refs/heads/main",    "refs/remotes/origin/main", "refs/remotes/fork/main",
                         "refs/tags/v1.0", "refs/heads/feature", "refs/heads/feature2"};
  finding.story->other_refs = 3;
  const std::vector<std::string> refs = finding.story->refs;
  finding.occurrences = {place_in_history(finding, refs), place_in_history(finding, refs), place_in_history(finding, refs)};
  finding.occurrences[1].path = "deploy/run_old.sh";
  finding.occurrences[1].removed = {object_id("rename")};
  finding.occurrences[2].path = "docs/usage.md";
  for (Occurrence& place : finding.occurrences) place.other_refs = 3;
  return finding;
}

inline Finding stashed_secret() {
  Finding finding = finding_in_history({"notebook.py", 1, 5}, "stashed");
  finding.location.kind = PlaceKind::stash;
  finding.story->refs = {"refs/stash"};
  finding.occurrences = {place_in_history(finding, finding.story->refs)};
  return finding;
}

inline Finding secret_in_message() {
  Finding finding = finding_in_history({cat("commit ", object_id("message first")), 3, 12}, "message");
  finding.location.kind = PlaceKind::commit_message;
  finding.location.blob.clear();
  finding.story->reachable = true;
  finding.story->refs = {"refs/heads/main"};
  finding.occurrences = {place_in_history(finding, finding.story->refs)};
  return finding;
}

// An amended commit.
inline Finding unreachable_secret() {
  Finding finding = finding_in_history({"settings.json", 7, 14}, "unreachable");
  finding.occurrences = {place_in_history(finding, {})};
  return finding;
}

// Of no commit: in a URL of the repository's own configuration, and in an object that no tree names.
inline Finding secret_of_no_commit(PlaceKind kind, const std::string& path, std::string_view seed) {
  Finding finding = finding_in_history({path, 9, 20}, seed);
  finding.location.kind = kind;
  finding.location.commit.clear();
  if (kind == PlaceKind::config) finding.location.blob.clear();
  finding.story = SecretStory{};
  finding.occurrences = {place_in_history(finding, {})};
  finding.occurrences[0].introduced.clear();
  return finding;
}

// A second rule that speaks of the published secret.
inline Finding second_rule_of(const Finding& first) {
  Finding finding = first;
  finding.rule = &sample_space_rule();
  finding.severity = Severity::warning;
  finding.message = finding.rule->message;
  finding.location.path = "docs/usage.md";
  finding.fingerprint = make_fingerprint(finding, 7);
  finding.occurrences.erase(finding.occurrences.begin(), finding.occurrences.begin() + 2);
  return finding;
}

inline Report history_of(std::vector<Finding> findings) {
  Report report = empty_report();
  report.command = "history";
  report.counts.blobs = 123456;
  report.counts.bytes = 1234567890;
  report.findings = std::move(findings);
  finish(report);
  return report;
}

inline Report history_report() {
  const std::string dangling = cat("blob ", object_id("dangling blob"));
  return history_of({removed_secret(), published_secret(), second_rule_of(published_secret()), stashed_secret(),
                     secret_in_message(), unreachable_secret(), secret_of_no_commit(PlaceKind::config, ".git/config", "config"),
                     secret_of_no_commit(PlaceKind::blob, dangling, "dangling")});
}

inline Report clean_history_report() { return history_of({}); }

inline Report incomplete_history_report() {
  Report report = history_of({});
  report.diagnostics = {{"", "shallow clone, history before 3f2a91c is not here; fetch with: git fetch --unshallow"},
                        {"refs/heads/x", "points to an object that is missing"}};
  report.complete = false;
  report.exit_code = ExitCode::incomplete;
  return report;
}

// Whoever writes a history chooses every name in it, and could name anything after a token.
inline Report hostile_history_report() {
  const std::string evil = "\x1b[2J\n::error::\xE2\x80\xAE\xC2\x9B\xFF";
  Finding finding = published_secret();
  finding.story->first->author = cat("Eve", evil, " <", std::string(300, 'e'), "@example.com>");
  finding.story->first->time = -1;
  finding.story->last = CommitStamp{evil, std::int64_t{1} << 60, planted_secret()};
  finding.story->gone = CommitStamp{object_id("gone"), std::nullopt, ""};
  finding.story->removed = 2;
  finding.story->in_head = false;
  finding.story->refs = {cat("refs/heads/", evil), cat("refs/remotes/", std::string(300, 'r')), "refs/heads/v1", "refs/tags/",
                         cat("refs/heads/", planted_secret())};
  finding.location.path = cat("a/", evil, "/b.py");
  for (Occurrence& place : finding.occurrences) place.refs = finding.story->refs;
  finding.occurrences[0].path = finding.location.path;
  finding.occurrences[1].path = cat("dir/", planted_secret(), ".py");
  finding.occurrences[2].path = cat(evil, std::string(400, 'p'));
  finding.occurrences[2].introduced = {evil};
  Finding named = finding_in_history({cat("refs/heads/", planted_secret()), 1, 1}, "ref");
  named.location.kind = PlaceKind::ref_name;
  named.location.blob.clear();
  named.excerpt = {};
  named.occurrences = {place_in_history(named, {})};
  return history_of({finding, named});
}

// One secret in 200 versions of one file and in 300 other files.
inline Report crowded_history_report() {
  Finding finding = removed_secret();
  finding.occurrences.clear();
  for (int i = 0; i < 500; ++i) {
    const std::string number = std::to_string(1000 + i);
    Occurrence place = place_in_history(finding, finding.story->refs);
    place.path = i < 200 ? "app/train.py" : cat("copies/", number, ".py");
    place.blob = i == 0 ? finding.location.blob : object_id(number);
    place.introduced = {object_id(cat("in ", number))};
    place.removed = {object_id(cat("out ", number))};
    finding.occurrences.push_back(place);
  }
  return history_of({finding});
}

}  // namespace hfscan::test
