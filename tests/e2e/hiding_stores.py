"""Places outside the commits: stores of every layout, and the files beside the objects. See hiding_places.py."""
import hashlib
import os
import shutil
import struct
import zlib

from hidden_token import Repository, place


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


@place("stores", "blob", incomplete=True)
def half_received_pack(repo):
    def entry(content):
        size = len(content)
        return bytes([0x80 | 3 << 4 | size & 15, 0x80 | size >> 4 & 127, size >> 11]) + zlib.compress(content)
    noise = b"".join(hashlib.sha512(b"%d" % i).digest() for i in range(200))
    pack = b"PACK" + struct.pack(">II", 2, 3) + entry(repo.leak.encode()) + entry(noise)[:6000]
    repo.write(".git/objects/pack/tmp_pack_ab12CD", pack)


@place("stores", "blob", ".git/objects/ab/tmp_obj_ab12CD")
def object_without_its_name(repo):
    repo.write(".git/objects/ab/tmp_obj_ab12CD", zlib.compress(b"blob %d\0" % len(repo.leak) + repo.leak.encode()))


@place("stores", "blob")
def quarantine_folder(repo):
    blob = repo.leak.encode()
    name = hashlib.sha1(b"blob %d\0" % len(blob) + blob).hexdigest()
    repo.write(f".git/objects/tmp_objdir-incoming-ab12CD/{name[:2]}/{name[2:]}", zlib.compress(b"blob %d\0" % len(blob) + blob))


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
