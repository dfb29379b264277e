#!/usr/bin/env bats
# The flags that decide on output, colour and exit code, and the index in its less usual places.

bats_require_minimum_version 1.5.0

setup() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  scratch_setup
  new_repository "$scratch/project"
  cd "$scratch/project" || return
}

escape=$'\033'

# on_terminal [NAME=VALUE...]: what a scan prints on one.
on_terminal() {
  command -v script >/dev/null || skip 'no script(1)'
  run env TERM=xterm "$@" script -qec 'hfscan scan .' /dev/null
}

@test "colour on a terminal, and not when it is not wanted" {
  leak_into leak.py
  on_terminal
  [[ "$output" == *"${escape}["* ]] || fail 'no colour on a terminal'
  for variable in NO_COLOR=1 TERM=dumb; do
    on_terminal "$variable"
    [[ "$output" == *HF1003* && "$output" != *"${escape}["* ]] || fail "colour with $variable"
  done
  on_terminal NO_COLOR=
  [[ "$output" == *"${escape}["* ]] || fail 'an empty NO_COLOR counts'
}

@test "colour in a pipe only when it is forced" {
  leak_into leak.py
  run hfscan scan .
  [[ "$output" == *HF1003* && "$output" != *"$escape"* ]] || fail 'colour in a pipe'
  for variable in FORCE_COLOR=1 CLICOLOR_FORCE=1; do
    run env "$variable" hfscan scan .
    [[ "$output" == *"${escape}["* ]] || fail "no colour with $variable"
    run env "$variable" NO_COLOR=1 hfscan scan .
    [[ "$output" != *"$escape"* ]] || fail "$variable wins over NO_COLOR"
    run env "$variable" hfscan scan . --no-color
    [[ "$output" != *"$escape"* ]] || fail "$variable wins over --no-color"
    run env "$variable" hfscan scan . -f json
    [[ "$output" != *"$escape"* ]] || fail "colour in JSON"
  done
  run env NO_COLOR=1 TERM=dumb hfscan scan . --color always
  [[ "$output" == *"${escape}["* ]] || fail '--color always does not win'
}

@test "several reports in one run, each in the format of its extension, say the same" {
  leak_into leak.py
  run hfscan scan . --rules HF1 -r ../a.json -r ../b.jsonl -r ../c.sarif -r ../d.txt
  [ "$status" -eq 1 ] || fail 'not exit 1'
  [[ "$output" == *"error[HF1003]"* ]] || fail 'no text on standard output'
  python3 - <<'PYTHON'
import json
report = json.load(open("../a.json"))
lines = [json.loads(line) for line in open("../b.jsonl")]
sarif = json.load(open("../c.sarif"))
assert [line["record"] for line in lines] == ["header", "finding", "end"]
assert lines[1]["fingerprint"] == report["findings"][0]["fingerprint"] == sarif["runs"][0]["results"][0]["fingerprints"]["hfscan/v1"]
assert report["exit_code"] == lines[2]["exit_code"] == 1
assert "error[HF1003]" in open("../d.txt").read()
PYTHON
  [ "$(stat -c %a ../a.json)" != 777 ] || fail 'the report is writable by all'
  run hfscan scan . -f jsonl -r ../e.sarif -r -
  [[ "$output" == '{"record"'* ]] || fail '-r - is not the chosen format'
}

@test "exit codes: 1 becomes 0 or N when asked" {
  run hfscan scan . --exit-code 42
  [ "$status" -eq 0 ] || fail 'a clean tree is not 0'
  leak_into leak.py
  run hfscan scan .
  [ "$status" -eq 1 ] || fail 'not 1'
  run hfscan scan . --exit-zero
  [ "$status" -eq 0 ] || fail '--exit-zero is not 0'
  run hfscan scan . --exit-code 42
  [ "$status" -eq 42 ] || fail '--exit-code is not 42'
  run hfscan scan . --exit-zero missing
  [ "$status" -eq 2 ] || fail '--exit-zero hides an error'
  run hfscan scan . --exit-code 42 -f json
  [[ "$output" == *'"exit_code": 42'* ]] || fail 'the report says something else'
}

@test "an allow comment names a rule by three characters or more" {
  printf 'HF_TOKEN = "%s"  # hfscan:allow[HF1] sample\n' "$(token allowed)" >leak.py
  run hfscan scan .
  [ "$status" -eq 0 ] || fail 'a prefix of three characters does not count'
  printf 'HF_TOKEN = "%s"  # hfscan:allow[H] sample\n' "$(token allowed)" >leak.py
  run hfscan scan .
  [ "$status" -eq 1 ] || fail 'one letter is enough'
}

@test "standard input" {
  run bash -c 'echo nothing | hfscan stdin'
  [ "$status" -eq 0 ] || fail 'not 0'
  run bash -c 'printf "x\n%s" "$1" | hfscan stdin -q' _ "$(token input)"
  [ "$status" -eq 1 ] || fail 'not 1'
  [[ "$output" == stdin:2:1:* ]] || fail 'place'
  run bash -c 'hfscan stdin </dev/null'
  [ "$status" -eq 0 ] || fail 'not 0 for nothing'
}

@test "staged reads the index, not the working tree" {
  leak_into leak.py
  run hfscan staged
  [ "$status" -eq 0 ] || fail 'a file that is not staged counts'
  git add leak.py
  : >leak.py
  run hfscan staged
  [ "$status" -eq 1 ] || fail 'not found in the index'
  assert_refused_for leak.py
  cd .. || return
  run hfscan staged project
  [ "$status" -eq 1 ] || fail 'not found from outside'
  run hfscan git --staged project
  [ "$status" -eq 1 ] || fail 'not found by the name of gitleaks'
}

@test "staged in a folder of the repository sees all of it" {
  mkdir sub
  leak_into leak.py
  git add leak.py
  cd sub || return
  run hfscan staged
  assert_refused_for leak.py
}

@test "staged in a linked worktree" {
  git worktree add -q -b second "$scratch/second tree"
  leak_into first.py
  git add first.py
  cd "$scratch/second tree" || return
  run hfscan staged
  [ "$status" -eq 0 ] || fail 'the index of the main work tree is read'
  leak_into leak.py
  git add leak.py
  run hfscan staged
  assert_refused_for leak.py
  [[ "$output" != *first.py* ]] || fail 'the index of the main work tree is read'
}

@test "staged on an unborn branch" {
  git init -q "$scratch/new"
  cd "$scratch/new" || return
  run hfscan staged
  [ "$status" -eq 0 ] || fail 'an empty repository is not clean'
  leak_into leak.py
  git add leak.py
  run hfscan staged
  assert_refused_for leak.py
}

@test "staged inside git commit PATH and commit -a sees what is committed" {
  printf '#!/bin/sh\nexec hfscan staged\n' >.git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit
  leak_into leak.py
  git add leak.py
  echo 'print(1)' >app.py
  git commit -q -m clean app.py || fail 'refused for another file'
  run git commit -m leak leak.py
  assert_refused_for leak.py
  git rm -q --cached -f leak.py
  leak_into app.py
  run git commit -a -m leak
  assert_refused_for app.py
}
