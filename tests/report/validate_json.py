#!/usr/bin/env python3
"""Checks JSON and JSON Lines reports against docs/report.schema.json.

Usage: validate_json.py FILE...   Exit: 0 all valid, 1 some are not, 77 python3-jsonschema is not installed.
"""
import json
import pathlib
import sys

try:
    import jsonschema
except ImportError:
    print("python3-jsonschema is not installed; nothing was checked", file=sys.stderr)
    sys.exit(77)

SCHEMA = pathlib.Path(__file__).resolve().parents[2] / "docs" / "report.schema.json"


def validator_for(schema, name):
    part = {key: value for key, value in schema.items() if key in ("$schema", "$defs")}
    return jsonschema.Draft202012Validator({**part, "$ref": f"#/$defs/{name}"})


def records(path):
    """The lines of a JSON Lines report with the definition that each has to meet."""
    lines = path.read_text(encoding="utf-8").splitlines()
    last = len(lines) - 1
    for number, line in enumerate(lines):
        definition = "header_line" if number == 0 else "end_line" if number == last else "finding_line"
        yield f"line {number + 1}", definition, json.loads(line)


def documents(path):
    if path.suffix == ".jsonl":
        yield from records(path)
    else:
        yield "document", "report", json.loads(path.read_text(encoding="utf-8"))


def errors_of(path, schema):
    for place, definition, value in documents(path):
        for error in validator_for(schema, definition).iter_errors(value):
            yield f"{path.name}: {place}: {error.json_path}: {error.message[:200]}"


def main(paths):
    if not paths:
        print(__doc__, file=sys.stderr)
        return 1
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = [error for path in paths for error in errors_of(pathlib.Path(path), schema)]
    print("\n".join(errors) if errors else f"{len(paths)} valid")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
