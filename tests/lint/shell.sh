#!/bin/sh
# Every shell and bats script of the project passes shellcheck.
set -eu
cd -- "$(dirname -- "$0")/../.."
command -v shellcheck >/dev/null || { echo "skipped: shellcheck is not installed"; exit 77; }
grep -rlIE '^#!.*[/ ](sh|bash|bats)$' --exclude-dir=build --exclude-dir=.git --exclude-dir=.cache . | tr '\n' '\0' |
  xargs -0 shellcheck --external-sources
