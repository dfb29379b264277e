"""The files that git tracks, plus new ones that it does not ignore; all files outside a repository (a release tarball)."""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def project_files():
    git = ["git", "-c", f"safe.directory={ROOT}", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(git, capture_output=True, check=False)
    if listing.returncode == 0:
        names = listing.stdout.decode(errors="surrogateescape").split("\0")
        files = [ROOT / name for name in names if name]
    else:
        files = [file for file in ROOT.rglob("*") if file.relative_to(ROOT).parts[0] not in ("build", ".git")]
    return sorted(file for file in set(files) if file.is_file() and not file.is_symlink())
