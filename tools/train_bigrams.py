#!/usr/bin/env python3
"""Trains the letter-bigram table of src/detect/bigram_table.inc, which tells a random token body from an identifier.

usage: train_bigrams.py FOLDER[:SUFFIX] ... > src/detect/bigram_table.inc

Reads every file below each FOLDER (only those ending in SUFFIX, when given), takes each distinct word of 8 or more letters and
underscores once, drops words that contain the token prefix, joins the parts, keeps lengths 8 to 60, and counts neighbouring
letter pairs, case kept, each cell starting at one half. A cell of the table is round(8 * log2(P(second | first) * 52)): how much
likelier than chance the pair is in an identifier, in eighths of a bit. docs/plausibility.md names the data and the error rates.
"""
import math
import os
import re
import sys

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
WORD = re.compile(rb"[A-Za-z_]{8,}")


def words_below(folder, suffix):
    found = set()
    for root, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            path = os.path.join(root, name)
            if name.endswith(suffix) and os.path.isfile(path) and not os.path.islink(path):
                with open(path, "rb") as file:
                    found.update(WORD.findall(file.read()))
    return found


def identifiers(arguments):
    words = set()
    for argument in arguments:
        folder, _, suffix = argument.partition(":")
        words |= words_below(folder, suffix)
    joined = {word.replace(b"_", b"").decode() for word in words if b"hf_" not in word.lower()}
    return sorted(name for name in joined if 8 <= len(name) <= 60)


def table(names):
    index = {letter: i for i, letter in enumerate(LETTERS)}
    cells = [[0.5] * 52 for _ in range(52)]
    for name in names:
        for first, second in zip(name, name[1:]):
            cells[index[first]][index[second]] += 1
    rows = []
    for row in cells:
        total = sum(row)
        rows.append([max(-128, min(127, round(8 * math.log2(cell / total * 52)))) for cell in row])
    return rows


def main():
    names = identifiers(sys.argv[1:])
    print(f"// Made by tools/train_bigrams.py from {len(names)} distinct names; see docs/plausibility.md. Rows and columns: A-Z, a-z.")
    for letter, row in zip(LETTERS, table(names)):
        print("{" + ", ".join(str(cell) for cell in row) + "},  // " + letter)


if __name__ == "__main__":
    main()
