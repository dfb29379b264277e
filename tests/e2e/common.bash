# Shared by the end-to-end tests: a scratch home without the user's settings, hfscan on PATH, tokens made at run time.
# BINARY_UNDER_TEST is the hfscan to run. Every scratch path holds a space.

source_folder=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)

scratch_setup() {
  scratch="$BATS_TEST_TMPDIR/a b"
  mkdir -p "$scratch/home" "$scratch/bin"
  ln -s "$BINARY_UNDER_TEST" "$scratch/bin/hfscan"
  export HOME="$scratch/home" PATH="$scratch/bin:$PATH" GIT_CONFIG_NOSYSTEM=1 LC_ALL=C.UTF-8 GIT_AUTHOR_DATE='2024-01-01T00:00:00Z'
  unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE HF_TOKEN NO_COLOR FORCE_COLOR CLICOLOR_FORCE XDG_CONFIG_HOME XDG_CACHE_HOME
  git config --global user.name Tester
  git config --global user.email tester@example.org
  git config --global init.defaultBranch main
  git config --global --add safe.directory '*'
}

# new_repository FOLDER: with one commit.
new_repository() {
  git init -q "$1"
  printf 'print("hello")\n' >"$1/app.py"
  git -C "$1" add app.py
  git -C "$1" commit -q --no-verify -m first
}

# A synthetic token of the real shape, the same for the same seed.
token() {
  python3 -c '
import base64, hashlib, sys
letters = [c for c in base64.b64encode(hashlib.sha512(sys.argv[1].encode()).digest()).decode() if c.isalpha()]
print("hf_" + "".join(letters[:34]))' "$1"
}

leak_into() { printf 'HF_TOKEN = "%s"\n' "$(token "$1")" >"$1"; }

fail() {
  printf '%s\n' "$*" "status: ${status:-}" "output: ${output:-}" >&2
  return 1
}

# What every refusal shows: the rule and the place, and never the token. With `run` before it.
assert_refused_for() {
  [ "$status" -ne 0 ] || fail 'it was let through'
  [[ "$output" == *HF100[1-9]* ]] || fail 'no rule is named'
  [[ "$output" == *"$1"* ]] || fail "$1 is not named"
  [[ "$output" != *"$(token "$1")"* ]] || fail 'the token is shown'
}
