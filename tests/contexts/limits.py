"""What docs/detection.md lists as not found: run by hand (`--table limits`) to see how far that is still true. No test runs it."""

import codecs
import random
import struct
import zlib

from context import Context, made
from producers import sqlite_file
from further_binary import TABLE, WORDS, prose, row


def across_overflow_page(token, sample):
    """A text of which the token lies over the border of two pages of 4,096 bytes (fileformat2.html, "cell payload overflow")."""
    size, beside, header = 18000, len("key") + len("zzz"), 6
    payload = size + beside + header
    smallest = (4096 - 12) * 32 // 255 - 23
    local = smallest + (payload - smallest) % (4096 - 4)
    border = local - header - len("key") + 4092
    begin = border - 1 - sample % (len(token) - 1)
    return sqlite_file(TABLE, row(prose(9000)[:begin - 1] + " " + (token + " " + prose(9000))[:size - begin]))


def leveldb_across_block(token, sample):
    record = b"x" * (32768 - 7 - 4 - 1 - sample % 34) + token.encode()
    first = record[:32768 - 7]
    rest = record[len(first):]
    return b"".join(struct.pack("<IHB", zlib.crc32(part), len(part), kind) + part for part, kind in ((first, 2), (rest, 4)))


CONTEXTS = [
    made("reversed", "a.txt", lambda t: t[::-1] + "\n"),
    made("rot13", "a.txt", lambda t: codecs.encode(t, "rot13") + "\n"),
    made("upper case", "a.txt", lambda t: t.upper() + "\n"),
    made("without its prefix", "a.txt", lambda t: f"token: {t.split('_')[-1]}\n"),
    made("cut off by three characters", "a.log", lambda t: t[:-3] + "…\n"),
    made("a letter more", "a.txt", lambda t: t + "x\n"),
    made("digits of the next fixed-width field", "a.dat", lambda t: f"ALICE     {t}20240101\n"),
    made("EBCDIC", "a.txt", lambda t: f"k={t}\n".encode("cp500")),
    made("spaces between the characters", "a.txt", lambda t: " ".join(t) + "\n"),
    made("XOR with one byte", "a.bin", lambda t: bytes(c ^ 0x55 for c in t.encode())),
    made("base58-like number", "a.txt", lambda t: str(int.from_bytes(t.encode(), "big")) + "\n"),
    made("binary digits", "a.txt", lambda t: " ".join(f"{c:08b}" for c in t.encode()) + "\n"),
    made("Morse-like names of characters", "a.txt", lambda t: " ".join(f"U+{ord(c):04X}" for c in t) + "\n"),
    made("full-width letters", "a.txt", lambda t: "".join(chr(ord(c) + 0xFEE0) for c in t) + "\n"),
    Context("SQLite, across overflow pages", "a.sqlite", across_overflow_page, 36),
    Context("LevelDB, across blocks", "a.log", leveldb_across_block, 34),
    made("shuffled columns", "a.txt", lambda t: "".join(random.Random(1).sample(t, len(t))) + "\n"),
    made("names only", "a.txt", lambda t: f"{WORDS[0]}{t}{WORDS[1]}\n"),
]

# Rows of the other tables that are not found everywhere today, each a place to get better.
NOT_FOUND = {
    "text": [
        'LaTeX, \\textunderscore',
    ],
    "dresses": [
        "0xNNu8, ...",
        "UTF-16LE in hexadecimal",
        "UTF-16BE in hexadecimal",
        "underscore as +AF8-",
        "xxd",
        "od -c",
        "added lines of a diff",
        "removed lines of a diff",
        "of wrapped base64",
        "of %NN",
        "%NN of base64",
        'of \\_',
        "base32",
        "base32, each alignment",
        "base32, lower case, no padding",
        "Ascii85",
        "base85",
        "uuencode",
        "literals, // (Fortran)",
        "literals in parentheses",
        "folded line (vCard, LDIF)",
        "folded line, tab",
        "backtick at the line end (PowerShell)",
        "caret at the line end (batch)",
        "literal break in JSON",
        "literals, cut inside the prefix",
        "soft line break inside the prefix",
        "backslash at the line end inside the prefix",
        "quoted-printable, soft break at every place",
        "encoded word, Q",
        "encoded word, B",
        ".reg, hex(2): of UTF-16LE",
        ".reg, hex: of ASCII",
    ],
    "binary": [
        "pickle of Python 2, letters as memo",
        "SQLite, texts of 1,200 characters around",
        "protobuf, each next field, long values",
        "msgpack, bytes, number after it",
        "CBOR, bytes, each length of the next key",
        "Avro, each length of the next string",
        "Arrow, among 2,000 names",
        "Arrow, among texts",
        "Go, pool of strings",
        "Rust, page of strings",
        "PDF, hexadecimal UTF-16BE",
    ],
    "packed": [
        "lzma",
        "joblib, zlib",
        "PDF, FlateDecode",
        "PNG, zTXt",
        "git loose object",
        "base64 of zip",
        "direnv's DIRENV_DIFF",
    ],
}
