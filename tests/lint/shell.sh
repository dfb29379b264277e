#!/bin/sh
# Every shell and bats script of the project passes shellcheck.
set -eu
cd -- "$(dirname -- "$0")/../.."
command -v shellcheck >/dev/null || { echo "skipped: shellcheck is not installed"; exit 77; }
# By their first line: rules and documents show scripts too.
find . \( -name build -o -name .git -o -name .cache \) -prune -o -type f -exec awk '
  FNR == 1 { if (/^#!.*[\/ ](sh|bash|bats)$/) printf "%s%c", FILENAME, 0; nextfile }' {} + |
  xargs -0 shellcheck --external-sources
