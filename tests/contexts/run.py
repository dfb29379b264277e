#!/usr/bin/env python3
"""Plants random tokens in tables of leak contexts, scans them with the real binary, and says in which contexts all were found.

A token counts as found when a finding of severity warning or error, in the file that holds it, has its SHA-256. A finding with
another SHA-256 is counted as wrong. No token is ever printed. Exit 1 when a context is below 100 % or a finding is wrong, 2 when
the scan fails.
"""

import argparse
import collections
import hashlib
import json
import os
import random
import string
import subprocess
import sys
import tempfile

import further_binary
import further_dresses
import further_text
import limits
import packed
import the_74
from context import as_bytes

TABLES = {
    "74": the_74.CONTEXTS,
    "text": further_text.CONTEXTS,
    "dresses": further_dresses.CONTEXTS,
    "binary": further_binary.CONTEXTS,
    "packed": packed.CONTEXTS,
    "limits": limits.CONTEXTS,  # docs/detection.md says that these are not found; here to measure how far that is true
}
# What docs/detection.md lists as not found is measured with the limits and not with its table.
for table, names in limits.NOT_FOUND.items():
    TABLES["limits"] += [context for context in TABLES[table] if context.name in names]
    TABLES[table] = [context for context in TABLES[table] if context.name not in names]
ALNUM = string.ascii_letters + string.digits


class Tokens:
    """Random credentials: the same seed always gives the same ones."""

    PREFIXES = {"user": ("hf_", 34), "org": ("api_org_", 34), "app": ("hf_app_", 32), "app-secret": ("oauth_app_secret_", 34),
                "refresh": ("hf_oauth__refresh_", 34)}

    def __init__(self, seed, kind):
        self.random = random.Random(seed)
        self.prefix, self.length = self.PREFIXES[kind]

    def letters(self):
        return self.prefix + "".join(self.random.choices(string.ascii_letters, k=self.length))

    def with_digits(self):
        body = self.random.choices(ALNUM, k=self.length)
        body[self.random.randrange(self.length)] = self.random.choice(string.digits)
        return self.prefix + "".join(body)


class Plant:
    """One file with one token."""

    def __init__(self, folder, number, sample, context, token):
        self.path = f"{number:03}/{sample:04}/{context.file}"
        self.digest = hashlib.sha256(token.encode()).hexdigest()
        os.makedirs(os.path.dirname(os.path.join(folder, self.path)))
        with open(os.path.join(folder, self.path), "wb") as file:
            file.write(as_bytes(context.build(token, sample)))


def plant(folder, contexts, arguments, with_digits):
    """{row number: its plants}; rows count from 1."""
    tokens = Tokens(arguments.seed, arguments.kind)
    planted = {}
    for number, context in enumerate(contexts, start=1):
        make = tokens.with_digits if arguments.digits or number in with_digits else tokens.letters
        count = arguments.tokens * context.variants
        planted[number] = [Plant(folder, number, sample, context, make()) for sample in range(count)]
    return planted


def commit_and_remove(folder):
    """What was planted is in the history alone."""
    identity = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
    for command in (["init", "-q"], ["add", "--all", "--force"], ["commit", "-q", "-m", "add"], ["rm", "-rq", "."], ["commit", "-q", "-m", "remove"]):
        subprocess.run(["git", *identity, *command], cwd=folder, check=True)


def found_in(folder, binary, command):
    """{path: SHA-256 of each secret found in it}."""
    run = subprocess.run([binary, command, ".", "-f", "json"], cwd=folder, capture_output=True, check=False)
    if run.returncode not in (0, 1, 3):
        sys.exit(f"{binary} failed with exit code {run.returncode}: {run.stderr.decode(errors='replace')[:300]}")
    report = json.loads(run.stdout)
    for diagnostic in report["diagnostics"][:10]:
        print("not complete:", diagnostic["path"], diagnostic["message"], file=sys.stderr)
    found = collections.defaultdict(set)
    for finding in report["findings"]:
        if finding["severity"] != "note" and finding["disposition"] == "active" and "secret" in finding:
            for place in finding.get("occurrences", [finding["location"]]):
                path = place["path"].removeprefix("./").split("!/")[0]
                found[path].add(finding["secret"]["sha256"])
    return found


def judge(contexts, planted, found, show_all):
    """Prints the matrix; the number of contexts that are not fully caught."""
    failed = 0
    for number, context in enumerate(contexts, start=1):
        plants = planted[number]
        missed = [sample for sample, one in enumerate(plants) if one.digest not in found[one.path]]
        wrong = sum(len(found[one.path] - {one.digest}) for one in plants)
        bad = bool(missed or wrong)
        failed += bad
        if not bad and not show_all:
            continue
        detail = ""
        if missed and context.variants > 1:
            variants = sorted({sample % context.variants for sample in missed})
            detail += f", variants {' '.join(map(str, variants[:40]))}"
        if wrong:
            detail += f", {wrong} wrong"
        print(f"{number:4} {context.name:<56} {context.file:<24} {len(plants) - len(missed):>5}/{len(plants)}{detail}")
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", default=os.environ.get("BINARY_UNDER_TEST", "hfscan"))
    parser.add_argument("--table", action="append", choices=TABLES, help="may be repeated; default: all but limits")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tokens", type=int, default=5, help="per context and variant")
    parser.add_argument("--kind", choices=Tokens.PREFIXES, default="user")
    parser.add_argument("--digits", action="store_true", help="bodies with digits everywhere")
    parser.add_argument("--failed-only", action="store_true", help="leave out of the matrix what is fully caught")
    parser.add_argument("--history", action="store_true", help="commit what is planted, remove it, and scan the history")
    arguments = parser.parse_args()
    binary = os.path.abspath(arguments.binary) if os.sep in arguments.binary else arguments.binary

    failed = 0
    for name in arguments.table or [table for table in TABLES if table != "limits"]:
        contexts = TABLES[name]
        with tempfile.TemporaryDirectory() as folder:
            planted = plant(folder, contexts, arguments, the_74.WITH_DIGITS if name == "74" else ())
            if arguments.history:
                commit_and_remove(folder)
            found = found_in(folder, binary, "history" if arguments.history else "scan")
            bad = judge(contexts, planted, found, not arguments.failed_only)
        print(f"table {name}: {len(contexts) - bad} of {len(contexts)} contexts fully caught "
              f"(seed {arguments.seed}, {arguments.tokens} tokens each)\n")
        failed += bad
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
