#!/bin/sh
# The C++ code is laid out as .clang-format says; `./dev format` does it. Prints the files that are not.
set -eu
cd -- "$(dirname -- "$0")/../.."
command -v clang-format >/dev/null || { echo "skipped: clang-format is not installed"; exit 77; }
differing=$(find src tests bench \( -name '*.cc' -o -name '*.h' -o -name '*.c' \) -print0 2>/dev/null |
  xargs -0 clang-format --dry-run 2>&1 | sed -n 's/:[0-9]*:[0-9]*: warning:.*//p' | sort -u)
[ -z "$differing" ] && exit 0
printf '%s\nnot laid out as .clang-format says: run ./dev format\n' "$differing"
exit 1
