"""The shape of the database: numbered SQL files, each run whole or not at all.

A file that has shipped is never edited; a change is a new file.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rehearse.errors import HistoryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

APPLICATION: Final = 0x52485253
"""What SQLite's header calls a history of this program: "RHRS"."""


def migrations() -> list[str]:
    """The files in their order: the first makes version 1."""
    files = sorted(Path(__file__).with_name("migrations").glob("*.sql"))
    for number, file in enumerate(files, start=1):
        if not file.name.startswith(f"{number:04}_"):
            raise RuntimeError(f"the migrations are not numbered one after the other: {file.name}")
    return [file.read_text("utf-8") for file in files]


def require_ours(database: sqlite3.Connection, path: str) -> int:
    """Look at a database before anything is done to it, and give its version.

    Raises
    ------
    HistoryError
        Where another program made it, or a newer version of this one.
    sqlite3.Error
        Where it cannot be read.
    """
    (application,) = database.execute("pragma application_id").fetchone()
    (version,) = database.execute("pragma user_version").fetchone()
    (tables,) = database.execute("select count(*) from sqlite_schema").fetchone()
    if application != APPLICATION and (tables or application or version):
        raise HistoryError(
            f"{path} was made by another program, and is left as it is.",
            hint="Move it to another place; then a new history is begun.",
        )
    newest = len(migrations())
    if version > newest:
        raise HistoryError(
            f"{path} was made by a newer rehearse: its format is {version}, and this "
            f"one reads up to {newest}.",
            hint="Update rehearse; the history is left as it is.",
        )
    return int(version)


def migrate(database: sqlite3.Connection, path: str, *, steps: Sequence[str] = ()) -> None:
    """Bring a database to the newest version; several programs may try at once.

    Parameters
    ----------
    database
        In autocommit mode.
    path
        What messages call it.
    steps
        The files, in place of `migrations`.

    Raises
    ------
    HistoryError
        As `require_ours`.
    sqlite3.Error
        Where it cannot be written; it is then as it was.
    """
    steps = steps or migrations()
    if require_ours(database, path) == len(steps):
        return
    while True:
        database.execute("begin immediate")
        try:
            version = require_ours(database, path)
            if version >= len(steps):
                database.execute("rollback")
                return
            for statement in statements(steps[version]):
                database.execute(statement)
            database.execute(f"pragma application_id = {APPLICATION}")
            database.execute(f"pragma user_version = {version + 1}")
            database.execute("commit")
        except BaseException:
            if database.in_transaction:
                database.execute("rollback")
            raise


def statements(script: str) -> Iterator[str]:
    """Split a script: SQLite's own `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if re.sub(r"--.*", "", statement).strip():
        raise RuntimeError(f"a migration ends in the middle of a statement: {statement.strip()!r}")
