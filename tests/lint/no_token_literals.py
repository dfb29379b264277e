#!/usr/bin/env python3
"""No file of the project may hold text in the shape of a Hugging Face credential: fixtures build theirs at run time.

Prints places only, never the text.
"""

import re
import sys

from files import ROOT, project_files

SHAPES = {
    "user or organisation token": rb"(?:hf_|api_org_)[A-Za-z0-9]{34}(?![A-Za-z0-9])",
    "OAuth application secret": rb"oauth_app_secret_[A-Za-z0-9]{34}(?![A-Za-z0-9])",
    "OAuth refresh token": rb"hf_oauth__refresh_[A-Za-z0-9]{34}(?![A-Za-z0-9])",
    "application token": rb"hf_app_[A-Za-z0-9]{32}(?![A-Za-z0-9])",
}


def places(shapes):
    for file in project_files():
        for number, line in enumerate(file.read_bytes().split(b"\n"), start=1):
            for name, shape in shapes.items():
                if shape.search(line):
                    yield f"{file.relative_to(ROOT)}:{number}: {name}"


def main():
    shapes = {name: re.compile(shape) for name, shape in SHAPES.items()}
    samples = {"user or organisation token": b"hf_" + b"aB3" * 11 + b"x", "application token": b"hf_app_" + b"aB3x" * 8}
    assert all(shapes[name].search(b"=" + sample + b'"') for name, sample in samples.items())
    found = list(places(shapes))
    print("\n".join(found))
    if found:
        print(f"{len(found)} lines hold a token-shaped literal: build it at run time, or write a {{{{hf_token:a}}}} placeholder")
    return 1 if found else 0


sys.exit(main())
