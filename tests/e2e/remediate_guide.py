"""`hfscan remediate` on a terminal: each answer, leaving and coming back, nonsense, the end of input, Ctrl-C."""
import os
import pty
import re
import select
import signal
import subprocess
import time

from hub_world import HFSCAN, Outcome
from remediate_odd import new_repository, plain
from remediate_path import expect_states
from remediate_world import TOKEN, check, digest_of

CHOICES = "uit: "
QUESTION = re.compile(rb"(uit: |\[y/N\] |to go on: |was seen\? |the record: )$")


class Terminal:
    """A person at `hfscan remediate`: waits for a question, answers it."""

    def __init__(self, world, *words):
        self.world = world
        self.fd, theirs = pty.openpty()
        self.process = subprocess.Popen(["setsid", "--ctty", HFSCAN, "remediate", *words], cwd=world.repo, env=world.env, stdin=theirs, stdout=theirs, stderr=theirs)
        os.close(theirs)
        self.shown = ""

    def until_question(self, seconds=60):
        """What was shown since; empty when it has ended."""
        part, end = b"", time.monotonic() + seconds
        while time.monotonic() < end:
            ready, _, _ = select.select([self.fd], [], [], 0.5)
            try:
                new = os.read(self.fd, 65536) if ready else None
            except OSError:
                break
            if new == b"":
                break
            part += new or b""
            if QUESTION.search(part):
                break
        self.shown += part.decode(errors="replace")
        return part.decode(errors="replace")

    def answer(self, *texts):
        """Each to the next question; what is shown up to the one after the last."""
        part = ""
        for text in texts:
            os.write(self.fd, text.encode())
            part = self.until_question()
        return part

    def end(self, code):
        self.until_question()
        measured = self.process.wait(60)
        os.close(self.fd)
        self.world.look(Outcome(measured, self.shown))
        assert measured == code, (measured, self.shown[-1500:])


def begin(world, *words):
    terminal = Terminal(world, *words)
    return terminal, terminal.until_question()


def step_of(text):
    assert "\nNext: " in text, text
    return text.split("\nNext: ")[-1].split("\r\n")[0]


@check
def without_a_terminal(world):
    assert "needs a terminal" in world.remediate(code=2).text


@check
def nothing_is_done_without_a_yes(world):
    for answer in ("n\n", "\n", "q\n", "yep\n", "\x04"):
        terminal, text = begin(world)
        assert "no open incident" in text
        os.write(terminal.fd, answer.encode())
        terminal.end(0)
    assert not (world.folder / "state/hfscan").exists()


@plain
def nothing_leaked(world):
    world.git_at(world.repo, "init", "-q")
    world.commit(world.repo, "README", "clean\n")
    terminal, _ = begin(world)
    os.write(terminal.fd, b"y\n")
    terminal.end(0)
    assert "nothing to remediate" in terminal.shown


# Left at each question, by each way to leave; the next run stands at the same step.
@check
def left_and_resumed_at_each_question(world):
    terminal, _ = begin(world)
    text = terminal.answer("y\n")
    assert step_of(text) == "Revoke the token, and prove that it is dead", text
    os.write(terminal.fd, b"q\n")
    terminal.end(1)
    assert "Left. To go on: hfscan remediate" in terminal.shown
    for leave, code in (("q\n", 1), ("\x04", 1), ("\x03", 130)):
        terminal, text = begin(world)
        assert step_of(text).startswith("Revoke")
        for nonsense in ("", "x", "rr", "R", "quit", "yes", "\x1b[A", "\u202e", "r r", TOKEN[::-1]):
            assert step_of(terminal.answer(nonsense + "\n")).startswith("Revoke")
        os.write(terminal.fd, leave.encode())
        terminal.end(code)
    for leave, code in (("\x03", 130), ("\x04\x04\x04", 1)):
        terminal, _ = begin(world)
        assert "was seen? " in terminal.answer("d\n")
        os.write(terminal.fd, leave[:1].encode())
        if code == 1:
            terminal.until_question()
            os.write(terminal.fd, b"\x04")
        terminal.end(code)
    expect_states(world, 1, revoke="open", next="revoke")


@check
def decision_needs_an_answer(world):
    world.plan()
    for step in ("revoke", "rotate", "audit", "clean-tree"):
        world.remediate("status", "--attest", step, "--reason", "by hand", code=1)
    for answers, code in ((("q\n",), 1), (("x\n", "\n", "d\n", "q\n"), 1), (("\x04",), 1), (("g\n", "\x04"), 1), (("s\n", "\x04"), 1), (("g\n", "\x03"), 130)):
        terminal, text = begin(world)
        assert step_of(text).startswith("Decide")
        terminal.answer(*answers[:-1])
        os.write(terminal.fd, answers[-1].encode())
        terminal.end(code)
        expect_states(world, 1, decide="open")
    terminal, _ = begin(world)
    text = terminal.answer("s\n", "a dead token\n")
    assert step_of(text).startswith("Write the record")
    os.write(terminal.fd, b"q\n")
    terminal.end(1)
    expect_states(world, 1, decide="done", next="close")


@check
def from_the_first_question_to_the_end(world):
    server = world.refs()
    terminal, _ = begin(world)
    terminal.answer("y\n")
    text = terminal.answer("r\n")
    assert "Type 'revoke' to go on" in text
    text = terminal.answer("n\n")
    assert step_of(text).startswith("Revoke")
    text = terminal.answer("d\n", "revoked on the web page\n")
    assert step_of(text).startswith("Put a new token")
    assert "Look at this machine too?" in terminal.answer("r\n")
    assert "leaked  yes" in terminal.answer("n\n")
    terminal.answer("d\n", "replaced\n")
    text = terminal.answer("d\n", "looked at everything\n")
    assert step_of(text).startswith("Take the token out of the files")
    text = terminal.answer("d\n", "adopted later\n")
    assert step_of(text).startswith("Decide")
    text = terminal.answer("g\n", "the string must go\n")
    assert step_of(text).startswith("Check that a rewrite")
    text = terminal.answer("r\n")
    assert "every changed byte lies in a token" in text and step_of(text).startswith("Push") and world.refs() == server
    assert 'Type "acme/server" to go on' in terminal.answer("r\n").replace("'", '"')
    text = terminal.answer("nonsense\n")
    assert "nothing was pushed" in text and world.refs() == server and step_of(text).startswith("Push")
    terminal.answer("r\n")
    text = terminal.answer("acme/server\n")
    assert "Pushed." in text and world.refs() != server and step_of(text).startswith("Take the rewritten history")
    world.shell(world.commands_of("adopt"))
    text = terminal.answer("m\n")
    assert step_of(text).startswith("Keep old clones")
    terminal.answer("r\n")
    text = terminal.answer("y\n")
    assert step_of(text).startswith("Look for what the server kept")
    text = terminal.answer("r\n")
    assert "refs/pull/7/head" in text
    world.host_cleans_up()
    text = terminal.answer("m\n")
    assert step_of(text).startswith("Write the record")
    terminal.answer("r\n")
    text = terminal.answer("wrong\n")
    assert "nothing was destroyed" in text
    terminal.answer("r\n")
    os.write(terminal.fd, f"{world.incident().name}\n".encode())
    terminal.end(0)
    assert "Nothing is left to do" in terminal.shown
    world.check_state_folder(closed=True)
    world.check_server_clean()


@check
def interrupted_at_work(world):
    world.plan()
    for step in ("revoke", "rotate", "audit", "clean-tree"):
        world.remediate("status", "--attest", step, "--reason", "by hand", code=1)
    untouched = digest_of(world.repo)
    terminal, _ = begin(world)
    terminal.answer("g\n", "it must go\n")
    os.write(terminal.fd, b"r\n")
    time.sleep(0.4)
    os.write(terminal.fd, b"\x03")
    terminal.end(130)
    assert digest_of(world.repo) == untouched
    terminal, text = begin(world)
    terminal.answer("r\n")
    terminal.process.send_signal(signal.SIGTERM)
    terminal.end(130)
    world.remediate("rewrite", "--apply", code=0)
    expect_states(world, 1, prove="done")


@plain
def hang_up(world):
    new_repository(world, "app.py")
    terminal, _ = begin(world)
    terminal.answer("y\n")
    os.close(terminal.fd)
    code = terminal.process.wait(30)
    assert code in (1, 2, 130), code
    world.status(code=1)
