"""What a row of a table of leak contexts is, and the few ways of writing one down."""

import base64
from typing import Callable, NamedTuple


class Context(NamedTuple):
    """`build(token, sample)` gives the content of one file, text or bytes; `sample` counts from 0.

    A context with variants (each neighbouring byte, each place of a line break) gets one file per token and variant, and
    `sample % variants` says which it is.
    """

    name: str
    file: str
    build: Callable
    variants: int = 1


MARK = "§"


def text(name, file, template):
    """`template` with the token where § stands, and a line feed at the end. Each § is a variant: the others are filled with a
    word."""
    pieces = template.split(MARK)

    def build(token, sample):
        place = sample % (len(pieces) - 1)
        return MARK.join(pieces[:place + 1]).replace(MARK, "word") + token + MARK.join(pieces[place + 1:]).replace(MARK, "word") + "\n"

    return Context(name, file, build, len(pieces) - 1)


def made(name, file, build, variants=1):
    """A context whose text or bytes `build` makes from the token alone."""
    return Context(name, file, lambda token, _: build(token), variants)


def b64(content):
    return base64.b64encode(as_bytes(content)).decode()


def as_bytes(content):
    return content if isinstance(content, bytes) else content.encode()


def wrapped(content, columns, line_end="\n"):
    return line_end.join(content[i:i + columns] for i in range(0, len(content), columns)) + line_end


def utf16(content, order="le", bom=True):
    marks = {"le": b"\xff\xfe", "be": b"\xfe\xff"}
    return (marks[order] if bom else b"") + content.encode("utf-16-" + order)
