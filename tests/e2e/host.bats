#!/usr/bin/env bats
# hfscan host in a home of the test's own; processes are those of this machine.
# shellcheck disable=SC2088  # paths as the report shows them, with the tilde

bats_require_minimum_version 1.5.0

setup() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  scratch_setup
  unset HF_HOME HF_TOKEN_PATH HISTFILE ZDOTDIR NETRC XDG_DATA_HOME XDG_STATE_HOME IPYTHONDIR PSQL_HISTORY BASH_ENV ENV
  export TMPDIR="$scratch"
  cd "$scratch" || return
}

teardown() {
  if [ -n "${process:-}" ]; then kill "$process"; fi
}

# save FILE MODE: standard input as a file of the home.
save() {
  mkdir -p "$(dirname "$HOME/$1")"
  cat >"$HOME/$1"
  chmod "$2" "$HOME/$1"
}

# assert_found RULE PLACE: and no token is shown. With `run` before it.
assert_found() {
  [ "$status" -eq 1 ] || fail "not exit 1"
  [[ "$output" == *"[$1]"* ]] || fail "$1 is not named"
  [[ "$output" == *"$2"* ]] || fail "$2 is not named"
  assert_no_token
}

assert_no_token() { [[ "$output" != *"$(token host)"* ]] || fail 'the token is shown'; }

# Findings of one rule only: whatever else runs on this machine plays no part.
host_check() { hfscan host --rules "$@"; }

@test "a clean home is clean, and the checklist says what cannot be seen" {
  run host_check HF8001,HF8002,HF8003,HF8004,HF8005,HF8006,HF8008
  [ "$status" -eq 0 ] || fail 'not exit 0'
  [[ "$output" == *'two-factor'* && "$output" == *'audit log'* ]] || fail 'no checklist'
}

@test "a token file that others can read, until its mode is mended as the report says" {
  token host | save .cache/huggingface/token 644
  run host_check HF8001
  assert_found HF8001 'chmod 600 ~/.cache/huggingface/token'
  run hfscan doctor --rules host-token-file-perms
  assert_found HF8001 '~/.cache/huggingface/token'
  chmod 600 "$HOME/.cache/huggingface/token"
  run host_check HF8001
  [ "$status" -eq 0 ] || fail 'not mended'
}

@test "HF_HOME and HF_TOKEN_PATH say where the token file is" {
  token host | save data/token 640
  HF_HOME="$HOME/data" run host_check HF8001
  assert_found HF8001 '~/data/token'
  token host | save data/mine 604
  HF_TOKEN_PATH="$HOME/data/mine" run host_check HF8001
  assert_found HF8001 '~/data/mine'
}

@test "histories, start-up files and stores of passwords" {
  printf 'ls\nexport HF_TOKEN=%s\n' "$(token host)" | save .bash_history 600
  printf -- '- cmd: hf auth login --token %s\n  when: 1\n' "$(token host)" | save .local/share/fish/fish_history 600
  printf 'export HF_TOKEN=%s\n' "$(token host)" | save .bashrc 600
  printf 'machine huggingface.co login me password sesame\n' | save .netrc 600
  printf 'https://me:sesame@huggingface.co\n' | save .git-credentials 600
  git config --global credential.helper store
  run hfscan host
  for found in 'HF8002 ~/.bash_history:2' 'HF8002 ~/.local/share/fish/fish_history:1' 'HF8003 ~/.git-credentials:1' \
    'HF8004 ~/.gitconfig' 'HF8006 ~/.netrc:1' 'HF8008 ~/.bashrc:1'; do
    [[ "$output" == *"[${found%% *}]"* && "$output" == *"${found#* }"* ]] || fail "no $found"
  done
  assert_no_token
  [[ "$output" != *sesame* ]] || fail 'a password is shown'
}

@test "no report shows a line of a file of the home" {
  printf 'mysql -pOTHER\nexport HF_TOKEN=%s\n' "$(token host)" | save .bash_history 600
  printf 'machine huggingface.co login me password sesame\n' | save .netrc 644
  for format in text json jsonl sarif; do
    run hfscan host -f "$format" -v
    [[ "$output" == *HF8002* && "$output" == *HF8006* ]] || fail "nothing found with $format"
    [[ "$output" != *OTHER* && "$output" != *sesame* && "$output" != *"$HOME"* ]] || fail "$format shows too much"
    assert_no_token
  done
}

@test "the report of a machine is nothing but the report" {
  hfscan host -f json --exit-zero >report.json
  python3 -c 'import json; assert json.load(open("report.json"))["command"] == "host"'
}

@test "a running process with a token in its arguments is named, and its value is not" {
  [ -r "/proc/$$/cmdline" ] || skip 'no /proc'
  python3 -c 'import sys, time; print(flush=True); time.sleep(60)' --hf_token "$(token host)" >started &
  process=$!
  while [ ! -s started ]; do sleep 0.1; done
  run host_check HF8007
  assert_found HF8007 "Process $process (python3) has a token in its arguments: --hf_token"
}

@test "verbose lists what was looked at" {
  : | save .netrc 600
  run hfscan host -v
  [[ "$output" == *'found   ~/.netrc'* && "$output" == *'absent  ~/_netrc'* ]] || fail 'no list of places'
}

@test "what cannot be read makes the run incomplete, and a link out of the home is not followed" {
  ln -s .netrc "$HOME/.netrc"
  ln -s /etc/hostname "$HOME/.bash_history"
  run hfscan host
  [ "$status" -eq 3 ] || fail 'not exit 3'
  [[ "$output" == *'~/.netrc'* && "$output" == *'symlink not followed: ~/.bash_history'* ]] || fail 'not named'
}

@test "the usual scan runs no rule about the host" {
  printf 'git config --global credential.helper store\n' >setup.sh
  run hfscan scan setup.sh
  [ "$status" -eq 0 ] || fail 'found something'
  run hfscan scan setup.sh --rules HF8004
  assert_found HF8004 setup.sh
}

@test "the arguments of an example are shown as text" {
  run hfscan rules explain HF8007
  [[ "$output" == *'--hf_token\0{{'* ]] || fail 'not shown'
}

@test "allow comments and --exit-zero count here too" {
  printf 'export HF_TOKEN=%s # hfscan:allow[HF8008] throw-away account\n' "$(token host)" | save .bashrc 600
  run host_check HF8008
  [ "$status" -eq 0 ] || fail 'not allowed'
  token host | save .cache/huggingface/token 644
  run host_check HF8001 --exit-zero
  [ "$status" -eq 0 ] || fail 'not exit 0'
}

@test "what cannot be meant is one line and exit 2" {
  for command in 'host x' 'host --rules HF1'; do
    # shellcheck disable=SC2086
    run --separate-stderr hfscan $command
    [ "$status" -eq 2 ] || fail "$command: not exit 2"
    # shellcheck disable=SC2154
    [ "${#stderr_lines[@]}" -eq 1 ] || fail "$command: not one line"
  done
  HOME='' run --separate-stderr hfscan host
  # shellcheck disable=SC2154
  [ "$status" -eq 2 ] && [[ "$stderr" == *HOME* ]] || fail 'no home'
}
