"""Ends at any moment: nothing of the user's changes, nothing half-made is taken for whole, and the next run goes on."""
import random
import shutil
import signal
import time

from hub_world import wait_until
from remediate_path import CONFIRM, expect_states
from remediate_world import check, digest_of, popen, wait_for_path

# Names under rewrite/ in the order in which they come to be.
NAMES = ("mirror.git.part", "mirror.git", "backup.bundle.part", "backup.bundle.part.lock", "backup.bundle", "survey.json", "callbacks", "rewrite.sh", "rewritten.git.part", "rewritten.git.part/filter-repo", "commit-map",
         "rewritten.git", "result.json", "proof.json")


def kill(process, how=signal.SIGKILL):
    process.send_signal(how)
    return process.wait(30)


def forget_rewrite(world):
    """Also while programs that git had started still write there."""
    folder = world.incident() / "rewrite"
    assert wait_until(lambda: not folder.exists() or shutil.rmtree(folder, ignore_errors=True))


def after_a_kill(world, untouched):
    assert digest_of(world.repo) == untouched[0] and digest_of(world.server) == untouched[1], "the kill, or status, changed a repository"
    measured = world.status(code=1)
    assert measured["push"] != "done" and digest_of(world.repo) == untouched[0]
    world.check_state_folder()
    return measured


def goes_on(world, untouched):
    """To the end of the rewrite, however the run before it ended."""
    world.remediate("rewrite", "--apply", code=0)
    assert digest_of(world.repo) == untouched[0] and digest_of(world.server) == untouched[1]
    expect_states(world, 1, prove="done", push="open")


def push_and_check(world):
    world.remediate("push", "--apply", CONFIRM, code=0)
    world.host_cleans_up()
    world.remediate("verify", "--remote", code=0)
    world.check_server_clean()
    assert not list((world.incident() / "rewrite").glob("*.part*")) and not (world.incident() / "rewrite/push.git").exists()


def measured_time(world):
    begin = time.monotonic()
    world.remediate("rewrite", "--apply", code=0)
    return time.monotonic() - begin


def prepared(world):
    world.plan()
    world.status()
    return digest_of(world.repo), digest_of(world.server)


def killed_rewrite(number, of):
    """One world is killed again and again, each time a little later, before it is let through."""

    def run(world):
        untouched = prepared(world)
        duration = measured_time(world)
        delays = random.Random(number)
        for point in range(number, 20, of):
            if point % 3 == 0:
                forget_rewrite(world)
            process = popen(world, "rewrite", "--apply")
            time.sleep(duration * (point + delays.random()) / 20)
            kill(process)
            after_a_kill(world, untouched)
        goes_on(world, untouched)
        push_and_check(world)

    run.__name__ = f"killed_rewrite_{number}"
    check(run)


for part in range(2):
    killed_rewrite(part, 2)


def killed_at_names(part, of):
    def run(world):
        untouched = prepared(world)
        for name in NAMES[part::of]:
            forget_rewrite(world)
            process = popen(world, "rewrite", "--apply")
            reached = wait_for_path(world.incident(), f"rewrite/{name}", process)
            kill(process)
            assert reached or name.startswith("backup.bundle.part"), name
            measured = after_a_kill(world, untouched)
            if name == "mirror.git.part":
                assert measured["preflight"] != "done", measured
            goes_on(world, untouched)
        push_and_check(world)

    run.__name__ = f"killed_at_names_{part}"
    check(run)


for part in range(2):
    killed_at_names(part, 2)


# Each command's effect, and then its next in a new process: nothing that a step needs is only in memory. A kill after a command is
# the same as none, so each is killed shortly before its end.
@check
def killed_between_steps(world):
    untouched = prepared(world)
    for words in (("plan",), ("status",), ("inventory",), ("rewrite",), ("record",)):
        begin = time.monotonic()
        world.remediate(*words, code=(0, 1))
        took = time.monotonic() - begin
        for part in (0.2, 0.5, 0.8, 0.95):
            process = popen(world, *words)
            time.sleep(took * part)
            kill(process)
            assert digest_of(world.repo) == untouched[0]
            world.status(code=1)
    assert len(list(world.incident().parent.iterdir())) == 1
    goes_on(world, untouched)
    push_and_check(world)


def killed_push(number):
    def run(world):
        untouched = prepared(world)
        world.remediate("rewrite", "--apply", code=0)
        before = world.refs()
        delays = random.Random(number)
        for point in range(8):
            process = popen(world, "push", "--apply", CONFIRM)
            if number:
                wait_for_path(world.incident(), "rewrite/push.git", process)
                time.sleep(0.02 * point * delays.random())
            else:
                time.sleep(0.03 * point)
            kill(process)
            # What it had started on the server's side may still be at work.
            assert wait_until(lambda: world.refs() == before or rewritten_refs(world, world.refs())), "some refs were pushed, and others not"
            assert digest_of(world.repo) == untouched[0]
            world.status(code=1)
            world.check_state_folder()
            assert not world.git_at(world.server, "fsck", "--connectivity-only", "--no-dangling").strip()
        push_and_check(world)

    run.__name__ = f"killed_push_{number}"
    check(run)


def rewritten_refs(world, now):
    """All of the new refs, and none of the old names."""
    result = world.incident() / "rewrite/rewritten.git"
    ours = {line for line in world.refs(result).split("\n") if line and "refs/pull/" not in line}
    return ours == {line for line in now.split("\n") if line and "refs/pull/" not in line}


for variant in range(2):
    killed_push(variant)


# The mirror is stale, and the run that removes it dies over it.
@check
def killed_while_it_removes(world):
    prepared(world)
    for _ in range(4):
        world.remediate("rewrite", "--apply", code=0)
        world.commit(world.old, "colleague.txt", f"{time.monotonic()}\n")
        world.git_at(world.old, "push", "-q")
        process = popen(world, "rewrite", "--apply")
        wait_for_path(world.incident(), "rewrite/mirror.git.part", process)
        kill(process)
        world.status(code=1)
    world.remediate("rewrite", "--apply", code=0)
    assert b"colleague" in world.git_at(world.old, "ls-tree", "--name-only", "HEAD").encode()
    push_and_check(world)


@check
def killed_while_it_closes(world):
    prepared(world)
    world.remediate("rewrite", "--apply", code=0)
    world.remediate("record", code=0)
    confirm = f"--confirm={world.incident().name}"
    for name in ("rewritten.git.part", "mirror.git.part"):
        process = popen(world, "close", confirm)
        wait_for_path(world.incident(), f"rewrite/{name}", process)
        kill(process)
        world.status(code=1)
    world.remediate("close", confirm, code=(0, 1))
    world.check_state_folder(closed=True)


@check
def interrupted_politely(world):
    untouched = prepared(world)
    for how, name in ((signal.SIGINT, "mirror.git.part"), (signal.SIGTERM, "rewritten.git.part"), (signal.SIGHUP, "callbacks")):
        forget_rewrite(world)
        process = popen(world, "rewrite", "--apply")
        wait_for_path(world.incident(), f"rewrite/{name}", process)
        code = kill(process, how)
        assert code == 130, (how, name, code)
        after_a_kill(world, untouched)
    goes_on(world, untouched)
    process = popen(world, "push", "--apply", CONFIRM)
    wait_for_path(world.incident(), "rewrite/push.git", process)
    assert kill(process, signal.SIGINT) in (0, 130)
    time.sleep(0.3)
    push_and_check(world)
