#!/usr/bin/env python3
"""Repositories with a token in one hidden place each, and what `hfscan history` must say of it.

hiding_places.py GROUP    makes a repository per place in the current folder, scans it, and names each place where the report is
                          wrong. GROUP: changes (what commits, refs and attributes hide), files (what git keeps beside objects),
                          stores (where objects lie), or "list". hfscan and git are found on PATH.
"""
import base64
import hashlib
import io
import json
import os
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib

FORMATS = ("json", "jsonl", "sarif", "text")


class Repository:
    """One repository with a first commit; `tok` is its own token."""

    def __init__(self, name):
        digest = base64.b64encode(hashlib.sha512(b"hidden " + name.encode()).digest()).decode()
        self.tok = "hf_" + "".join(c for c in digest if c.isalpha())[:34]
        self.leak = f'HF_TOKEN = "{self.tok}"\n'
        self.folder = os.path.join(os.getcwd(), name)
        os.mkdir(self.folder)
        self.git("init", "-q", ".")
        self.commit({"app.py": "print('hello')\n"}, "first")

    def git(self, *args, data=None, check=True, env=None):
        text = data if data is None or isinstance(data, bytes) else data.encode()
        command = subprocess.run(["git", *args], cwd=self.folder, input=text, capture_output=True, check=False, env={**os.environ, **(env or {})})
        assert not check or command.returncode == 0, (args, command.stderr)
        return command.stdout.decode(errors="replace").strip()

    def write(self, path, content):
        full = os.path.join(self.folder, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode())

    def append(self, path, content):
        with open(os.path.join(self.folder, path), "a", encoding="utf-8") as file:
            file.write(content)

    def commit(self, files, message="change", env=None):
        for path, content in files.items():
            self.write(path, content)
        self.git("add", "--all", "--force")
        self.git("commit", "-q", "--allow-empty", "-m", message, env=env)
        return self.git("rev-parse", "HEAD")

    def remove(self, path):
        self.git("rm", "-q", path)
        return self.commit({}, "removed")

    def blob(self, content):
        return self.git("hash-object", "-w", "--stdin", data=content)

    def object(self, kind, content):
        return self.git("hash-object", "-t", kind, "--literally", "-w", "--stdin", data=content)


PLACES = {}  # name: (group, kind, path, exit code, function)


def place(group, kind, path=None, incomplete=False):
    """The token is reported as `kind`, at `path` unless it is named by an object."""
    def keep(function):
        PLACES[function.__name__] = (group, kind, path, 3 if incomplete else 1, function)
        return function
    return keep


# Commits, refs and attributes

@place("changes", "blob", "leak.py")
def plain_commit(repo):
    repo.commit({"leak.py": repo.leak})


@place("changes", "blob", "leak.py")
def removed_again(repo):
    repo.commit({"leak.py": repo.leak})
    repo.remove("leak.py")


@place("changes", "blob", "leak.py")
def attribute_without_diff(repo):
    repo.commit({".gitattributes": "* -diff\n", "leak.py": repo.leak})
    repo.remove("leak.py")


@place("changes", "blob", "leak.py")
def attribute_binary(repo):
    repo.commit({".gitattributes": "*.py binary\n", "leak.py": repo.leak})
    repo.remove("leak.py")


@place("changes", "blob", "data.bin")
def nul_byte(repo):
    repo.commit({"data.bin": b"\0" + repo.leak.encode()})
    repo.remove("data.bin")


@place("changes", "blob", "evil.py")
def added_in_merge(repo):
    repo.git("checkout", "-q", "-b", "side")
    repo.commit({"side.py": "1\n"})
    repo.git("checkout", "-q", "main")
    repo.commit({"main.py": "1\n"})
    repo.git("merge", "-q", "--no-commit", "side")
    repo.commit({"evil.py": repo.leak}, "merge")
    repo.remove("evil.py")


@place("changes", "blob", "evil.py")
def added_in_octopus(repo):
    for side in "abc":
        repo.git("checkout", "-q", "-b", side, "main")
        repo.commit({side: side})
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-commit", "a", "b", "c")
    repo.commit({"evil.py": repo.leak}, "octopus")
    repo.remove("evil.py")


@place("changes", "blob", "leak.py")
def replaced_commit(repo):
    repo.commit({"leak.py": repo.leak})
    repo.remove("leak.py")
    repo.git("replace", "HEAD~1", "HEAD~2")


@place("changes", "blob", "leak.py")
def replaced_blob(repo):
    repo.commit({"leak.py": repo.leak})
    repo.git("replace", repo.git("rev-parse", "HEAD:leak.py"), repo.blob("harmless\n"))


@place("changes", "blob", "leak.py")
def grafts(repo):
    repo.commit({"leak.py": repo.leak})
    repo.write(".git/info/grafts", repo.remove("leak.py") + "\n")


@place("changes", "blob", "leak.py")
def shallow_file_of_whole_history(repo):
    repo.commit({"leak.py": repo.leak})
    repo.write(".git/shallow", repo.remove("leak.py") + "\n")


@place("changes", "blob", "leak.py")
def coloured_log(repo):
    repo.git("config", "color.ui", "always")
    repo.commit({"leak.py": repo.leak})


@place("changes", "blob", "leak.py")
def everything_is_a_big_file(repo):
    repo.git("config", "core.bigFileThreshold", "1")
    repo.commit({"leak.py": repo.leak})


@place("changes", "stash", "app.py")
def stash(repo):
    repo.write("app.py", repo.leak)
    repo.git("stash")


@place("changes", "blob", "app.py")
def older_stash(repo):
    repo.write("app.py", repo.leak)
    repo.git("stash")
    repo.write("app.py", "x = 1\n")
    repo.git("stash")


@place("changes", "stash", "new.env")
def stash_of_untracked_file(repo):
    repo.write("new.env", repo.leak)
    repo.git("stash", "--include-untracked")


@place("changes", "stash", "app.py")
def stash_of_index_alone(repo):
    repo.write("app.py", repo.leak)
    repo.git("add", "app.py")
    repo.write("app.py", "print('hello')\n")
    repo.git("stash")


@place("changes", "blob", "leak.py")
def dangling_commit(repo):
    repo.commit({"leak.py": repo.leak})
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.git("reflog", "expire", "--expire=now", "--all")


@place("changes", "blob")
def dangling_blob(repo):
    repo.blob(repo.leak)


@place("changes", "blob")
def tag_of_blob(repo):
    repo.git("tag", "t", repo.blob(repo.leak))


@place("changes", "blob")
def annotated_tag_of_blob(repo):
    repo.git("tag", "-a", "-m", "key", "t", repo.blob(repo.leak))


@place("changes", "blob", "inner/leak.py")
def tag_of_tree(repo):
    repo.commit({"inner/leak.py": repo.leak})
    tree = repo.git("rev-parse", "HEAD^{tree}")
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.git("reflog", "expire", "--expire=now", "--all")
    repo.git("prune", "--expire=now", tree)
    repo.git("tag", "t", tree)


@place("changes", "tag_message")
def annotated_tag(repo):
    repo.git("tag", "-a", "-m", f"release with {repo.tok}", "v1")


@place("changes", "ident")
def tagger(repo):
    repo.git("tag", "-a", "-m", "release", "v1", env={"GIT_COMMITTER_NAME": repo.tok})


@place("changes", "tag_message")
def tag_of_tag(repo):
    repo.git("tag", "-a", "-m", f"inner {repo.tok}", "inner")
    repo.git("tag", "-a", "-m", "outer", "outer", "inner")
    repo.git("tag", "-d", "inner")


@place("changes", "tag_message")
def deleted_tag(repo):
    repo.git("tag", "-a", "-m", f"secret {repo.tok}", "v1")
    repo.git("tag", "-d", "v1")


@place("changes", "commit_message")
def commit_message(repo):
    repo.commit({}, f"use {repo.tok} for now")


@place("changes", "ident")
def author(repo):
    repo.commit({}, env={"GIT_AUTHOR_NAME": repo.tok})


@place("changes", "ident")
def committer_address(repo):
    repo.commit({}, env={"GIT_COMMITTER_EMAIL": f"{repo.tok}@example.org"})


def with_header(repo, header):
    tree, parent = repo.git("rev-parse", "HEAD^{tree}"), repo.git("rev-parse", "HEAD")
    people = "".join(f"{role} A <a@example.org> 1700000000 +0000\n" for role in ("author", "committer"))
    commit = repo.object("commit", f"tree {tree}\nparent {parent}\n{people}{header}\nmessage\n")
    repo.git("update-ref", "refs/heads/main", commit)


@place("changes", "ident")
def signature_header(repo):
    with_header(repo, f"gpgsig -----BEGIN PGP SIGNATURE-----\n {repo.tok}\n -----END PGP SIGNATURE-----\n")


@place("changes", "ident")
def unknown_header(repo):
    with_header(repo, f"note {repo.tok}\n")


@place("changes", "ident")
def merged_tag_header(repo):
    inner = f"object {repo.git('rev-parse', 'HEAD')}\ntype commit\ntag v\ntagger A <a@example.org> 1700000000 +0000\n\n{repo.tok}\n"
    with_header(repo, "mergetag " + inner.rstrip("\n").replace("\n", "\n ") + "\n")


@place("changes", "commit_message", incomplete=True)
def commit_without_tree(repo):
    commit = repo.object("commit", f"author A <a@example.org> 1700000000 +0000\n\n{repo.tok}\n")
    repo.write(".git/refs/heads/odd", commit + "\n")


@place("changes", "note")
def note(repo):
    repo.git("notes", "add", "-m", repo.leak)


@place("changes", "note")
def note_of_other_ref(repo):
    repo.git("notes", "--ref=review", "add", "-m", repo.leak)


@place("changes", "path", "hf_…(37).txt")
def file_name(repo):
    repo.commit({f"{repo.tok}.txt": "1\n"})


@place("changes", "path", "hf_…(37)")
def folder_name(repo):
    repo.commit({f"{repo.tok}/a.txt": "1\n"})
    repo.git("rm", "-rq", ".")
    repo.commit({"other": "1\n"})


@place("changes", "path", "a/hf_…(37)")
def name_of_folder_in_folder(repo):
    os.makedirs(os.path.join(repo.folder, "a", repo.tok, "b"))
    os.symlink("target", os.path.join(repo.folder, "a", repo.tok, "b", "c"))
    repo.commit({})


@place("changes", "blob", "link")
def target_of_symlink(repo):
    os.symlink(f"../{repo.tok}/x", os.path.join(repo.folder, "link"))
    repo.commit({})


@place("changes", "path", "hf_…(37)")
def name_of_submodule(repo):
    head = repo.git("rev-parse", "HEAD")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{head},{repo.tok}")
    repo.git("commit", "-q", "-m", "link")
    repo.git("update-index", "--force-remove", repo.tok)
    repo.git("commit", "-q", "-m", "gone")


@place("changes", "blob", "leak.txt")
def utf16_file(repo):
    repo.commit({"leak.txt": repo.leak.encode("utf-16")})
    repo.remove("leak.txt")


@place("changes", "blob", "kube.yaml")
def base64_value(repo):
    repo.commit({"kube.yaml": "data:\n  HF_TOKEN: " + base64.b64encode(repo.tok.encode()).decode() + "\n"})
    repo.remove("kube.yaml")


@place("changes", "blob", "split.py")
def split_literal(repo):
    repo.commit({"split.py": f'HF_TOKEN = "{repo.tok[:10]}" + "{repo.tok[10:]}"\n'})
    repo.remove("split.py")


@place("changes", "blob", "all.zip!/inner/leak.py")
def archive_in_blob(repo):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner/leak.py", "import os\n" * 30 + repo.leak)
    repo.commit({"all.zip": out.getvalue()})
    repo.remove("all.zip")


@place("changes", "blob", "leak.py")
def renamed_to_unlikely_name(repo):
    repo.commit({"leak.py": repo.leak})
    repo.git("mv", "leak.py", "image.png")
    repo.commit({})


# Objects in other places

@place("stores", "blob", "leak.py")
def staged_only(repo):
    repo.write("leak.py", repo.leak)
    repo.git("add", "leak.py")


@place("stores", "blob")
def staged_once(repo):
    repo.write("leak.py", repo.leak)
    repo.git("add", "leak.py")
    repo.git("rm", "-q", "--cached", "leak.py")


@place("stores", "blob")
def staged_in_linked_work_tree(repo):
    repo.git("worktree", "add", "-q", "--detach", "../linked_tree")
    repo.write("../linked_tree/leak.py", repo.leak)
    repo.git("-C", "../linked_tree", "add", "leak.py")


@place("stores", "blob", "leak.py")
def head_of_linked_work_tree(repo):
    repo.git("worktree", "add", "-q", "--detach", "../linked_head")
    repo.write("../linked_head/leak.py", repo.leak)
    repo.git("-C", "../linked_head", "add", "leak.py")
    repo.git("-C", "../linked_head", "commit", "-q", "-m", "x")


@place("stores", "blob", "leak.py")
def detached_head(repo):
    repo.git("checkout", "-q", "--detach")
    repo.commit({"leak.py": repo.leak})


def submodule_of(repo, folder, leak):
    inner = Repository(f"{os.path.basename(repo.folder)}_{folder}")
    inner.commit({"leak.py": leak})
    inner.remove("leak.py")
    return inner


@place("stores", "blob", "libs/inner/leak.py")
def submodule(repo):
    inner = submodule_of(repo, "inner", repo.leak)
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", inner.folder, "libs/inner")
    repo.commit({})


@place("stores", "blob", "mid/deep/leak.py")
def submodule_of_submodule(repo):
    deep = submodule_of(repo, "deep", repo.leak)
    mid = Repository(os.path.basename(repo.folder) + "_mid")
    mid.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", deep.folder, "deep")
    mid.commit({})
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", mid.folder, "mid")
    repo.git("-c", "protocol.file.allow=always", "submodule", "update", "-q", "--init", "--recursive")
    repo.commit({})


@place("stores", "blob", "libs/inner/leak.py")
def submodule_that_was_removed(repo):
    submodule(repo)
    repo.git("rm", "-qf", "libs/inner")
    repo.commit({})


@place("stores", "blob", "leak.py")
def pack_without_index(repo):
    repo.commit({"leak.py": repo.leak})
    repo.git("repack", "-adq")
    folder = os.path.join(repo.folder, ".git/objects/pack")
    for name in os.listdir(folder):
        if not name.endswith(".pack"):
            os.remove(os.path.join(folder, name))


@place("stores", "blob")
def pack_that_index_hides(repo):
    """The index has all entries of the pack but that of the token."""
    hidden = repo.blob(repo.leak)
    others = repo.git("rev-list", "--objects", "--all", "--no-object-names").split()
    name = repo.git("pack-objects", "-q", ".git/objects/pack/pack", data="\n".join([*others, hidden]))
    path = os.path.join(repo.folder, f".git/objects/pack/pack-{name}")
    with open(path + ".idx", "rb") as file:
        index = file.read()
    count = len(others) + 1
    ids = [index[1032 + 20 * i:1052 + 20 * i] for i in range(count)]
    crcs = index[1032 + 20 * count:1032 + 24 * count]
    places = index[1032 + 24 * count:1032 + 28 * count]
    kept = [i for i in range(count) if ids[i] != bytes.fromhex(hidden)]
    fan = b"".join(struct.pack(">I", sum(ids[i][0] <= first for i in kept)) for first in range(256))
    body = b"\xfftOc" + struct.pack(">I", 2) + fan + b"".join(ids[i] for i in kept)
    body += b"".join(crcs[4 * i:4 * i + 4] for i in kept) + b"".join(places[4 * i:4 * i + 4] for i in kept) + index[-40:-20]
    os.chmod(path + ".idx", 0o600)
    with open(path + ".idx", "wb") as file:
        file.write(body + hashlib.sha1(body).digest())
    os.remove(os.path.join(repo.folder, ".git/objects", hidden[:2], hidden[2:]))


@place("stores", "blob", "leak.py")
def cruft_pack(repo):
    repo.commit({"leak.py": repo.leak})
    repo.git("reset", "-q", "--hard", "HEAD~1")
    repo.git("reflog", "expire", "--expire=now", "--all")
    repo.git("repack", "--cruft", "-dq")
    assert any(name.endswith(".mtimes") for name in os.listdir(os.path.join(repo.folder, ".git/objects/pack")))


@place("stores", "blob", "leak.py")
def kept_pack_and_several_others(repo):
    repo.commit({"leak.py": repo.leak})
    repo.git("repack", "-dq")
    folder = os.path.join(repo.folder, ".git/objects/pack")
    for name in os.listdir(folder):
        if name.endswith(".pack"):
            repo.write(f".git/objects/pack/{name[:-5]}.keep", "")
    repo.remove("leak.py")
    repo.git("repack", "-dq")
    repo.git("multi-pack-index", "write")
    repo.git("commit-graph", "write", "--reachable")


@place("stores", "blob", "leak.py")
def alternate_inside_root(repo):
    repo.commit({"leak.py": repo.leak})
    shutil.move(os.path.join(repo.folder, ".git/objects"), os.path.join(repo.folder, "shared objects"))
    repo.write(".git/objects/info/alternates", "../../shared objects\n")


@place("stores", "blob", "leak.py")
def bare_repository(repo):
    repo.commit({"leak.py": repo.leak})
    shutil.move(os.path.join(repo.folder, ".git"), repo.folder + ".bare")
    shutil.rmtree(repo.folder)
    shutil.move(repo.folder + ".bare", repo.folder)
    repo.git("config", "core.bare", "true")


@place("stores", "blob", "leak.py")
def broken_index_and_head(repo):
    repo.commit({"leak.py": repo.leak})
    repo.git("branch", "other")
    repo.write(".git/HEAD", "ref: refs/heads/unborn\n")


@place("stores", "blob")
def object_with_wrong_id(repo):
    path = ".git/objects/ab/" + "ab" * 19
    repo.write(path, zlib.compress(b"blob %d\0" % len(repo.leak) + repo.leak.encode()))


# Files beside the objects

@place("files", "ref_name")
def branch_name(repo):
    repo.git("branch", repo.tok)


@place("files", "ref_name", ".git/packed-refs")
def packed_ref_name(repo):
    repo.git("tag", repo.tok)
    repo.git("pack-refs", "--all")
    assert not os.listdir(os.path.join(repo.folder, ".git/refs/tags"))


@place("files", "reflog")
def reflog_message(repo):
    repo.git("update-ref", "-m", f"reset with {repo.tok}", "--create-reflog", "refs/heads/other", "HEAD")


@place("files", "reflog")
def reflog_of_deleted_branch(repo):
    repo.write(".git/logs/refs/heads/gone", f"{'0' * 40} {repo.git('rev-parse', 'HEAD')} A <a@example.org> 1700000000 +0000\t{repo.tok}\n")


@place("files", "reflog", ".git/logs/HEAD")
def reflog_after_amend(repo):
    repo.commit({}, f"oops {repo.tok}")
    repo.git("reset", "-q", "HEAD~1")
    repo.git("prune", "--expire=now")


@place("files", "config", ".git/config")
def remote_url(repo):
    repo.git("remote", "add", "o", f"https://user:{repo.tok}@huggingface.co/a/b")


@place("files", "config", ".git/config")
def extra_header(repo):
    repo.git("config", "http.https://huggingface.co/.extraheader", f"Authorization: Bearer {repo.tok}")


@place("files", "config", ".git/config.worktree")
def config_of_work_tree(repo):
    repo.git("config", "extensions.worktreeConfig", "true")
    repo.git("config", "--worktree", "alias.x", f"!curl -H 'Authorization: Bearer {repo.tok}'")


@place("files", "config", ".git/modules/libs/inner/config")
def config_of_submodule(repo):
    inner = submodule_of(repo, "inner", "harmless\n")
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", inner.folder, "libs/inner")
    repo.git("config", "-f", ".git/modules/libs/inner/config", "remote.origin.url", f"https://u:{repo.tok}@huggingface.co/x")


@place("files", "config", ".git/FETCH_HEAD")
def fetch_head(repo):
    repo.write(".git/FETCH_HEAD", f"{repo.git('rev-parse', 'HEAD')}\t\tbranch 'main' of https://u:{repo.tok}@huggingface.co/a/b\n")


@place("files", "commit_message", ".git/COMMIT_EDITMSG")
def message_in_the_making(repo):
    repo.write(".git/COMMIT_EDITMSG", f"use {repo.tok}\n")


@place("files", "commit_message", ".git/MERGE_MSG")
def merge_message(repo):
    repo.write(".git/MERGE_MSG", f"Merge {repo.tok}\n")


@place("files", "config", ".git/hooks/pre-push")
def hook_script(repo):
    repo.write(".git/hooks/pre-push", f"#!/bin/sh\ncurl -H 'Authorization: Bearer {repo.tok}' https://huggingface.co\n")


@place("files", "config", ".git/rebase-apply/0001")
def patch_of_rebase(repo):
    repo.write(".git/rebase-apply/0001", f"From 0 Mon Sep 17\nSubject: x\n\n+{repo.leak}")


@place("files", "config", ".git/rebase-merge/patch")
def patch_of_interactive_rebase(repo):
    repo.write(".git/rebase-merge/patch", f"+{repo.leak}")


@place("files", "config", ".git/description")
def description(repo):
    repo.write(".git/description", repo.tok + "\n")


@place("files", "config", ".git/info/exclude")
def exclude_file(repo):
    repo.append(".git/info/exclude", f"# {repo.tok}\n")


@place("files", "config", ".git/config.lock")
def lock_left_behind(repo):
    repo.write(".git/config.lock", f"[remote \"o\"]\n\turl = https://u:{repo.tok}@huggingface.co/a/b\n")


@place("files", "blob")
def large_file_storage(repo):
    oid = hashlib.sha256(repo.leak.encode()).hexdigest()
    repo.write(f".git/lfs/objects/{oid[:2]}/{oid[2:4]}/{oid}", repo.leak)


@place("files", "reflog", ".git/worktrees/linked_log/logs/HEAD")
def reflog_of_linked_work_tree(repo):
    repo.git("worktree", "add", "-q", "--detach", "../linked_log")
    repo.git("-C", "../linked_log", "update-ref", "-m", f"x {repo.tok}", "HEAD", repo.commit({}))


@place("files", "commit_message", ".git/worktrees/linked_message/COMMIT_EDITMSG")
def message_of_linked_work_tree(repo):
    repo.git("worktree", "add", "-q", "--detach", "../linked_message")
    repo.write(".git/worktrees/linked_message/COMMIT_EDITMSG", f"x {repo.tok}\n")


@place("files", "path", ".git/index")
def name_of_staged_file(repo):
    repo.write(f"{repo.tok}.txt", "1\n")
    repo.git("add", "--all")


@place("files", "reflog", ".git/logs/refs/stash")
def stash_message(repo):
    repo.write("app.py", "x = 1\n")
    repo.git("stash", "push", "-m", f"with {repo.tok}")


@place("files", "config", ".git/objects/info/alternates")
def name_of_alternate(repo):
    repo.write(f".git/{repo.tok}/info/x", "")
    repo.write(".git/objects/info/alternates", f"../{repo.tok}\n")


@place("files", "config")
def half_received_pack(repo):
    blob = repo.leak.encode()
    entry = bytes([0x80 | 3 << 4 | len(blob) & 15, len(blob) >> 4]) + zlib.compress(blob)
    repo.write(".git/objects/pack/tmp_pack_ab12CD", b"PACK" + struct.pack(">II", 2, 3) + entry)


@place("files", "config")
def half_written_object(repo):
    repo.write(".git/objects/ab/tmp_obj_ab12CD", zlib.compress(b"blob %d\0" % len(repo.leak) + repo.leak.encode()))


@place("files", "blob")
def quarantine_folder(repo):
    blob = repo.leak.encode()
    name = hashlib.sha1(b"blob %d\0" % len(blob) + blob).hexdigest()
    repo.write(f".git/objects/tmp_objdir-incoming-ab12CD/{name[:2]}/{name[2:]}", zlib.compress(b"blob %d\0" % len(blob) + blob))


def scan(folder, form):
    command = ["hfscan", "history", folder, "-f", form, "--rules", "HF1"]
    return subprocess.run(command, capture_output=True, timeout=60, check=False)


def faults_of(name):
    _, kind, path, code, make = PLACES[name]
    repo = Repository(name)
    make(repo)
    outputs = {form: scan(repo.folder, form) for form in FORMATS}
    for form, output in outputs.items():
        if repo.tok[3:].encode() in output.stdout + output.stderr:
            yield f"the token is shown in {form}"
    if outputs["json"].returncode != code:
        yield f"exit {outputs['json'].returncode}: {outputs['json'].stderr.decode()} {json.loads(outputs['json'].stdout or 'null')}"
        return
    if len({output.returncode for output in outputs.values()}) != 1:
        yield "the exit code depends on the format"
    secret = hashlib.sha256(repo.tok.encode()).hexdigest()
    findings = [f for f in json.loads(outputs["json"].stdout)["findings"] if f.get("secret", {}).get("sha256") == secret]
    seen = [(o["kind"], o["path"]) for finding in findings for o in finding["occurrences"]]
    if not any(kind == k and path in (None, p) for k, p in seen):
        yield f"expected {kind} at {path}; found {seen}"


def main():
    group = sys.argv[1]
    names = [name for name, row in PLACES.items() if group in (row[0], "all", name)]
    failed = 0
    for name in names:
        for fault in faults_of(name):
            failed += 1
            print(f"{name}: {fault}")
    print(f"{len(names)} places, {failed} faults")
    return 1 if failed or not names else 0


if __name__ == "__main__":
    sys.exit(main())
