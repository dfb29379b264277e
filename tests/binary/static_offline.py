#!/usr/bin/env python3
"""The release binary is static and hardened, and cannot reach a network.

static_offline.py link BINARY: what readelf and nm say. static_offline.py run BINARY: what strace sees it do (exit 77: no strace).
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

# Without these no connection can be made or taken. socket, bind and sendto are there: the clean-up of every static C library drags
# in its list of network interfaces. That nothing calls them is what the run under strace shows.
NETWORK = r"(connect|listen|accept4?|getaddrinfo|gethostbyname\w*|getnameinfo|socketpair)"
# Libraries behind libgit2's network back ends; src/git/no_network.c keeps them out.
BACK_ENDS = r"(mbedtls_ssl_\w+|libssh2_\w+|gss_\w+|SSL_\w+|curl_\w+)"


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def check_link(binary):
    segments, dynamic = output("readelf", "-lW", binary), output("readelf", "-dW", binary)
    symbols = re.findall(r"^[0-9a-f]+ [TtWwi] (\w+)$", output("nm", binary), re.MULTILINE)
    network = [name for name in symbols if re.fullmatch(f"(__)?{NETWORK}|{BACK_ENDS}", name)]
    stack = re.search(r"GNU_STACK.*", segments)
    facts = {
        "needs no shared object": "(NEEDED)" not in dynamic and "INTERP" not in segments,
        "is position independent": "Elf file type is DYN" in segments,
        "maps relocations read-only": "GNU_RELRO" in segments,
        "binds all symbols at start": bool(re.search(r"BIND_NOW|FLAGS.*\bNOW\b", dynamic)),
        "has no executable stack": bool(stack) and "RWE" not in stack.group(),
        "has no writable code": not re.search(r"LOAD.* RWE ", segments),
        "holds libgit2 itself, with its symbols": "git_libgit2_init" in symbols,
        f"links no network function ({' '.join(network)})": not network,
    }
    return [f"{binary}: it should hold that it {fact}" for fact, holds in facts.items() if not holds]


def make_hostile_repository(folder):
    """One commit, one changed and staged file, and every setting of git that names a program."""
    git = ["git", "-C", str(folder), "-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / "app.py").write_text("print('hello')\n")
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "first"], check=True)
    (folder / "app.py").write_text("print('bye')\n")
    subprocess.run([*git, "add", "."], check=True)
    (folder / ".gitattributes").write_text("* filter=evil diff=evil\n")
    for key in ("core.fsmonitor", "core.pager", "core.editor", "filter.evil.clean", "filter.evil.smudge", "diff.evil.textconv", "diff.external"):
        subprocess.run([*git, "config", key, "/bin/false"], check=True)
    for hook in ("pre-commit", "post-checkout", "post-index-change", "fsmonitor-watchman"):
        (folder / ".git/hooks" / hook).write_text("#!/bin/sh\n")
        (folder / ".git/hooks" / hook).chmod(0o755)


def check_run(binary):
    probe = ["strace", "-f", "-qq", "-e", "trace=%network,execve,execveat", "-o"]
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        make_hostile_repository(pathlib.Path(folder, "tree"))
        if not shutil.which("strace") or subprocess.run([*probe, f"{folder}/probe", "true"], check=False).returncode != 0:
            print("skipped: strace is missing or may not trace here")
            sys.exit(77)
        for arguments in (["version"], ["scan", "."], ["staged"]):
            done = subprocess.run([*probe, f"{folder}/log", binary, *arguments], cwd=f"{folder}/tree", check=False, capture_output=True)
            calls = re.findall(r"^\d+ +(\w+)\(", pathlib.Path(folder, "log").read_text(), re.MULTILINE)
            if done.returncode != 0 or calls != ["execve"]:
                problems.append(f"hfscan {' '.join(arguments)}: exit {done.returncode}, system calls {calls}; expected 0 and its own execve")
    return problems


def main():
    check, binary = sys.argv[1:]
    problems = {"link": check_link, "run": check_run}[check](str(pathlib.Path(binary).resolve()))
    print("\n".join(problems))
    return 1 if problems else 0


sys.exit(main())
