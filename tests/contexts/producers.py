"""The real writers of Python's library, as functions from content to bytes."""

import importlib.util
import io
import marshal
import os
import sqlite3
import tempfile
import zipfile


def zip_file(members, stored=False):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_marshal(source, version=marshal.version):
    """A .pyc of this Python."""
    code = compile(source, "module.py", "exec")
    return importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(code, version)


def sqlite_file(*statements, suffix="", before=()):
    """The database after the statements (each SQL or (SQL, values)), or the file beside it: `-wal` or `-journal`, as they are
    before the connection is closed. `before` is run first and in no transaction."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "store.sqlite")
        connection = sqlite3.connect(path, isolation_level=None)
        for statement in before:
            connection.execute(statement)
        for statement in statements:
            connection.execute(*((statement,) if isinstance(statement, str) else statement))
        with open(path + suffix, "rb") as file:
            content = file.read()
        connection.close()
    return content
