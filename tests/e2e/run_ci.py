#!/usr/bin/env python3
"""Runs the commands of a CI file as its service would: run_ci.py github|gitlab FILE FOLDER; exits as the job would.

Only the installation of packages is left out (a line that runs apt-get), and of the actions only what the commands see of them:
the uploaded report must exist, and its step must run after a failure too.
"""

import os
import pathlib
import subprocess
import sys

import yaml


def shell(command, folder, variables):
    script = ["bash", "-e", "-o", "pipefail", "-c", command]
    return subprocess.run(script, cwd=folder, env={**os.environ, **variables}, check=False).returncode


def run_github(workflow, folder):
    (job,) = workflow["jobs"].values()
    code = 0
    for step in job["steps"]:
        if code != 0 and step.get("if") != "always()":
            continue
        if "upload-sarif" in step.get("uses", ""):
            report = folder / step["with"]["sarif_file"]
            print(f"uploaded: {report.name}" if report.is_file() else f"no report to upload: {report.name}")
        if "run" in step and "apt-get" not in step["run"]:
            code = code or shell(step["run"], folder / step.get("working-directory", "."), job.get("env", {}))
    return code


def run_gitlab(pipeline, folder):
    (job,) = pipeline.values()
    lines = [line for line in [*job["before_script"], *job["script"]] if "apt-get" not in line]
    variables = {**job["variables"], **{name: os.environ[name] for name in job["variables"] if name in os.environ}}
    code = shell("\n".join(lines), folder, variables)
    for name in job["artifacts"]["paths"]:
        print(f"kept: {name}" if (folder / name).is_file() else f"missing: {name}")
    return code


def main():
    service, file, folder = sys.argv[1:]
    document = yaml.safe_load(pathlib.Path(file).read_text())
    return {"github": run_github, "gitlab": run_gitlab}[service](document, pathlib.Path(folder))


sys.exit(main())
