#!/usr/bin/env bats
# hooks/pre-commit as a native git hook.

setup() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  scratch_setup
  new_repository "$scratch/project"
  cd "$scratch/project" || return
  cp "$source_folder/hooks/pre-commit" .git/hooks/pre-commit
}

@test "a commit with a token is refused" {
  leak_into leak.py
  git add leak.py
  run git commit -m leak
  assert_refused_for leak.py
  [ "$(git rev-list --count HEAD)" -eq 1 ]
}

@test "a commit without a token goes through" {
  echo 'print("bye")' >app.py
  run git commit -am clean
  [ "$status" -eq 0 ] || fail 'refused'
  [ "$(git rev-list --count HEAD)" -eq 2 ]
}

@test "what counts is the index, not the working tree" {
  leak_into leak.py
  git add leak.py
  echo 'HF_TOKEN = ""' >leak.py
  run git commit -m leak
  assert_refused_for leak.py
}

@test "commit -a is refused for a tracked file" {
  leak_into app.py
  run git commit -am leak
  assert_refused_for app.py
}

@test "commit PATH looks at that path only" {
  leak_into leak.py
  echo 'print("bye")' >app.py
  git add leak.py
  run git commit -m clean app.py
  [ "$status" -eq 0 ] || fail 'refused for a file that is not in the commit'
  run git commit -m leak leak.py
  assert_refused_for leak.py
}

@test "a linked worktree has the hook too" {
  git worktree add -q -b second "$scratch/second tree"
  cd "$scratch/second tree" || return
  leak_into leak.py
  git add leak.py
  run git commit -m leak
  assert_refused_for leak.py
}

@test "the first commit of a repository is looked at" {
  git init -q "$scratch/new"
  cp "$source_folder/hooks/pre-commit" "$scratch/new/.git/hooks/"
  cd "$scratch/new" || return
  leak_into leak.py
  git add leak.py
  run git commit -m first
  assert_refused_for leak.py
}

@test "without hfscan the commit is refused and says why" {
  rm "$scratch/bin/hfscan"
  command -v hfscan && skip "another hfscan is on PATH"
  echo 'print("bye")' >app.py
  run git commit -am clean
  [ "$status" -ne 0 ] || fail 'let through unchecked'
  [[ "$output" == *"not found on PATH"* ]]
}
