"""Further contexts inside compressed files and archives."""

import base64
import bz2
import gzip
import io
import json
import lzma
import pickle
import tarfile
import zipfile
import zlib

from context import b64, made
from producers import zip_file


def tar(members, mode="w"):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def env(token):
    return f"HF_TOKEN={token}\n".encode()


def zip_with_comment(token):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", "a" * 100)
        archive.comment = token.encode()
    return buffer.getvalue()


def member(name, content):
    return lambda token: zip_file({"[Content_Types].xml": "<Types/>", name: content.replace("§", token), "z": "y" * 50})


CONTEXTS = [
    made("gzip, among 200 kB", "a.log.gz", lambda t: gzip.compress(b"line of the log\n" * 6000 + env(t) + b"line of the log\n" * 6000)),
    made("gzip, two members", "a.gz", lambda t: gzip.compress(b"first\n") + gzip.compress(env(t))),
    made("gzip without a name that says so", "backup", lambda t: gzip.compress(env(t))),
    made("gzip of a pickle", "state.pkl.gz", lambda t: gzip.compress(pickle.dumps({"token": t}))),
    made("gzip of gzip", "a.gz.gz", lambda t: gzip.compress(gzip.compress(env(t)))),
    made("gzip of base64", "a.gz", lambda t: gzip.compress(b64(env(t)).encode())),
    made("bzip2", "a.bz2", lambda t: bz2.compress(env(t))),
    made("xz", "a.xz", lambda t: lzma.compress(env(t))),
    made("lzma", "a.lzma", lambda t: lzma.compress(env(t), format=lzma.FORMAT_ALONE)),
    made("tar", "a.tar", lambda t: tar({"home/.env": env(t)})),
    made("tar.gz", "a.tar.gz", lambda t: tar({"readme": b"x" * 2000, "home/.env": env(t)}, "w:gz")),
    made("tar.bz2", "a.tar.bz2", lambda t: tar({"home/.env": env(t)}, "w:bz2")),
    made("tar.xz", "a.tar.xz", lambda t: tar({"home/.env": env(t)}, "w:xz")),
    made("sdist", "pkg-1.0.tar.gz", lambda t: tar({"pkg-1.0/pkg/hub.py": f'TOKEN = "{t}"\n'.encode()}, "w:gz")),
    made("zip", "a.zip", lambda t: zip_file({"a": "x", "home/.env": env(t)})),
    made("zip with bytes in front (self-extracting)", "a.exe", lambda t: b"MZ" + b"stub" * 300 + zip_file({"home/.env": env(t)})),
    made("zip comment", "a.zip", zip_with_comment),
    made("zip in zip", "a.zip", lambda t: zip_file({"b.zip": zip_file({".env": env(t)})})),
    made("zip in tar.gz", "a.tar.gz", lambda t: tar({"b.zip": zip_file({".env": env(t)})}, "w:gz")),
    made("tar in tar (saved image)", "image.tar", lambda t: tar({"ab/layer.tar": tar({"root/.env": env(t)}), "manifest.json": b"[]"})),
    made("tar.gz in tar (saved image, OCI)", "image.tar", lambda t: tar({"blobs/sha256/ab": tar({"root/.env": env(t)}, "w:gz")})),
    made("wheel", "a-1.0-py3-none-any.whl", member("a/hub.py", 'TOKEN = "§"\n')),
    made("jar", "a.jar", member("application.properties", "hf.token=§\n")),
    made("xlsx, shared strings", "a.xlsx", member("xl/sharedStrings.xml", "<sst><si><t>§</t></si></sst>")),
    made("pptx", "a.pptx", member("ppt/slides/slide1.xml", "<a:t>use §</a:t>")),
    made("docx, in two runs", "a.docx", member("word/document.xml", "<w:t>token: </w:t></w:r><w:r><w:t>§</w:t>")),
    made("odt", "a.odt", member("content.xml", "<text:p>§</text:p>")),
    made("epub", "a.epub", member("OEBPS/a.xhtml", "<p>§</p>")),
    made("notebook in a zip", "a.zip", member("demo.ipynb", r'{"source": ["login(\"§\")\n"]}')),
    made("npz", "a.npz", lambda t: zip_file({"a.npy": b"\x93NUMPY\x01\0\x76\0" + b" " * 117 + b"\n" + t.encode("utf-32-le")})),
    made("torch.save, deflated", "training_args.bin", lambda t: zip_file({"archive/data.pkl": pickle.dumps({"hub_token": t}, 2)})),
    made("Keras archive", "model.keras", member("metadata.json", '{"token": "§"}')),
    made("joblib, zlib", "a.joblib", lambda t: zlib.compress(pickle.dumps({"token": t}))),
    made("PDF, FlateDecode", "a.pdf", lambda t: b"%PDF-1.4\n1 0 obj\n<</Filter/FlateDecode>>stream\n" + zlib.compress(b"BT (" + t.encode() + b") Tj ET") + b"\nendstream\n"),
    made("PNG, zTXt", "a.png", lambda t: b"\x89PNG\r\n\x1a\n\0\0\0\x40zTXtComment\0\0" + zlib.compress(t.encode()) + bytes(4)),
    made("SVGZ", "a.svgz", lambda t: gzip.compress(f"<svg><text>{t}</text></svg>".encode())),
    made("git loose object", "object", lambda t: zlib.compress(b"blob 47\0" + env(t))),
    made("Helm release", "secret.yaml", lambda t: f"data:\n  release: {b64(b64(gzip.compress(json.dumps({'config': {'token': t}}).encode())))}\n"),
    made("base64 of gzip", "user_data.tf", lambda t: f'user_data = "{b64(gzip.compress(env(t)))}"\n'),
    made("base64 of zip", "a.json", lambda t: json.dumps({"ZipFile": b64(zip_file({".env": env(t)}))})),
    made("direnv's DIRENV_DIFF", "env.txt", lambda t: f"DIRENV_DIFF={base64.urlsafe_b64encode(zlib.compress(json.dumps({'p': {'HF_TOKEN': t}}).encode())).decode()}\n"),
]
