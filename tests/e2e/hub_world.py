"""What the checks of the Hub share: tokens, a home of their own, and two ways to notice a token where it must not be: in any
process's arguments or environment, and in anything that was written.
"""
import base64
import hashlib
import multiprocessing
import os
import pathlib
import pty
import select
import subprocess
import tempfile
import termios
import time

HFSCAN = os.environ.get("BINARY_UNDER_TEST", "hfscan")


def token(seed):
    """As in common.bash."""
    letters = [c for c in base64.b64encode(hashlib.sha512(seed.encode()).digest()).decode() if c.isalpha()]
    return "hf_" + "".join(letters[:34])


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def dresses(text):
    """The forms in which a search notices a secret: plain, hexadecimal, UTF-16, base64 at each of its three offsets."""
    raw = text.encode()
    forms = [raw, raw.hex().encode(), raw.hex().upper().encode(), text.encode("utf-16-le")]
    for offset in range(3):
        encoded = base64.b64encode(b"\0" * offset + raw)
        forms.append(encoded[4 if offset else 0:-4])
    return forms


class World:
    """A folder with a home, a place for temporary files and a repository; nothing of the machine's settings."""

    def __init__(self, seed):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hub check "))
        self.repo = self.folder / "repo"
        self.token = token(seed)
        self.before = {}
        for name in ("home", "tmp", "state", "cache", "config", "bin", "repo"):
            (self.folder / name).mkdir()
        self.env = {"PATH": os.environ["PATH"], "HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "tmp"), "LC_ALL": "C.UTF-8"}
        self.env |= {f"XDG_{name.upper()}_HOME": str(self.folder / name) for name in ("state", "cache", "config")}
        self.env |= {"GIT_CONFIG_NOSYSTEM": "1", "XDG_RUNTIME_DIR": str(self.folder / "tmp")}

    def git(self, *args):
        names = {f"GIT_{who}_{what}": "ann@mail.example" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        subprocess.run(["git", *args], cwd=self.repo, env=self.env | names, check=True, capture_output=True)

    def leak(self, path="app.py", content=None):
        """A repository in which the token was committed; `forget` removes the file again."""
        if not (self.folder / "repo/.git").exists():
            self.git("init", "-q", "-b", "main")
        (self.folder / "repo" / path).write_text(content or f'HF_TOKEN = "{self.token}"\n')
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "work")

    def forget(self, path="app.py"):
        self.git("rm", "-q", path)
        self.git("commit", "-q", "-m", "gone")

    def run(self, *args, stdin="", env=None, timeout=120):
        """Without a terminal."""
        command = subprocess.run([HFSCAN, *args], cwd=self.repo, env=self.env | (env or {}), input=stdin.encode(), capture_output=True, check=False, timeout=timeout, start_new_session=True)
        return Outcome(command.returncode, (command.stdout + command.stderr).decode(errors="replace"))

    def run_on_terminal(self, *args, keys=""):
        """On a terminal of its own. Each of the keys, or the only one, is typed when the next question stands there."""
        keys = [keys] if isinstance(keys, str) else list(keys)
        terminal, theirs = pty.openpty()
        command = subprocess.Popen(["setsid", "--ctty", HFSCAN, *args], cwd=self.repo, env=self.env, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        shown, seen = b"", 0
        while True:
            ready, _, _ = select.select([terminal], [], [], 60)
            try:
                part = os.read(terminal, 4096) if ready else b""
            except OSError:
                part = b""
            if not part:
                break
            shown += part
            if keys and any(question in shown[seen:] for question in (b"[y/N] ", b"to go on: ", b"not shown: ")):
                seen = len(shown)
                os.write(terminal, keys.pop(0).encode())
        code = command.wait(60)
        echo = bool(termios.tcgetattr(terminal)[3] & termios.ECHO)
        os.close(terminal)
        return Outcome(code, shown.decode(errors="replace"), echo)

    def stamp(self):
        """What is there from now on is not looked at, unless it changes."""
        self.before = self.files()

    def files(self):
        found = {}
        for path in self.folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                status = path.stat()
                found[path] = (status.st_mtime_ns, status.st_size)
        return found

    def written_with_token(self):
        """Files written since, also under the system's folder for temporary files, that hold the token in any form."""
        forms = dresses(self.token)
        changed = [path for path, stamp in self.files().items() if self.before.get(path) != stamp]
        return [str(path) for path in changed if any(form in path.read_bytes() for form in forms)]

    def program(self, name, text):
        """A program that stands before all others of that name."""
        path = self.folder / "bin" / name
        path.write_text(text)
        path.chmod(0o755)
        self.env["PATH"] = f"{self.folder / 'bin'}:{os.environ['PATH']}"
        return path


class Outcome:
    """`echo`: whether the terminal showed at the end what is typed."""

    def __init__(self, code, text, echo=True):
        self.code, self.text, self.echo = code, text, echo

    def __repr__(self):
        return f"exit {self.code}: {self.text}"


def watch_processes(tokens, pipe):
    """Until told to stop: which processes of this machine show one of the tokens in their arguments or environment."""
    forms = [form for one in tokens for form in dresses(one)]
    rounds, curls, guilty = 0, 0, set()
    while not pipe.poll():
        rounds += 1
        for pid in os.listdir("/proc"):
            if not pid.isdigit():
                continue
            for name in ("cmdline", "environ"):
                try:
                    with open(f"/proc/{pid}/{name}", "rb") as file:
                        content = file.read()
                except OSError:
                    continue
                if name == "cmdline" and content.startswith(b"curl\0"):
                    curls += 1
                if any(form in content for form in forms):
                    for number, form in enumerate(forms):
                        content = content.replace(form, f"<token, form {number}>".encode())
                    guilty.add(f"{name} {content[:400]!r}" if name == "cmdline" else f"environ of {pid}")
    pipe.send((rounds, curls, sorted(guilty)))


class ProcessWatch:
    """A process of its own, so that it looks all the time."""

    def __init__(self, tokens):
        self.pipe, theirs = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("fork").Process(target=watch_processes, args=(tokens, theirs), daemon=True)
        self.process.start()

    def end(self):
        self.pipe.send("stop")
        result = self.pipe.recv()
        self.process.join()
        return result


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return False
