#!/usr/bin/env bats
# ./dev in a copy of the checkout whose package manager and build are stand-ins that write down how they are called.

setup() {
  # shellcheck source=common.bash
  source "$BATS_TEST_DIRNAME/common.bash"
  scratch_setup
  checkout="$scratch/checkout"
  mkdir -p "$checkout/packaging" "$checkout/src" "$scratch/elsewhere"
  cp "$source_folder/dev" "$checkout/"
  echo '{}' >"$checkout/CMakePresets.json"
  printf '# list\n\nalpha  build  # why\nbeta  build  # why\ngamma  test  # why\n' >"$checkout/packaging/debian-packages.txt"
  export CALLS="$scratch/calls"
  : >"$CALLS"
  # shellcheck disable=SC2016  # the stand-ins expand these
  {
    stand_in dpkg-query 'printf "installed alpha\nconfig-files beta\n"'
    stand_in apt-get 'echo "apt-get $*" >>"$CALLS"; [ ! -e "$CALLS.broken" ] || { echo "E: no such mirror"; exit 100; }'
    stand_in sudo 'echo sudo >>"$CALLS"; exec "$@"'
    stand_in cmake 'echo "cmake $1" >>"$CALLS"
      [ ! -e "$CALLS.broken-build" ] || { echo "app.cc:1:1: error: it does not compile"; exit 1; }
      mkdir -p build/release && touch build/release/build.ninja
      printf "#!/bin/sh\necho \"here: \$PWD \$*\"; exit 7\n" >build/release/hfscan; chmod +x build/release/hfscan'
  }
  cd "$scratch/elsewhere" || return
}

stand_in() {
  printf '#!/bin/sh\n%s\n' "$2" >"$scratch/bin/$1"
  chmod +x "$scratch/bin/$1"
}

@test "run installs only what is missing, builds, and passes folder, arguments and exit code on" {
  run "$checkout/dev" run scan "x y"
  [ "$status" -eq 7 ] || fail 'not the exit code of hfscan'
  [[ "$output" == *"here: $scratch/elsewhere scan x y" ]] || fail 'not run in the folder of the caller'
  grep -q '^apt-get .*install --no-install-recommends beta$' "$CALLS" || fail "$(cat "$CALLS")"
}

@test "nothing is said on stdout but by hfscan" {
  "$checkout/dev" run version >"$scratch/out" 2>/dev/null || true
  [ "$(cat "$scratch/out")" = "here: $scratch/elsewhere version" ]
}

@test "the second run neither installs nor configures, and is silent" {
  "$checkout/dev" run version 2>/dev/null || true
  : >"$CALLS"
  "$checkout/dev" run version >/dev/null 2>"$scratch/err" || true
  [ "$(cat "$CALLS")" = "cmake --build" ] || fail "$(cat "$CALLS")"
  [ ! -s "$scratch/err" ] || fail "$(cat "$scratch/err")"
}

@test "sudo is used by a user who is not root, and by root never" {
  stand_in id 'echo 1000'
  "$checkout/dev" build
  grep -qx sudo "$CALLS" || fail "$(cat "$CALLS")"
  stand_in id 'echo 0'
  echo 'delta  build  # why' >>"$checkout/packaging/debian-packages.txt"
  : >"$CALLS"
  "$checkout/dev" build
  [ "$(grep -cx sudo "$CALLS")" = 0 ] || fail "$(cat "$CALLS")"
  grep -q 'install' "$CALLS" || fail 'nothing installed'
}

@test "a changed package list is looked at again" {
  "$checkout/dev" run version 2>/dev/null || true
  echo 'delta  build  # why' >>"$checkout/packaging/debian-packages.txt"
  run "$checkout/dev" build
  grep -q 'install --no-install-recommends beta delta$' "$CALLS" || fail "$(cat "$CALLS")"
}

@test "a failed installation is one line that names command, reason and log" {
  touch "$CALLS.broken"
  run "$checkout/dev" build
  [ "$status" -eq 2 ]
  [[ "${lines[-1]}" == "dev: 'apt-get update' failed: E: no such mirror (log: $checkout/build/logs/apt-get.log)" ]] || fail 'unclear'
}

@test "a failed build shows the compiler's error and names the log" {
  touch "$CALLS.broken-build"
  run "$checkout/dev" build
  [ "$status" -eq 2 ]
  [[ "$output" == *"error: it does not compile"*"failed (log: $checkout/build/logs/"* ]] || fail 'unclear'
}

@test "an unknown command is refused" {
  run "$checkout/dev" dance
  [ "$status" -eq 2 ]
  [[ "$output" == "dev: unknown command 'dance': try ./dev help" ]]
}
