#!/usr/bin/env python3
"""What `hfscan remediate` refuses, and what must never happen on the way: a repository that a rewrite would damage, tools that are
missing or too old, a server that says no, a backup that is gone. Each refusal leaves the user's repository and the server as they
were. hfscan is BINARY_UNDER_TEST, or that of the PATH.

remediate_refusals.py [NAME...]: these checks, or all.
"""
import base64
import concurrent.futures
import hashlib
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import traceback
import zipfile

from hub_stub import Hub
from hub_world import World, dresses, sha256, token

CHECKS = {}
GIT = shutil.which("git")


def check(function):
    CHECKS[function.__name__] = function
    return function


def expect(outcome, code, *words):
    assert outcome.code == code, outcome
    for word in words:
        assert word in outcome.text, (word, outcome)


class Scene(World):
    """A work tree with a leak that was pushed to a server on this machine."""

    def __init__(self, seed):
        super().__init__(seed)
        self.repo, self.server = self.folder / "repo", self.folder / "server.git"
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "Ann")
        self.git("config", "user.email", "ann@mail.example")
        self.commit("README", "clean")

    def commit(self, path, content):
        content = content if isinstance(content, bytes) else content.encode()
        (self.repo / path).write_bytes(content)
        self.git("add", "-A")
        self.git("commit", "-q", "-m", f"work on {path}")
        return self.ask("rev-parse", "HEAD")

    def ask(self, *args, folder=None):
        return subprocess.run([GIT, *args], cwd=folder or self.repo, env=self.env, check=True, capture_output=True, text=True).stdout.strip()

    def publish(self):
        self.ask("init", "-q", "--bare", "-b", "main", str(self.server))
        self.git("remote", "add", "origin", str(self.server))
        self.git("push", "-q", "-u", "origin", "main")
        self.git("fetch", "-q")

    def pushed_leak(self):
        self.commit(".env", f"HF_TOKEN={self.token}\n")
        self.forget(".env")
        self.publish()
        return self

    def plan(self, *args):
        outcome = self.run("remediate", "plan", *args)
        assert outcome.code == 0, outcome
        return outcome

    def rewrite(self, *args):
        return self.run("remediate", "rewrite", "--apply", *args)

    def push(self, *args):
        return self.run("remediate", "push", "--apply", "--confirm", f"{self.folder.name}/server", *args)

    def incident(self):
        (folder,) = (self.folder / "state/hfscan/incidents").iterdir()
        return folder

    def refs(self):
        return self.ask("for-each-ref", folder=self.server)

    def prints(self, folder):
        """All files of a folder, as digests."""
        found = {}
        for path in sorted(folder.rglob("*")):
            found[str(path)] = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
        return found

    def holds_token(self, git_dir, *tokens):
        """Whether an object or a ref of a repository holds one."""
        ids = self.ask("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)", folder=git_dir).splitlines()
        stored = [subprocess.run([GIT, "cat-file", kind, one], cwd=git_dir, env=self.env, check=True, capture_output=True).stdout for one, kind in (line.split() for line in ids)]
        stored.append(self.ask("for-each-ref", folder=git_dir).encode())
        return any(form in text for text in stored for one in tokens or (self.token,) for form in dresses(one))

    def wrap_git(self, script):
        """A git in front of the real one; `script` sees its arguments and ends with the real one."""
        self.program("git", f'#!/bin/sh\n{script}\nexec {GIT} "$@"\n')


def refused(scene, reason, *words, code=2):
    """The rewrite says why, and nothing has changed."""
    repo, refs = scene.prints(scene.repo), scene.refs() if scene.server.exists() else ""
    outcome = scene.rewrite()
    expect(outcome, code, f"({reason})", *words)
    assert scene.prints(scene.repo) == repo and (scene.refs() if scene.server.exists() else "") == refs
    assert not list(scene.incident().glob("rewrite/*.git")), "a mirror was taken all the same"


def clone_is_refused(name, reason, *options):
    def run(scene):
        scene.pushed_leak()
        scene.commit("more", "more")
        scene.git("push", "-q")
        scene.ask("config", "uploadpack.allowFilter", "true", folder=scene.server)
        shutil.rmtree(scene.repo)
        scene.ask("clone", "-q", *options, f"file://{scene.server}", str(scene.repo), folder=scene.folder)
        for name in ("name", "email"):
            scene.git("config", f"user.{name}", "ann@mail.example")
        scene.commit("again", f"HF_TOKEN={scene.token}\n")
        expect(scene.run("remediate", "plan"), 3 if reason == "shallow" else 0)
        refused(scene, reason)

    run.__name__ = name
    check(run)


clone_is_refused("shallow_clone", "shallow", "--depth=1")
clone_is_refused("partial_clone", "partial", "--filter=blob:none")
clone_is_refused("single_branch_clone", "single-branch", "--single-branch")


@check
def alternates(scene):
    scene.pushed_leak().plan()
    (scene.repo / ".git/objects/info/alternates").write_text(f"{scene.server}/objects\n")
    refused(scene, "alternates", "git repack")


@check
def replace_refs(scene):
    scene.pushed_leak()
    scene.git("replace", "HEAD~1", "HEAD~2")
    scene.plan()
    refused(scene, "replace-refs", "git replace -d")


@check
def grafts(scene):
    scene.pushed_leak()
    scene.plan()
    (scene.repo / ".git/info").mkdir(exist_ok=True)
    (scene.repo / ".git/info/grafts").write_text(scene.ask("rev-parse", "HEAD") + "\n")
    refused(scene, "grafts")


def conflict(scene):
    scene.pushed_leak()
    scene.git("switch", "-q", "-c", "side")
    scene.commit("README", "one way")
    scene.git("switch", "-q", "main")
    scene.commit("README", "another way")
    scene.plan()


@check
def running_rebase(scene):
    conflict(scene)
    subprocess.run([GIT, "rebase", "side"], cwd=scene.repo, env=scene.env, check=False, capture_output=True)
    refused(scene, "operation", "rebase")


@check
def running_merge(scene):
    conflict(scene)
    subprocess.run([GIT, "merge", "side"], cwd=scene.repo, env=scene.env, check=False, capture_output=True)
    refused(scene, "operation", "merge")


@check
def file_in_lfs_with_the_token(scene):
    content = f"weights {scene.token}\n".encode()
    name = hashlib.sha256(content).hexdigest()
    scene.commit("big.bin", f"version https://git-lfs.github.com/spec/v1\noid sha256:{name}\nsize {len(content)}\n")
    scene.pushed_leak().plan()
    stored = scene.repo / ".git/lfs/objects" / name[:2] / name[2:4] / name
    stored.parent.mkdir(parents=True)
    stored.write_bytes(content)
    refused(scene, "lfs-objects", "1 file in LFS")
    stored.write_bytes(b"clean")
    expect(scene.rewrite(), 0, "LFS")


@check
def submodule_with_the_token(scene):
    other = scene.folder / "other"
    scene.ask("clone", "-q", str(scene.repo), str(other), folder=scene.folder)
    (other / "settings").write_text(f"HF_TOKEN={scene.token}\n")
    scene.ask("add", "-A", folder=other)
    scene.ask("-c", "user.name=Bob", "-c", "user.email=bob@mail.example", "commit", "-q", "-m", "settings", folder=other)
    scene.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "sub")
    scene.git("commit", "-q", "-m", "submodule")
    scene.pushed_leak().plan()
    refused(scene, "submodule-objects", "an incident of its own")


@check
def tags_of_trees_and_elsewhere(scene):
    """A tag whose message holds it is made anew, whatever it names and wherever it stands; a tree that holds it is refused."""
    scene.pushed_leak()
    scene.git("tag", "-a", "of-tree", "-m", f"tree {scene.token}", "HEAD^{tree}")
    scene.git("tag", "-a", "odd", "-m", f"odd {scene.token}")
    scene.git("update-ref", "refs/odd/place", "refs/tags/odd")
    scene.git("push", "-q", "origin", "of-tree", "refs/odd/place")
    scene.plan()
    expect(scene.rewrite(), 0, "Rewritten and proved")
    expect(scene.push(), 0)
    assert scene.ask("cat-file", "-t", "of-tree^{}", folder=scene.server) == "tree"
    assert "REVOKED_" in scene.ask("cat-file", "tag", "refs/odd/place", folder=scene.server)
    scene.ask("gc", "-q", "--prune=now", folder=scene.server)
    assert not scene.holds_token(scene.server)


@check
def tag_of_a_tree_with_the_token(scene):
    scene.pushed_leak()
    scene.git("tag", "-a", "bad-tree", "-m", "tree", "HEAD~1^{tree}")
    scene.git("push", "-q", "origin", "bad-tree")
    scene.plan()
    refs = scene.refs()
    expect(scene.rewrite(), 2, "(readable)", "refs/tags/bad-tree", "delete this ref")
    assert scene.refs() == refs


@check
def run_of_filter_repo_days_ago(scene):
    """Its mark would make git-filter-repo ask; a fresh copy has none."""
    scene.pushed_leak().plan()
    expect(scene.rewrite(), 0)
    for name in ("mirror.git", "rewritten.git"):
        mark = scene.incident() / "rewrite" / name / "filter-repo/already_ran"
        mark.parent.mkdir()
        mark.write_text("")
        os.utime(mark, (0, 0))
    expect(scene.rewrite(), 0, "Rewritten and proved")


@check
def disk_without_room(scene):
    scene.pushed_leak().plan()
    room = shutil.disk_usage(scene.folder).free
    sparse = scene.repo / ".git/objects/large"
    try:
        with sparse.open("wb") as file:
            file.truncate(room)
    except OSError:
        return  # a file system without files of that size
    repo = sorted(scene.repo.rglob("*"))
    expect(scene.rewrite(), 2, "(disk)", "make room")
    assert sorted(scene.repo.rglob("*")) == repo and not list(scene.incident().glob("rewrite/*.git"))
    sparse.unlink()


@check
def running_bisect(scene):
    conflict(scene)
    scene.git("bisect", "start", "HEAD", "HEAD~2")
    refused(scene, "operation", "bisect")


@check
def password_in_the_address(scene):
    scene.pushed_leak()
    scene.git("remote", "set-url", "origin", "https://ann:swordfish-7@127.0.0.1:1/ann/model.git")
    outcome = scene.plan()
    outcomes = [outcome, scene.run("remediate", "status"), scene.rewrite("--net")]
    expect(outcomes[-1], 2, "no mirror could be taken")
    assert not any("swordfish" in one.text for one in outcomes)
    assert not any(b"swordfish" in path.read_bytes() for path in scene.incident().rglob("*") if path.is_file())


@check
def network_is_asked_for(scene):
    scene.pushed_leak()
    hub = Hub()
    scene.git("remote", "set-url", "origin", f"{hub.url}/ann/model.git")
    scene.plan()
    for words in (["status"], ["inventory", "--host"], ["rewrite"], ["record"], ["rewrite", "--apply"], ["push"], ["verify", "--remote"]):
        scene.run("remediate", *words)
    expect(scene.rewrite(), 2, "--net")
    assert not hub.requests, hub.requests
    hub.close()


@check
def filter_repo_missing(scene):
    scene.pushed_leak()
    scene.plan()
    scene.wrap_git('for one; do [ "$one" = filter-repo ] && { echo "git: no such command" >&2; exit 1; }; done')
    refused(scene, "filter-repo", "not installed", "apt install git-filter-repo")


@check
def filter_repo_too_old(scene):
    scene.pushed_leak()
    scene.plan()
    scene.wrap_git('for one; do [ "$one" = filter-repo ] && { echo "usage: git filter-repo [--analyze]"; exit 0; }; done')
    refused(scene, "filter-repo", "older than 2.34")


@check
def git_too_old(scene):
    scene.pushed_leak()
    scene.plan()
    scene.wrap_git('for one; do [ "$one" = --version ] && { echo "git version 2.23.4"; exit 0; }; done')
    refused(scene, "git", "2.24")


@check
def state_folder_that_cannot_be_written(scene):
    scene.pushed_leak()
    state = scene.folder / "state"
    state.rmdir()
    state.write_text("a file")
    before = scene.prints(scene.repo)
    expect(scene.run("remediate", "plan"), 2, "cannot make")
    state.unlink()
    state.mkdir(mode=0o500)
    if os.getuid() != 0:
        expect(scene.run("remediate", "plan"), 2, "cannot make")
    assert scene.prints(scene.repo) == before
    state.chmod(0o700)


@check
def hook_of_the_server(scene):
    scene.pushed_leak().plan()
    expect(scene.rewrite(), 0)
    hook = scene.server / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ncat >/dev/null\necho 'protected by policy' >&2\nexit 1\n")
    hook.chmod(0o755)
    refs = scene.refs()
    expect(scene.push(), 1, "refs/heads/main", "hook declined", "push again")
    assert scene.refs() == refs
    hook.unlink()
    expect(scene.push(), 0, "Pushed")
    assert scene.refs() != refs


@check
def no_rewriting_on_the_server(scene):
    scene.pushed_leak().plan()
    scene.ask("config", "receive.denyNonFastForwards", "true", folder=scene.server)
    refs = scene.refs()
    expect(scene.rewrite(), 2, "(protection)", "receive.denyNonFastForwards")
    assert scene.refs() == refs


@check
def colleague_pushes_in_between(scene):
    scene.pushed_leak().plan()
    expect(scene.rewrite(), 0)
    theirs = scene.folder / "theirs"
    scene.ask("clone", "-q", str(scene.server), str(theirs), folder=scene.folder)
    scene.ask("-c", "user.name=Bob", "-c", "user.email=bob@mail.example", "commit", "-q", "--allow-empty", "-m", "their work", folder=theirs)
    scene.ask("push", "-q", folder=theirs)
    refs = scene.refs()
    expect(scene.push(), 1, "their work is safe", "rewrite")
    assert scene.refs() == refs
    expect(scene.rewrite(), 0)
    expect(scene.push(), 0, "Pushed")
    assert scene.ask("log", "-1", "--format=%s", "main", folder=scene.server) == "their work"


@check
def server_without_atomic(scene):
    scene.pushed_leak()
    scene.git("branch", "side")
    scene.git("push", "-q", "origin", "side")
    scene.plan()
    expect(scene.rewrite(), 0)
    scene.ask("config", "receive.advertiseAtomic", "false", folder=scene.server)
    refs = scene.refs()
    expect(scene.push(), 1, "--one-by-one")
    assert scene.refs() == refs
    expect(scene.push("--one-by-one"), 0, "Pushed")
    scene.ask("gc", "-q", "--prune=now", folder=scene.server)
    assert not scene.holds_token(scene.server)


@check
def backup_deleted_early(scene):
    scene.pushed_leak().plan()
    expect(scene.rewrite(), 0)
    (scene.incident() / "rewrite/backup.bundle").unlink()
    status = json.loads(scene.run("remediate", "status", "-f", "json").text)
    states = {one["step"]: one["state"] for one in status["steps"]}
    assert states["backup"] != "done" and states["push"] == "waiting", states
    refs = scene.refs()
    expect(scene.push(), 2, "rewrite")
    assert scene.refs() == refs
    expect(scene.rewrite(), 0)
    expect(scene.push(), 0, "Pushed")


@check
def damaged_backup(scene):
    scene.pushed_leak().plan()
    expect(scene.rewrite(), 0)
    (scene.incident() / "rewrite/backup.bundle").write_bytes(b"no bundle")
    refs = scene.refs()
    expect(scene.push(), 2)
    assert scene.refs() == refs


@check
def new_history_changed_after_its_proof(scene):
    scene.pushed_leak().plan()
    expect(scene.rewrite(), 0)
    rewritten = scene.incident() / "rewrite/rewritten.git"
    scene.ask("update-ref", "refs/heads/main", "main~1", folder=rewritten)
    refs = scene.refs()
    outcome = scene.push()
    assert outcome.code != 0 and scene.refs() == refs, outcome


@check
def backup_is_kept_until_the_remote_was_looked_at(scene):
    scene.pushed_leak().plan()
    expect(scene.rewrite(), 0)
    expect(scene.push(), 0)
    scene.run("remediate", "record")
    away = scene.server.rename(scene.folder / "away.git")
    expect(scene.run("remediate", "close", "--yes"), 2, "only way back")
    assert (scene.incident() / "rewrite/backup.bundle").exists()
    away.rename(scene.server)
    scene.ask("gc", "-q", "--prune=now", folder=scene.server)
    expect(scene.run("remediate", "verify", "--remote"), 0)
    expect(scene.run("remediate", "close", "--yes"), 1, "not done yet", "Closed")
    assert not list((scene.incident() / "rewrite").glob("*.git")) and not (scene.incident() / "rewrite/backup.bundle").exists()
    assert not any(form in path.read_bytes() for path in scene.incident().rglob("*") if path.is_file() for form in dresses(scene.token))


@check
def programs_that_are_started(scene):
    """git's arguments and environment: no force, no secret, and none of the user's own switches."""
    log = scene.folder / "started"
    scene.pushed_leak()
    scene.git("branch", f"b-{scene.token}")
    scene.git("push", "-q", "origin", f"b-{scene.token}")
    scene.wrap_git(f'{{ printf "%s\\n" "$*"; env; }} >>"{log}"')
    scene.env |= {"GIT_TRACE": str(scene.folder / "trace"), "GIT_CURL_VERBOSE": "1", "HF_TOKEN": scene.token}
    scene.plan()
    expect(scene.rewrite(), 0)
    expect(scene.push(), 0)
    scene.run("remediate", "verify", "--remote")
    scene.run("remediate", "record")
    said = log.read_text()
    assert " push " in said and scene.token not in said and not (scene.folder / "trace").exists()
    pushes = [line.split() for line in said.splitlines() if " push " in line]
    assert pushes and not any(word in ("--force", "-f", "--mirror") or word.startswith("+") for words in pushes for word in words)
    assert all("--atomic" in words and "--force-with-lease" in words for words in pushes)


@check
def what_stays_the_users_own(scene):
    """Index, stash, work tree, settings: all as they were, and nothing that others may read."""
    scene.pushed_leak()
    (scene.repo / "README").write_text("stashed")
    scene.git("stash", "-q")
    (scene.repo / "README").write_text("staged")
    scene.git("add", "-A")
    (scene.repo / "README").write_text("changed")
    before = scene.prints(scene.repo)
    scene.plan()
    expect(scene.rewrite(), 0, "there is a stash")
    expect(scene.push(), 0)
    scene.run("remediate", "verify", "--remote")
    scene.run("remediate", "status")
    assert scene.prints(scene.repo) == before
    for path in (scene.incident(), scene.incident() / "rewrite", scene.incident() / "rewrite/mirror.git", scene.incident() / "rewrite/rewritten.git"):
        assert path.stat().st_mode & 0o777 == 0o700, path
    for path in scene.incident().glob("*"):
        assert path.stat().st_mode & 0o077 == 0 or path.is_dir(), path


@check
def several_tokens_and_their_likes(scene):
    """Two tokens in one commit, one of them twice; look-alikes and a token that nobody asked about stay as they are."""
    other = token("other")
    likes = "hf_" + "x" * 34, "hf_" + "x" * 12, other[:-1], other + "9"
    lines = [f"a={scene.token}", f"b={other}", f"c={scene.token}", *likes]
    scene.commit("both", "\n".join(lines) + "\n")
    scene.commit("glued", f"a{scene.token}9\n")
    scene.publish()
    outcome = scene.plan()
    assert sha256(scene.token)[:12] in outcome.text and sha256(other)[:12] in outcome.text
    expect(scene.rewrite(), 0)
    expect(scene.push(), 0)
    text = scene.ask("show", "main:both", folder=scene.server).splitlines()
    assert text[0] == text[2].replace("c=", "a=") and "REVOKED_" + sha256(scene.token)[:8] in text[0]
    assert "REVOKED_" + sha256(other)[:8] in text[1] and text[3:6] == list(likes[:3]), text[3:6]
    assert text[6].endswith("9") and other not in text[6]
    scene.ask("gc", "-q", "--prune=now", folder=scene.server)
    assert not scene.holds_token(scene.server, scene.token, other)


@check
def accepted_tokens_stay(scene):
    """What the repository accepts as an example is neither part of the incident nor rewritten."""
    example = token("other")
    scene.commit("example.py", f'TOKEN = "{example}"  # hfscan:allow example of the documentation\n')
    scene.pushed_leak()
    outcome = scene.plan()
    assert sha256(example)[:12] not in outcome.text, outcome
    expect(scene.rewrite(), 0)
    assert sha256(example) not in (scene.incident() / "incident.json").read_text()
    assert example in scene.ask("show", "main:example.py", folder=scene.incident() / "rewrite/rewritten.git")


@check
def other_spellings(scene):
    """base64, a literal in two halves, an archive: the plan says which, the rewrite leaves none, and the neighbours are intact."""
    encoded = base64.b64encode(f"user:{scene.token}:tail".encode()).decode()
    scene.commit("b64.yaml", f"first: 1\nauth: {encoded}\nlast: 2\n")
    scene.commit("split.py", f'a = 1\nHF_TOKEN = "{scene.token[:20]}" "{scene.token[20:]}"\nb = 2\n')
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("settings/.env", f"HF_TOKEN={scene.token}\n")
    scene.commit("bundle.zip", packed.getvalue())
    scene.commit("after", "after")
    scene.publish()
    scene.plan()
    plan = (scene.incident() / "plan.md").read_text()
    assert "base64" in plan and "archive" in plan, plan
    expect(scene.rewrite(), 0, "Rewritten and proved")
    expect(scene.push(), 0)

    def show(path):
        return scene.ask("show", f"main:{path}", folder=scene.server)

    first, auth, last = show("b64.yaml").splitlines()
    decoded = base64.b64decode(auth.split()[1]).decode()
    assert (first, last) == ("first: 1", "last: 2") and decoded.startswith("user:hf_REVOKED_") and decoded.endswith(":tail")
    assert show("split.py").splitlines()[0::2] == ["a = 1", "b = 2"] and scene.token[20:] not in show("split.py")
    assert show("after") == "after" and not show("bundle.zip").startswith("PK")
    scene.ask("gc", "-q", "--prune=now", folder=scene.server)
    assert not scene.holds_token(scene.server)


@check
def revocation_names_who_needs_the_token(scene):
    scene.pushed_leak().plan()
    hub = Hub()
    hub.alive.add(scene.token)
    store = scene.folder / "home/.cache/huggingface/token"
    store.parent.mkdir(parents=True)
    store.write_text(scene.token)
    store.chmod(0o600)
    del scene.env["XDG_CACHE_HOME"]
    scene.env["HF_TOKEN"] = scene.token
    scene.env["OTHER_TOKEN"] = token("other")
    outcome = scene.run_on_terminal("remediate", "revoke", "--endpoint", hub.url, keys="\n")
    expect(outcome, 2, "~/.cache/huggingface/token", "HF_TOKEN", "nothing was sent")
    assert "OTHER_TOKEN" not in outcome.text and scene.token not in outcome.text and not hub.requests
    outcome = scene.run("remediate", "revoke", "--yes", "--proof-interval", "1", "--endpoint", hub.url)
    expect(outcome, 0, "~/.cache/huggingface/token", "HF_TOKEN", "revoked: 401")
    hub.close()


@check
def death_by_another_hand_is_proven_too(scene):
    """Revoked on the web page: the proof alone, without a request to revoke."""
    scene.pushed_leak().plan()
    hub = Hub()
    outcome = scene.run("remediate", "revoke", "--prove-only", "--yes", "--proof-interval", "1", "--endpoint", hub.url)
    expect(outcome, 0, "401 at")
    assert not [one for one in hub.requests if one["method"] == "POST"]
    status = json.loads(scene.run("remediate", "status", "-f", "json").text)
    assert [one["state"] for one in status["steps"] if one["step"] == "revoke"] == ["done"]
    expect(scene.run("remediate", "plan"), 0, "is dead")
    hub.close()


@check
def nobody_is_told_that_it_is_revoked_without_a_401(scene):
    scene.pushed_leak().plan()
    expect(scene.rewrite(), 0)
    for host in ("github", "gitlab", "hf"):
        scene.run("remediate", "record", "--support", host)
    for path in scene.incident().glob("support-*.txt"):
        text = path.read_text()
        assert "is revoked" not in text and "rewritten and pushed" not in text, (path.name, text)


def run_check(name):
    scene = Scene(name)
    try:
        CHECKS[name](scene)
    finally:
        shutil.rmtree(scene.folder)


def main():
    names = sys.argv[1:] or list(CHECKS)
    failed = []
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        runs = {pool.submit(run_check, name): name for name in names}
        for run in concurrent.futures.as_completed(runs):
            if run.exception() is not None:
                failed.append(runs[run])
                print(f"FAILED {runs[run]}")
                traceback.print_exception(run.exception())
    print(f"{len(names) - len(failed)} of {len(names)} checks passed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
