#!/usr/bin/env bats
# hfscan history: where tokens hide in a repository, and the same answer as git's own programs give.

bats_require_minimum_version 1.5.0

setup() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  scratch_setup
  cd "$scratch" || return
}

teardown() { rm -rf "$scratch"; }

# Every place in a repository of its own, in all formats.
hiding_places() {
  run python3 "$BATS_TEST_DIRNAME/hiding_places.py" "$1"
  [ "$status" -eq 0 ] || fail "$1"
}

@test "tokens behind commits, refs and attributes are found and never shown" { hiding_places changes; }

@test "tokens in stores of every layout are found and never shown" { hiding_places stores; }

@test "tokens in the files beside the objects are found and never shown" { hiding_places files; }
