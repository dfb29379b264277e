#!/usr/bin/env python3
"""`hfscan verify` and `hfscan remediate revoke` against a Hub on this machine: what they say for each of its answers, and that a
token is seen by nobody else on the way. hfscan is BINARY_UNDER_TEST, or that of the PATH.

hub_check.py [NAME...]: these checks, or all.
"""
import base64
import concurrent.futures
import json
import os
import pathlib
import shutil
import signal
import ssl
import subprocess
import sys
import traceback

from hub_stub import Hub
from hub_world import ProcessWatch, World, sha256, token, wait_until

CHECKS = {}
PERSONAL = ("secret-ann", "secret-acme", "secret-laptop", "ann@mail.example")


def check(function):
    CHECKS[function.__name__] = function
    return function


def verify(world, hub, *args, stdin=None, **more):
    return world.run("verify", "--yes", "--token-stdin", "--endpoint", hub.url, *args, stdin=world.token + "\n" if stdin is None else stdin, **more)


def expect(outcome, code, *words):
    assert outcome.code == code, outcome
    for word in words:
        assert word in outcome.text, (word, outcome)


def lacks(outcome, *words):
    for word in words:
        assert word not in outcome.text, (word, outcome)


@check
def alive(world, hub):
    hub.alive.add(world.token)
    outcome = verify(world, hub)
    expect(outcome, 1, "alive", "write", "2024-01-01", "user")
    lacks(outcome, *PERSONAL)
    (request,) = hub.requests
    assert request["path"] == "/api/whoami-v2" and request["headers"]["Authorization"] == f"Bearer {world.token}"


@check
def identity_only_when_asked_for(world, hub):
    hub.alive.add(world.token)
    outcome = verify(world, hub, "--include-identity")
    expect(outcome, 1, "secret-ann", "secret-laptop")
    lacks(outcome, "ann@mail.example", "secret-acme")


@check
def dead(world, hub):
    expect(verify(world, hub), 0, "dead")


@check
def as_json(world, hub):
    hub.alive.add(world.token)
    other = token("other")
    outcome = verify(world, hub, "-f", "json", stdin=f"{world.token}\n{other}\n")
    document = json.loads(outcome.text)
    assert document["schema"] == "hfscan-verify/1" and document["exit_code"] == outcome.code == 1
    assert [one["state"] for one in document["tokens"]] == ["live", "dead"]
    assert [one["sha256"] for one in document["tokens"]] == [sha256(world.token), sha256(other)]
    lacks(outcome, other, *PERSONAL)


def unknown(mode, *words):
    def run(world, hub):
        hub.mode = mode
        hub.alive.add(world.token)
        outcome = verify(world, hub)
        expect(outcome, 3, "unknown", *words)
        lacks(outcome, "dead", "revoked")

    run.__name__ = f"unknown_{mode}".replace("-", "_")
    check(run)


for wrong_mode, said in {"500": "500", "429": "429", "429-long": "900 s", "garbage": "", "truncated": "broke off", "huge": "too large", "html": "200", "reset": "", "slow": "in time"}.items():
    unknown(wrong_mode, said)


@check
def blocked_by_an_organisation(world, hub):
    for mode in ("403", "403-policy"):
        hub.mode = mode
        outcome = verify(world, hub)
        expect(outcome, 1, "blocked", "alive elsewhere")
        lacks(outcome, "dead", "revoked:")


@check
def waits_when_it_is_told_to(world, hub):
    hub.answers = ["429", "429", "dead"]
    expect(verify(world, hub), 0, "dead")
    times = [request["time"] for request in hub.requests]
    assert len(times) == 3 and times[1] - times[0] >= 1 and times[2] - times[1] >= 1


@check
def redirect_is_never_followed(world, hub):
    other = Hub()
    hub.redirect_to, hub.mode = other.url, "redirect"
    expect(verify(world, hub), 3, "redirect")
    assert len(hub.requests) == 1 and not other.requests


@check
def offline(world, hub):
    hub.close()
    expect(verify(world, hub), 3, "offline")


@check
def certificates_are_checked(world, hub):
    files = [str(world.folder / name) for name in ("key.pem", "cert.pem")]
    openssl = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-keyout", files[0], "-out", files[1]]
    subprocess.run(openssl, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files[1], files[0])
    hub.server.socket = context.wrap_socket(hub.server.socket, server_side=True)
    url = hub.url.replace("http://127.0.0.1", "https://127.0.0.1")
    outcome = world.run("verify", "--yes", "--token-stdin", "--endpoint", url, stdin=world.token)
    expect(outcome, 3, "encrypted connection")
    assert not hub.requests


@check
def answer_of_a_proxy_is_not_that_of_the_hub(world, hub):
    proxies = {name: hub.url for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY")}
    outcome = world.run("verify", "--yes", "--token-stdin", "--endpoint", "https://hub.test.invalid", stdin=world.token, env=proxies)
    expect(outcome, 3, "unknown")
    lacks(outcome, "dead")
    assert hub.requests and all(request["method"] == "CONNECT" for request in hub.requests)
    assert not any(world.token in str(request) for request in hub.requests)


@check
def no_proxy_for_this_machine(world, hub):
    proxy = Hub()
    proxies = {name: proxy.url for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy")}
    expect(verify(world, hub, env=proxies), 0, "dead")
    assert not proxy.requests


@check
def settings_of_curl_are_not_read(world, hub):
    other = Hub()
    rc = f'trace-ascii = "{world.folder}/tmp/trace"\nproxy = "{other.url}"\nlocation\ninsecure\n'
    for folder in ("home", "config"):
        (world.folder / folder / ".curlrc").write_text(rc)
    (world.folder / "home/.netrc").write_text("machine 127.0.0.1 login me password sesame\n")
    expect(verify(world, hub, env={"CURL_HOME": str(world.folder / "config")}), 0, "dead")
    assert not other.requests and not (world.folder / "tmp/trace").exists()
    assert "Basic" not in str(hub.requests)


FAKE_CURL = """#!/bin/sh
out='{out}'
tr '\\0' '\\n' </proc/$$/cmdline >"$out/argv"
tr '\\0' '\\n' </proc/$$/environ >"$out/environ"
cat /proc/$$/limits >"$out/limits"
pwd >"$out/pwd"
sha256sum >"$out/stdin"
printf 'HTTP/1.1 401 x\\r\\n\\r\\n'
"""


@check
def what_curl_is_given(world, hub):
    out = world.folder / "tmp"
    world.program("curl", FAKE_CURL.format(out=out))
    bad = {"HF_TOKEN": token("environment"), "SSLKEYLOGFILE": f"{out}/keys", "CURL_HOME": str(out), "MY_NOTES": f"x {token('environment')}", "LD_PRELOAD": "", "GIT_TRACE": "1"}
    expect(verify(world, hub, env=bad), 0, "dead")
    argv = (out / "argv").read_text().split("\n")
    argv = argv[argv.index(str(world.folder / "bin/curl")) + 1:] if str(world.folder / "bin/curl") in argv else argv[1:]
    assert argv[0] == "-q", argv
    for pair in (["-K", "-"], ["--proto", "=http"], ["--max-redirs", "0"], ["--noproxy", "*"]):
        assert any(argv[i:i + 2] == pair for i in range(len(argv))), (pair, argv)
    assert not {"-L", "--location", "-k", "--insecure", "-v", "--trace"} & set(argv), argv
    names = {line.split("=")[0] for line in (out / "environ").read_text().splitlines()}
    assert not names & set(bad), names
    core = next(line for line in (out / "limits").read_text().splitlines() if line.startswith("Max core file size"))
    assert core.split()[4:6] == ["1", "1"], core
    assert (out / "pwd").read_text() == "/\n"
    config = f'header = "Authorization: Bearer {world.token}"\n'
    assert (out / "stdin").read_text().split()[0] == sha256(config)


@check
def fake_answers_of_a_broken_curl(world, hub):
    for script, code in {"exit 0": 3, "printf 401": 3, "printf 'HTTP/1.1 401 x\\r\\n\\r\\n'; exit 18": 3, "kill -9 $$": 3, "printf 'HTTP/1.1 401 x\\r\\n\\r\\n'": 0}.items():
        world.program("curl", f"#!/bin/sh\ncat >/dev/null\n{script}\n")
        expect(verify(world, hub), code)


@check
def without_curl(world, hub):
    (world.folder / "empty").mkdir()
    outcome = verify(world, hub, env={"PATH": str(world.folder / "empty")})
    expect(outcome, 2, "'curl' is not installed", "read -rs T", "settings/tokens")
    assert len(outcome.text.strip().splitlines()) == 1


@check
def curl_of_the_current_folder_is_not_run(world, hub):
    path = world.folder / "repo/curl"
    path.write_text(f"#!/bin/sh\ntouch '{world.folder}/tmp/ran'\n")
    path.chmod(0o755)
    verify(world, hub, env={"PATH": f".::{os.environ['PATH']}"})
    assert not (world.folder / "tmp/ran").exists()


@check
def nothing_is_sent_unasked(world, hub):
    outcome = world.run("verify", "--token-stdin", "--endpoint", hub.url, stdin=world.token)
    expect(outcome, 2, "--yes", "nothing was sent")
    assert not hub.requests


@check
def variable_never_chooses_the_host(world, hub):
    for value in (hub.url, "https://hf-mirror.test.invalid", "nonsense"):
        outcome = world.run("verify", "--yes", "--token-stdin", stdin=world.token, env={"HF_ENDPOINT": value})
        expect(outcome, 2, "HF_ENDPOINT", "--endpoint https://huggingface.co")
        assert len(outcome.text.strip().splitlines()) == 1
    assert not hub.requests
    expect(verify(world, hub, env={"HF_ENDPOINT": "https://hf-mirror.test.invalid"}), 0, "dead")


@check
def repository_never_chooses_the_host(world, hub):
    world.leak()
    (world.folder / "repo/.env").write_text(f"HF_ENDPOINT={hub.url}\n")
    (world.folder / "repo/.hfscan.toml").write_text(f'[hub]\nendpoint = "{hub.url}"\n')
    outcome = world.run("verify", "--yes", sha256(world.token)[:12], env={"HTTPS_PROXY": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"})
    assert outcome.code in (2, 3), outcome
    assert not hub.requests


@check
def unencrypted_only_on_this_machine(world, hub):
    for url in ("http://huggingface.co", "http://127.0.0.1.test.invalid", "ftp://127.0.0.1", f"{hub.url}/x", f"http://u:sesame@{hub.url[7:]}"):
        outcome = world.run("verify", "--yes", "--token-stdin", "--endpoint", url, stdin=world.token)
        expect(outcome, 2, "--endpoint")
        lacks(outcome, "sesame")
    assert not hub.requests


@check
def by_name_of_a_finding(world, hub):
    world.leak()
    hub.alive.add(world.token)
    findings = json.loads(world.run("scan", "-f", "json").text)["findings"]
    fingerprint = next(one["fingerprint"] for one in findings if one["secret"]["sha256"] == sha256(world.token))
    for name in (sha256(world.token)[:12], sha256(world.token), fingerprint, fingerprint[:8].upper()):
        expect(world.run("verify", "--yes", "--endpoint", hub.url, name), 1, "alive", sha256(world.token)[:12])


@check
def of_a_token_that_only_the_history_has(world, hub):
    world.leak()
    world.forget()
    expect(world.run("verify", "--yes", "--endpoint", hub.url, sha256(world.token)[:12]), 0, "dead")


@check
def of_a_token_in_a_dress(world, hub):
    world.leak("b64.txt", base64.b64encode(world.token.encode()).decode() + "\n")
    expect(world.run("verify", "--yes", "--endpoint", hub.url, sha256(world.token)[:12]), 0, "dead")
    assert hub.requests[-1]["headers"]["Authorization"] == f"Bearer {world.token}"


@check
def of_what_is_not_there(world, hub):
    world.leak()
    expect(world.run("verify", "--yes", "--endpoint", hub.url, "0123456789ab"), 2, "no finding")
    expect(world.run("verify", "--yes", "--endpoint", hub.url, "main"), 2, "hexadecimal")
    expect(world.run("verify", "--yes", "--endpoint", hub.url), 2, "--token-stdin")
    expect(world.run("verify", "--yes", "--endpoint", hub.url, "--token-stdin", "0123456789ab"), 2)
    expect(world.run("verify", "--yes", token("typed as an argument")), 2, "leaked now")
    assert not hub.requests


@check
def what_is_no_token_is_not_sent(world, hub):
    for line in ("sesame", f"{world.token} x", f'{world.token}"', f"{world.token}\\n", "ghp_" + "a" * 36):
        outcome = verify(world, hub, stdin=f"{world.token}\n{line}\n")
        expect(outcome, 2, "line 2")
        lacks(outcome, "sesame", "ghp_")
    assert not hub.requests


@check
def question_on_a_terminal(world, hub):
    world.leak()
    name = sha256(world.token)[:12]
    for keys in ("\n", "n\n", "nay\n", "Y!\n"):
        expect(world.run_on_terminal("verify", "--endpoint", hub.url, name, keys=keys), 2, "This sends the token to 127.0.0.1", "unencrypted", "nothing was sent")
    assert not hub.requests
    expect(world.run_on_terminal("verify", "--endpoint", hub.url, name, keys="y\n"), 0, "dead")
    assert len(hub.requests) == 1


@check
def typed_tokens_are_not_shown(world, hub):
    outcome = world.run_on_terminal("verify", "--token-stdin", "--endpoint", hub.url, keys=(world.token + "\n\x04", "y\n"))
    expect(outcome, 0, "dead")
    lacks(outcome, world.token)
    assert outcome.echo and len(hub.requests) == 1
    outcome = world.run_on_terminal("verify", "--token-stdin", "--endpoint", hub.url, keys=(world.token + "\x03",))
    assert outcome.code == 130 and outcome.echo, (outcome, outcome.echo)
    lacks(outcome, world.token)
    assert len(hub.requests) == 1


@check
def killed_while_it_waits(world, hub):
    hub.mode = "slow"
    command = subprocess.Popen([os.environ.get("BINARY_UNDER_TEST", "hfscan"), "verify", "--yes", "--token-stdin", "--endpoint", hub.url], cwd=world.folder, env=world.env, stdin=subprocess.PIPE, start_new_session=True)
    command.stdin.write(world.token.encode())
    command.stdin.close()
    assert wait_until(lambda: hub.requests)
    children = pathlib.Path(f"/proc/{command.pid}/task/{command.pid}/children").read_text().split()
    assert children
    command.send_signal(signal.SIGKILL)
    command.wait()
    assert wait_until(lambda: not any(pathlib.Path(f"/proc/{child}/cmdline").exists() and pathlib.Path(f"/proc/{child}/cmdline").read_bytes() for child in children))


def incident(world):
    world.leak()
    outcome = world.run("remediate", "plan")
    assert outcome.code == 0, outcome
    world.stamp()


def revoke(world, hub, *args, **more):
    return world.run("remediate", "revoke", "--yes", "--proof-interval", "1", "--endpoint", hub.url, *args, **more)


def posts(hub):
    return [request for request in hub.requests if request["method"] == "POST"]


def journal(world):
    (path,) = (world.folder / "state").rglob("journal.jsonl")
    return path.read_text()


@check
def revoked_after_two_401(world, hub):
    incident(world)
    hub.alive.add(world.token)
    expect(revoke(world, hub), 0, "revoked: 401 at")
    (post,) = posts(hub)
    assert json.loads(post["body"]) == {"credentials": [world.token]}
    assert post["headers"]["Content-Type"] == "application/json" and "Authorization" not in post["headers"]
    first, second = hub.asked("/api/whoami-v2")
    assert post["time"] < first["time"] and second["time"] - first["time"] >= 1
    assert '"dead"' in journal(world) and world.token not in journal(world)


@check
def accepted_is_not_revoked(world, hub):
    incident(world)
    hub.alive.add(world.token)
    hub.mode = "lazy"
    outcome = revoke(world, hub)
    expect(outcome, 1, "STILL ALIVE", "settings/tokens")
    lacks(outcome, "revoked:")
    assert '"event":"dead"' not in journal(world)


@check
def one_401_is_not_enough(world, hub):
    incident(world)
    hub.mode = "lazy"
    hub.alive.add(world.token)
    hub.answers = ["dead", "alive", "dead", "403", "dead", "alive"]
    outcome = revoke(world, hub)
    expect(outcome, 1, "STILL ALIVE")
    lacks(outcome, "revoked:")


@check
def takes_effect_late(world, hub):
    incident(world)
    hub.answers = ["alive", "alive", "dead", "dead"]
    expect(revoke(world, hub), 0, "revoked: 401 at")
    assert len(hub.asked("/api/whoami-v2")) == 4


def not_proven(mode, code, *words):
    def run(world, hub):
        incident(world)
        other = Hub()
        hub.redirect_to, hub.mode = other.url, mode
        hub.alive.add(world.token)
        outcome = revoke(world, hub)
        expect(outcome, code, "NOT proven dead", *words)
        lacks(outcome, "revoked:")
        assert not other.requests and '"event":"dead"' not in journal(world)

    run.__name__ = f"not_proven_{mode}"
    check(run)


for wrong_mode in ("403", "500", "garbage", "redirect", "reset"):
    not_proven(wrong_mode, 3)


@check
def revocation_is_asked_for_in_words(world, hub):
    incident(world)
    hub.alive.add(world.token)
    expect(world.run("remediate", "revoke", "--endpoint", hub.url), 2, "--yes", "nothing was sent")
    for keys in ("y\n", "yes\n", "\n"):
        expect(world.run_on_terminal("remediate", "revoke", "--endpoint", hub.url, keys=keys), 2, "cannot be undone", "mails the owner", "nothing was sent")
    assert not hub.requests and '"event":"revocation sent"' not in journal(world)
    expect(world.run_on_terminal("remediate", "revoke", "--proof-interval", "1", "--endpoint", hub.url, keys="revoke\n"), 0, "revoked: 401 at")


@check
def asking_alone_revokes_nothing(world, hub):
    incident(world)
    hub.alive.add(world.token)
    outcome = revoke(world, hub, "--ask-only")
    expect(outcome, 1, "alive", "write")
    lacks(outcome, *PERSONAL)
    assert not posts(hub) and world.token in hub.alive
    assert not any(word in journal(world) for word in PERSONAL)


@check
def incident_takes_only_its_own_tokens(world, hub):
    incident(world)
    hub.alive.add(world.token)
    outcome = revoke(world, hub, "--token-stdin", stdin=token("stranger"))
    expect(outcome, 2, "no part of this incident")
    lacks(outcome, token("stranger"))
    assert not hub.requests
    shutil.rmtree(world.folder / "repo/.git")
    (world.folder / "repo/app.py").write_text("")
    expect(revoke(world, hub), 1, "not sent", "--token-stdin")
    expect(revoke(world, hub, "--token-stdin", stdin=world.token), 0, "revoked: 401 at")


@check
def variable_forbids_revoking_too(world, hub):
    incident(world)
    outcome = world.run("remediate", "revoke", "--yes", env={"HF_ENDPOINT": hub.url})
    expect(outcome, 2, "HF_ENDPOINT")
    assert not hub.requests


def run_check(name):
    world, hub = World(name), Hub()
    try:
        world.stamp()
        show = CHECKS[name](world, hub)
        assert show is None
        leaks = [path for path in world.written_with_token() if "/repo/" not in path]
        assert not leaks, leaks
    finally:
        hub.close()
        shutil.rmtree(world.folder)


# Each is caught by what it is for: a watch that sees nothing proves nothing.
def controls():
    world = World("control")
    watch = ProcessWatch([world.token])
    with subprocess.Popen(["sleep", "1"], env={"T": world.token}), subprocess.Popen(["sh", "-c", "sleep 1", world.token]):
        pass
    rounds, _, guilty = watch.end()
    assert rounds > 10 and any("cmdline" in one for one in guilty) and any("environ" in one for one in guilty), (rounds, len(guilty))
    world.stamp()
    for number, text in enumerate((world.token, world.token.encode().hex(), *(base64.b64encode(b"x" * n + world.token.encode() + b"y").decode() for n in range(3)))):
        (world.folder / "tmp" / str(number)).write_text(text)
    assert len(world.written_with_token()) == 5, world.written_with_token()
    shutil.rmtree(world.folder)


def main():
    controls()
    names = sys.argv[1:] or list(CHECKS)
    watch = ProcessWatch([token(name) for name in names] + [token("other"), token("stranger")])
    failed = []
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        runs = {pool.submit(run_check, name): name for name in names}
        for run in concurrent.futures.as_completed(runs):
            if run.exception() is not None:
                failed.append(runs[run])
                print(f"FAILED {runs[run]}")
                traceback.print_exception(run.exception())
    rounds, curls, guilty = watch.end()
    print(f"{len(names) - len(failed)} of {len(names)} checks passed; processes were looked at {rounds} times, curl was seen {curls} times")
    if guilty:
        print("a token was seen in: " + ", ".join(guilty))
    return 1 if failed or guilty or (curls == 0 and not sys.argv[1:]) else 0


sys.exit(main())
