"""The database file: opened, brought to its newest shape, and its failures in words."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rehearse.errors import HistoryError
from rehearse.history.migrate import migrate
from rehearse.settings import HOME_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_S: Final = 5.0
"""How long somebody else who is writing is waited for."""

ASKED_S: Final = 0.004
"""How often it is asked whether they are done, to begin with."""

IMPATIENCE: Final = 10.0
"""How much more often for each second that was waited: who waited longest comes first. Ours."""

HEADER: Final = b"SQLite format 3\0"
"""What a database begins with (sqlite.org/fileformat2.html)."""

OLDEST_SQLITE: Final = (3, 37, 0)
"""The first with strict tables."""


def connect(path: Path) -> sqlite3.Connection:
    """Open the database; make it where it is not there.

    One file, with a rollback journal that is gone when nothing is being written: what is
    deleted is overwritten in it (`secure_delete`), and stands nowhere else.

    Raises
    ------
    HistoryError
        Where that cannot be done, with what to do.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise HistoryError(
            f"This Python has SQLite {sqlite3.sqlite_version}, and 3.37 or newer is needed.",
            hint="Run rehearse with a newer Python.",
        )
    with told(path):
        _make(path)
        _require_database(path)
        database = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
        try:
            database.row_factory = sqlite3.Row
            database.execute("pragma foreign_keys = on")
            database.execute("pragma secure_delete = on")
            # Forced onto the disk before anything is confirmed.
            database.execute("pragma synchronous = full")
            migrate(database, str(path))
        except BaseException:
            database.close()
            raise
    return database


@contextlib.contextmanager
def writing(database: sqlite3.Connection) -> Iterator[None]:
    """A transaction that is there whole or not at all."""
    _begin(database)
    try:
        yield
        database.execute("commit")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            if database.in_transaction:
                database.execute("rollback")
        raise


def _begin(database: sqlite3.Connection) -> None:
    """Wait for one's turn to write.

    SQLite itself asks more and more rarely, up to ten times a second, so that where many write
    who has waited longest waits on: one of eight was seen to wait for five seconds.
    """
    since = time.monotonic()
    database.execute("pragma busy_timeout = 0")
    try:
        while True:
            try:
                database.execute("begin immediate")
            except sqlite3.OperationalError as error:
                waited_s = time.monotonic() - since
                if waited_s > BUSY_S or not error.sqlite_errorname.startswith("SQLITE_BUSY"):
                    raise
            else:
                return
            time.sleep(ASKED_S / (1 + IMPATIENCE * waited_s))
    finally:
        database.execute(f"pragma busy_timeout = {1000 * BUSY_S:.0f}")


@contextlib.contextmanager
def snapshot(database: sqlite3.Connection) -> Iterator[None]:
    """See one state of it, whoever writes meanwhile."""
    database.execute("begin")
    try:
        yield
    finally:
        if database.in_transaction:
            database.execute("rollback")


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say into a `HistoryError`."""
    try:
        yield
    except OSError as error:
        raise HistoryError(
            f"The history cannot be opened: {error.strerror or error} ({path}).", hint=_ELSEWHERE
        ) from error
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise  # ours, and no trouble of the disk
    except sqlite3.Error as error:
        raise _translated(error, path) from error
    except (LookupError, TypeError, ValueError) as error:
        # What the program has written it can read: a bit has changed since.
        raise _damaged(f"{type(error).__name__}: {error}", path) from error


_ELSEWHERE: Final = (
    f"Make room or take the right to write there, or set {HOME_VARIABLE} to a folder of yours."
)

_SAID: Final = {
    "SQLITE_FULL": ("there is no room on the disk", _ELSEWHERE),
    "SQLITE_IOERR": ("the disk refused", _ELSEWHERE),
    "SQLITE_READONLY": ("it may not be written to", _ELSEWHERE),
    "SQLITE_CANTOPEN": ("it cannot be opened", _ELSEWHERE),
    "SQLITE_PERM": ("it may not be opened", _ELSEWHERE),
    "SQLITE_AUTH": ("it may not be opened", _ELSEWHERE),
    "SQLITE_BUSY": (
        f"another program has kept it locked for {BUSY_S:.0f} s",
        "Close what uses it, and try again.",
    ),
    "SQLITE_LOCKED": ("it is locked", "Close what uses it, and try again."),
}
"""What happened and what to do, by the primary result code (sqlite.org/rescode.html)."""


def _translated(error: sqlite3.Error, path: Path) -> HistoryError:
    name = getattr(error, "sqlite_errorname", "")
    for beginning, (what, hint) in _SAID.items():
        if name.startswith(beginning):
            return HistoryError(f"The history cannot be used: {what} ({path}).", hint=hint)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or not name:
        return _damaged(str(error), path)
    return HistoryError(f"The history cannot be used: {error} ({path}).", hint=_ELSEWHERE)


def _damaged(how: str, path: Path) -> HistoryError:
    return HistoryError(
        f"The history is damaged ({path}): {how}.",
        hint="It is left as it is. Move it away, and a new one is begun: `rehearse recover` makes "
        "sessions of the sounds, and `rehearse import` reads an export.",
    )


def _require_database(path: Path) -> None:
    """Refuse what SQLite would take for empty, and write over: a file of a few bytes."""
    with path.open("rb") as file:
        head = file.read(len(HEADER))
    if head and head != HEADER:
        raise sqlite3.DatabaseError("file is not a database")


def _make(path: Path) -> None:
    """Make the folder and an empty file, for their owner alone, before SQLite does."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(OSError):  # somebody else's folder, that may be written to
        # A home, or a place for everybody, is not made private by naming it.
        if path.parent != Path.home() and not path.parent.stat().st_mode & stat.S_ISVTX:
            path.parent.chmod(0o700)
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
