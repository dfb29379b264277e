#!/usr/bin/env bats
# The commands of hooks/github-workflow.yml and hooks/gitlab-ci.yml, run on a scratch repository.

setup() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  scratch_setup
  # Stands for hfscan's own repository: ./dev build puts the binary under test in its place.
  new_repository "$scratch/tool"
  # shellcheck disable=SC2016  # the stand-in expands it
  printf '#!/bin/sh\n[ "$1" = build ] && cd "$(dirname "$0")" && mkdir -p build/release && cp -L "%s" build/release/hfscan\n' \
    "$BINARY_UNDER_TEST" >"$scratch/tool/dev"
  chmod +x "$scratch/tool/dev"
  git -C "$scratch/tool" add dev
  git -C "$scratch/tool" commit -q -m 'a stand-in'
  git -C "$scratch/tool" tag v0.1.0
}

github() {
  mkdir -p "$scratch/workspace"
  [ -d "$scratch/workspace/hfscan" ] || git clone -q "$scratch/tool" "$scratch/workspace/hfscan"
  run python3 "$source_folder/tests/e2e/run_ci.py" github "$source_folder/hooks/github-workflow.yml" "$scratch/workspace"
}

gitlab() {
  rm -rf "$scratch/tmp"
  mkdir -p "$scratch/tmp"
  TMPDIR="$scratch/tmp" SCANNER_REPOSITORY="$scratch/tool" \
    run python3 "$source_folder/tests/e2e/run_ci.py" gitlab "$source_folder/hooks/gitlab-ci.yml" "$scratch/workspace/code"
}

assert_sarif_without() {
  python3 -c '
import json, sys
text = open(sys.argv[1]).read()
assert json.loads(text)["version"] == "2.1.0" and sys.argv[2] not in text' "$1" "$2"
}

@test "GitHub: a clean tree passes and its report is uploaded" {
  new_repository "$scratch/workspace/code"
  github
  [ "$status" -eq 0 ] || fail 'the job failed'
  [[ "$output" == *"uploaded: hfscan.sarif"* ]] || fail 'no report'
}

@test "GitHub: a token fails the job, is shown in the log, and the report is still uploaded" {
  new_repository "$scratch/workspace/code"
  cd "$scratch/workspace/code" || return
  leak_into leak.py
  github
  [ "$status" -eq 1 ] || fail 'not exit 1'
  assert_refused_for leak.py
  [[ "$output" == *"uploaded: hfscan.sarif"* ]] || fail 'no report'
  assert_sarif_without "$scratch/workspace/hfscan.sarif" "$(token leak.py)"
  [ "$(git status --porcelain --ignored)" = "?? leak.py" ] || fail 'the scanned code was changed'
}

@test "GitHub: the workflow asks for no more than it needs" {
  python3 - "$source_folder/hooks/github-workflow.yml" <<'PYTHON'
import sys, yaml
workflow = yaml.safe_load(open(sys.argv[1]))
(job,) = workflow["jobs"].values()
assert workflow["permissions"] == {}
assert job["permissions"] == {"contents": "read", "security-events": "write"}
for step in job["steps"]:
    assert "${{" not in step.get("run", ""), "an expression inside a script"
    assert "checkout" not in step.get("uses", "") or step["with"]["persist-credentials"] is False
    assert "upload-sarif" not in step.get("uses", "") or step["if"] == "always()"
PYTHON
}

@test "GitLab: a clean tree passes, with and without the kept binary" {
  new_repository "$scratch/workspace/code"
  for _ in built kept; do
    gitlab
    [ "$status" -eq 0 ] || fail 'the job failed'
    [[ "$output" == *"kept: hfscan.sarif"*"kept: hfscan.json"* ]] || fail 'no reports'
  done
}

@test "GitLab: a token fails the job, and the reports are still kept" {
  new_repository "$scratch/workspace/code"
  cd "$scratch/workspace/code" || return
  leak_into leak.py
  gitlab
  [ "$status" -eq 1 ] || fail 'not exit 1'
  assert_refused_for leak.py
  [[ "$output" == *"kept: hfscan.sarif"*"kept: hfscan.json"* ]] || fail 'no reports'
  assert_sarif_without hfscan.sarif "$(token leak.py)"
}
