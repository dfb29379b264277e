#!/usr/bin/env python3
"""Holds every #include under src/ against the include table of ARCHITECTURE.md, and src/CMakeLists.txt too.

A module may include itself and what its row names; a third-party header stands in the one file that its row names.
Every header in angle brackets that is neither of the C++ library nor of the system counts as third-party.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
TABLE_HEAD = "| module | may include |"
C_LIBRARY = "assert ctype errno inttypes limits locale math setjmp signal stdarg stddef stdint stdio stdlib string time wchar".split()
POSIX = ("arm_neon dirent dlfcn endian fcntl fnmatch ftw getopt glob grp immintrin langinfo libgen poll pthread pwd sched spawn strings "
         "syscall termios unistd wordexp").split()
PLAIN_SYSTEM = {name + ".h" for name in C_LIBRARY + POSIX}
SYSTEM_FOLDERS = ("sys/", "linux/", "asm/", "bits/")


def is_system(header):
    return ("." not in header and "/" not in header) or header in PLAIN_SYSTEM or header.startswith(SYSTEM_FOLDERS)


def read_table():
    """{module: (allowed modules, {third-party header: file})} from the rows under TABLE_HEAD."""
    text = (ROOT / "ARCHITECTURE.md").read_text()
    rows = text[text.index(TABLE_HEAD):].split("\n\n")[0].splitlines()[2:]
    table = {}
    for row in rows:
        modules, allowed, third_party = (cell.strip() for cell in row.strip().strip("|").split("|"))
        homes = dict(re.findall(r"`<([^>]+)>` in `([^`]+)`", third_party))
        for module in re.findall(r"`(\w+)`", modules):
            table[module] = (set(re.findall(r"`(\w+)`", allowed)), homes)
    return table


def check_includes(table):
    for file in sorted((ROOT / "src").rglob("*")):
        if file.suffix not in (".cc", ".h", ".c"):
            continue
        name = file.relative_to(ROOT / "src").as_posix()
        module = name.split("/")[0] if "/" in name else None
        if module is not None and module not in table:
            yield f"src/{name}: module '{module}' has no row in the include table"
            continue
        allowed, homes = table[module] if module else (set(table), {})
        for own, angled in INCLUDE.findall(file.read_text(errors="replace")):
            if own and own.split("/")[0] not in allowed | {module}:
                yield f"src/{name}: may not include \"{own}\""
            if angled and not is_system(angled) and homes.get(angled) != name:
                home = homes.get(angled, "no file of this module")
                yield f"src/{name}: <{angled}> belongs in {home}"


def check_build(table):
    """The USES of each library is its row, less what nothing includes yet."""
    text = (ROOT / "src/CMakeLists.txt").read_text()
    for module, arguments in re.findall(r"hfscan_module\((\w+)([^)]*)\)", text):
        uses = re.search(r"USES((?: [a-z]+)+)", arguments)
        extra = set(uses.group(1).split() if uses else ()) - table.get(module, (set(),))[0]
        if extra:
            yield f"src/CMakeLists.txt: {module} may not use {' '.join(sorted(extra))}"


def main():
    table = read_table()
    problems = [*check_includes(table), *check_build(table)]
    for problem in problems:
        print(problem)
    if problems:
        print(f"{len(problems)} includes break the table of ARCHITECTURE.md: move the code, or change the table and say why")
    return 1 if problems or not table else 0


sys.exit(main())
