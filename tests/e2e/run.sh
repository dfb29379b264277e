#!/bin/sh
# run.sh FILE.bats: with scratch folders below TMPDIR, which tests/CMakeLists.txt sets inside the build folder.
set -eu
command -v bats >/dev/null || { echo "skipped: bats is not installed"; exit 77; }
exec bats "$1"
