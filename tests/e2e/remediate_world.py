"""What the checks of remediation share: a server with a token wherever git can hold one, a clone of it, a Hub, and looks at what
was written: whole trees as digests, and files that hold a token.
"""
import functools
import hashlib
import io
import json
import os
import pathlib
import random
import shutil
import stat
import string
import subprocess
import tempfile
import time
from contextlib import redirect_stdout

import rewrite_fixture
from hub_stub import Hub
from hub_world import HFSCAN, Outcome, World, dresses

# One of this process's own: others make the fixture too, and git is given names with the token as arguments then.
rewrite_fixture.BODY = "".join(random.Random(os.getpid()).choices(string.ascii_letters, k=34))
rewrite_fixture.TOKEN = TOKEN = "hf_" + rewrite_fixture.BODY
ID = hashlib.sha256(TOKEN.encode()).hexdigest()
CHECKS = {}


def check(function):
    CHECKS[function.__name__] = function
    return function


# Made before any process is watched, as git is given names with the token as arguments.
@functools.cache
def fixture():
    folder = pathlib.Path(tempfile.mkdtemp(prefix="remediation "))
    with redirect_stdout(io.StringIO()) as out:
        rewrite_fixture.make(folder / "made")
    return folder / "made", json.loads(out.getvalue())


def digest_of(path):
    """Names, modes, times and contents of everything below, but times of reading."""
    lines = []
    for folder, names, files in os.walk(path):
        for name in sorted(names + files):
            file = pathlib.Path(folder, name)
            status = file.lstat()
            content = os.readlink(file).encode() if stat.S_ISLNK(status.st_mode) else file.read_bytes() if stat.S_ISREG(status.st_mode) else b""
            lines.append(f"{file} {status.st_mode} {status.st_mtime_ns} {hashlib.sha256(content).hexdigest()}".encode(errors="surrogateescape"))
    return hashlib.sha256(b"\n".join(sorted(lines))).hexdigest()


def holds_token(path, content):
    return any(form in content or form in os.fsencode(path.name) for form in FORMS)


FORMS = dresses(TOKEN)
COPIES = ("mirror.git", "backup.bundle", "push.git", "rewritten.git.part", "remote.git", "probe.git")  # below rewrite/; with .part and .lock


class RemedyWorld(World):
    """`server` is a bare repository, `repo` one's own clone of it, `old` a colleague's."""

    def __init__(self, seed, plain=False):
        super().__init__(seed)
        self.token = TOKEN
        self.hub = Hub()
        self.hub.alive.add(TOKEN)
        (self.folder / "home/.gitconfig").write_text("[user]\n\tname = Ann Example\n\temail = ann@example.com\n[init]\n\tdefaultBranch = main\n")
        if not plain:
            self.clone_server()

    def clone_server(self):
        made, self.facts = fixture()
        self.server = self.folder / "acme" / "server.git"
        shutil.copytree(made / "server.git", self.server, symlinks=True)
        for name in ("signers", "key", "key.pub"):
            shutil.copy(made / "home" / name, self.folder / "home" / name)
        self.repo.rmdir()
        self.git_at("/", "clone", "-q", "--no-local", str(self.server), str(self.repo))
        self.old = self.folder / "old"
        self.git_at("/", "clone", "-q", "--no-local", str(self.server), str(self.old))

    def git_at(self, folder, *args, check=True, data=None, **more):
        names = {f"GIT_{who}_{what}": "ann@mail.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        command = subprocess.run(["git", *args], cwd=folder, env=self.env | names | more, input=data, capture_output=True, check=False)
        assert not check or command.returncode == 0, (args[:2], command.stderr[-600:])
        return command.stdout.decode(errors="replace") if check else command

    def refs(self, folder=None):
        return self.git_at(folder or self.server, "for-each-ref", "--format=%(objectname) %(refname)")

    def commit(self, folder, name, text):
        (pathlib.Path(folder) / name).write_text(text)
        self.git_at(folder, "add", "-A")
        self.git_at(folder, "commit", "-q", "-F", "-", data=f"work on {name}".encode())
        return self.git_at(folder, "rev-parse", "HEAD").strip()

    def remediate(self, *args, code=None, **more):
        outcome = self.run("remediate", *args, **more)
        self.look(outcome)
        assert code is None or outcome.code in (code if isinstance(code, tuple) else (code,)), (args, outcome)
        return outcome

    def look(self, outcome):
        """Nothing that is shown holds the token, and no raw control character."""
        shown = outcome.text.encode()
        assert not any(form in shown for form in FORMS), "a token was shown"
        assert "\x1b" not in outcome.text.replace("\x1b[K", ""), repr(outcome.text)

    def plan(self, *args, code=0, **more):
        outcome = self.remediate("plan", "-f", "json", *args, code=code, **more)
        assert "{" in outcome.text, outcome
        return json.loads(outcome.text[outcome.text.index("{"):outcome.text.rindex("}") + 1])

    def status(self, *args, code=None):
        command = subprocess.run([HFSCAN, "remediate", "status", "-f", "json", *args], cwd=self.repo, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120)
        self.look(Outcome(command.returncode, (command.stdout + command.stderr).decode()))
        assert command.stdout, command.stderr
        document = json.loads(command.stdout)
        assert document["exit_code"] == command.returncode and (code is None or code == command.returncode), (code, document)
        return {one["step"]: one["state"] for one in document["steps"]} | {"next": document["next"], "exit": command.returncode}

    def incident(self):
        (folder,) = (self.folder / "state/hfscan/incidents").iterdir()
        return folder

    def commands_of(self, step, plan_file=None):
        """The commands of a step as plan.md prints them."""
        text = (plan_file or self.incident() / "plan.md").read_text()
        section = text.split(f"(`{step}`,")[1].split("\n## ")[0]
        return section.split("```sh\n")[1].split("```")[0]

    def shell(self, script, folder=None):
        command = subprocess.run(["sh", "-e"], cwd=folder or self.folder, env=self.env, input=script.encode(), capture_output=True, check=False, timeout=120)
        assert command.returncode == 0, (script, command.stderr.decode())
        return command.stdout.decode()

    def check_state_folder(self, closed=False):
        """No file but the copies of the old history holds the token; nobody else can read what lies there."""
        for path in (self.folder / "state").rglob("*"):
            try:  # what a run that was killed had started may still be at work
                status = path.lstat()
                content = path.read_bytes() if stat.S_ISREG(status.st_mode) else b""
            except FileNotFoundError:
                continue
            below = path.relative_to(self.folder / "state").parts
            is_copy = not closed and len(below) > 4 and below[3] == "rewrite" and any(below[4].startswith(name) for name in COPIES)
            if len(below) > 2:
                top = self.folder / "state/hfscan/incidents" / below[2]
                assert stat.S_IMODE(top.lstat().st_mode) == 0o700, top
            if is_copy or not stat.S_ISREG(status.st_mode):
                continue
            assert not holds_token(path, content), path
        if (self.folder / "state").exists():
            for folder in (self.folder / "state").glob("hfscan/incidents/*/rewrite"):
                assert stat.S_IMODE(folder.stat().st_mode) == 0o700
                for bundle in folder.glob("backup.bundle*"):
                    assert stat.S_IMODE(bundle.stat().st_mode) == 0o600
                for mirror in folder.glob("*.git*"):
                    assert stat.S_IMODE(mirror.stat().st_mode) == 0o700

    def check_server_clean(self):
        """As the host would see it: nothing is left of the token after what nothing leads to is gone."""
        self.git_at(self.server, "reflog", "expire", "--expire=now", "--all")
        self.git_at(self.server, "gc", "-q", "--prune=now")
        found = rewrite_fixture.residue(self.server)
        assert not found, found
        assert not self.git_at(self.server, "fsck", "--full").strip()
        kept = self.facts["kept"]
        self.git_at(self.server, "-c", f"gpg.ssh.allowedSignersFile={self.folder / 'home/signers'}", "verify-commit", *kept[1:])
        for commit in kept:
            assert self.git_at(self.server, "branch", "--contains", commit, "main").strip(), commit

    def host_cleans_up(self):
        self.git_at(self.server, "update-ref", "-d", "refs/pull/7/head")
        self.git_at(self.server, "gc", "-q", "--prune=now")

    def close(self):
        self.hub.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def popen(world, *args, **more):
    settings = {"cwd": world.repo, "env": world.env, "stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    return subprocess.Popen([HFSCAN, "remediate", *args], **(settings | more))


def wait_for_path(folder, name, process, seconds=30):
    """Looks all the time, until the name is there or the process has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        if any(True for _ in folder.glob(name)):
            return True
    return False
