#!/usr/bin/env python3
"""A tree with tokens in the shapes in which they leak, and what a report must say of each.

planted_tree.py make FOLDER            plants the tokens and the decoys
planted_tree.py check FOLDER REPORT    holds a JSON report against them: each once, at its line, byte column and SHA-256
planted_tree.py secret FILE...         no piece of a planted token, nor of its base64, stands in these files

Tokens are made when this runs: none stands in any file of the project.
"""
import base64
import hashlib
import json
import os
import sys
from typing import NamedTuple

HOLE = 5 << 30
MINIFIED = 2 << 20


def token(name):
    digest = base64.b64encode(hashlib.sha512(b"planted " + name.encode()).digest()).decode()
    return "hf_" + "".join(c for c in digest if c.isalpha())[:34]


class Plant(NamedTuple):
    path: str
    text: str  # the token is written where @@ stands
    line: int
    column: int  # in bytes of the file
    codec: str = "utf-8"
    dress: str = "plain"  # or base64: what is written is the token's base64

    @property
    def written(self):
        plain = token(self.path)
        return base64.b64encode(plain.encode()).decode() if self.dress == "base64" else plain

    def content(self):
        bom = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(self.codec, b"")
        return bom + self.text.replace("@@", self.written).encode(self.codec)

    @property
    def end_column(self):
        return self.column + len(self.written.rstrip("=").encode(self.codec))


NOTEBOOK = '{"cells":[{"cell_type":"code",\n "source":["x = 1\\n",\n  "key = \\"@@\\"\\n"]}]}\n'

PLANTS = [
    Plant(".env", "# settings\nHF_TOKEN=@@\n", 2, 10),
    Plant("notebook.ipynb", NOTEBOOK, 3, 12),
    Plant("clone.sh", "git clone https://me:@@@huggingface.co/me/x\n", 1, 22),
    Plant("login.sh", "#!/bin/sh\nhf upload --token=@@ me/x .\n", 2, 19),
    Plant("access.log", "GET /?auth=Bearer%20@@ HTTP/1.1\n", 1, 21),
    Plant("config.yaml", "train:\n  hf_token: @@\n", 2, 13),
    Plant("app.min.js", "var a=1;" * (MINIFIED // 16) + 'b("@@");' + "c(2);" * (MINIFIED // 10), 1, MINIFIED // 2 + 4),
    Plant("little.txt", "first\nkey: @@\n", 2, 11, "utf-16-le"),
    Plant("big.txt", "first\nkey: @@\n", 2, 11, "utf-16-be"),
    Plant("windows.ini", "[hub]\r\nkey=@@\r\n", 2, 5),
    Plant("secret.yaml", "kind: Secret\ndata:\n  token: @@\n", 3, 10, dress="base64"),
    Plant("no_newline.txt", "a\nb @@", 2, 3),
    Plant("ümläut ß.txt", "naïve: @@\n", 1, 9),
]
SPARSE = Plant("sparse.bin", "\n@@\n", 2, 1)

CAMEL_CASE = [
    "targetSecuritySystemStateFormatter", "currentHeatingCoolingStateProvider", "localizedDescriptionForServiceType",
    "GetInferenceProviderMappingFromHub", "TokenizerConfigurationWithDefaults", "automaticSpeechRecognitionPipeline",
]
DECOYS = "\n".join(
    ["from huggingface_hub import hf_hub_download, hf_hub_url", "hf_transfer = hf_xet", "token = 'hf_your_token_here'"]
    + ["TOKEN = 'hf_" + filler * 34 + "'" for filler in "xX*0"]
    + ["hf_" + name + "();" for name in CAMEL_CASE]
    + ["hf_" + hashlib.md5(b"a cache").hexdigest() + "00", "hf_" + token("too long")[3:] + "Z", "api_org_token"]) + "\n"


def plants(folder):
    return PLANTS + ([SPARSE] if os.path.exists(os.path.join(folder, SPARSE.path)) else [])


def make(folder):
    assert all(len(name) == 34 for name in CAMEL_CASE), [name for name in CAMEL_CASE if len(name) != 34]
    for plant in PLANTS:
        with open(os.path.join(folder, plant.path), "wb") as file:
            file.write(plant.content())
    for name in ("decoys.py", "decoys.md", "Decoys.m"):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(DECOYS)
    make_sparse(os.path.join(folder, SPARSE.path))


def make_sparse(path):
    """5 GiB of which only the end is stored; not made where the file system cannot."""
    try:
        with open(path, "wb") as file:
            file.truncate(HOLE)
            if os.fstat(file.fileno()).st_blocks * 512 > HOLE // 1000:
                raise OSError("this file system has no holes")
            file.seek(HOLE)
            file.write(SPARSE.content())
    except OSError as error:
        print(f"without the sparse file: {error}", file=sys.stderr)
        os.unlink(path)


def expected(folder):
    for plant in plants(folder):
        digest = hashlib.sha256(token(plant.path).encode()).hexdigest()
        yield (plant.path, plant.line, plant.column, plant.end_column, digest)


def reported(report):
    for finding in report["findings"]:
        place = finding["location"]
        yield (place["path"], place["start"]["line"], place["start"]["column"], place["end"]["column"],
               finding["secret"]["sha256"])


def check(folder, report_path):
    with open(report_path, encoding="utf-8") as file:
        report = json.load(file)
    wanted, got = sorted(expected(folder)), sorted(reported(report))
    for place in wanted:
        if got.count(place) != 1:
            print("wanted once:", place, "reported:", [other for other in got if other[0] == place[0]])
    for place in got:
        if place not in wanted:
            print("not planted:", place)
    assert wanted == got
    assert report["complete"] and report["exit_code"] == 1
    assert report["counts"]["active"] == report["counts"]["secrets"] == len(wanted)


def secret(*files):
    """Eight characters in a row of a token, or of its base64 at any alignment, are a leak."""
    pieces = set()
    for plant in PLANTS + [SPARSE]:
        plain = token(plant.path).encode()
        texts = [plain[3:]] + [base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)]
        texts += [plain.hex().encode()[6:], plain[3:].decode().encode("utf-16-le")]
        pieces.update(text[i:i + 8] for text in texts for i in range(len(text) - 7))
    for name in files:
        with open(name, "rb") as file:
            content = file.read()
        assert content, f"{name} is empty"
        assert not any(content[i:i + 8] in pieces for i in range(len(content) - 7)), f"{name} shows a piece of a token"


if __name__ == "__main__":
    {"make": make, "check": check, "secret": secret}[sys.argv[1]](*sys.argv[2:])
