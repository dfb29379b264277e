#!/usr/bin/env python3
"""Holds `hfscan history` against another way to the same answer: every object read with git cat-file, tokens found with an
expression of this script's own, and the commits that brought and took them read from git log --raw.

history_oracle.py random SEED...      makes repositories in a folder of its own, several packings of each, and compares
history_oracle.py repository PATH...  compares on existing ones. They may hold real tokens: none is ever printed.
hfscan is BINARY_UNDER_TEST, or that of the PATH.
"""
import collections
import hashlib
import json
import os
import random
import re
import string
import subprocess
import sys
import tempfile

# What must be found, and what may be: hfscan also knows where text ends beside a token, as in "\\nhf_...".
TOKEN = re.compile(rb"(?<![A-Za-z0-9_])(?:hf_|api_org_)[A-Za-z0-9]{34}(?![A-Za-z0-9_])")
SHAPE = re.compile(rb"(?=((?:hf_|api_org_)[A-Za-z0-9]{34}))")
HFSCAN = os.environ.get("BINARY_UNDER_TEST", "hfscan")
Places = collections.namedtuple("Places", "introduced removed")


def git(folder, *args, data=None):
    command = ["git", "--no-replace-objects", "-C", folder, *args]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def objects_of(folder):
    """(id, type, bytes) of every object."""
    command = ["git", "--no-replace-objects", "-C", folder, "cat-file", "--batch-all-objects", "--unordered", "--buffer", "--batch"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        while header := process.stdout.readline():
            name, kind, size = header.split()
            yield name.decode(), kind.decode(), process.stdout.read(int(size) + 1)[:-1]
    assert process.returncode == 0


class Truth:
    """What stands in a repository, by git's own programs."""

    def __init__(self, folder):
        self.blobs = collections.defaultdict(set)  # SHA-256 of each token, by blob
        self.messages = collections.defaultdict(set)  # by commit or tag
        self.shapes = collections.defaultdict(set)
        self.commits = []
        for name, kind, content in objects_of(folder):
            if kind == "commit":
                self.commits.append(name)
            for match in TOKEN.finditer(content) if kind != "tree" else ():
                (self.blobs if kind == "blob" else self.messages)[name].add(hashlib.sha256(match[0]).hexdigest())
            for match in SHAPE.finditer(content) if kind != "tree" else ():
                self.shapes[name].add(hashlib.sha256(match[1]).hexdigest())
        self.all_commits = set(self.commits)
        self.places = self.read_places(folder)

    def read_places(self, folder):
        """Places by (blob, path). A commit introduces what its difference to every parent adds, and removes what that to some
        parent takes away."""
        parents = {}
        added = collections.Counter()
        removed = set()
        command = ["log", "--no-walk=unsorted", "--stdin", "-m", "--raw", "--no-renames", "--root", "--no-abbrev", "-z", "--format=commit %H %P"]
        log = git(folder, *command, data="\n".join(self.commits).encode()) if self.commits else b""
        fields = iter(log.split(b"\0"))
        commit = None
        for field in fields:
            field = field.lstrip(b"\n")
            if field.startswith(b"commit "):
                _, commit, *heirs = field.decode().split()
                parents[commit] = max(len(heirs), 1)
            elif field.startswith(b":"):
                _, _, old, new, _ = field.decode().split()
                path = next(fields)
                if old == new:
                    continue
                if new in self.shapes:
                    added[commit, new, path] += 1
                if old in self.shapes:
                    removed.add((commit, old, path))
        places = collections.defaultdict(lambda: Places(set(), set()))
        for (commit, blob, path), times in added.items():
            assert times <= parents[commit]
            if times == parents[commit]:
                places[blob, path].introduced.add(commit)
        for commit, blob, path in removed:
            places[blob, path].removed.add(commit)
        return places


class Reported:
    def __init__(self, folder, *flags):
        command = [HFSCAN, "history", folder, "--rules", "HF1", "--paranoid", "--no-config", "--no-ignore-file", "--no-inline-ignore",
                   "--no-archives", "-f", "json", *flags]
        done = subprocess.run(command, capture_output=True, check=False)
        assert done.returncode in (0, 1, 3), done.stderr.decode()
        self.bytes = done.stdout
        self.exit_code = done.returncode
        self.report = json.loads(done.stdout)
        self.blobs = collections.defaultdict(set)
        self.messages = collections.defaultdict(set)
        self.places = collections.defaultdict(lambda: Places(set(), set()))
        for finding in self.report["findings"]:
            secret = finding.get("secret")
            if not secret or "sha256" not in secret or secret.get("encoding", "plain") != "plain":
                continue
            for place in finding["occurrences"]:
                self.take(place, secret["sha256"])

    def take(self, place, secret):
        if place["kind"] in ("commit_message", "tag_message", "ident"):
            self.messages[place["path"].split(" ")[-1]].add(secret)
        elif "blob" in place and place["kind"] in ("blob", "note", "stash"):
            self.blobs[place["blob"]].add(secret)
            places = self.places[place["blob"], place["path"].encode()]
            places.introduced.update(place["introduced"])
            places.removed.update(place["removed"])


def differences(truth, reported):
    """(what, only git's, only hfscan's) of each set that differs; whatever stands at no path is left out of places."""
    for what in ("blobs", "messages"):
        ours, theirs = ({(key, s) for key, found in getattr(side, what).items() for s in found} for side in (reported, truth))
        allowed = {(key, s) for key, found in truth.shapes.items() for s in found}
        if not theirs <= ours <= allowed:
            yield what, theirs - ours, ours - allowed
    for event in ("introduced", "removed"):
        ours, theirs = ({(key, c) for key, found in side.places.items() if key[0] in reported.blobs
                         for c in getattr(found, event)} for side in (reported, truth))
        if ours != theirs:
            yield event, theirs - ours, ours - theirs


class Random:
    """A random repository, as a stream for git fast-import."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.tokens = ["hf_" + "".join(self.random.choices(string.ascii_letters, k=34)) for _ in range(6)]
        self.stream = []
        self.marks = 0
        self.trees = {}  # of each commit's mark: {path: (mode, blob mark)}
        self.pool = [self.blob() for _ in range(14)]

    def mark(self):
        self.marks += 1
        return self.marks

    def add(self, text):
        self.stream.append(text.encode() if isinstance(text, str) else text)

    def data(self, content):
        self.add(f"data {len(content)}\n")
        self.add(content)
        self.add("\n")

    def blob(self):
        mark = self.mark()
        content = bytearray(b"\n".join(self.random.randbytes(6).hex().encode() for _ in range(self.random.randrange(1, 60))) + b"\n")
        for _ in range(self.random.choice((0, 0, 1, 1, 2))):
            quote = self.random.choice((b'HF_TOKEN = "%s"\n', b"\0\1%s\0", b"# %s\n", b"url: https://user:%s@huggingface.co\n"))
            at = self.random.choice((0, len(content)))
            content[at:at] = quote % self.random.choice(self.tokens).encode()
        self.add(f"blob\nmark :{mark}\n")
        self.data(bytes(content))
        return mark

    def path(self):
        folders = self.random.choices(("a", "b b", "c.d", "\u00e9", "src"), k=self.random.randrange(0, 4))
        return "/".join([*folders, self.random.choice(("x.py", "y.bin", ".env", "z", "n\u00fa.txt"))])

    def changed(self, tree):
        tree = dict(tree)
        for _ in range(self.random.randrange(1, 4)):
            action = self.random.random()
            if tree and action < 0.2:
                del tree[self.random.choice(sorted(tree))]
            elif tree and action < 0.4:  # the same content under one more name
                tree[self.path()] = tree[self.random.choice(sorted(tree))]
            elif tree and action < 0.5:
                path = self.random.choice(sorted(tree))
                tree[self.path()] = tree.pop(path)
            elif tree and action < 0.55:  # mode alone
                path = self.random.choice(sorted(tree))
                tree[path] = (self.random.choice(("100644", "100755", "120000")), tree[path][1])
            else:
                if self.random.random() < 0.3:
                    self.pool.append(self.blob())
                tree[self.path()] = ("100644", self.random.choice(self.pool))
        files = {}
        for path in tree:  # nothing is a file and a folder at once
            if not any(other.startswith(path + "/") for other in tree):
                files[path] = tree[path]
        return files

    def commit(self, ref, parents, tree):
        mark = self.mark()
        message = self.random.choice(("change", "change", "a longer\n\nmessage", f"oops {self.random.choice(self.tokens)}"))
        self.add(f"commit {ref}\nmark :{mark}\ncommitter T <t@example.org> {1700000000 + self.random.randrange(0, 10 ** 6)} +0000\n")
        self.data(message.encode())
        for word, parent in zip(["from"] + ["merge"] * 20, parents):
            self.add(f"{word} :{parent}\n")
        self.add("deleteall\n")
        for path, (mode, blob) in sorted(tree.items()):
            quoted = '"' + "".join(c if c.isascii() else "".join(f"\\{b:03o}" for b in c.encode()) for c in path) + '"'
            self.add(f"M {mode} :{blob} {quoted}\n")
        self.trees[mark] = tree
        return mark

    def run(self, commits):
        for i in range(commits):
            count = 0 if not self.trees or self.random.random() < 0.03 else self.random.choice((1, 1, 1, 1, 2, 2, 3, 5))
            recent = sorted(self.trees)[-12:]
            parents = self.random.sample(recent, min(count, len(recent)))
            merged = {}
            for parent in parents:
                merged.update(self.trees[parent])
            tree = merged if len(parents) > 1 and self.random.random() < 0.3 else self.changed(merged)
            tree = {p: b for p, b in tree.items() if not any(o.startswith(p + "/") for o in tree)}
            if not parents:
                self.add(f"reset refs/heads/b{i}\n")
            mark = self.commit(f"refs/heads/b{i}", parents, tree)
            if self.random.random() < 0.1:
                self.add(f"tag v{i}\nfrom :{mark}\ntagger T <t@example.org> 1700000000 +0000\n")
                self.data(f"release {self.random.choice(self.tokens)}".encode())
        return b"".join(self.stream)


def random_repository(folder, seed):
    source = Random(seed)
    git(".", "init", "-q", folder)
    git(folder, "config", "fastimport.unpackLimit", source.random.choice(("1", "1000000")))
    git(folder, "fast-import", "--quiet", "--force", data=source.run(120))
    names = git(folder, "for-each-ref", "--format=%(refname)", "refs/heads").decode().split()
    git(folder, "symbolic-ref", "HEAD", names[-1])
    git(folder, "commit", "-q", "--allow-empty", "-m", "top")  # of an empty index: what is checked out can be
    git(folder, "reset", "-q", "--hard")
    for name in names[:-5]:  # their commits stay, some reached from others, some from nowhere
        git(folder, "update-ref", "-d", name)
    for at, tok in zip(("HEAD", "HEAD~1"), source.tokens):
        git(folder, "notes", "add", "-f", "-m", f"note {tok}", at)
    for tok in source.tokens[:2]:
        with open(os.path.join(folder, "stashed"), "w", encoding="ascii") as file:
            file.write(f"key = '{tok}'\n")
        git(folder, "stash", "-u", "-q")
    return source


LAYOUTS = {
    "as imported": [],
    "loose": ["unpack"],
    "one pack": ["repack -adfq --depth=50"],
    "long chains": ["repack -adfq --depth=200 --window=50"],
    "without deltas": ["repack -adfq --depth=0"],
    "cruft": ["reflog expire --expire=now --all", "repack --cruft --cruft-expiration=never -dq"],
    "several": ["repack -dq", "commit -q --allow-empty -m more", "repack -dq", "multi-pack-index write", "commit-graph write --reachable"],
}


def lay_out(folder, commands):
    for command in commands:
        if command == "unpack":
            packs = os.path.join(folder, ".git/objects/pack")
            aside = tempfile.mkdtemp(dir=folder + "/.git")
            for name in sorted(os.listdir(packs)):
                os.rename(os.path.join(packs, name), os.path.join(aside, name))
            for name in sorted(os.listdir(aside)):
                if name.endswith(".pack"):
                    with open(os.path.join(aside, name), "rb") as pack:
                        git(folder, "unpack-objects", "-q", data=pack.read())
                os.remove(os.path.join(aside, name))
        else:
            git(folder, *command.split(" "))


def range_of(folder, ends):
    """Not `git rev-list A ^B`, which trusts the clocks of commits."""
    if ".." in ends[0]:
        ends = [ends[0].split("..")[1], "^" + ends[0].split("..")[0]]
    reached = {False: set(), True: set()}
    for end in ends:
        reached[end.startswith("^")].update(git(folder, "rev-list", end.lstrip("^")).decode().split())
    return reached[False] - reached[True]


def range_differences(folder, truth, ends):
    """What the commits of a range introduced, and their messages, against a report limited to them."""
    commits = range_of(folder, ends)
    reported = Reported(folder, *ends)
    theirs = {(key, c) for key, places in truth.places.items() for c in places.introduced & commits if truth.blobs.get(key[0])}
    ours = {(key, c) for key, places in reported.places.items() for c in places.introduced}
    if ours != theirs:
        yield "introduced in range", theirs - ours, ours - theirs
    theirs = {(c, s) for c in commits for s in truth.messages.get(c, ())}
    ours = {(c, s) for c, found in reported.messages.items() if c in truth.all_commits for s in found}
    if ours != theirs:
        yield "messages in range", theirs - ours, ours - theirs


def check_ranges(label, folder, truth, source):
    faults = 0
    for ends in ((2, 1), (1, 1), (3, 2), (1, 0), (1, 3)):
        some = source.random.sample(sorted(truth.all_commits), sum(ends))
        revisions = [*some[:1], *(f"^{c}" for c in some[ends[0]:]), *some[1:ends[0]]]
        if ends == (1, 1):
            revisions = [f"{some[1]}..{some[0]}"]
        faults += tell(f"{label}, {' '.join(revisions)}", range_differences(folder, truth, revisions))
    return faults


def tell(label, differences_found):
    faults = list(differences_found)
    for what, theirs, ours in faults:
        print(f"{label}: {what}: {len(theirs)} that only git has, {len(ours)} that only hfscan has; first of each:")
        for one in (*sorted(theirs)[:2], *sorted(ours)[:2]):
            print(f"    {one}")
    return len(faults)


def show(label, truth, reported):
    return tell(label, differences(truth, reported))


def check_random(seeds):
    faults = 0
    for seed in seeds:
        with tempfile.TemporaryDirectory() as scratch:
            os.environ.update(HOME=scratch, GIT_CONFIG_NOSYSTEM="1", GIT_AUTHOR_NAME="T", GIT_AUTHOR_EMAIL="t@example.org",
                              GIT_COMMITTER_NAME="T", GIT_COMMITTER_EMAIL="t@example.org")
            folder = os.path.join(scratch, "random repository")
            source = random_repository(folder, seed)
            for layout, commands in LAYOUTS.items():
                lay_out(folder, commands)
                truth = Truth(folder)
                assert len(truth.blobs) > 10 and len(truth.messages) > 10
                reported = Reported(folder)
                faults += show(f"seed {seed}, {layout}", truth, reported)
                if reported.exit_code != 1 or not reported.report["complete"]:
                    print(f"seed {seed}, {layout}: exit {reported.exit_code}, {reported.report['diagnostics']}")
                    faults += 1
            faults += check_ranges(f"seed {seed}", folder, truth, source)
    return faults


def check_repository(folder):
    truth, reported = Truth(folder), Reported(folder)
    secrets = set().union(*truth.blobs.values(), *truth.messages.values())
    print(f"{os.path.basename(folder)}: {len(truth.commits)} commits, {len(truth.blobs)} blobs and {len(truth.messages)} messages with "
          f"{len(secrets)} secrets, {len(truth.places)} places, {sum(len(p.introduced) for p in truth.places.values())} introducing and "
          f"{sum(len(p.removed) for p in truth.places.values())} removing commits; exit {reported.exit_code}")
    return show(os.path.basename(folder), truth, reported)


def main():
    what, *rest = sys.argv[1:]
    if what == "random":
        faults = check_random(int(seed) for seed in rest)
    else:
        faults = sum(check_repository(folder) for folder in rest)
    print(f"{faults} differences")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
