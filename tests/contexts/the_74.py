"""The 74 contexts: where tokens leak in source, configuration, documents and data. Row n is context n."""

import base64
import gzip
import json
import pickle

from context import Context, b64, made, text, utf16, wrapped
from producers import sqlite_file, with_marshal, zip_file


def notebook(*source, output=()):
    cell = {"cell_type": "code", "execution_count": 1, "metadata": {}, "source": list(source),
            "outputs": [{"name": "stdout", "output_type": "stream", "text": list(output)}] if output else []}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


def json_string(value):
    return json.dumps({"log": value, "level": 1}) + "\n"


def arguments(token):
    return {"hub_token": token, "lr": 0.1, "seed": None}


def module(token):
    return f'def push(repo, token="{token}"):\n    return upload(repo, "{token}", 1)\n'


SOURCE_AND_CONFIGURATION = [
    text("assignment, double quotes", "train.py", 'token = "§"'),
    text("assignment, single quotes", "train.py", "token = '§'"),
    text("keyword argument of an assigned call", "train.py", 'model = AutoModel.from_pretrained("meta/x", token="§")'),
    text("login(token=...)", "train.py", 'login(token="§")'),
    text("login(...), positional", "train.py", 'login("§", add_to_git_credential=True)'),
    text(".env", ".env", "HF_TOKEN=§"),
    text("export", "run.sh", "export HF_TOKEN=§"),
    text("YAML, unquoted", "job.yaml", "env:\n  HF_TOKEN: §"),
    text("JSON member", "config.json", '{"HF_TOKEN": "§", "b": 1}'),
    text("command line, --token T", "run.sh", "huggingface-cli login --token § --add-to-git-credential"),
    text("command line, --hub_token=T", "run.sh", "python train.py --hub_token=§ --x"),
    text("Dockerfile ENV", "hub.dockerfile", "ENV HF_TOKEN=§"),
    text("stored_tokens", "stored_tokens.ini", "[work]\nhf_token = §"),
]

DELIMITERS = [
    text("backticks", "README.md", "Use `§` to log in."),
    text("end of a sentence", "README.md", "My token is §."),
    text("bold", "README.md", "**§**"),
    text("parentheses", "notes.txt", "see (§)"),
    text("brackets", "notes.txt", "[§]"),
    text("CSV, middle field", "users.csv", "alice,§,7"),
    text("XML element", "settings.xml", "<token>§</token>"),
    text("before a closing brace", "notes.txt", "{token:§}"),
    text("URL with user and password", "notes.txt", "https://user:§@huggingface.co/o/r"),
    text("URL with the token as user", "notes.txt", "https://§@huggingface.co/o/r"),
    text("query parameter", "access.txt", "GET /api?token=§&x=1"),
    text("path component", "paths.txt", "/cache/§/x"),
    text("followed by a hash sign", "notes.txt", "§#mine"),
    text("table cell", "README.md", "|§|read|"),
    text("suffix after an underscore", "notes.txt", "§_old"),
    text("prefix before an underscore", "notes.txt", "KEY_§"),
]

NOTEBOOKS_AND_JSON_STRINGS = [
    made("notebook, call", "demo.ipynb", lambda t: notebook(f'login("{t}")\n')),
    made("notebook, argument", "demo.ipynb", lambda t: notebook(f'push("a", token="{t}", private=True)\n')),
    made("notebook, output", "demo.ipynb", lambda t: notebook("show()\n", output=[f"Token: {t}\n"])),
    made(r"\n directly before", "log.json", lambda t: json_string(f"first\n{t}\nlast")),
    made(r"\t directly before", "log.json", lambda t: json_string(f"token\t{t}")),
    text(r"\u003d directly before", "log.json", r'{"command": "HF_TOKEN\u003d§ run"}'),
    text(r"\u0022 on both sides", "log.json", r'{"command": "\u0022§\u0022"}'),
]

ESCAPES = [
    text("%20 directly before", "access.txt", "Bearer%20§"),
    text("percent-encoded query", "access.txt", "HF_TOKEN%3D§%26a%3D1"),
    text("quoted-printable", "mail.eml", "HF_TOKEN=3D§=20"),
    text("ANSI colour", "build.log", "\x1b[32m§\x1b[0m"),
    text("HTML entities", "page.html", "<pre>token=&quot;§&quot;</pre>"),
    made(r"underscore as \_", "README.md", lambda t: t.replace("_", r"\_") + "\n"),
    made("underscore as %5F", "access.txt", lambda t: t.replace("_", "%5F") + "\n"),
    text("CJK neighbours", "README.md", "令牌§。"),
    text("curl header", "run.sh", 'curl -H "Authorization: Bearer §" https://huggingface.co/api/whoami-v2'),
    text("git credentials", "git-credentials.txt", "https://hf_user:§@huggingface.co"),
    text("netrc", "netrc.txt", "machine huggingface.co login me password §"),
]

BASE64 = [
    made("Kubernetes secret", "secret.yaml", lambda t: f"data:\n  token: {b64(t)}\n"),
    made("of an assignment", "secret.yaml", lambda t: f"data:\n  env: {b64(f'HF_TOKEN={t}' + chr(10))}\n"),
    made("of three lines", "secret.yaml", lambda t: f"data:\n  env: {b64(f'A=1{chr(10)}HF_TOKEN={t}{chr(10)}B=2{chr(10)}')}\n"),
    made("Basic authorization", "headers.txt", lambda t: f"Authorization: Basic {b64(f'user:{t}')}\n"),
    made("wrapped at 76 columns", "script.txt",
         lambda t: wrapped(b64("#" * 61 + f'\nexport HF_TOKEN="{t}"\n' + "y" * 100), 76)),
    made("of UTF-8", "note.txt", lambda t: b64(f"Schlüssel {t} — geheim") + "\n"),
    made("of base64", "note.txt", lambda t: b64(b64(f"tok={t}")) + "\n"),
    made("base64url of JSON", "note.txt",
         lambda t: base64.urlsafe_b64encode(json.dumps({"token": t}).encode()).decode().rstrip("=") + "\n"),
]

HEX = [
    made("hexadecimal", "dump.txt", lambda t: t.encode().hex() + "\n"),
    made("hexadecimal of an assignment", "dump.txt", lambda t: f"k={t};".encode().hex() + "\n"),
    made(r"\xNN", "key.c", lambda t: 'const char key[] = "' + "".join(f"\\x{c:02x}" for c in t.encode()) + '";\n'),
]

UTF_16 = [
    made("UTF-16LE with mark", "settings.txt", lambda t: utf16(f"HF_TOKEN={t}\r\n", "le")),
    made("UTF-16BE with mark", "settings.txt", lambda t: utf16(f"HF_TOKEN={t}\r\n", "be")),
    made("UTF-16LE without mark", "export.reg", lambda t: utf16(f'"HF_TOKEN"="{t}"\r\n', "le", bom=False)),
]

SIZE_AND_SPLIT = [
    made("one line of 144 kB", "bundle.js", lambda t: "var a=1;" * 12000 + f'var t="{t}";' + "b();" * 12000),
    made("split after the prefix", "train.py", lambda t: f'token = "{t[:3]}" + "{t[3:]}"\n'),
    made("split by +", "train.py", lambda t: f'token = "{t[:15]}" + "{t[15:]}"\n'),
    made("adjacent literals on lines", "train.py", lambda t: f'token = (\n    "{t[:20]}"\n    "{t[20:]}"\n)\n'),
    made("backslash and line break", "run.sh", lambda t: f"HF_TOKEN={t[:20]}\\\n{t[20:]}\n"),
]

BINARY = [
    made("pickle, protocol 2", "training_args.bin", lambda t: pickle.dumps(arguments(t), 2)),
    made("pickle, protocol 4", "state.pkl", lambda t: pickle.dumps(arguments(t), 4)),
    made("stored zip with a pickle", "training_args.bin",
         lambda t: zip_file({"archive/data.pkl": pickle.dumps(arguments(t), 2)}, stored=True)),
    made(".pyc", "push.pyc", lambda t: with_marshal(module(t))),
    made("SQLite row", "store.sqlite",
         lambda t: sqlite_file("create table t(a text, b text, c text)", ("insert into t values(?, ?, ?)", ("key", t, "zzz")))),
    made("gzip", "env.gz", lambda t: gzip.compress(f"HF_TOKEN={t}\n".encode())),
    made("docx", "report.docx", lambda t: zip_file({"word/document.xml": f"<w:t>{t}</w:t>"})),
]

ALPHABET = [text("letters and digits", "train.py", 'token = "§"')]

CONTEXTS = (SOURCE_AND_CONFIGURATION + DELIMITERS + NOTEBOOKS_AND_JSON_STRINGS + ESCAPES + BASE64 + HEX + UTF_16 + SIZE_AND_SPLIT
            + BINARY + ALPHABET)
WITH_DIGITS = {74}  # the numbers of the contexts whose tokens have digits
assert len(CONTEXTS) == 74
