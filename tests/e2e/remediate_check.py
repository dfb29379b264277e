#!/usr/bin/env python3
"""`hfscan remediate` from end to end, through its command line: the whole way, being killed, odd repositories and hostile ones,
the guided mode. hfscan is BINARY_UNDER_TEST, or that of the PATH.

remediate_check.py [NAME...]: these checks, or all.
"""
import concurrent.futures
import os
import pathlib
import shutil
import sys
import time
import traceback

import remediate_guide  # noqa: F401 (their checks)
import remediate_kill  # noqa: F401
import remediate_odd  # noqa: F401
import remediate_path  # noqa: F401
from hub_world import ProcessWatch
from remediate_world import CHECKS, FORMS, TOKEN, RemedyWorld, fixture

# One of each kind: instrumented code takes its time.
SANITIZED = ("whole_way", "steps_regress", "staged_only", "committed_but_not_pushed", "hub_remote", "outside_git", "what_is_no_report", "plan_again_updates", "names_that_mean_harm", "interrupted_politely", "decision_needs_an_answer")


def run_check(name):
    world = RemedyWorld(name, plain=getattr(CHECKS[name], "plain", False))
    begin = time.monotonic()
    try:
        CHECKS[name](world)
        world.check_state_folder()
        for place in ("tmp", "cache", "config"):
            for path in (world.folder / place).rglob("*"):
                assert not path.is_file() or not any(form in path.read_bytes() for form in FORMS), path
    finally:
        world.close()
    return time.monotonic() - begin


def main():
    names = sys.argv[1:] or (SANITIZED if os.environ.get("SANITIZERS") else list(CHECKS))
    made, _ = fixture()
    watch = ProcessWatch([TOKEN])
    failed, times = [], {}
    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        runs = {pool.submit(run_check, name): name for name in names}
        for run in concurrent.futures.as_completed(runs):
            if run.exception() is None:
                times[runs[run]] = run.result()
                continue
            failed.append(runs[run])
            print(f"FAILED {runs[run]}")
            traceback.print_exception(run.exception())
    rounds, _, guilty = watch.end()
    shutil.rmtree(pathlib.Path(made).parent)
    slowest = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in sorted(times.items(), key=lambda one: -one[1])[:4])
    print(f"{len(names) - len(failed)} of {len(names)} checks passed; processes were looked at {rounds} times; slowest: {slowest}")
    if guilty:
        print("a token was seen in: " + ", ".join(guilty))
    return 1 if failed or guilty or rounds < 10 else 0


sys.exit(main())
