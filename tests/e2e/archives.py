#!/usr/bin/env python3
"""Archives as people and as attackers make them, and what a report must say of each.

archives.py tokens FOLDER          archives of every kind with a token in each, made by Python's own modules
archives.py check FOLDER REPORT    holds a JSON report against them: each token once, at its path and encoding
archives.py bombs FOLDER           small files that unpack to much, or into themselves; one token each, where that can be read
"""
import base64
import bz2
import gzip
import hashlib
import io
import json
import lzma
import os
import shutil
import struct
import subprocess
import sys
import tarfile
import zipapp
import zipfile
import zlib

MIB = 1 << 20


def token(name):
    digest = base64.b64encode(hashlib.sha512(b"archive " + name.encode()).digest()).decode()
    return "hf_" + "".join(c for c in digest if c.isalpha())[:34]


def leak(name):
    return ("import os\n" * 20 + f'HF_TOKEN = "{token(name)}"\n').encode()


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def tarred(members, mode="w", flavour=tarfile.PAX_FORMAT):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=flavour) as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def zip_app(name):
    folder = "app of " + name
    os.mkdir(folder)
    with open(f"{folder}/__main__.py", "wb") as file:
        file.write(leak(name))
    zipapp.create_archive(folder, name, interpreter="/usr/bin/env python3", compressed=True)
    shutil.rmtree(folder)
    with open(name, "rb") as file:
        return file.read()


def debian_package(name):
    """As dpkg-deb makes it: an ar with the packed tars."""
    parts = {"debian-binary": b"2.0\n", "control.tar.gz": tarred({"./control": b"Package: x\n"}, "w:gz"),
             "data.tar.xz": tarred({"./etc/conf": leak(name)}, "w:xz")}
    out = b"!<arch>\n"
    for part, content in parts.items():
        out += f"{part:<16}{0:<12}{0:<6}{0:<6}{100644:<8}{len(content):<10}`\n".encode() + content + b"\n" * (len(content) % 2)
    return out


def with_program(name, program, content):
    if not shutil.which(program):
        return None
    return subprocess.run([program, "-q", "-c"], input=content, capture_output=True, check=True).stdout


def archives():
    """(file, content, path of the token, encoding)"""
    for suffix, pack in (("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)):
        name = "log.txt." + suffix
        yield name, pack(leak(name)), f"{name}!/log.txt", {"gz": "gzip", "bz2": "bzip2", "xz": "xz"}[suffix]
    for suffix, program in (("zst", "zstd"), ("lz4", "lz4")):
        content = with_program("log." + suffix, program, leak("log." + suffix))
        if content:
            yield "log." + suffix, content, f"log.{suffix}!/log", {"zst": "zstd", "lz4": "lz4"}[suffix]
    yield "deflated.zip", zipped({"dir/a.py": leak("deflated.zip")}), "deflated.zip!/dir/a.py", "zip"
    yield "stored.zip", zipped({"a.py": leak("stored.zip")}, zipfile.ZIP_STORED), "stored.zip", "plain"
    yield "umlaut.zip", zipped({"ümläut.py": leak("umlaut.zip")}), "umlaut.zip!/ümläut.py", "zip"
    document = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:t>" + leak("letter.docx") + b"</w:t>"}
    yield "letter.docx", zipped(document), "letter.docx!/word/document.xml", "zip"
    jar = {"META-INF/MANIFEST.MF": b"Manifest-Version: 1.0\n", "app.properties": leak("app.jar")}
    yield "app.jar", zipped(jar), "app.jar!/app.properties", "zip"
    wheel = {"p/__init__.py": leak("p-1.0-py3-none-any.whl"), "p-1.0.dist-info/RECORD": b""}
    yield "p-1.0-py3-none-any.whl", zipped(wheel), "p-1.0-py3-none-any.whl!/p/__init__.py", "zip"
    yield "tool.pyz", zip_app("tool.pyz"), "tool.pyz!/__main__.py", "zip"
    with open("/bin/sh", "rb") as program:
        yield "setup.bin", program.read() + zipped({"in.txt": leak("setup.bin")}), "setup.bin!/in.txt", "zip"
    yield "x.deb", debian_package("x.deb"), "x.deb!/data.tar.xz!/etc/conf", "ar+xz+tar"
    for flavour, label in ((tarfile.USTAR_FORMAT, "ustar"), (tarfile.GNU_FORMAT, "gnu"), (tarfile.PAX_FORMAT, "pax")):
        long_name = "d" * (90 if label == "ustar" else 180) + "/a.py"
        for mode, suffix, way in (("w:gz", "tar.gz", "gzip"), ("w:bz2", "tar.bz2", "bzip2"), ("w:xz", "txz", "xz")):
            name = f"{label}.{suffix}"
            yield name, tarred({long_name: leak(name)}, mode, flavour), f"{name}!/{long_name}", way + "+tar"
        name = label + ".tar"
        yield name, tarred({long_name: leak(name)}, "w", flavour), name, "plain"
    inner = tarred({"b.zip": zipped({"c.txt": leak("nested.zip")})}, "w:gz")
    yield "nested.zip", zipped({"a.tar.gz": inner}), "nested.zip!/a.tar.gz!/b.zip!/c.txt", "zip+gzip+tar+zip"
    # The names lie: what counts is what the bytes are.
    yield "picture.png", gzip.compress(leak("picture.png")), "picture.png!/data", "gzip"


def make_tokens(folder):
    os.chdir(folder)
    for name, content, _, _ in list(archives()):
        with open(name, "wb") as file:
            file.write(content)


def named(location):
    """A place as the text report names it."""
    return "!/".join(filter(None, (location["path"], location.get("member"))))


def check(folder, report_path):
    with open(report_path, encoding="utf-8") as file:
        report = json.load(file)
    scratch = os.path.join(folder, ".made again")
    os.mkdir(scratch)
    os.chdir(scratch)
    wanted = sorted((path, encoding, hashlib.sha256(token(name).encode()).hexdigest()) for name, _, path, encoding in archives())
    os.chdir(folder)
    shutil.rmtree(scratch)
    got = sorted((named(f["location"]), f["secret"]["encoding"], f["secret"]["sha256"]) for f in report["findings"])
    for one in wanted:
        if got.count(one) != 1:
            print("wanted once:", one, "reported:", [other for other in got if other[2] == one[2]])
    assert wanted == got, [one for one in got if one not in wanted]
    assert report["complete"] and report["exit_code"] == 1, report["diagnostics"]
    for finding in report["findings"]:
        place = finding["location"]
        assert os.path.isfile(place["path"]), place
        assert "member" not in place or place["start"]["line"] == 21, place


def gzip_of(piece, count):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(piece) for _ in range(count)) + packer.flush()


def quine_like(levels):
    """A gzip in a gzip in a gzip: whoever follows it to the end follows a quine for ever."""
    content = leak("deep")
    for _ in range(levels):
        content = gzip.compress(content)
    return content


def tree_of_zips(levels, width):
    """As 42.zip: every level holds `width` times the one below, whose last is zeros."""
    content = zipped({"0": bytes(64 * MIB)})
    for _ in range(levels):
        content = zipped({f"{i}.zip": content for i in range(width)})
    return content


def overlapping(count):
    """Each entry of the directory begins one header later and quotes the ones behind it (David Fifield's construction)."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(4 * MIB)) + kernel.flush()
    crc, size, body, entries = zlib.crc32(bytes(4 * MIB)), 4 * MIB, packed, []
    parts = []
    for i in range(count):
        name = b"%06d" % i
        header = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(body), size, len(name), 0) + name
        parts.insert(0, header)
        entries.insert(0, (name, crc, len(body), size))
        whole = header + body
        crc, size = zlib.crc32(bytes(4 * MIB), zlib.crc32(b"".join(parts))), size + len(header)
        body = struct.pack("<BHH", 0, len(header), len(header) ^ 0xFFFF) + whole
        parts.insert(0, body[:5])
    file = b"".join(parts[1:]) + packed
    offset, directory = 0, b""
    for name, crc, packed_size, size in entries:
        directory += struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, packed_size, size, len(name), 0, 0, 0, 0, 0,
                                 offset) + name
        offset += 36 + 5
    return file + directory + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, len(directory), len(file), 0)


def absurd_tar():
    info = tarfile.TarInfo("huge")
    info.size = 1 << 62
    return info.tobuf(tarfile.GNU_FORMAT) + leak("absurd.tar")


def many_members(count):
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    header = tarfile.TarInfo("x").tobuf() * 1000
    return b"".join(packer.compress(header) for _ in range(count // 1000)) + packer.flush()


BOMBS = {
    "zeros.gz": lambda: gzip_of(bytes(16 * MIB), 256),
    "prefix.gz": lambda: gzip_of(b"hf_" * MIB, 300),
    "token.gz": lambda: gzip_of((token("token.gz") + "\n").encode() * 10000, 500),
    "zeros.bz2": lambda: bz2.compress(bytes(512 * MIB)),
    "deep.gz": lambda: quine_like(300),
    "tree.zip": lambda: tree_of_zips(6, 16),
    "overlap.zip": lambda: overlapping(2000),
    "absurd.tar": absurd_tar,
    "members.tgz": lambda: many_members(1_100_000),
}


def make_bombs(folder):
    for name, make in BOMBS.items():
        content = make()
        assert len(content) < 8 * MIB, name
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)


if __name__ == "__main__":
    {"tokens": make_tokens, "check": check, "bombs": make_bombs}[sys.argv[1]](*sys.argv[2:])
