#!/usr/bin/env python3
"""A server repository with a token wherever git can hold one, and a checker that knows nothing of hfscan.

rewrite_fixture.py make FOLDER      makes FOLDER/server.git and FOLDER/work; prints what is to be known of them as JSON
rewrite_fixture.py check GIT_DIR    prints every object, ref and path that holds the token; exit 1 if there is any
"""

import base64
import hashlib
import json
import os
import random
import string
import subprocess
import sys
from pathlib import Path

BODY = "".join(random.Random(2026).choices(string.ascii_letters, k=34))  # plausible, so that the scanner reports it
TOKEN = "hf_" + BODY
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")


class Repository:
    def __init__(self, folder: Path, home: Path):
        self.folder, self.home, self.clock = folder, home, 1_700_000_000

    def git(self, *arguments, data=None, check=True, **environment):
        self.clock += 60
        people = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in (("NAME", "Ann Example"), ("EMAIL", "ann@example.com"), ("DATE", f"{self.clock} +0200"))}
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home), "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8", **people, **environment}
        result = subprocess.run(["git", "-c", "core.fsync=none", *arguments], cwd=self.folder, env=env, input=data, capture_output=True, check=False)
        assert not check or result.returncode == 0, (arguments[:2], result.stderr)
        return result.stdout

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(self, message, *options, **environment):
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-F", "-", *options, data=message.encode() if isinstance(message, str) else message, **environment)
        return self.git("rev-parse", "HEAD").decode().strip()


def clean_beginning(work, home):
    """Signed commits and a signed tag that must keep their ids."""
    key = home / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    (home / "signers").write_text(f"ann@example.com {(home / 'key.pub').read_text()}")
    work.git("config", "gpg.format", "ssh")
    work.git("config", "user.signingKey", str(key))
    work.git("config", "gpg.ssh.allowedSignersFile", str(home / "signers"))
    work.write("README", "clean\n")
    kept = [work.commit("clean root")]
    for number in range(3):
        work.write("signed.txt", f"{number}\n")
        kept.append(work.commit(f"signed {number}", "-S"))
    work.git("tag", "-s", "v0", "-m", "signed tag of a clean commit")
    work.git("checkout", "-q", "-b", "side")
    for number in range(2):
        work.write("side.txt", f"side {number}\n")
        kept.append(work.commit(f"clean side {number}", "-S"))
    work.git("checkout", "-q", "main")
    return kept


def plant_files(work):
    work.write("backend/.env", f"HF_TOKEN={TOKEN}\n")
    work.commit("1: a text file")
    work.write("model.bin", b"a\0b" + TOKEN.encode() + b"\0")
    work.commit("2: binary with an early NUL")
    for encoding in WIDE:
        work.write(f"wide/{encoding}.txt", f"token={TOKEN}".encode(encoding))  # ends with the token
    work.write("wide/bom.txt", f"token={TOKEN}\n".encode("utf-16"))
    work.commit("3: wide text")
    work.write(f"file-{TOKEN}.txt", "harmless\n")
    work.write(f"dir-{TOKEN}/inside.txt", "harmless, too\n")
    work.commit("4: names")
    os.symlink(f"/x/{TOKEN}", work.folder / "lnk")
    work.commit("5: target of a link")
    work.commit(f"6: message with {TOKEN}")
    work.git("-c", f"user.name=n {TOKEN}", "commit", "-q", "--allow-empty", "-m", "10: author", GIT_AUTHOR_NAME=f"n {TOKEN}", GIT_COMMITTER_EMAIL=f"{TOKEN}@example.com")
    work.write("late.bin", b"a" * 9000 + b"\0" + TOKEN.encode())
    work.commit("12: NUL after 8 KiB")
    for skipped in range(3):
        work.write(f"b64-{skipped}.txt", b"KEY=" + base64.b64encode(b"x" * skipped + TOKEN.encode() + b" tail") + b"\n")
    work.commit("13: base64")
    work.write("split.py", f'x = "hf_{BODY[:20]}" \\\n    "{BODY[20:]}"\n')
    work.commit("14: split literal")
    work.write("glued.txt", f"a{TOKEN}9 hf_{'x' * 34} {TOKEN}{TOKEN}\n")
    work.commit("glued")
    work.write("latin.txt", "more\n")
    work.git("add", "-A")
    work.git("-c", "i18n.commitEncoding=ISO-8859-1", "commit", "-q", "-F", "-", data=f"caf\xe9 with {TOKEN}\n".encode("latin-1"))


def plant_merges(work):
    work.git("merge", "-q", "--no-ff", "-m", "late merge of a clean branch", "side")
    for name in ("one", "two"):
        work.git("checkout", "-q", "-b", name, "main~2")
        work.write(f"{name}.txt", f"{name}\n")
        work.commit(name)
    work.git("checkout", "-q", "main")
    work.git("merge", "-q", "-m", f"octopus {TOKEN}", "one", "two")
    work.git("update-index", "--add", "--cacheinfo", "160000," + "1" * 40 + ",sub/module")
    work.write(".gitmodules", '[submodule "m"]\n\tpath = sub/module\n\turl = https://example.com/m\n')
    work.git("add", ".gitmodules")
    work.git("commit", "-q", "-S", "-m", "a signed commit that loses its signature")
    (work.folder / "backend/.env").unlink()
    work.git("add", "-A", "--", "backend")
    work.git("commit", "-q", "-m", "the file goes again")


def plant_refs(work):
    work.git("tag", "-a", "v1", "-m", f"7: tag message {TOKEN}")
    work.git("tag", "-s", "v2", "-m", "signed tag of a bad commit")
    work.git("tag", "-a", "v2-again", "v2", "-m", "a tag of a tag")
    work.git("tag", f"lw-{TOKEN}")
    work.git("tag", "-a", f"an-{TOKEN}", "-m", "its name is in the object", "v0^{}")
    work.git("branch", f"br-{TOKEN}", "v0^{}")
    work.git("branch", f"deep/{TOKEN}/end")
    work.git("notes", "add", "-m", f"11: note {TOKEN}", "HEAD~1")
    work.git("notes", "add", "-m", "a harmless note", "HEAD")
    work.git("notes", "add", "-m", "a note about a clean commit", "v0^{}")
    work.git("notes", "--ref", "review", "add", "-m", "other notes", "HEAD~2")
    work.git("checkout", "-q", "-b", "throwaway", "v0^{}")
    work.write("pr.txt", f"{TOKEN}\n")
    work.commit("15: only in a pull request")
    work.git("update-ref", "refs/pull/7/head", "HEAD")
    work.git("checkout", "-q", "main")
    work.git("branch", "-q", "-D", "throwaway")


def make(folder: Path):
    home = folder / "home"
    home.mkdir(parents=True)
    (folder / "work").mkdir()
    work = Repository(folder / "work", home)
    work.git("init", "-q", "-b", "main")
    kept = clean_beginning(work, home)
    plant_files(work)
    plant_merges(work)
    plant_refs(work)
    work.write("README", f"changed {TOKEN}\n")
    work.git("stash")
    server = folder / "server.git"
    work.git("init", "-q", "--bare", "-b", "main", str(server))
    refs = [name for name in work.git("for-each-ref", "--format=%(refname)").decode().split() if name != "refs/stash"]
    work.git("push", "-q", str(server), *(f"{name}:{name}" for name in refs))
    bare = Repository(server, home)
    bare.git("config", "receive.hideRefs", "refs/pull")
    bare.git("config", "core.fsync", "none")
    blobs = {name: work.git("rev-parse", f"main:{name}").decode().strip() for name in ("b64-0.txt", "b64-1.txt", "b64-2.txt", "split.py")}
    print(json.dumps({"sha256": hashlib.sha256(TOKEN.encode()).hexdigest(), "kept": kept, "blobs": blobs, "tip": work.git("rev-parse", "main").decode().strip()}))


def spellings():
    plain = TOKEN.encode()
    yield plain
    yield from (TOKEN.encode(encoding) for encoding in WIDE)
    yield from (TOKEN.encode("utf-16-be")[1:], TOKEN.encode("utf-32-be")[3:])
    for skipped in range(3):  # what base64 makes of it wherever it stands, without the digits shared with its neighbours
        digits = base64.b64encode(b"\0" * skipped + plain).rstrip(b"=")
        first = (skipped * 8 + 5) // 6
        last = (skipped + len(plain)) * 8 // 6
        yield digits[first:last]
    yield BODY[20:].encode()  # the second half of the split literal
    yield plain.hex().encode()


def residue(git_dir: Path):
    home = git_dir.parent
    git = Repository(git_dir, home)
    found = []
    needles = list(spellings())
    data = git.git("cat-file", "--batch-all-objects", "--batch")
    at = 0
    while at < len(data):
        end = data.index(b"\n", at)
        name, kind, size = data[at:end].split()
        content = data[end + 1 : end + 1 + int(size)]
        at = end + 2 + int(size)
        if any(needle in content for needle in needles):
            found.append(f"{kind.decode()} {name.decode()}")
    refs = git.git("for-each-ref") + (git_dir / "HEAD").read_bytes()
    if any(needle in refs for needle in needles):
        found.append("a name of a ref")
    for file in git_dir.rglob("*"):
        if any(needle in str(file).encode() for needle in needles) or (file.is_file() and file.suffix not in (".pack", ".idx") and any(needle in file.read_bytes() for needle in needles)):
            found.append(f"file {file.name if TOKEN not in file.name else '(masked)'}")
    return found


def main():
    command, path = sys.argv[1], Path(sys.argv[2])
    if command == "make":
        make(path)
        return 0
    found = residue(path)
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
