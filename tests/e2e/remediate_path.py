"""The whole way, from a plan to a closed incident, and what happens when somebody goes back on it."""
import fcntl
import json

from remediate_world import ID, check

CONFIRM = "--confirm=acme/server"


def expect_states(world, code=None, **states):
    measured = world.status(code=code)
    wrong = {step: (state, measured[step.replace("_", "-")]) for step, state in states.items() if measured[step.replace("_", "-")] != state}
    assert not wrong, wrong
    return measured


def rewritten(world):
    world.plan()
    world.remediate("rewrite", "--apply", code=0)


def contain(world):
    """Revoke, rotate, audit."""
    world.remediate("plan", code=0)
    expect_states(world, 1, revoke="open", rotate="open", audit="open", clean_tree="open", decide="open", preflight="waiting", push="waiting", close="open", next="revoke")
    world.remediate("revoke", "--yes", "--proof-interval", "1", "--endpoint", world.hub.url, code=0)
    expect_states(world, 1, revoke="done", next="rotate")
    assert "leaked  yes" in world.remediate("inventory", code=0).text
    for step in ("rotate", "audit"):
        assert "needs --reason" in world.remediate("status", "--attest", step, code=2).text
        world.remediate("status", "--attest", step, "--reason", "looked at everything", code=1)
        expect_states(world, 1, **{step: "done"})
    world.remediate("status", "--attest", "nonsense", "--reason", "x", code=2)


def rewrite_and_meet_a_colleague(world):
    before = world.refs()
    world.remediate("push", "--apply", CONFIRM, code=2)
    world.remediate("rewrite", code=0)
    expect_states(world, 1, decide="open")
    world.remediate("rewrite", "--apply", code=0)
    expect_states(world, 1, decide="done", preflight="done", backup="done", rewrite="done", prove="done", push="open", residue="waiting")
    world.check_state_folder()
    colleague = world.commit(world.old, "colleague.txt", "hello\n")
    world.git_at(world.old, "push", "-q")
    between = world.refs()
    assert between != before
    for wrong in ((), ("--confirm=acme",), ("--confirm=",)):
        world.remediate("push", "--apply", *wrong, code=2)
    assert "somebody pushed meanwhile" in world.remediate("push", "--apply", CONFIRM, code=1).text
    assert world.refs() == between and world.git_at(world.server, "rev-parse", "main").strip() == colleague
    expect_states(world, 1, prove="done", push="open")
    world.remediate("rewrite", "--apply", code=0)
    world.remediate("push", code=0)
    assert world.refs() == between
    world.remediate("push", "--apply", CONFIRM, code=0)
    assert world.git_at(world.server, "show", "main:colleague.txt") == "hello\n"
    expect_states(world, 1, push="done", adopt="open", guard="open", residue="open")
    world.remediate("push", "--apply", CONFIRM, code=0)


def adopt(world):
    world.commit(world.repo, "own.txt", "mine\n")
    world.shell(world.commands_of("adopt"))
    subjects = world.git_at(world.repo, "log", "--format=%s", "-2").split("\n")[:2]
    assert subjects == ["work on own.txt", "work on colleague.txt"], subjects
    assert world.git_at(world.repo, "show", "HEAD:own.txt") == "mine\n" and not world.git_at(world.repo, "status", "--porcelain")
    expect_states(world, 1, clean_tree="done", adopt="done")
    world.remediate("verify", code=0)
    world.git_at(world.repo, "push", "-q")


def stop_old_clones(world):
    world.remediate("verify", "--install-guard", code=2)
    world.remediate("verify", "--install-guard", "--yes", code=0)
    expect_states(world, 1, guard="done")
    assert "banned commit" in world.remediate("verify", "--clone", str(world.old), code=1).text
    guard = world.incident() / "guard"
    world.shell(f"mkdir -p '{world.old}/.hfscan'; cp '{guard}/banned-commits' '{world.old}/.hfscan/'; cp '{guard}/pre-push' '{world.old}/.git/hooks/'; chmod +x '{world.old}/.git/hooks/pre-push'")
    before = world.refs()
    world.git_at(world.old, "pull", "-q", "--no-rebase", "-s", "ours", "--no-edit")
    refused = world.git_at(world.old, "push", check=False)
    assert refused.returncode != 0 and b"would bring back commit" in refused.stderr, refused.stderr
    assert world.refs() == before
    world.git_at(world.repo, "commit", "-q", "--allow-empty", "-m", "more")
    world.git_at(world.repo, "push", "-q")


def finish(world):
    outcome = world.remediate("verify", "--remote", code=1).text
    assert "refs/pull/7/head" in outcome and "can still be fetched" in outcome
    expect_states(world, 1, residue="open")
    assert "first 'hfscan remediate record" in world.remediate("close", "--yes", code=2).text
    for host in ("github", "gitlab", "hf"):
        world.remediate("record", "--support", host, code=0)
        assert (world.incident() / f"support-{host}.txt").stat().st_size > 200
    world.remediate("record", "--support", "elsewhere", code=2)
    assert "the backup is the only way back" in world.remediate("close", f"--confirm={world.incident().name}", code=2).text
    assert (world.incident() / "rewrite/backup.bundle").exists()
    world.host_cleans_up()
    world.remediate("verify", "--remote", code=0)
    expect_states(world, 1, residue="done", next="close")
    world.remediate("record", code=0)
    world.check_state_folder()
    world.remediate("close", code=2)
    world.remediate("close", "--confirm=nonsense", code=2)
    world.remediate("close", f"--confirm={world.incident().name}", code=0)
    measured = expect_states(world, 0, push="done", residue="done", adopt="done", guard="done", close="done")
    assert measured["next"] is None
    world.check_state_folder(closed=True)
    world.check_server_clean()


@check
def whole_way(world):
    contain(world)
    rewrite_and_meet_a_colleague(world)
    adopt(world)
    stop_old_clones(world)
    finish(world)
    record = (world.incident() / "record.md").read_text()
    assert ID[:12] in record and "401" in record


# What was done is undone by somebody: said by status, whether the incident is closed or not.
@check
def steps_regress(world):
    rewritten(world)
    world.remediate("push", "--apply", CONFIRM, code=0)
    world.shell(world.commands_of("adopt"))
    world.host_cleans_up()
    expect_states(world, 1, clean_tree="done", push="done", residue="done", adopt="done")
    (world.repo / "notes.txt").write_text(f"HF_TOKEN={world.token}\n")
    expect_states(world, 1, clean_tree="regressed")
    (world.repo / "notes.txt").unlink()
    expect_states(world, 1, clean_tree="done")
    world.git_at(world.old, "push", "-q", "--force", "origin", "main")
    measured = expect_states(world, 1, push="regressed")
    assert measured["residue"] != "done"
    world.git_at(world.repo, "push", "-q", "--force", "origin", "main")
    world.host_cleans_up()
    expect_states(world, 1, push="done", residue="done")
    world.git_at(world.old, "push", "-q", "origin", "main:refs/heads/back-again")
    expect_states(world, 1, push="done", residue="regressed")
    world.remediate("verify", "--remote", code=1)


@check
def closed_and_then_pushed_back(world):
    rewritten(world)
    world.remediate("push", "--apply", CONFIRM, code=0)
    world.shell(world.commands_of("adopt"))
    world.host_cleans_up()
    world.remediate("record", code=0)
    name = world.incident().name
    assert "not done yet: " in world.remediate("close", f"--confirm={name}", code=1).text
    expect_states(world, 1, push="done", residue="done", close="done")
    world.git_at(world.old, "push", "-q", "--force", "origin", "main")
    assert expect_states(world, 1, push="regressed")["residue"] != "done"
    world.remediate("verify", "--remote", code=1)
    world.check_state_folder(closed=True)


@check
def history_stays(world):
    world.plan()
    world.remediate("rewrite", "--skip", code=2)
    world.remediate("rewrite", "--skip", "--reason", "the token is dead", code=0)
    measured = world.status(code=1)
    assert measured["decide"] == "done" and "push" not in measured, measured
    plan = json.loads((world.incident() / "plan.json").read_text())
    assert "push" not in [step["step"] for step in plan["steps"]]
    world.remediate("push", "--apply", CONFIRM, code=2)
    world.check_state_folder()


# A hook that git never looks at guards nothing.
@check
def hooks_are_elsewhere(world):
    rewritten(world)
    world.remediate("push", "--apply", CONFIRM, code=0)
    for place in ("--local", "--global"):
        world.git_at(world.repo, "config", place, "core.hooksPath", "/nowhere")
        assert "core.hooksPath" in world.remediate("verify", "--install-guard", "--yes", code=2).text
        expect_states(world, 1, guard="open")
        world.git_at(world.repo, "config", place, "--unset", "core.hooksPath")
    world.remediate("verify", "--install-guard", "--yes", code=0)
    expect_states(world, 1, guard="done")
    world.git_at(world.repo, "config", "--global", "core.hooksPath", "/nowhere")
    expect_states(world, 1, guard="regressed")


@check
def backup_deleted_early(world):
    rewritten(world)
    expect_states(world, 1, backup="done")
    before = world.refs()
    (world.incident() / "rewrite/backup.bundle").unlink()
    expect_states(world, 1, backup="regressed", push="waiting")
    world.remediate("push", "--apply", CONFIRM, code=2)
    assert world.refs() == before
    world.remediate("rewrite", "--apply", code=0)
    world.remediate("push", "--apply", CONFIRM, code=0)


# The push arrived, but the run that sent it died; then somebody goes on from there.
@check
def pushed_without_our_knowing(world):
    for line in world.refs().strip().split("\n"):
        name = line.split(" ", 1)[1]
        if name != "refs/heads/main":
            world.git_at(world.server, "update-ref", "--stdin", data=f"delete {name}\n".encode())
    world.git_at(world.server, "gc", "-q", "--prune=now")
    rewritten(world)
    expect_states(world, 1, prove="done", push="open")
    world.commit(world.old, "colleague.txt", "on the old history\n")
    world.git_at(world.old, "push", "-q")
    expect_states(world, 1, push="open")
    world.remediate("push", "--apply", CONFIRM, code=1)
    world.remediate("rewrite", "--apply", code=0)
    journal = (world.incident() / "journal.jsonl").read_bytes()
    world.remediate("push", "--apply", CONFIRM, code=0)
    (world.incident() / "journal.jsonl").write_bytes(journal)
    (world.incident() / "rewrite/pushed.json").unlink()
    world.remediate("push", "--apply", CONFIRM, code=0)
    world.git_at(world.old, "fetch", "-q")
    world.git_at(world.old, "reset", "-q", "--hard", "origin/main")
    world.commit(world.old, "colleague.txt", "on the new history\n")
    world.git_at(world.old, "push", "-q")
    world.remediate("push", "--apply", CONFIRM, code=0)
    expect_states(world, 1, push="done")
    assert world.git_at(world.server, "show", "main:colleague.txt") == "on the new history\n"
    assert "nothing to rewrite" in world.remediate("rewrite", "--apply", code=0).text
    assert (world.incident() / "rewrite/result.json").exists()


@check
def two_of_us_at_once(world):
    rewritten(world)
    with open(world.incident() / "lock", "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for words in (("status",), ("rewrite", "--apply"), ("push", "--apply", CONFIRM), ("plan",)):
            assert "another hfscan works on the incident" in world.remediate(*words, code=2).text
    world.status(code=1)
