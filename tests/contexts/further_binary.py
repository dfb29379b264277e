"""Further contexts in binary files: serialised objects, databases, models, programs, memory. What follows the token is whatever
the format puts there, often a letter."""

import dataclasses
import json
import pickle
import plistlib
import random
import struct

from binary_formats import (arrow_strings, avro, bson, cbor, der, dotnet_user_string, gguf, java_class, java_object, leveldb_log,
                            msgpack, npy, parquet_page, png, protobuf, safetensors, snappy_literals, varint, wide_counted)
from context import Context, b64, made, text
from producers import sqlite_file, with_marshal, zip_file

WORDS = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon".split()


def prose(count, seed=1, joint=" "):
    source = random.Random(seed)
    return joint.join(source.choice(WORDS) for _ in range(count))


# ---- pickles


@dataclasses.dataclass
class TrainingArguments:
    output_dir: str
    hub_model_id: str
    hub_token: str
    learning_rate: float = 5e-5
    push_to_hub: bool = True
    run_name: str = "run"


def arguments(token):
    return TrainingArguments("/tmp/out", "me/model", token)


PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
PICKLES = []
for protocol in PROTOCOLS:
    PICKLES += [
        made(f"pickle {protocol}, dict", "state.pkl", lambda t, p=protocol: pickle.dumps({"hub_token": t, "lr": 0.1, "x": None}, p)),
        made(f"pickle {protocol}, object", "training_args.bin", lambda t, p=protocol: pickle.dumps(arguments(t), p)),
        made(f"pickle {protocol}, the string alone", "token.pkl", lambda t, p=protocol: pickle.dumps(t, p)),
        made(f"pickle {protocol}, bytes", "token.pkl", lambda t, p=protocol: pickle.dumps([t.encode(), 1], p)),
        made(f"pickle {protocol}, list of strings", "argv.pkl", lambda t, p=protocol: pickle.dumps(["--hub_token", t, "--epochs", "3"], p)),
        made(f"pickle {protocol}, after 300 memo entries", "state.pkl",
             lambda t, p=protocol: pickle.dumps([f"name {i}" for i in range(300)] + [t, "end"], p)),
        made(f"pickle {protocol}, long text on both sides", "state.pkl",
             lambda t, p=protocol: pickle.dumps([prose(300), t, prose(300)], p)),
    ]
PICKLES += [
    made("torch.save, zip", "training_args.bin",
         lambda t: zip_file({"archive/data.pkl": pickle.dumps(arguments(t), 2), "archive/version": "3\n"}, stored=True)),
    made("torch.save, old form", "training_args.bin",
         lambda t: b"".join(pickle.dumps(one, 2) for one in (0x1950a86a20f9469cfc6c, 1001, {"little_endian": True}, arguments(t)))),
    made("pickle of Python 2, str", "state.pkl", lambda t: b"\x80\x02}q\x01U\x05tokenq\x02U" + bytes([len(t)]) + t.encode() + b"q\x03s."),
    made("pickle of Python 2, str first", "state.pkl", lambda t: b"\x80\x02U" + bytes([len(t)]) + t.encode() + b"q\x01."),
    made("pickle of Python 2, letters as memo", "state.pkl",
         lambda t: b"\x80\x02(U" + bytes([len(t)]) + t.encode() + b"qAU\x05otherqBt."),
]

# ---- Python's compiled files

SHAPES = {
    "default argument": 'def f(a, token="§"):\n    return a\n',
    "constant": 'TOKEN = "§"\n',
    "tuple of constants": 'ALL = ("a", "§", "b", 1, None)\n',
    "dict": 'CONFIG = {"name": "x", "token": "§", "lr": 0.1}\n',
    "keyword argument": 'login(token="§", add_to_git_credential=True)\n',
    "method": 'class Hub:\n    def token(self):\n        return "§"\n',
    "class attribute": 'class Hub:\n    """Docs."""\n    token = "§"\n    other = 2\n',
    "docstring of nothing else": 'def f():\n    "§"\n',
    "f-string": 'def f(x):\n    return f"{x}§{x}"\n',
    "lambda": 'f = lambda t="§": t\n',
    "bytes": 'TOKEN = b"§"\nOTHER = 1\n',
    "longer string": 'URL = "https://user:§@huggingface.co/x"\n',
    "string with the token at its end": 'H = {"Authorization": "Bearer §"}\nimport os\n',
    "long docstrings on both sides": f'"""{prose(300)}"""\nTOKEN = "§"\nTEXT = """{prose(300, 2)}"""\n',
    "many names": "".join(f"name_{i} = {i}\n" for i in range(200)) + 'TOKEN = "§"\n' + "".join(f"other_{i} = {i}\n" for i in range(200)),
    "interned name-like": 'x = getattr(y, "§")\nimport os, sys\n',
}
COMPILED = [made(f".pyc, {name}", "module.pyc", lambda t, s=source: with_marshal(s.replace("§", t))) for name, source in SHAPES.items()]
COMPILED += [made(f"marshal version {v}", "module.pyc", lambda t, v=v: with_marshal(SHAPES["dict"].replace("§", t), v)) for v in range(5)]
COMPILED += [
    made(".pyc of Python 2, interned", "module.pyc", lambda t: b"\x03\xf3\r\n" + bytes(4) + b"c" + bytes(16) + b"t%\0\0\0" + t.encode() + b"N(\0\0\0\0"),
    made("Java class", "A.class", lambda t: java_class("Code", t, "java/lang/Object")),
    made("Java serialised object", "a.ser", lambda t: java_object("name", t, "x" * 37)),
    made("Lua bytecode", "a.luac", lambda t: b"\x1bLua\x53\0\x19\x93\r\n\x1a\n\x04\x08" + b"\x04" + bytes([len(t) + 1]) + t.encode() + b"\x04\x05name"),
    made("Emacs Lisp bytecode", "a.elc", lambda t: b';ELC\x1b\0\0\0\n(byte-code "\xc1\xc2\x87" ["' + t.encode() + b'" nil] 2)\n'),
]

# ---- SQLite

TABLE = "create table t(a text, b text, c text)"


def row(token, before="key", after="zzz"):
    return ("insert into t values(?, ?, ?)", (before, token, after))


def filled(token, before, after, count=40):
    rows = [("insert into t values(?, ?, ?)", (before, f"value {i} of this table", after)) for i in range(count)]
    return sqlite_file(TABLE, *rows[:count // 2], row(token, before, after), *rows[count // 2:])


WAL = ("pragma journal_mode=wal",)
SQLITE = [
    made("SQLite, write-ahead log", "store.sqlite-wal", lambda t: sqlite_file(TABLE, row(t), suffix="-wal", before=WAL)),
    made("SQLite, rollback journal", "store.sqlite-journal",
         lambda t: sqlite_file(TABLE, row(t), "begin", "update t set b = 'gone'", suffix="-journal",
                               before=("pragma journal_mode=persist", "pragma cache_size=1"))),
    made("SQLite, UTF-16LE", "store.sqlite", lambda t: sqlite_file(TABLE, row(t), before=("pragma encoding='UTF-16le'",))),
    made("SQLite, UTF-16BE", "store.sqlite", lambda t: sqlite_file(TABLE, row(t), before=("pragma encoding='UTF-16be'",))),
    made("SQLite, UTF-16LE, odd offset", "store.sqlite",
         lambda t: sqlite_file("create table t(a blob, b text, c text)", row(t, b"x", "zzz"), before=("pragma encoding='UTF-16le'",))),
    made("SQLite, blob column", "store.sqlite", lambda t: sqlite_file(TABLE, row(t.encode()))),
    made("SQLite, deleted row", "store.sqlite",
         lambda t: sqlite_file(TABLE, row("other"), row(t), "delete from t where b <> 'other'", before=("pragma secure_delete=off",))),
    made("SQLite, index", "store.sqlite", lambda t: sqlite_file(TABLE, "create index i on t(b)", row(t))),
    made("SQLite, without rowid", "store.sqlite", lambda t: sqlite_file("create table t(b text primary key, c text) without rowid",
                                                                        ("insert into t values(?, 'zzz')", (t,)))),
    made("SQLite, integer after it", "store.sqlite", lambda t: sqlite_file("create table t(b text, c integer)",
                                                                           ("insert into t values(?, 1094795585)", (t,)))),
    made("SQLite, last column of a full table", "store.sqlite", lambda t: filled(t, "key", "")),
    made("SQLite, letters on both sides", "store.sqlite", lambda t: filled(t, "key", "Title")),
    made("SQLite, sentences of 300 characters around", "store.sqlite", lambda t: filled(t, prose(50), prose(50, 2))),
    made("SQLite, texts of 1,200 characters around", "store.sqlite", lambda t: filled(t, prose(200) + ". ", prose(200, 2))),
    made("SQLite, one text of 1,200 characters before", "store.sqlite", lambda t: filled(t, prose(200) + ". ", "x")),
    made("SQLite, overflow pages", "store.sqlite", lambda t: sqlite_file(TABLE, row(prose(3000) + f" {t} " + prose(500)))),
    made("SQLite, URL then title (browser history)", "History",
         lambda t: sqlite_file("create table urls(id integer primary key, url text, title text, n integer)",
                               ("insert into urls values(1, ?, 'Hugging Face', 3)", (f"https://huggingface.co/?token={t}",)))),
    made("SQLite, IPython history", "history.sqlite",
         lambda t: sqlite_file("create table history(session integer, line integer, source text, source_raw text)",
                               ("insert into history values(1, 2, ?, ?)", (f'login("{t}")', f'login("{t}")')))),
    made("SQLite, JSON column", "store.sqlite", lambda t: sqlite_file(TABLE, row(json.dumps({"token": t, "n": 1})))),
]

# ---- records

RECORDS = [
    made("protobuf, small", "a.pb", lambda t: protobuf((1, "name"), (2, t), (3, "x"))),
    Context("protobuf, each next field", "a.pb", lambda t, i: protobuf((1, t), (2 + i % 30, "value")), 30),
    Context("protobuf, each next field, long values", "a.pb",
            lambda t, i: protobuf((1, "n" * 33), (3, t), (4 + i % 30, "the value of the next field " * 2)), 30),
    made("ONNX metadata", "model.onnx", lambda t: protobuf((1, 8), (2, "pytorch"), (14, protobuf((1, "hf_token"), (2, t))), (14, protobuf((1, "zz"), (2, "y"))))),
    made("TensorBoard events", "events.out.tfevents.1", lambda t: struct.pack("<QI", 60, 1) + protobuf((1, 1)) + protobuf(
        (5, protobuf((1, protobuf((1, "hparams"), (8, protobuf((8, t)))))))) + bytes(4)),
    made("SentencePiece model", "a.model", lambda t: b"".join(protobuf((1, protobuf((1, piece)) + b"\x15\0\0\0\0")) for piece in ["a", t, "b"])),
    made("msgpack, map", "a.msgpack", lambda t: msgpack({"token": t, "name": "x"})),
    made("msgpack, number after it", "a.msgpack", lambda t: msgpack([t, 65, 66])),
    made("msgpack, bytes, number after it", "a.msgpack", lambda t: msgpack([t.encode(), 65, 66])),
    made("CBOR, map", "a.cbor", lambda t: cbor({"a": t, "token": "x", "n": 1})),
    Context("CBOR, each length of the next key", "a.cbor", lambda t, i: cbor({"a": t, "k" * (1 + i % 23): 1}), 23),
    Context("CBOR, bytes, each length of the next key", "a.cbor", lambda t, i: cbor({"a": t.encode(), "k" * (1 + i % 23): 1}), 23),
    made("BSON", "a.bson", lambda t: bson(name="x", token=t, z="y")),
    made("DER, sequence next", "a.der", lambda t: der("name", t) + der("x")),
    made("DER, long sequence next", "a.der", lambda t: der("name", t) + der("the next string of it", "and one more string")),
    Context("Avro, each length of the next string", "a.avro", lambda t, i: avro("name", t, "v" * (1 + i % 63)), 63),
    made("Thrift, binary", "a.thrift", lambda t: b"\x0b\0\x01\0\0\0" + bytes([len(t)]) + t.encode() + b"\x0b\0\x02\0\0\0\x01x\0"),
    made("Erlang term", "a.ets", lambda t: b"\x83h\x02m\0\0\0" + bytes([len(t)]) + t.encode() + b"m\0\0\0\x01x"),
    made("Redis dump", "dump.rdb", lambda t: b"REDIS0009\xfa\x09redis-ver\x055.0.7\xfe\0\0\x05token" + bytes([len(t)]) + t.encode() + b"\0\x03abc\x01x\xff"),
    made("Redis dump, texts around", "dump.rdb", lambda t: b"REDIS0009" + b"".join(
        b"\x0e" + b"\x41\x2c" + prose(60, i).encode()[:300] for i in range(3)) + b"\x0e\x05token" + bytes([len(t)]) + t.encode() + b"A" + prose(200).encode()),
    made("MQTT, 16-bit length", "a.bin", lambda t: b"\x10\x40\0\x04MQTT\x04\xc2\0\x3c\0\x01a\0\x04user\0" + bytes([len(t)]) + t.encode()),
    made("HTTP in a capture", "a.pcap", lambda t: b"\xd4\xc3\xb2\xa1" + bytes(40) + f"GET / HTTP/1.1\r\nAuthorization: Bearer {t}\r\n\r\n".encode() + bytes(20)),
    made("journald, binary", "system.journal", lambda t: b"\x01\0\0\0\0\0\0\0" + bytes(56) + f"_CMDLINE=hf upload --token {t}".encode() + b"\0\x01" + bytes(30)),
    made("journal export, binary field", "journal.export", lambda t: b"MESSAGE\n" + struct.pack("<Q", len(t)) + t.encode() + b"\nPRIORITY=6\n"),
    made("Vim swap file", ".a.swp", lambda t: b"b0VIM 9.0" + bytes(4000) + b"da" + bytes(80) + f"line\0HF_TOKEN={t}\0other\0".encode()),
    made("Vim undo file", ".a.un~", lambda t: b"Vim\x9fUnDo\xe5\0\x02" + struct.pack(">I", len(t)) + t.encode() + b"\xf5\x18" + bytes(20)),
    made("git index of a file name", "index.bin", lambda t: b"DIRC\0\0\0\x02\0\0\0\x01" + bytes(60) + b"\0" + bytes([len(t)]) + t.encode() + bytes(8)),
]

# ---- models, data sets, columns

DATA = [
    made("safetensors metadata", "model.safetensors", lambda t: safetensors(json.dumps({"__metadata__": {"token": t, "format": "pt"}}))),
    made("GGUF, value", "model.gguf", lambda t: gguf(**{"general.name": "x", "general.token": t, "general.type": "model"})),
    made("GGUF, value in a longer text", "model.gguf", lambda t: gguf(**{"general.description": f"push with {t}", "z": "y"})),
    made("Parquet, plain page", "a.parquet", lambda t: parquet_page(["alice", t, "bob"])),
    made("Parquet, statistics only", "a.parquet", lambda t: parquet_page(["a", "zz" + t])[:90 + len(t)]),
    Context("Parquet, snappy without matches", "a.parquet", lambda t, i: b"PAR1" + snappy_literals(parquet_page([t, "b" * (i % 24)])), 24),
    made("Parquet, long texts around", "a.parquet", lambda t: parquet_page([prose(200), t, prose(200, 2)])),
    made("Arrow, column of tokens", "a.arrow", lambda t: arrow_strings([t] * 9)),
    made("Arrow, among names", "a.arrow", lambda t: arrow_strings(WORDS + [t] + WORDS)),
    made("Arrow, among 2,000 names", "a.arrow", lambda t: arrow_strings(WORDS * 50 + [t] + WORDS * 50)),
    made("Arrow, among texts", "a.arrow", lambda t: arrow_strings([prose(99, i) + "." for i in range(20)] + [t] + [prose(99, i) for i in range(20)])),
    made("NumPy, S40", "a.npy", lambda t: npy("|S60", 2, t.encode().ljust(60, b"\0") + b"x".ljust(60, b"\0"))),
    made("NumPy, fixed width without zeros", "a.npy", lambda t: npy(f"|S{len(t)}", 3, b"x" * len(t) + t.encode() + b"y" * len(t))),
    made("NumPy, U40", "a.npy", lambda t: npy("<U60", 1, t.ljust(60, "\0").encode("utf-32-le"))),
    made("NumPy, U37 without zeros", "a.npy", lambda t: npy(f"<U{len(t)}", 2, (t + t).encode("utf-32-le"))),
    made("HDF5, fixed string", "a.h5", lambda t: b"\x89HDF\r\n\x1a\n" + bytes(500) + t.encode() + b"\0" * 8 + bytes(100)),
    made("MATLAB file, characters of 16 bits", "a.mat", lambda t: b"MATLAB 5.0 MAT-file".ljust(124) + b"\0\x01IM" + b"\x04\0\0\0" + struct.pack("<I", 2 * len(t)) + t.encode("utf-16-le") + bytes(8)),
    made("LevelDB, Latin-1 value (browser storage)", "000003.log",
         lambda t: leveldb_log((b"_https://huggingface.co\0\x01token", b"\x01" + t.encode()), (b"META:x", b"\x08A"))),
    made("LevelDB, UTF-16 value (browser storage)", "000003.log",
         lambda t: leveldb_log((b"_https://huggingface.co\0\x01token", b"\0" + t.encode("utf-16-le")), (b"B", b"x"))),
    made("LevelDB table, long values around", "000005.ldb",
         lambda t: b"".join(varint(0) + varint(3) + varint(len(v)) + b"key" + v for v in [prose(200).encode(), t.encode(), prose(200, 2).encode()])),
]

# ---- programs and memory


def go_strings(token):
    """Go's linker puts all strings of one length side by side, without anything between them."""
    pool = [prose(20, i, "")[:37] for i in range(60)]
    return b"\x7fELF\x02\x01\x01" + bytes(2000) + "".join(pool + [token] + pool).encode() + bytes(100)


PROGRAMS = [
    made("ELF, C strings", "a.out", lambda t: b"\x7fELF\x02\x01\x01" + bytes(57) + b"usage\0" + t.encode() + b"\0name\0"),
    made("Go, pool of strings", "a.out", go_strings),
    made("Rust, strings side by side", "a.out", lambda t: b"\x7fELF\x02\x01\x01" + bytes(57) + f"src/main.rsBearer {t}called `Option::unwrap()`".encode() + bytes(20)),
    made("Rust, page of strings", "a.out", lambda t: b"\x7fELF\x02\x01\x01" + bytes(57) + f"{prose(200)}{t}{prose(200)}".encode() + bytes(20)),
    made("PE, UTF-16LE strings", "a.exe", lambda t: b"MZ" + bytes(100) + "usage\0".encode("utf-16-le") + t.encode("utf-16-le") + b"\0\0" + bytes(40)),
    Context(".NET, #US heap", "a.dll", lambda t, i: b"MZ" + bytes(100 + i % 2) + dotnet_user_string("usage") + dotnet_user_string(t) + dotnet_user_string("AB"), 2),
    made("WebAssembly data", "a.wasm", lambda t: b"\0asm\x01\0\0\0\x0b\x40\x01\0\x41\x80\x08\x0b\x40" + f"Bearer {t}assertion failed".encode()),
    made("environment block", "environ", lambda t: f"PATH=/bin\0HF_TOKEN={t}\0NEXT=1\0".encode()),
    made("environment block, token last", "core.1", lambda t: bytes(64) + f"A=1\0HF_TOKEN={t}\0/usr/bin/python3\0".encode() + bytes(64)),
    made("arguments of a process", "cmdline", lambda t: f"hf\0upload\0--token\0{t}\0".encode()),
    made("heap", "core", lambda t: bytes(range(256)) + t.encode() + bytes(range(255, -1, -1))),
    made("heap, stale letters after it", "core", lambda t: bytes(16) + struct.pack("<Q", 49) + t.encode() + b"staleBytes" + bytes(16)),
    made("CPython str object", "core", lambda t: struct.pack("<QQQQ", 1, 0x7f3344556677, len(t), 0) + t.encode() + b"\0" + struct.pack("<QQ", 1, 2)),
    made("swap, UTF-32 (CPython)", "core", lambda t: bytes(7) + f"ü{t}\U0001f511".encode("utf-32-le") + bytes(9)),
    made("registry hive, UTF-16LE", "NTUSER.DAT", lambda t: b"regf" + bytes(200) + wide_counted("HF_TOKEN") + t.encode("utf-16-le") + b"\xff\xff"),
    made("shortcut, counted UTF-16LE", "a.lnk", lambda t: b"L\0\0\0" + bytes(72) + wide_counted(f"--token {t}") + wide_counted("C:\\x")),
    Context("UTF-16LE at odd and even offsets", "a.bin", lambda t, i: bytes(100 + i % 2) + t.encode("utf-16-le") + b"\x25\0\x25", 2),
    Context("UTF-16BE at odd and even offsets", "a.bin", lambda t, i: b"\xff" * (100 + i % 2) + t.encode("utf-16-be") + b"\xff" * 9, 2),
    Context("UTF-16LE, letters next to it", "a.bin", lambda t, i: b"AB" + "name".encode("utf-16-le") * (i % 2) + t.encode("utf-16-le") + "next\0".encode("utf-16-le"), 2),
    Context("UTF-32LE at each offset", "a.bin", lambda t, i: b"\xff" * (100 + i % 4) + t.encode("utf-32-le") + b"\xff" * 9, 4),
    made("base64 among zeros", "a.bin", lambda t: bytes(50) + b64(t).encode() + bytes(50)),
]

# ---- documents and media

MEDIA = [
    made("binary property list", "a.plist", lambda t: plistlib.dumps({"HF_TOKEN": t, "b": "x"}, fmt=plistlib.FMT_BINARY)),
    made("binary property list, in a UTF-16 string", "a.plist", lambda t: plistlib.dumps({"n": f"ü{t}", "b": "x"}, fmt=plistlib.FMT_BINARY)),
    made("binary property list, many strings", "a.plist",
         lambda t: plistlib.dumps({**{f"key number {i} of the list": f"value {i}" for i in range(99)}, "t": t}, fmt=plistlib.FMT_BINARY)),
    made("PNG, tEXt", "a.png", lambda t: png(b"tEXt", b"Comment\0" + t.encode())),
    made("PNG, iTXt (prompt of an image generator)", "a.png", lambda t: png(b"iTXt", b"prompt\0\0\0\0\0" + json.dumps({"t": t}).encode())),
    made("JPEG comment", "a.jpg", lambda t: b"\xff\xd8\xff\xfe" + struct.pack(">H", len(t) + 2) + t.encode() + b"\xff\xd9"),
    made("GIF comment", "a.gif", lambda t: b"GIF89a\x01\0\x01\0\0\0\0!\xfe" + bytes([len(t)]) + t.encode() + b"\0;"),
    made("ID3, UTF-16", "a.mp3", lambda t: b"ID3\x03\0\0\0\0\0\x7fCOMM\0\0\0\x5f\0\0\x01eng" + f"\ufeff{t}".encode("utf-16-le") + b"\xff\xfb\x90"),
    made("PDF, literal string", "a.pdf", lambda t: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Length 60>>stream\nBT (" + t.encode() + b") Tj ET\nendstream\n"),
    made(r"PDF, \137", "a.pdf", lambda t: b"%PDF-1.4\n(" + t.replace("_", "\\137").encode() + b") Tj\n"),
    made("PDF, hexadecimal string", "a.pdf", lambda t: b"%PDF-1.4\n<" + t.encode().hex().upper().encode() + b"> Tj\n"),
    made("PDF, UTF-16BE string", "a.pdf", lambda t: b"%PDF-1.4\n/Title (\xfe\xff" + t.encode("utf-16-be") + b")\n"),
    made("PDF, hexadecimal UTF-16BE", "a.pdf", lambda t: b"%PDF-1.4\n/Title <FEFF" + t.encode("utf-16-be").hex().upper().encode() + b">\n"),
    made("OLE document, 8 bits", "a.doc", lambda t: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + b"My token is " + t.encode() + b"\r" + bytes(600)),
    made("OLE document, UTF-16LE", "a.doc", lambda t: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + f"is {t}.\r".encode("utf-16-le") + bytes(600)),
    made("tar", "a.tar", lambda t: (".env".encode().ljust(512, b"\0") + f"HF_TOKEN={t}\n".encode().ljust(512, b"\0") + bytes(1024))),
    text("text file called .png", "a.png", "HF_TOKEN=§"),
]

CONTEXTS = PICKLES + COMPILED + SQLITE + RECORDS + DATA + PROGRAMS + MEDIA
