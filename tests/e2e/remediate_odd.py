"""The classes of a leak, states that are none, and repositories that mean harm."""
import json
import os
import pathlib
import shutil
import subprocess

from hub_world import HFSCAN, sha256, token
from remediate_path import expect_states
from remediate_world import FORMS, ID, TOKEN, check, digest_of


def plain(function):
    """A check that begins with an empty folder instead of a clone of the server."""
    function.plain = True
    return check(function)


def new_repository(world, *names):
    world.git_at(world.repo, "init", "-q", "-b", "main")
    world.commit(world.repo, "README", "clean\n")
    for name in names:
        world.commit(world.repo, name, f'HF_TOKEN = "{TOKEN}"\n')


def class_of(world, *args, **more):
    plan = world.plan(*args, **more)
    status = world.status(plan["incident"], code=1)
    return json.loads((pathlib.Path(plan["folder"]) / "incident.json").read_text())["class"], [step["step"] for step in plan["steps"]], status


@plain
def staged_only(world):
    new_repository(world)
    (world.repo / "app.py").write_text(f'HF_TOKEN = "{TOKEN}"\n')
    world.git_at(world.repo, "add", "app.py")
    kind, steps, status = class_of(world)
    assert kind == "staged" and "rewrite" not in steps and status["unstage"] == "open"
    assert "in no commit" in world.remediate("rewrite", "--apply", code=2).text
    world.remediate("push", "--apply", code=2)
    (world.repo / "app.py").write_text("import os\n")
    expect_states(world, 1, unstage="open")
    world.git_at(world.repo, "add", "app.py")
    expect_states(world, 1, unstage="open")  # the object that the first add made
    world.shell(next(line for line in world.commands_of("unstage").split("\n") if " gc " in line))
    expect_states(world, 1, unstage="done")
    world.remediate("record", code=0)
    world.remediate("close", f"--confirm={world.incident().name}", code=0)
    expect_states(world, 0, close="done")


@plain
def untracked_only(world):
    new_repository(world)
    (world.repo / ".env").write_text(f"HF_TOKEN={TOKEN}\n")
    kind, steps, _ = class_of(world)
    assert kind == "staged" and "rewrite" not in steps, (kind, steps)
    (world.repo / ".env").unlink()
    expect_states(world, 1, unstage="done")


@plain
def committed_but_not_pushed(world):
    new_repository(world, "app.py")
    base = world.git_at(world.repo, "rev-parse", "HEAD~1").strip()
    world.git_at(world.repo, "branch", "feature")
    world.commit(world.repo, "own.txt", "mine\n")
    world.git_at(world.repo, "rm", "-q", "app.py")
    world.git_at(world.repo, "commit", "-q", "-m", "the file goes")
    kind, steps, _ = class_of(world)
    assert kind == "unpushed" and "push" not in steps and "residue" not in steps
    before = digest_of(world.repo)
    world.remediate("rewrite", "--apply", code=0)
    assert "there is nothing to push" in world.remediate("push", "--apply", "--confirm=x", code=2).text
    assert digest_of(world.repo) == before
    world.status(code=1)
    assert digest_of(world.repo) == before
    commands = world.commands_of("adopt")
    world.shell(commands.replace("OTHER", "feature"))
    expect_states(world, 1, clean_tree="done", adopt="done")
    assert world.git_at(world.repo, "merge-base", base, "HEAD").strip() == base
    assert world.git_at(world.repo, "log", "--format=%s", "-2") == "the file goes\nwork on own.txt\n"
    world.remediate("verify", code=0)
    world.remediate("verify", "--install-guard", "--yes", code=0)
    world.remediate("record", code=0)
    for step in ("rotate", "revoke"):
        world.remediate("status", "--attest", step, "--reason", "by hand")
    world.remediate("close", f"--confirm={world.incident().name}", code=0)
    expect_states(world, 0, close="done")
    world.check_state_folder(closed=True)


@check
def bare_server_repository(world):
    world.repo = world.server
    kind, steps, _ = class_of(world)
    assert kind == "pushed" and "push" in steps
    before = world.refs()
    world.remediate("rewrite", "--apply", code=0)
    assert world.refs() == before
    world.remediate("push", "--apply", "--confirm=acme/server", code=0)
    world.host_cleans_up()
    world.remediate("verify", "--remote", code=0)
    expect_states(world, 1, push="done", residue="done", clean_tree="done")
    world.check_server_clean()


@plain
def hub_remote(world):
    new_repository(world, "app.py")
    world.git_at(world.repo, "remote", "add", "origin", "https://huggingface.co/acme/model")
    world.git_at(world.repo, "update-ref", "refs/remotes/origin/main", "HEAD")
    kind, steps, status = class_of(world)
    assert kind == "hub" and "push" in steps, kind
    assert status["decide"] == "open"
    for words in (("rewrite", "--apply"), ("verify", "--remote")):
        assert "allow it with --net" in world.remediate(*words, code=2).text
    world.remediate("rewrite", "--skip", "--reason", "dead", code=0)
    world.remediate("record", "--support", "hf", code=(0, 3))


@plain
def outside_git(world):
    (world.repo / "notes.txt").write_text(f"HF_TOKEN={TOKEN}\n")
    kind, steps, _ = class_of(world)
    assert kind == "outside-git" and "clean-places" in steps and "decide" not in steps, (kind, steps)
    (world.repo / "notes.txt").write_text("HF_TOKEN=\n")
    expect_states(world, 1, clean_places="done")


@check
def from_a_saved_report(world):
    report = world.folder / "tmp" / "findings.json"
    world.run("history", "-r", str(report))
    fresh = world.plan()
    world.shell(f"rm -rf '{world.folder}/state/hfscan'")
    saved = world.plan("--from", str(report))
    assert [s["step"] for s in fresh["steps"]] == [s["step"] for s in saved["steps"]]
    world.remediate("rewrite", "--apply", code=0)
    expect_states(world, 1, prove="done")


@check
def what_is_no_report(world):
    before = digest_of(world.folder / "state")
    for number, content in enumerate((b"", b"nonsense", b"{}", b"[]", b'{"schema":"hfscan-report/1"}', b'{"schema":"hfscan-report/99","findings":[]}', b'{"schema":"hfscan-report/1","findings":7}', b'{"schema":"hfscan-report/1","findings":[null,{}]}',
                                      b"\xff\xfe\0", b"[" * 200000, b'{"version":"2.1.0","runs":[]}', f'"{TOKEN}'.encode(), json.dumps({"schema": TOKEN}).encode())):
        path = world.folder / "home" / f"report{number}"
        path.write_bytes(content)
        outcome = world.remediate("plan", "--from", str(path), code=(0, 2, 3))
        assert outcome.code == 2 or "nothing to remediate" in outcome.text, (content[:40], outcome)
    for path in ("missing", ".", "/dev/zero"):
        world.remediate("plan", "--from", path, code=2)
    assert digest_of(world.folder / "state") == before


@plain
def empty_and_clean_repositories(world):
    world.git_at(world.repo, "init", "-q")
    assert "nothing to remediate" in world.remediate("plan", code=0).text
    world.commit(world.repo, "README", "clean\n")
    assert "nothing to remediate" in world.remediate("plan", code=0).text
    assert "there is no incident yet" in world.remediate("status", code=2).text
    world.remediate("plan", "nowhere", code=2)
    world.remediate("plan", ".", ".", code=2)
    world.remediate("plan", "--remote", "nowhere", code=(0, 2))


@check
def plan_again_updates(world):
    first = world.plan()
    again = world.plan()
    assert first["incident"] == again["incident"]
    other = token("a second secret")
    world.commit(world.repo, "second.py", f'HF_TOKEN = "{other}"\n')
    third = world.plan()
    assert third["incident"] == first["incident"]
    known = json.loads((world.incident() / "incident.json").read_text())
    assert {one["sha256"] for one in known["secrets"]} == {ID, sha256(other)}
    assert other not in (world.incident() / "plan.md").read_text()


@check
def two_incidents(world):
    second = world.folder / "second"
    second.mkdir()
    world.git_at(second, "init", "-q", "-b", "main")
    other = token("another incident")
    world.commit(second, "app.py", f'HF_TOKEN = "{other}"\n')
    names = [world.plan()["incident"], world.plan(str(second))["incident"]]
    assert names[0] != names[1]
    outcome = world.remediate("status", code=2)
    assert "several incidents" in outcome.text and all(name in outcome.text for name in names)
    for name in names:
        world.status(name, code=1)
        world.status(name[:-1], code=1)
    world.remediate("status", "2099", code=2)
    world.remediate("status", "../../..", code=2)
    world.remediate("status", "", code=2)


@check
def state_folder_that_cannot_be_used(world):
    state = world.folder / "state"
    inside = world.repo / "state"
    inside.mkdir()
    outcome = world.remediate("plan", code=2, env={"XDG_STATE_HOME": str(inside)})
    assert "lies in a repository" in outcome.text and not list(inside.iterdir())
    inside.rmdir()
    world.remediate("plan", code=2, env={"XDG_STATE_HOME": "/proc/nowhere"})
    world.remediate("plan", code=2, env={"XDG_STATE_HOME": "/dev/null"})
    (state / "hfscan").mkdir()
    (state / "hfscan").chmod(0o777)
    (state / "hfscan/incidents").mkdir()
    (state / "hfscan/incidents").chmod(0o777)
    assert "others may write in" in world.remediate("plan", code=2).text
    shutil.rmtree(state / "hfscan")
    world.plan()
    incident = world.incident()
    for name, content in (("incident.json", b"nonsense"), ("incident.json", b"{}"), ("incident.json", None), ("journal.jsonl", b"nonsense\n")):
        good = (incident / name).read_bytes()
        (incident / name).unlink()
        if content is not None:
            (incident / name).write_bytes(content)
        world.remediate("status", code=2 if name == "incident.json" else 1)
        (incident / name).unlink(missing_ok=True)
        (incident / name).write_bytes(good)
    world.status(code=1)
    (incident / "incident.json").rename(incident / "other")
    os.symlink("other", incident / "incident.json")
    world.remediate("status", code=2)


def limited(world, command, *words):
    """As a shell's child whose files may have so many blocks only, or with some such command before it."""
    call = subprocess.run(["sh", "-c", f'{command}; exec "$@"', "sh", HFSCAN, "remediate", *words], cwd=world.repo, env=world.env, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=120)
    shown = call.stdout + call.stderr
    assert not any(form in shown for form in FORMS)
    return call.returncode, shown.decode()


@check
def disk_is_full(world):
    world.plan()
    untouched = digest_of(world.repo)
    for blocks in (0, 1, 2, 8, 16):
        code, shown = limited(world, f"ulimit -f {blocks}", "rewrite", "--apply")
        assert code in (2, 153), (blocks, code, shown)
        assert digest_of(world.repo) == untouched
        world.status(code=1)
    world.remediate("rewrite", "--apply", code=0)
    expect_states(world, 1, prove="done")


CANARY = "canary"


def hostile_config(world, canary):
    script = world.folder / "bin" / "canary"
    script.write_text(f"#!/bin/sh\necho \"$0 $*\" >>'{canary}'\n")
    script.chmod(0o755)
    config = {"core.fsmonitor": script, "core.sshCommand": script, "core.hooksPath": world.folder / "bin/hooks", "core.pager": script, "core.editor": script, "core.askPass": script, "core.gitProxy": script, "core.alternateRefsCommand": script,
              "uploadpack.packObjectsHook": script, "alias.status": f"!{script}", "alias.clone": f"!{script}", "alias.filter-repo": f"!{script}", "diff.external": script, "credential.helper": f"!{script}", "gpg.program": script, "gpg.ssh.program": script,
              "filter.x.clean": script, "filter.x.smudge": script, "filter.x.process": script, "receive.procReceiveRefs": "refs/", "merge.x.driver": script, "sequence.editor": script, "init.templateDir": world.folder / "bin", "trace2.eventTarget": canary, "pager.log": script,
              "include.path": world.folder / "bin/included", "remote.origin.uploadpack": script, "remote.origin.receivepack": script, "remote.origin.vcs": "ext", "remote.origin.proxy": "http://127.0.0.1:9", f"url.ext::{script} .insteadOf": "/"}
    lines = []
    for name, value in config.items():
        section, key = name.rsplit(".", 1)
        main, _, sub = section.partition(".")
        text = str(value).replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'[{main} "{sub}"]\n\t{key} = "{text}"\n' if sub else f'[{main}]\n\t{key} = "{text}"\n')
    (world.folder / "bin/included").write_text(f'[core]\n\tfsmonitor = "{script}"\n')
    with open(world.repo / ".git/config", "a", encoding="utf-8") as file:
        file.write("".join(lines))
    for hooks in (world.repo / ".git/hooks", world.folder / "bin/hooks"):
        hooks.mkdir(exist_ok=True)
        for hook in ("pre-push", "post-checkout", "reference-transaction", "post-index-change", "pre-auto-gc", "fsmonitor-watchman", "post-rewrite", "proc-receive", "update", "pre-receive"):
            shutil.copy(script, hooks / hook)
    (world.repo / ".git/info/attributes").write_text("* filter=x diff=x merge=x\n")


@check
def config_of_the_repository_runs_nothing(world):
    canary = world.folder / "canary"
    hostile_config(world, canary)
    world.plan()
    world.status()
    world.remediate("inventory", code=0)
    world.remediate("rewrite", code=0)
    world.remediate("rewrite", "--apply", code=0)
    world.status()
    world.remediate("push", "--apply", "--confirm=acme/server", code=0)
    world.remediate("verify", "--remote", code=1)
    world.remediate("verify", code=1)
    world.remediate("record", code=0)
    world.remediate("close", f"--confirm={world.incident().name}", code=(1, 2))
    assert not canary.exists(), canary.read_text()


@check
def own_config_for_an_unpushed_leak_runs_nothing(world):
    shutil.rmtree(world.repo)
    world.repo.mkdir()
    new_repository(world, "app.py")
    canary = world.folder / "canary"
    hostile_config(world, canary)
    text = (world.repo / ".git/config").read_text()
    (world.repo / ".git/config").write_text(text.replace('[remote "origin"]', '[other "origin"]'))
    world.plan()
    world.remediate("rewrite", "--apply", code=0)
    world.status()
    world.remediate("verify", code=1)
    assert not canary.exists(), canary.read_text()


BAD_URLS = ("--upload-pack=touch canary", "-oProxyCommand=touch canary", "ext::sh -c touch% canary", "transport::x", "ssh://-oProxyCommand=touch/x", "fd::3", "https://ann:sesame@host.test.invalid/a/b", f"https://ann:{TOKEN}@127.0.0.1:9/a/b", f"https://127.0.0.1:9/{TOKEN}/b",
            "/nowhere/\x1b[31mred", "file:///nowhere\nnext", "../server.git", "C:\\x", "host.test.invalid:~/$(touch canary)", "")


@plain
def addresses_that_mean_harm(world):
    canary = world.folder / "canary"
    for number, url in enumerate(BAD_URLS):
        world.repo = world.folder / f"repo{number}"
        world.repo.mkdir()
        new_repository(world, "app.py")
        text = url.replace("canary", str(canary)).replace("\\", "\\\\").replace("\n", "\\n")
        with open(world.repo / ".git/config", "a", encoding="utf-8") as file:
            file.write(f'[remote "origin"]\n\turl = "{text}"\n\tfetch = +refs/heads/*:refs/remotes/origin/*\n')
        world.git_at(world.repo, "update-ref", "refs/remotes/origin/main", "HEAD")
        outcome = world.remediate("plan", code=(0, 2))
        assert "sesame" not in outcome.text
        if outcome.code == 0:
            assert outcome.text.startswith("Incident"), (url, outcome)
            incident = outcome.text.split()[1]
            for words in (("rewrite", incident, "--apply", "--net"), ("push", incident, "--apply", "--net", "--confirm=x"), ("verify", incident, "--remote", "--net")):
                outcome = world.remediate(*words, code=2)
                assert "sesame" not in outcome.text
            world.status(incident, "--net")
            world.shell(f"rm -rf '{world.folder}/state/hfscan'")
    assert not canary.exists() and not list(world.folder.rglob("canary"))


@plain
def names_that_mean_harm(world):
    world.repo = world.folder / "re'po \x1b[31m$(touch canary)\n-x`touch canary`"
    world.repo.mkdir()
    world.git_at(world.repo, "init", "-q", "-b", "main")
    for name in ("-rf", "a\nb.txt", "\x1b]0;title\x07.py", "quo'te\".txt", f"{TOKEN}.txt", "$(touch canary)", "\u202egpj.py"):
        world.commit(world.repo, name, f'HF_TOKEN = "{TOKEN}"\n')
    people = {"GIT_AUTHOR_NAME": "--upload-pack \x1b[31m", "GIT_COMMITTER_NAME": "$(touch canary) 'x'", "GIT_AUTHOR_EMAIL": f"{TOKEN[::-1]}@x"}
    world.git_at(world.repo, "commit", "-q", "--allow-empty", "-F", "-", data=f"\x1b[2J message {TOKEN}\n\n--- a\n".encode(), **people)
    author = world.git_at(world.repo, "log", "-1", "--format=%an%x00%cn%x00%ae")
    for branch in ("quo'te", "$(touch${IFS}canary)", "semi;colon", "a\"b", "\u202ebidi", "--x"):
        world.git_at(world.repo, "update-ref", f"refs/heads/{branch}", "HEAD")
    server = world.folder / "ser'ver $(touch canary) `touch canary`.git"
    world.git_at("/", "init", "-q", "--bare", "-b", "main", str(server))
    world.git_at(world.repo, "push", "-q", str(server), "refs/heads/*:refs/heads/*")
    remote = "or'igin $(touch canary)"
    world.git_at(world.repo, "config", f"remote.{remote}.url", str(server))
    world.git_at(world.repo, "config", f"remote.{remote}.fetch", "+refs/heads/*:refs/remotes/o/*")
    world.git_at(world.repo, "config", "branch.main.remote", remote)
    world.git_at(world.repo, "config", "branch.main.merge", "refs/heads/main")
    world.git_at(world.repo, "fetch", "-q", remote)
    world.plan()
    world.status(code=1)
    world.remediate("status", code=1)
    world.remediate("inventory", code=0)
    world.remediate("rewrite", "--apply", code=0)
    shown = world.remediate("push", "--apply", code=2).text
    words = subprocess.run(["sh", "-c", "printf %s " + shown.split("repeat it with ")[1].split(" if you mean")[0]], capture_output=True, check=True).stdout.decode()
    world.remediate("push", "--apply", words, code=0)
    branches = "quo'te", "$(touch${IFS}canary)", "semi;colon", 'a"b', "\u202ebidi", "--x", "main"
    assert {line.split(" ", 1)[1] for line in world.refs(server).strip().split("\n")} == {f"refs/heads/{name}" for name in branches}
    commands = world.commands_of("adopt")
    assert "\x1b" not in commands
    world.shell(commands)
    assert world.git_at(world.repo, "log", "-1", "--format=%an%x00%cn%x00%ae") == author
    world.remediate("verify", "--install-guard", "--yes", code=0)
    world.remediate("record", "--support", "github", code=0)
    for name in ("plan.md", "record.md", "support-github.txt"):
        text = (world.incident() / name).read_text()
        assert "\x1b" not in text and "\u202e" not in text, name
    assert not list(world.folder.rglob("canary"))


@plain
def tokens_in_names_of_places(world):
    world.repo = world.folder / f"repo {TOKEN}"
    world.repo.mkdir()
    new_repository(world, "app.py")
    assert "rename it first" in world.remediate("plan", code=2).text
    world.repo = world.repo.rename(world.folder / "renamed")
    with open(world.repo / ".git/config", "a", encoding="utf-8") as file:
        file.write(f'[remote "{TOKEN}"]\n\turl = /nowhere\n')
    assert "the name of the remote holds a token" in world.remediate("plan", code=2).text
