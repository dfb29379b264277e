#!/usr/bin/env bash
# docs/rules.md is what the binary says of its rules.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/../.."
if ! diff -u docs/rules.md <("$BINARY_UNDER_TEST" rules docs); then
  echo 'docs/rules.md is not current: run ./dev docs' >&2
  exit 1
fi
