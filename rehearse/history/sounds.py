"""The sounds of sessions: FLAC files in the folder of takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.errors import HistoryError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rehearse.session import Session

HASHED: Final = 1 << 20
"""Bytes that are read at a time."""


def path_of(session: Session, takes: Path) -> Path:
    """Where the sound of a session is.

    Raises
    ------
    HistoryError
        Where it has none, or it is not there any more.
    """
    hint = f"`rehearse show {session.number}` shows its words."
    if session.sound is None:
        typed = session.report["engine"] is None
        raise HistoryError(
            f"Session {session.number} was {'typed' if typed else 'imported without it'}: "
            "there is no sound of it.",
            hint=hint,
        )
    path = takes / session.sound
    if not path.is_file():
        raise HistoryError(
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
