#!/usr/bin/env python3
"""Chooses, for each literal of src/detect/anchor_table.inc, which three bytes the kernels search and in which bucket.

choose_anchor_cores.py FOLDER...          search on the files below the folders, print what the table gives now and would give
choose_anchor_cores.py --write FOLDER...  and write it into the table

A position is a candidate when the nibbles of its three bytes fit some bucket; each costs an exact comparison. The search moves
one core at a time to the place that gives the fewest, until nothing gets better: a local optimum, which is good enough, as
candidates are one in hundreds of bytes. A literal that a line break may cut has two cores, the second at least two elements
behind the first, so that a break that cuts one leaves the other whole. Run it whenever the table gets another literal.
"""
import os
import re
import sys
from collections import Counter

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "src", "detect", "anchor_table.inc")
ENTRY = re.compile(r'(\{(?:string_view\()?"((?:[^"\\]|\\.)*)"(?:, \d+\))?, AnchorKind::\w+, \d+, \w+, )\{(\d+), (\d+)\}, (?:\{(\d+), (\d+)\}|kNoCore)')
BUCKETS = 16
CORE = 3
APART = 2  # elements between the two cores of a literal
SAMPLE = 12_000_000  # bytes


def elements(pattern):
    """The sets of bytes that a pattern matches, one for each position."""
    result, i = [], 0
    while i < len(pattern):
        end = i
        if pattern[i] == ord("["):
            end = pattern.index(b"]", i)
            text, chars, k = pattern[i + 1 : end], set(), 0
            while k < len(text):
                is_range = k + 2 < len(text) and text[k + 1] == ord("-")
                chars |= set(range(text[k], text[k + 2] + 1)) if is_range else {text[k]}
                k += 3 if is_range else 1
            result.append(chars)
        else:
            result.append({pattern[i]})
        i = end + 1
    return result


class Sample:
    """The distinct runs of three bytes of a text as bits of large numbers, with their frequencies in binary digits."""

    def __init__(self, data):
        counts = Counter()
        for shift in range(CORE):
            whole = data[shift : len(data) - (len(data) - shift) % CORE]
            counts.update(whole[i : i + CORE] for i in range(0, len(whole), CORE))
        nibbles = {(at, half, value): [] for at in range(CORE) for half in (0, 1) for value in range(16)}
        planes = {}
        for bit, (run, count) in enumerate(counts.items()):
            for at, byte in enumerate(run):
                nibbles[at, 0, byte & 15].append(bit)
                nibbles[at, 1, byte >> 4].append(bit)
            for digit in range(count.bit_length()):
                if count >> digit & 1:
                    planes.setdefault(digit, []).append(bit)
        size = len(counts) // 8 + 1
        self.nibbles = {key: self.number(bits, size) for key, bits in nibbles.items()}
        self.planes = {digit: self.number(bits, size) for digit, bits in planes.items()}

    @staticmethod
    def number(bits, size):
        out = bytearray(size)
        for bit in bits:
            out[bit >> 3] |= 1 << (bit & 7)
        return int.from_bytes(out, "little")

    def bucket(self, cores):
        """The runs that fit a bucket of these cores."""
        if not cores:
            return 0
        found = -1
        for at in range(CORE):
            for half in (0, 1):
                values = {byte >> 4 if half else byte & 15 for core in cores for byte in core[at]}
                fits = 0
                for value in values:
                    fits |= self.nibbles[at, half, value]
                found &= fits
        return found

    def weight(self, runs):
        return sum((runs & plane).bit_count() << digit for digit, plane in self.planes.items())


class Search:
    """Cores as [pattern, at, bucket, partner]: the partner is the index of the literal's other core or None."""

    def __init__(self, sample, cores):
        self.sample, self.cores = sample, cores
        self.fits = [self.bucket_of(number) for number in range(BUCKETS)]

    def bucket_of(self, number):
        return self.sample.bucket([pattern[at : at + CORE] for pattern, at, bucket, _ in self.cores if bucket == number])

    def candidates(self, fits):
        union = 0
        for runs in fits:
            union |= runs
        return self.sample.weight(union)

    def may_stand(self, i, at):
        partner = self.cores[i][3]
        if partner is None:
            return True
        other = self.cores[partner][1]
        return at + APART <= other if i < partner else other + APART <= at

    def improve(self, i):
        best, (pattern, old_at, old_bucket, _) = self.candidates(self.fits), self.cores[i]
        chosen = (old_at, old_bucket, self.fits)
        for at in filter(lambda at: self.may_stand(i, at), range(len(pattern) - CORE + 1)):
            for bucket in range(BUCKETS):
                self.cores[i][1:3] = at, bucket
                fits = list(self.fits)
                for number in {old_bucket, bucket}:
                    fits[number] = self.bucket_of(number)
                count = self.candidates(fits)
                if count < best:
                    best, chosen = count, (at, bucket, fits)
        self.cores[i][1:3] = chosen[:2]
        self.fits = chosen[2]
        return chosen[:2] != (old_at, old_bucket)

    def run(self):
        while any([self.improve(i) for i in range(len(self.cores))]):
            pass
        return self.candidates(self.fits)


def cores_of(entries):
    cores = []
    for entry in entries:
        pattern = elements(entry.group(2).encode().decode("unicode_escape").encode("latin-1"))
        first = len(cores)
        two = entry.group(5) is not None
        cores.append([pattern, int(entry.group(3)), int(entry.group(4)), first + 1 if two else None])
        if two:
            cores.append([pattern, int(entry.group(5)), int(entry.group(6)), first])
    return cores


def with_cores(source, cores):
    places = iter(cores)

    def entry(match):
        first = "{{{1}, {2}}}".format(*next(places))
        second = "kNoCore" if match.group(5) is None else "{{{1}, {2}}}".format(*next(places))
        return match.group(1) + first + ", " + second

    return ENTRY.sub(entry, source)


def sample_of(folders):
    data = bytearray()
    for folder in folders:
        room = len(data) + SAMPLE // len(folders)
        for root, names, files in os.walk(folder):
            names[:] = sorted(name for name in names if name != ".git")
            for file in sorted(files):
                path = os.path.join(root, file)
                if os.path.isfile(path) and not os.path.islink(path) and len(data) < room:
                    with open(path, "rb") as stream:
                        data += stream.read(1_000_000)
    return bytes(data[:SAMPLE])


def main(arguments):
    write = arguments[:1] == ["--write"]
    folders = arguments[1:] if write else arguments
    if not folders:
        sys.exit(__doc__)
    with open(TABLE, encoding="utf-8") as stream:
        source = stream.read()
    entries = list(ENTRY.finditer(source))
    data = sample_of(folders)
    search = Search(Sample(data), cores_of(entries))
    print(f"{len(data)} bytes, {len(entries)} literals, {len(search.cores)} cores, candidates now: {search.candidates(search.fits)}")
    print(f"candidates found: {search.run()}")
    table = with_cores(source, search.cores)
    if write:
        with open(TABLE, "w", encoding="utf-8") as stream:
            stream.write(table)
    else:
        print("\n".join(e.group(0) for e in ENTRY.finditer(table)))


if __name__ == "__main__":
    main(sys.argv[1:])
