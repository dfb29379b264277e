#!/usr/bin/env bats
# Tokens in the shapes in which they leak, all in one tree: found once each, in every format, and shown in none.

setup_file() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  export BATS_TEST_TMPDIR="$BATS_FILE_TMPDIR"
  scratch_setup
  export TREE="$BATS_FILE_TMPDIR/a tree"
  git init -q "$TREE"
  python3 "$BATS_TEST_DIRNAME/planted_tree.py" make "$TREE"
}

teardown_file() { rm -rf "$BATS_FILE_TMPDIR/a tree"; }

setup() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  scratch_setup
  cd "$TREE" || return
}

planted() { python3 "$BATS_TEST_DIRNAME/planted_tree.py" "$@"; }

# scan_to FILE ARGS...
scan_to() {
  local file=$1
  shift
  run bash -c '"${@:2}" >"$1"' _ "$file" hfscan "$@"
}

@test "every planted token is found once, at its line, byte column and hash; decoys are silent" {
  scan_to "$scratch/report.json" scan . --rules HF1 -f json
  [ "$status" -eq 1 ] || fail 'not exit 1'
  planted check "$TREE" "$scratch/report.json"
}

@test "the same without a repository, and when each file is named" {
  cp -r --sparse=always "$TREE" "$scratch/plain"
  rm -rf "$scratch/plain/.git"
  cd "$scratch/plain" || return
  scan_to "$scratch/folder.json" scan . --rules HF1 -f json
  planted check "$TREE" "$scratch/folder.json"
  shopt -s dotglob
  scan_to "$scratch/files.json" scan --rules HF1 -f json -- *
  planted check "$TREE" "$scratch/files.json"
}

@test "the same from the index" {
  cp -r --sparse=always "$TREE" "$scratch/staged"
  cd "$scratch/staged" || return
  rm -f sparse.bin
  git add --all
  scan_to "$scratch/report.json" staged --rules HF1 -f json
  planted check "$scratch/staged" "$scratch/report.json"
}

@test "one thread and eight give the same bytes in every format" {
  for format in text json jsonl sarif; do
    scan_to "$scratch/one" scan . -f "$format" --jobs 1
    scan_to "$scratch/eight" scan . -f "$format" --jobs 8
    cmp "$scratch/one" "$scratch/eight" || fail "$format differs"
  done
}

@test "no format shows a piece of a token, plain or in base64" {
  for format in text json jsonl sarif; do
    scan_to "$scratch/$format" scan . -f "$format" -v --paranoid --sarif-include-suppressed
    scan_to "$scratch/$format quiet" scan . -f "$format" -q
  done
  hfscan scan . --color always -r "$scratch/a.json" -r "$scratch/b.jsonl" -r "$scratch/c.sarif" -r "$scratch/d.txt" \
    >"$scratch/out" 2>&1 || true
  planted secret "$scratch"/{text,json,jsonl,sarif}{,\ quiet} "$scratch"/{a.json,b.jsonl,c.sarif,d.txt,out}
}

@test "each token on standard input is found with its hash" {
  for file in .env notebook.ipynb app.min.js little.txt big.txt secret.yaml no_newline.txt; do
    run bash -c 'hfscan stdin -f json <"$1"' _ "$file"
    [ "$status" -eq 1 ] || fail "$file: not exit 1"
    python3 - "$file" "$output" "$BATS_TEST_DIRNAME" <<'PYTHON'
import hashlib, json, sys
sys.path.insert(0, sys.argv[3])
import planted_tree
(finding,) = json.loads(sys.argv[2])["findings"]
(plant,) = [p for p in planted_tree.PLANTS if p.path == sys.argv[1]]
assert finding["secret"]["sha256"] == hashlib.sha256(planted_tree.token(plant.path).encode()).hexdigest()
assert (finding["location"]["start"]["line"], finding["location"]["start"]["column"]) == (plant.line, plant.column), finding
PYTHON
  done
}

@test "decoys are shown with --paranoid, as notes, and do not fail the run" {
  run hfscan scan decoys.py --paranoid -f json
  [ "$status" -eq 0 ] || fail 'a look-alike fails the run'
  [[ "$output" == *'"look_alike": true'* ]] || fail 'no look-alike is shown'
  [[ "$output" != *'"severity": "error"'* ]] || fail 'a look-alike is an error'
}
