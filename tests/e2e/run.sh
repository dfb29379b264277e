#!/bin/sh
# run.sh FILE.bats: with scratch folders in the system's folder for temporary files, which is no part of any repository.
set -eu
command -v bats >/dev/null || { echo "skipped: bats is not installed"; exit 77; }
exec bats "$1"
