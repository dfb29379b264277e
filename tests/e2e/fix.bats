#!/usr/bin/env bats
# hfscan fix and hfscan init on real repositories.

setup() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  scratch_setup
  new_repository "$scratch/project"
  cd "$scratch/project" || return
  printf 'HF_TOKEN=\n' >.env.example
}

# What --apply leaves is what the patch makes, and nothing of it is found again.
assert_fixed_like_the_patch() {
  run -1 --separate-stderr hfscan fix "$@"
  printf '%s\n' "$output" >"$scratch/fix.diff"
  rm -rf "$scratch/patched"
  cp -r . "$scratch/patched"
  git -C "$scratch/patched" apply "$scratch/fix.diff"
  run hfscan fix --apply "$@"
  [ "$status" -eq 0 ] || fail 'not applied'
  diff -r -x .git . "$scratch/patched" || fail 'the patch does something else'
  cp -r . "$scratch/once"
  run hfscan fix --apply "$@"
  [ "$status" -eq 0 ] || fail 'a second run finds work'
  diff -r . "$scratch/once" || fail 'a second run changes something'
}

bats_require_minimum_version 1.5.0

@test "a missing ignore file is made, and the finding is gone" {
  assert_fixed_like_the_patch --rules HF7
  git check-ignore -q .env || fail 'not ignored'
  run hfscan scan --rules HF7003
  [ "$status" -eq 0 ] || fail 'found again'
}

@test "a file with CR LF and without a last line end keeps its line ends" {
  printf 'build\r\nnode_modules' >.gitignore
  assert_fixed_like_the_patch --rules HF7003
  [ "$(head -c 21 .gitignore)" = "$(printf 'build\r\nnode_modules\r\n')" ] || fail 'other lines changed'
  [ "$(grep -c "$(printf '\r')\$" .gitignore)" -eq "$(grep -c '' .gitignore)" ] || fail 'a line lost its CR'
}

@test "several rules that add to one file are one edit" {
  printf 'import os\nos.environ["HF_HOME"] = "cache"\n' >app.py
  printf 'HF_HOME=./hub\n' >run.env
  assert_fixed_like_the_patch
  [ "$(sort .gitignore | uniq -d | wc -l)" -eq 0 ] || fail 'a line twice'
}

@test "without --apply nothing is written" {
  run -1 hfscan fix
  [ ! -e .gitignore ] || fail 'written'
  [[ "$output" == *"hfscan fix --apply"* ]] || fail 'does not say how'
}

@test "edits to review are made only when asked for" {
  printf '.env # secrets\n' >.gitignore
  run -0 hfscan fix --apply --rules HF7005
  [[ "$output" == *"left to review: 1 finding (HF7005)"* ]] || fail 'not said'
  [ "$(cat .gitignore)" = '.env # secrets' ] || fail 'changed'
  assert_fixed_like_the_patch --rules HF7005 --unsafe
  [ "$(cat .gitignore)" = .env ]
}

@test "a token in the shown lines is masked, and the diff says that it is no patch" {
  printf '# %s\n' "$(token a)" >.gitignore
  run -1 --separate-stderr hfscan fix --rules HF7003
  # shellcheck disable=SC2154  # bats sets it
  [[ "$output" != *"$(token a)"* && "$stderr" != *"$(token a)"* ]] || fail 'the token is shown'
  [[ "$output" == '# This cannot be applied as a patch'*'hfscan fix --apply'* ]] || fail 'not said'
  [[ "$output" == *'+.env'* ]] || fail 'no diff'
  run -0 hfscan fix --apply --rules HF7003
  grep -q "$(token a)" .gitignore || fail 'the token was changed'
  [[ "$output" != *"$(token a)"* ]] || fail 'the token is shown'
}

@test "a symlink is not written through" {
  echo mine >"$scratch/outside"
  ln -s "$scratch/outside" .gitignore
  run -3 hfscan fix --apply --rules HF7003
  [[ "$output" == *".gitignore"*symlink* ]] || fail 'not said'
  [ "$(cat "$scratch/outside")" = mine ] || fail 'written'
  [ -L .gitignore ] || fail 'replaced'
}

@test "suppressed findings are left alone" {
  hfscan baseline create
  run -0 hfscan fix --apply -b .hfscan-baseline --rules HF7003
  [ ! -e .gitignore ]
}

@test "nothing to fix is exit 0, misuse is exit 2" {
  rm .env.example
  run -0 hfscan fix
  run -2 hfscan fix -f json
  run -2 hfscan scan --apply
  run -2 hfscan fix nowhere
}

@test "SARIF holds the same edits, and no token" {
  printf '# %s\n' "$(token a)" >.gitignore
  run hfscan scan -f sarif --rules HF7
  [[ "$output" != *"$(token a)"* ]] || fail 'the token is shown'
  printf '%s' "$output" | python3 -c '
import json, sys
(change,) = [c for r in json.load(sys.stdin)["runs"][0]["results"] for f in r.get("fixes", []) for c in f["artifactChanges"]]
(replacement,) = change["replacements"]
region = replacement["deletedRegion"]
text = open(".gitignore").read()
assert region["byteOffset"] == len(text) and region["byteLength"] == 0 and region["startLine"] == 2
assert ".env\n" in replacement["insertedContent"]["text"]'
}

@test "init writes only when told, twice the same, and the result is clean" {
  run -1 hfscan init
  [ -z "$(git status --porcelain -- .gitignore .hfscan.toml .github)" ] || fail 'written'
  run -0 hfscan init --apply
  [ -x .git/hooks/pre-commit ] || fail 'no hook'
  cmp .github/workflows/hfscan.yml "$source_folder/hooks/github-workflow.yml"
  run -0 hfscan config check
  run -0 hfscan scan
  for path in .env .env.local huggingface.token .cache/huggingface/token; do git check-ignore -q "$path" || fail "$path"; done
  git check-ignore -q .env.example && fail 'examples are ignored'
  cp -r . "$scratch/once"
  run -0 hfscan init --apply
  diff -r . "$scratch/once"
}

@test "init adds to what is there and replaces nothing" {
  printf '*.token' >.gitignore
  echo 'exit 0' >.git/hooks/pre-commit
  mkdir -p .github/workflows
  echo mine >.github/workflows/hfscan.yml
  echo '[rules]' >.hfscan.toml
  run -0 hfscan init --apply
  [[ "$output" == *"'.git/hooks/pre-commit' is there already"*"hfscan hook pre-commit || exit"* ]] || fail 'no advice'
  [ "$(head -n 1 .gitignore)" = '*.token' ] || fail 'first line'
  [ "$(grep -cF '*.token' .gitignore)" -eq 1 ] || fail 'twice'
  [ "$(cat .git/hooks/pre-commit .github/workflows/hfscan.yml .hfscan.toml)" = "$(printf 'exit 0\nmine\n[rules]')" ] || fail 'replaced'
}

@test "init leaves hooks to whoever runs them" {
  touch .pre-commit-config.yaml
  run -0 hfscan init --apply
  [ ! -e .git/hooks/pre-commit ] || fail 'written'
  rm .pre-commit-config.yaml
  git config core.hooksPath elsewhere
  run -0 hfscan init --apply
  [ ! -e .git/hooks/pre-commit ] || fail 'written'
  [[ "$output" == *core.hooksPath* ]] || fail 'no advice'
}

@test "the hook that init writes refuses a token" {
  hfscan init --apply
  leak_into leak.py
  git add leak.py
  run git commit -m leak
  assert_refused_for leak.py
}
