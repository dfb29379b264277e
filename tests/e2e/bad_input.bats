#!/usr/bin/env bats
# What goes wrong on the outside: the right exit code, one line that says what, and nothing half-written.

bats_require_minimum_version 1.5.0

setup() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  scratch_setup
  new_repository "$scratch/project"
  cd "$scratch/project" || return
}

teardown() {
  if [ -n "${mounted:-}" ]; then umount "$mounted"; fi
  if [ -n "${open_folder:-}" ]; then rm -rf "$open_folder"; fi
}

# refused ARGS...: exit 2, nothing on standard output, one line on standard error.
refused() {
  run --separate-stderr timeout 20 hfscan "$@"
  # shellcheck disable=SC2154  # bats sets it
  [ "$status" -eq 2 ] || fail "not exit 2 for: $* (stderr: $stderr)"
  [ -z "$output" ] || fail "standard output for: $*"
  [[ "$stderr" == "hfscan: "* && "$stderr" != *$'\n'* ]] || fail "not one line for: $* (stderr: $stderr)"
}

# A folder that another user can enter, with a copy of the binary: the scratch folders are private.
make_open_folder() {
  [ "$(id -u)" -eq 0 ] || skip 'not root'
  command -v setpriv >/dev/null || skip 'no setpriv'
  open_folder=$(mktemp -d /tmp/hfscan-test.XXXXXX)
  cp -L "$BINARY_UNDER_TEST" "$open_folder/hfscan"
  mkdir "$open_folder/tree"
  chmod -R a+rX "$open_folder"
  cd "$open_folder/tree" || return
}

as_nobody() { setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/nonexistent "$@"; }

@test "usage errors are one line and exit 2" {
  refused scan missing
  [[ "$stderr" == *"'missing'"* ]] || fail "$stderr"
  refused scan . missing
  refused --colour always
  [[ "$stderr" == *"did you mean '--color'"* ]] || fail "$stderr"
  refused scan --no-such-flag
  refused scan -f yaml
  refused scan -r report.docx
  refused scan --jobs many
  refused scan --fail-on fatal
  refused scan --exit-code 256
  refused scan --rules HF9999
  refused scan --rules-file missing.toml
  refused scan -c missing.toml
  refused scan -b missing
  refused hook
  refused hook post-commit
  refused rules explain HF9999
  refused ignore 0123
  refused history --staged
  refused history HEAD..no-such
  refused scan --engine full
  refused history --engine fast
  refused staged "$scratch/home"
}

@test "an invalid rule file names file, line and what is wrong" {
  printf '[[rule]]\nid = "XX0001"\nnaem = "x"\n' >bad.toml
  refused scan --rules-file bad.toml
  [[ "$stderr" == *bad.toml:* ]] || fail "$stderr"
  refused rules check bad.toml
  printf 'not toml at all' >bad.toml
  refused scan --rules-file bad.toml
  hfscan rules new my-rule | sed "s/^patterns.*/patterns = ['(']/" >bad.toml
  refused scan --rules-file bad.toml
  hfscan rules new my-rule | sed "s/acme_0a1b2c3d4e5f6g7h8i9j/nothing/" >bad.toml
  refused rules check bad.toml
  hfscan rules new my-rule | sed "s/^patterns.*/patterns = ['acme_[a-z0-9]{20}', '[ab]*a[ab]{200}acme_']/" >bad.toml
  refused rules check bad.toml
  [[ "$stderr" == *'at least 20'* ]] || fail "$stderr"
  hfscan rules new my-rule | sed '/rule.good/,$d' >bad.toml
  refused rules check bad.toml
  hfscan rules new my-rule | sed '/^keywords/d' >bad.toml
  refused rules check bad.toml
  hfscan rules new my-rule >good.toml
  hfscan rules check good.toml
}

@test "an unknown configuration key names file, line and the nearest key" {
  printf '[rules]\nselekt = ["HF1"]\n' >.hfscan.toml
  refused scan .
  [[ "$stderr" == *".hfscan.toml:2:"*"rules.select"* ]] || fail "$stderr"
  refused staged
  refused config check
  run hfscan scan . --no-config
  [ "$status" -eq 0 ] || fail '--no-config reads it'
}

@test "a token in the arguments is refused and not repeated" {
  secret=$(token argument)
  refused scan "$secret"
  [[ "$stderr" != *"$secret"* && "$stderr" != *"${secret:3:12}"* ]] || fail 'the token is shown'
  refused "--token=$secret"
  [[ "$stderr" != *"${secret:3:12}"* ]] || fail 'the token is shown'
}

@test "what cannot be read is named, the rest is scanned, exit 3 whatever is asked" {
  make_open_folder
  leak_into leak.py
  echo secret >closed.txt
  mkdir closed
  chmod 0 closed.txt closed
  for more in '' --exit-zero --exit-code=42; do
    # shellcheck disable=SC2086  # empty means no argument
    run as_nobody ../hfscan scan . -f json $more
    [ "$status" -eq 3 ] || fail 'not exit 3'
  done
  python3 - "$output" <<'PYTHON'
import json, sys
report = json.loads(sys.argv[1])
assert not report["complete"] and report["exit_code"] == 3
assert sorted(d["path"].rstrip("/") for d in report["diagnostics"]) == ["closed", "closed.txt"], report["diagnostics"]
assert [f["location"]["path"] for f in report["findings"]] == ["leak.py"]
PYTHON
  run as_nobody ../hfscan scan .
  [[ "$output" == *closed.txt* && "$output" == *leak.py* && "$output" != *clean* ]] || fail 'the text report'
}

@test "a report that cannot be written leaves the old one and exits 2" {
  [ "$(id -u)" -eq 0 ] || skip 'not root'
  mkdir "$scratch/small"
  mount -t tmpfs -o size=64k tmpfs "$scratch/small" 2>/dev/null || skip 'cannot mount a file system'
  mounted="$scratch/small"
  leak_into leak.py
  echo old >"$mounted/report.json"
  cp "$mounted/report.json" "$mounted/report.sarif"
  dd if=/dev/zero of="$mounted/fill" bs=1k 2>/dev/null || true
  for report in report.json report.sarif; do
    run --separate-stderr hfscan scan . -r "$mounted/$report"
    [ "$status" -eq 2 ] || fail 'not exit 2'
    [[ "$stderr" == *"$report"*"no space left"* ]] || fail "$stderr"
    [ "$(cat "$mounted/$report")" = old ] || fail 'the old report is gone'
  done
  [ "$(ls -A "$mounted")" = "$(printf 'fill\nreport.json\nreport.sarif')" ] || fail "left behind: $(ls -A "$mounted")"
}

@test "standard output on a full disk or closed is exit 2" {
  run bash -c 'hfscan scan . 2>&1 >/dev/full'
  [ "$status" -eq 2 ] || fail 'not exit 2'
  [[ "$output" == "hfscan: "*"no space left"* ]] || fail 'the reason is missing'
  run bash -c 'hfscan scan . 2>&1 >&-'
  [ "$status" -eq 2 ] || fail 'not exit 2 for a closed one'
}

@test "a report path that is a symlink, a folder or below nothing is refused" {
  echo precious >"$scratch/precious"
  ln -s "$scratch/precious" report.json
  run --separate-stderr hfscan scan . -r report.json
  [ "$status" -eq 2 ] || fail 'not exit 2'
  [ -L report.json ] && [ "$(cat "$scratch/precious")" = precious ] || fail 'the file behind the symlink was changed'
  mkdir folder.json
  run hfscan scan . -r folder.json
  [ "$status" -eq 2 ] || fail 'not exit 2 for a folder'
  run hfscan scan . -r missing/report.json
  [ "$status" -eq 2 ] || fail 'not exit 2 for a missing folder'
  [ "$(git status --porcelain)" = '?? report.json' ] || fail "left behind: $(git status --porcelain)"
}

@test "a reader that closes the pipe is no error" {
  leak_into leak.py
  (
    sleep 0.2
    code=0
    hfscan scan . -f json 2>"$scratch/err" || code=$?
    echo "$code" >"$scratch/code"
  ) | true
  [ "$(cat "$scratch/code")" -eq 1 ] || fail "exit $(cat "$scratch/code")"
  [ ! -s "$scratch/err" ] || fail "$(cat "$scratch/err")"
}

@test "Ctrl-C is exit 130 and leaves no report" {
  python3 - <<'PYTHON'
import os, signal, subprocess, time
process = subprocess.Popen(["hfscan", "stdin", "-r", "report.json"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                           preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler))
process.stdin.write(b"x" * 100000)
time.sleep(0.3)
assert process.poll() is None
process.send_signal(signal.SIGINT)
code = process.wait(timeout=10)
assert code in (130, -signal.SIGINT), code
assert not [name for name in os.listdir(".") if "report" in name], os.listdir(".")
PYTHON
}

@test "a FIFO, a socket and a symlink in the tree are not opened; they are counted" {
  mkfifo fifo
  python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind("socket")'
  ln -s /etc/passwd link
  ln -s loop loop
  run timeout 20 hfscan scan . -f json
  [ "$status" -eq 0 ] || fail 'not exit 0'
  python3 - "$output" <<'PYTHON'
import json, sys
report = json.loads(sys.argv[1])
assert report["complete"] and report["diagnostics"] == []
special = sorted(s["path"] for s in report["skipped"] if s["reason"] == "special_file")
assert special == ["fifo", "socket"], report["skipped"]
assert report["counts"]["skipped"] == len(report["skipped"])
PYTHON
  run timeout 20 hfscan scan .
  [[ "$output" == *skipped* ]] || fail 'the summary is silent'
}

@test "the text of a symlink is scanned" {
  ln -s "/x/$(token link)" link
  run hfscan scan .
  [ "$status" -eq 1 ] || fail 'not found'
  [[ "$output" == *link* ]] || fail 'not named'
}

@test "a FIFO in the place of a file of hfscan's own is refused, not waited for" {
  for name in .hfscanignore .hfscan.toml; do
    mkfifo "$name"
    refused scan .
    rm "$name"
  done
}

@test "a symlink in the place of a file of hfscan's own is refused, not followed" {
  for name in .hfscanignore .hfscan.toml; do
    ln -s /etc/passwd "$name"
    refused scan .
    rm "$name"
  done
  ln -s /etc/passwd link
  printf '[rules]\nfiles = ["link"]\n' >.hfscan.toml
  refused scan .
  [[ "$stderr" == *symlink* || "$stderr" == *"symbolic link"* ]] || fail "the rule file is followed: $stderr"
  printf '[ignore]\nbaseline = "link"\n' >.hfscan.toml
  refused scan .
  [[ "$stderr" == *symlink* || "$stderr" == *"symbolic link"* ]] || fail "the baseline is followed: $stderr"
}
