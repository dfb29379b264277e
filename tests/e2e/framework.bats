#!/usr/bin/env bats
# .pre-commit-hooks.yaml under the real pre-commit framework, from a clone of this very tree with its uncommitted changes.

setup_file() {
  command -v pre-commit >/dev/null || skip "pre-commit is not installed"
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  export BATS_TEST_TMPDIR="$BATS_FILE_TMPDIR"
  scratch_setup
  export HOOKS="$BATS_FILE_TMPDIR/hooks repository"
  git init -q "$HOOKS"
  git -C "$source_folder" ls-files -z --cached --others --exclude-standard >"$BATS_FILE_TMPDIR/files"
  (cd "$source_folder" && tar -c --null --ignore-failed-read -T "$BATS_FILE_TMPDIR/files" 2>/dev/null) | tar -x -C "$HOOKS"
  git -C "$HOOKS" add --all
  git -C "$HOOKS" commit -q -m "as it stands"
}

setup() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  scratch_setup
  export PRE_COMMIT_HOME="$BATS_FILE_TMPDIR/pre-commit-home"
  new_repository "$scratch/project"
  cd "$scratch/project" || return
}

# use_hook ID: configures and installs it.
use_hook() {
  cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $HOOKS
    rev: $(git -C "$HOOKS" rev-parse HEAD)
    hooks:
      - id: $1
YAML
  git add .pre-commit-config.yaml
  git commit -q --no-verify -m 'use pre-commit'
  pre-commit install >/dev/null
}

# A stand-in of another version, first on PATH.
other_version() {
  rm "$scratch/bin/hfscan"
  printf '#!/bin/sh\necho "hfscan 99.0.0"\n' >"$scratch/bin/hfscan"
  chmod +x "$scratch/bin/hfscan"
}

@test "the manifest is valid" {
  pre-commit validate-manifest "$source_folder/.pre-commit-hooks.yaml"
}

@test "a commit with a token is refused" {
  use_hook hfscan
  leak_into leak.py
  git add leak.py
  run git commit -m leak
  assert_refused_for leak.py
  [ "$(git rev-list --count HEAD)" -eq 2 ]
}

@test "a commit without a token goes through" {
  use_hook hfscan
  echo 'print("bye")' >app.py
  run git commit -am clean
  [ "$status" -eq 0 ] || fail 'refused'
  [ "$(git rev-list --count HEAD)" -eq 3 ]
}

@test "run --all-files scans files that are committed already" {
  use_hook hfscan
  run pre-commit run --all-files
  [ "$status" -eq 0 ] || fail 'a clean tree is refused'
  leak_into leak.py
  git add leak.py
  git commit -q --no-verify -m leak
  run pre-commit run --all-files
  assert_refused_for leak.py
}

@test "run --files scans those files" {
  use_hook hfscan
  leak_into "a leak.py"
  git add .
  git commit -q --no-verify -m leak
  run pre-commit run --files "a leak.py"
  assert_refused_for "a leak.py"
}

@test "a commit PATH is looked at through its own index" {
  use_hook hfscan
  leak_into app.py
  run git commit -m leak app.py
  assert_refused_for app.py
}

@test "the id hfscan-system uses the installed hfscan" {
  use_hook hfscan-system
  leak_into leak.py
  git add leak.py
  run git commit -m leak
  assert_refused_for leak.py
}

@test "hfscan of another version is not used, and the commit is refused" {
  use_hook hfscan
  other_version
  echo 'print("bye")' >app.py
  run git commit -am clean
  [ "$status" -ne 0 ] || fail 'let through'
  [[ "$output" == *"needs hfscan"*"99.0.0"* ]] || fail 'the reason is missing'
  [[ "$output" == *"exit code: 2"* ]] || fail 'not exit 2'
}
