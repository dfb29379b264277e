#!/bin/sh
# Entry of the hook id `hfscan` for the pre-commit framework: finds hfscan of this checkout's version and runs it.
# It builds and downloads nothing; without the right hfscan it exits 2, and the commit is refused.
set -eu

checkout=$(cd -- "$(dirname -- "$0")/.." && pwd)
wanted=$(sed -n 's/^project(hfscan VERSION \([0-9.]*\).*/\1/p' "$checkout/CMakeLists.txt")
seen=

for candidate in "$checkout/build/release/hfscan" "$(command -v hfscan || true)"; do
  [ -x "$candidate" ] || continue
  version=$("$candidate" version | sed -n '1s/^hfscan \([0-9.]*\).*/\1/p')
  [ "$version" != "$wanted" ] || exec "$candidate" hook pre-commit-framework "$@"
  seen="; $candidate is ${version:-of an unknown version}"
done

echo "hfscan: this hook needs hfscan $wanted on PATH$seen: install that version, change 'rev:' to yours, or use the id hfscan-system" >&2
exit 2
