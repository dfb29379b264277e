"""A repository with a token of its own, and the list of places in which tests hide it."""
import base64
import hashlib
import os
import subprocess


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
