#!/bin/sh
# Checks SARIF files with Microsoft's SARIF Multitool and GitHub's rules: no error, no warning, and no note but those listed below.
# Without arguments: the golden files.
#
# Usage: check_multitool.sh [FILE...]
# Exit: 0 all pass, 1 some do not, 77 the tool is not there (no npm, no network, not Linux).
# The tool is kept in $HFSCAN_MULTITOOL_DIR, else in the user's cache folder.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cache=${HFSCAN_MULTITOOL_DIR:-${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/hfscan-sarif-multitool}
version=5.7.0
tool=$cache/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool

# SARIF2002: message ids, which GitHub refuses. SARIF2012: rule names in PascalCase; ours are kebab-case. SARIF2013: the contents of
# files, secrets included. SARIF2003: version control, which a scan of files does not know. SARIF2010, SARIF2011: snippets of
# binary data.
accepted_notes="SARIF2002 SARIF2003 SARIF2010 SARIF2011 SARIF2012 SARIF2013"

skip() {
  echo "skipped: $1" >&2
  exit 77
}

fetch() {
  command -v npm >/dev/null || skip "npm is not installed"
  npm install --silent --no-audit --no-fund --prefix "$cache" "@microsoft/sarif-multitool-linux@$version" >/dev/null 2>&1 ||
    skip "npm could not fetch the SARIF Multitool"
}

# findings FILE: "RULE LEVEL MESSAGE" for each complaint. The tool's own exit code is 0 whatever it finds, so its log is read; and
# the program itself is called, since the wrapper of npm hands the ';' to a shell.
findings() {
  rm -f "$work/log.sarif"
  "$tool" validate "$1" --rule-kind "Sarif;Ghas" --config "$here/multitool.xml" --level "Error;Warning;Note" --kind Fail \
    --output "$work/log.sarif" --log ForceOverwrite >"$work/said" 2>&1 || true
  [ -s "$work/log.sarif" ] || { echo "NOLOG error no log was written: $(tail -n 1 "$work/said")"; return; }
  python3 - "$work/log.sarif" <<'PYTHON'
import json, sys
with open(sys.argv[1], encoding="utf-8-sig") as log:
    run = json.load(log)["runs"][0]
for result in run.get("results", []):
    message = result["message"]
    text = message.get("text") or " ".join([message.get("id", "")] + message.get("arguments", []))
    print(result["ruleId"].split("/")[0], result.get("level", "warning"), text.replace("\n", " ")[:300])
for invocation in run.get("invocations", []):
    for notice in invocation.get("toolConfigurationNotifications", []) + invocation.get("toolExecutionNotifications", []):
        if notice.get("level") == "error":
            print("TOOL error", notice["message"].get("text", "")[:300].replace("\n", " "))
PYTHON
}

complaints() {
  findings "$1" | while read -r rule level text; do
    case " $accepted_notes " in
      *" $rule "*) [ "$level" = note ] && continue ;;
    esac
    echo "$rule $level $text"
  done
}

# A check that cannot fail proves nothing: each of these must be refused, and for the reason given.
prove_it_fails() {
  python3 - "$here/../golden/report/findings.sarif" "$work" <<'PYTHON'
import json, pathlib, sys
good = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
def broken(name, change):
    document = json.loads(good)
    change(document["runs"][0])
    pathlib.Path(sys.argv[2], name).write_text(json.dumps(document), encoding="utf-8")
broken("GH2012.sarif", lambda run: run["tool"]["driver"]["rules"][0].pop("fullDescription"))
broken("GH1003.sarif", lambda run: run["results"][0]["locations"][0]["physicalLocation"].pop("region"))
broken("SARIF1002.sarif", lambda run: run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"].update(uri="a b.py"))
PYTHON
  for rule in GH2012 GH1003 SARIF1002; do
    case "
$(complaints "$work/$rule.sarif")" in
      *"
$rule "*) ;;
      *)
        echo "the check does not find $rule in a file that breaks it" >&2
        exit 1
        ;;
    esac
  done
}

[ "$(uname -s)" = Linux ] || skip "the SARIF Multitool is fetched for Linux only"
command -v python3 >/dev/null || skip "python3 is not installed"
[ -f "$tool" ] || fetch
[ -f "$tool" ] || skip "there is no SARIF Multitool for this machine"
chmod u+x "$tool"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

prove_it_fails
[ $# -gt 0 ] || set -- "$here"/../golden/report/*.sarif
status=0
for file in "$@"; do
  found=$(complaints "$file")
  if [ -n "$found" ]; then
    printf '%s:\n%s\n' "$file" "$found"
    status=1
  fi
done
[ "$status" -ne 0 ] || echo "$# SARIF files pass"
exit "$status"
