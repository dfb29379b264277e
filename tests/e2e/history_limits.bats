#!/usr/bin/env bats
# hfscan history where something is missing or broken, in ranges, under time limits, on terminals, with any number of threads.

bats_require_minimum_version 1.5.0

setup() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  scratch_setup
  unset CI
  cd "$scratch" || return
}

teardown() { rm -rf "$scratch"; }

# make_history FOLDER: five commits; the second has a leak (of leak.py), the third removes it.
make_history() {
  new_repository "$1"
  git -C "$1" config uploadpack.allowFilter true
  (
    cd "$1" || exit
    leak_into leak.py
    mkdir folder
    echo text >folder/file
    git add --all && git commit -qm second
    git rm -q leak.py && git commit -qm third
    for i in 4 5; do echo "$i" >folder/file && git commit -qam "$i"; done
  )
}

# found_in FOLDER CODE ARGS...: whether the leak is found, with this exit code; nothing may hang.
found_in() {
  local folder=$1 code=$2
  shift 2
  run timeout 10 hfscan history "$folder" --rules HF1 "$@"
  [ "$status" -eq "$code" ] || fail "$folder: not exit $code"
  [[ "$output" != *"$(token leak.py)"* ]] || fail 'the token is shown'
  [[ "$output" == *leak.py:1:* ]]
}

# The first of the printed commands that would complete what was scanned.
printed_command() {
  [[ "$output" =~ \'(git\ fetch[^\']*)\' ]] || fail 'no command is printed'
  printf '%s' "${BASH_REMATCH[1]}"
}

loose() {
  local id
  id=$(git -C "$1" rev-parse "$2")
  printf '%s/.git/objects/%s/%s' "$1" "${id:0:2}" "${id:2}"
}

@test "shallow and partial clones: exit 3, and the printed command makes them whole" {
  make_history whole
  git clone -q --depth 2 "file://$PWD/whole" shallow
  git clone -q --no-checkout --filter=blob:none "file://$PWD/whole" 'partial of blobs'
  git clone -q --no-checkout --filter=tree:0 "file://$PWD/whole" 'partial of trees'
  for clone in shallow 'partial of blobs' 'partial of trees'; do
    ! found_in "$clone" 3 || fail 'found what is not there'
    read -ra command <<<"$(printed_command)"
    git -C "$clone" "${command[@]:1}" -q
    found_in "$clone" 1 || fail "$clone: not found when it is whole"
    [[ "$output" != *incomplete* ]] || fail "$clone: still incomplete"
  done
}

@test "missing objects are named, the rest is found, and the printed command brings them" {
  make_history whole
  for object in HEAD:folder/file HEAD:folder HEAD~1 'HEAD~3^{tree}'; do
    rm -rf damaged
    cp -r whole damaged
    id=$(git -C damaged rev-parse "$object")
    rm -f "$(loose damaged "$object")"
    found_in damaged 3 || [ "$object" = 'HEAD~3^{tree}' ] || fail "$object: the rest was not found"
    [[ "$output" == *"$id"* ]] || fail "$object is not named"
    read -ra command <<<"$(printed_command)"
    git -C damaged remote add origin "file://$PWD/whole"
    git -C damaged "${command[@]:1}" -q
    found_in damaged 1 || fail "$object: not found when it is whole"
  done
}

@test "corrupt objects and packs, broken refs and foreign stores: each is named, the rest is found" {
  make_history whole
  cp -r whole loose
  chmod u+w "$(loose loose HEAD:folder/file)"
  echo junk >"$(loose loose HEAD:folder/file)"
  found_in loose 3
  [[ "$output" == *"object $(git -C whole rev-parse HEAD:folder/file): "* ]]

  cp -r whole packed
  git -C packed repack -adq
  chmod u+w packed/.git/objects/pack/*.pack
  truncate -s -40 packed/.git/objects/pack/*.pack
  found_in packed 3 || [[ "$output" == *incomplete:\ object* ]]

  cp -r whole refs
  (
    cd refs/.git || exit
    echo 0123456789012345678901234567890123456789 >refs/heads/gone
    echo garbage >refs/heads/bad
    echo 'ref: refs/heads/two' >refs/heads/one
    echo 'ref: refs/heads/one' >refs/heads/two
    echo nonsense >packed-refs
  )
  found_in refs 3
  for name in gone bad one two; do [[ "$output" == *"refs/heads/$name: "* ]] || fail "$name is not named"; done
  [[ "$output" == *packed-refs:* ]]

  cp -r whole reftable
  git -C reftable config core.repositoryformatversion 1
  printf '[extensions]\n\trefStorage = reftable\n' >>reftable/.git/config
  found_in reftable 3
  [[ "$output" == *reftable* ]]

  git clone -q --shared whole alternate
  ! found_in alternate 3 || fail 'a store outside the root was read'
  [[ "$output" == *"alternate outside the scanned root"* ]]
}

@test "fifos, links and devices among git's files: no hang" {
  make_history whole
  for place in HEAD packed-refs index shallow modules worktrees logs/x hooks/x refs/heads/x info/grafts FETCH_HEAD \
    objects/info/commit-graph objects/pack/multi-pack-index objects/pack/pack-x.pack "objects/ab/$(printf 'ab%.0s' {1..19})"; do
    for kind in fifo link; do
      rm -rf odd
      cp -r whole odd
      rm -rf "odd/.git/$place"
      mkdir -p "odd/.git/$(dirname "$place")"
      if [ "$kind" = fifo ]; then mkfifo "odd/.git/$place"; else ln -s /dev/zero "odd/.git/$place"; fi
      run timeout 10 hfscan history odd --rules HF1 -q
      [ "$status" -eq 1 ] || [ "$status" -eq 3 ] || fail "$kind as $place"
      [[ "$output" == *leak.py:1:* ]] || fail "$kind as $place: the leak is not found"
    done
  done
  for place in config objects/info/alternates commondir; do
    rm -rf odd
    cp -r whole odd
    rm -f "odd/.git/$place"
    mkfifo "odd/.git/$place"
    run timeout 10 hfscan history odd
    [ "$status" -eq 2 ] || fail "$place"
    [[ "$output" == *"'.git/$place' is not a regular file"* ]] || fail "$place is not named"
  done
}

@test "ranges: what their commits introduced, and one line for what is not known" {
  make_history whole
  cd whole || return
  git checkout -qb side HEAD~2
  leak_into side.py
  git add --all && git commit -qm side
  git checkout -q main
  git merge -q --no-commit side
  leak_into evil.py
  git add --all && git commit -qm merge
  for row in 'HEAD~1..HEAD:side.py evil.py' 'main..side:' 'side..main:evil.py' 'side:leak.py side.py' 'HEAD~3..HEAD~1:'; do
    run hfscan history . "${row%%:*}" --rules HF1 -q
    for file in leak.py side.py evil.py; do
      if [[ " ${row#*:} " == *" $file "* ]]; then [[ "$output" == *"$file:1:"* ]]; else [[ "$output" != *"$file:1:"* ]]; fi || fail "$row: $file"
    done
  done
  run hfscan history --branch side --since-commit main --rules HF1
  [ "$status" -eq 0 ] || fail 'side has nothing new'
  run hfscan history --branch main --since-commit side --rules HF1 -q
  [[ "$status" -eq 1 && "$output" == *evil.py:1:* && "$output" != *side.py* ]] || fail 'main since side'
  run hfscan history --log-opts='--all --no-merges' --rules HF1 -q
  [[ "$output" == *leak.py:1:* && "$output" == *side.py:1:* && "$output" != *evil.py:1:* ]] || fail 'all but merges'
  for args in nonesuch nonesuch..HEAD HEAD..nonesuch --branch=nonesuch --since-commit=nonesuch HEAD:app.py --log-opts=-p \
    --log-opts=--output=x --log-opts=-n1 --log-opts="'open" --log-opts=--since=yesterday; do
    run --separate-stderr hfscan history "$args"
    [ "$status" -eq 2 ] || fail "$args: not exit 2"
    # shellcheck disable=SC2154  # bats sets it
    [ "$(wc -l <<<"$stderr")" -eq 1 ] && [ -z "$output" ] || fail "$args: more than one line"
  done
  [ ! -e x ] || fail 'an option of git log wrote a file'
}

@test "in a shallow clone a range it has is complete, and one it lacks names the way out" {
  make_history whole
  git clone -q --depth 3 "file://$PWD/whole" two
  run hfscan history two HEAD~1..HEAD --rules HF1
  [ "$status" -eq 0 ] || fail 'the range is there'
  git clone -q --depth 1 "file://$PWD/whole" one
  run hfscan history one HEAD~1..HEAD --rules HF1
  [ "$status" -eq 2 ] || fail 'not exit 2'
  [[ "$output" == *'git fetch --unshallow'* ]] || fail 'no way out'
}

@test "one thread and eight give the same bytes in every format" {
  python3 - "$BATS_TEST_DIRNAME" <<'PYTHON'
import os, sys
sys.path.insert(0, sys.argv[1])
import history_oracle
os.environ.update(GIT_COMMITTER_NAME="T", GIT_COMMITTER_EMAIL="t@example.org")
history_oracle.random_repository("random", 7)
PYTHON
  for format in text json jsonl sarif; do
    for jobs in 1 2 3 8; do hfscan history random --no-cache -f "$format" --jobs "$jobs" >"$format.$jobs" || [ $? -eq 1 ]; done
    for jobs in 2 3 8; do cmp "$format.1" "$format.$jobs"; done
    hfscan history random --no-cache -f "$format" --engine full >"$format.full" || [ $? -eq 1 ]
    cmp "$format.1" "$format.full"
    for run in first second; do hfscan history random --cache-dir cache -f "$format" >"$format.$run" || [ $? -eq 1 ]; done
    cmp "$format.1" "$format.first"
    cmp "$format.1" "$format.second"
  done
}

# Large blobs that compress well: quick to make, half a second of work.
make_long_history() {
  git init -q long
  python3 -c '
import sys
for i in range(4):
    sys.stdout.buffer.write(b"blob\ndata 100000009\nnumber %d\n" % i + b"a line of some text\n" * 5000000 + b"\n")' |
    git -C long -c core.bigFileThreshold=1 -c core.compression=1 fast-import --quiet
}

@test "time limit and signals: exit 3 and 130, in time, and no half report" {
  [ -z "${SANITIZERS:-}" ] || skip 'times of instrumented code say nothing'
  make_long_history
  run python3 - <<'PYTHON'
import json, os, signal, subprocess, sys, time
def start(*args):
    return subprocess.Popen(["hfscan", "history", "long", "--no-cache", "--jobs", "1", "-r", "report.json", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
begin = time.monotonic()
start().communicate()
whole = time.monotonic() - begin
os.remove("report.json")
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    process = start()
    time.sleep(min(0.05, whole / 4))
    process.send_signal(number)
    out, err = process.communicate(timeout=10)
    assert process.returncode == 130, (number, process.returncode, out, err)
    assert not out and b"interrupted" in err and not os.path.exists("report.json"), (out, err)
process = start("--timeout", "0")
out, err = process.communicate(timeout=10)
report = json.load(open("report.json", encoding="utf-8"))
assert process.returncode == report["exit_code"] == 3 and not report["complete"], process.returncode
assert any("stopped after" in one["message"] for one in report["diagnostics"]), report["diagnostics"]
assert not any("missing" in one["message"] for one in report["diagnostics"]), report["diagnostics"]
PYTHON
  [ "$status" -eq 0 ] || fail 'stopped otherwise'
}

@test "progress is shown on a terminal alone, and leaves nothing behind" {
  make_long_history
  run python3 - <<'PYTHON'
import os, pty, subprocess
def shown(terminal, *args, **environment):
    ours, theirs = pty.openpty() if terminal else os.pipe()
    process = subprocess.Popen(["hfscan", "history", "long", "--no-cache", "--jobs", "1", *args], stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, **environment})
    os.close(theirs)
    text = b""
    try:
        while part := os.read(ours, 4096):
            text += part
    except OSError:
        pass
    process.wait()
    return text
text = shown(True)
assert not text or text.endswith(b"\r\x1b[K") and b" objects" in text, text
assert not shown(False)
assert not shown(True, "-q")
assert not shown(True, CI="true")
PYTHON
  [ "$status" -eq 0 ] || fail 'progress'
}
