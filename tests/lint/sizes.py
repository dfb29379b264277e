#!/usr/bin/env python3
"""Files stay under 400 lines (tests 600), functions under 60: what does not fit a head is cut in two."""

import json
import subprocess
import sys

from files import ROOT, project_files

CODE = (".cc", ".h", ".c")
FILE_LIMIT, TEST_FILE_LIMIT, FUNCTION_LIMIT = 400, 600, 60


def long_files(files):
    for file in files:
        limit = TEST_FILE_LIMIT if file.relative_to(ROOT).parts[0] == "tests" else FILE_LIMIT
        count = file.read_bytes().count(b"\n")
        if count > limit:
            yield f"{file.relative_to(ROOT)}: {count} lines, at most {limit}"


def long_functions(files):
    command = ["ctags", "-L", "-", "--languages=C++,C", "--map-C++=+.h", "--kinds-C++=f", "--kinds-C=f", "--fields=+ne", "--output-format=json", "-o", "-"]
    listing = subprocess.run(command, input="\n".join(map(str, files)), capture_output=True, text=True, check=True)
    functions = [json.loads(line) for line in listing.stdout.splitlines()]
    assert functions, "ctags found no function at all"
    for function in functions:
        length = function.get("end", function["line"]) - function["line"] + 1
        if length > FUNCTION_LIMIT:
            path = function["path"].removeprefix(f"{ROOT}/")
            yield f"{path}:{function['line']}: {function['name']} has {length} lines, at most {FUNCTION_LIMIT}"


def main():
    files = [file for file in project_files() if file.suffix in CODE]
    found = [*long_files(files), *long_functions(files)]
    print("\n".join(found))
    return 1 if found else 0


sys.exit(main())
