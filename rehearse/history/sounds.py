"""The sounds of sessions: FLAC files in the folder of takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.errors import HistoryError, NoSoundError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from rehearse.session import Session

HASHED: Final = 1 << 20
"""Bytes that are read at a time."""


def path_of(session: Session, takes: Path) -> Path:
    """Where the sound of a session is.

    Raises
    ------
    NoSoundError
        Where it has none, or it is not there any more.
    """
    hint = f"`rehearse show {session.number}` shows its words."
    if session.sound is None:
        typed = session.report.get("engine") is None
        raise NoSoundError(
            f"Session {session.number} was typed: there is no sound of it."
            if typed
            else f"There is no sound of session {session.number}: it was kept without.",
            hint=hint,
        )
    path = takes / session.sound
    if not path.is_file():
        raise NoSoundError(
            f"The sound of session {session.number} is not there any more: {path}.", hint=hint
        )
    return path


def delete(session: Session, takes: Path) -> None:
    """Delete the sound of a session that has one.

    Raises
    ------
    HistoryError
        Where that is refused.
    """
    path = takes / str(session.sound)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise HistoryError(
            f"The sound of session {session.number} cannot be deleted: {error.strerror} ({path}).",
            hint="Take the right to write there; nothing was forgotten.",
        ) from error


def share(
    database: sqlite3.Connection, takes: Path, sha256: str, brought: str | None
) -> str | None:
    """Let all sessions of a sound have one file.

    Returns
    -------
    str or None
        The file that was brought, where an earlier one is there: nobody needs it any more.
    """
    if brought is None:
        return None
    found = database.execute(
        "select sound from sessions where sha256 = ? and sound is not null and sound <> ? "
        "order by held_at, id",
        (sha256, brought),
    )
    there = [row["sound"] for row in found if (takes / row["sound"]).is_file()]
    sound = there[0] if there else brought
    database.execute("update sessions set sound = ? where sha256 = ?", (sound, sha256))
    return brought if there else None


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return digest(iter(lambda: file.read(HASHED), b""))


def digest(blocks: Iterable[bytes]) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    import hashlib

    whole = hashlib.sha256()
    for block in blocks:
        whole.update(block)
    return whole.hexdigest()
