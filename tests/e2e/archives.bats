#!/usr/bin/env bats
# Archives with tokens in them, and archives that are made to harm.

bats_require_minimum_version 1.5.0

setup() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  scratch_setup
  mkdir "$scratch/tree"
  cd "$scratch/tree" || return
}

teardown() { rm -rf "$scratch"; }

archives() { python3 "$BATS_TEST_DIRNAME/archives.py" "$@"; }

@test "the token in each kind of archive is found once, by path and encoding" {
  archives tokens .
  run bash -c 'hfscan scan . -f json >"$1"' _ "$scratch/report.json"
  archives check "$scratch/tree" "$scratch/report.json"
  for format in text json sarif; do
    run hfscan scan . -f "$format" --jobs 8
    local eight=$output
    run hfscan scan . -f "$format" --jobs 1
    [ "$output" = "$eight" ] || fail "$format depends on the number of jobs"
  done
}

@test "the same from the index" {
  archives tokens .
  git init -q .
  git add --all
  run bash -c 'hfscan staged -f json >"$1"' _ "$scratch/report.json"
  archives check "$scratch/tree" "$scratch/report.json"
}

@test "archives on standard input are unpacked from memory" {
  archives tokens .
  for file in log.txt.gz nested.zip tool.pyz x.deb pax.txz; do
    run bash -c 'hfscan stdin -f json <"$1"' _ "$file"
    [ "$status" -eq 1 ] || fail "$file: not exit 1"
    [[ "$output" == *'"member": "'* ]] || fail "$file: not in the archive"
  done
}

@test "SARIF names the file that exists, and the member beside it" {
  archives tokens .
  run bash -c 'hfscan scan . -f sarif >"$1"' _ "$scratch/report.sarif"
  python3 - "$scratch/report.sarif" <<'PYTHON'
import json, os, sys, urllib.parse
for result in json.load(open(sys.argv[1], encoding="utf-8"))["runs"][0]["results"]:
    (place,) = result["locations"]
    path = urllib.parse.unquote(place["physicalLocation"]["artifactLocation"]["uri"])
    assert os.path.isfile(path), path
    region = place["physicalLocation"]["region"]
    # A member's lines are none of the archive.
    assert (region["endColumn"] == region["startColumn"]) == ("logicalLocations" in place), place
PYTHON
}

@test "bombs end in a few seconds, in little memory, with a reason and exit 3" {
  archives bombs .
  for bomb in *; do
    run --separate-stderr python3 - "$bomb" <<'PYTHON'
import json, os, resource, subprocess, sys
# A sanitizer makes everything ten times slower, and its shadow memory and quarantine are several times what the program uses.
sanitizers = os.environ.get("SANITIZERS")
limit = ["--archive-max-megabytes", "4"] if sanitizers else []
done = subprocess.run(["hfscan", "scan", sys.argv[1], "-f", "json", *limit], capture_output=True, timeout=600, check=False)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
report = json.loads(done.stdout)
assert done.returncode == report["exit_code"] == 3, done.returncode
assert 1 <= len(report["diagnostics"]) <= 25, report["diagnostics"]
assert any(d["path"].split("!/")[0] == sys.argv[1] for d in report["diagnostics"]), report["diagnostics"]
assert len(report["findings"]) <= 10000
assert sanitizers or peak < 100, f"{peak} MiB"
PYTHON
    # shellcheck disable=SC2154  # bats sets it
    [ "$status" -eq 0 ] || fail "$bomb: $stderr"
  done
  [ "$(find . -type f | wc -l)" -eq 9 ] || fail 'something was unpacked to disk'
}

@test "a repository cannot switch unpacking off; a user can, and it is counted" {
  git init -q .
  archives tokens .
  printf '[archives]\ndepth = 0\n' >.hfscan.toml
  run hfscan scan .
  [ "$status" -eq 2 ] || fail 'not exit 2'
  [[ "$output" == *"may not set 'archives.depth'"* ]] || fail 'the key is not named'
  rm .hfscan.toml
  run hfscan scan . --no-archives -f json
  [[ "$output" == *'"archives_off"'* && "$output" != *'"container"'* ]] || fail 'unpacked all the same'
}

@test "unpacking starts no program and writes no file" {
  command -v strace >/dev/null || skip 'no strace'
  strace -o /dev/null true 2>/dev/null || skip 'may not trace here'
  archives tokens .
  run strace -f -qq -o "$scratch/log" -e trace=execve,execveat,fork,vfork,openat,socket "$BINARY_UNDER_TEST" scan .
  [ "$(grep -c execve "$scratch/log")" -eq 1 ] || fail "$(grep execve "$scratch/log")"
  ! grep -E 'O_(WRONLY|RDWR|CREAT)|socket|vfork' "$scratch/log" || fail 'a file was opened for writing'
}
