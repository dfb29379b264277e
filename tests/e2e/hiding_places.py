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
import subprocess
import sys
import zipfile

import hiding_stores  # noqa: F401  # its places join the list
from hidden_token import PLACES, Repository, place

FORMATS = ("json", "jsonl", "sarif", "text")


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
