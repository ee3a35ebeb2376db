"""Every byte of a weight file is checked against its digest before it is loaded."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final

from rehearse import settings
from rehearse.errors import AssetError

if TYPE_CHECKING:
    from pathlib import Path

    from rehearse.assets.entries import Asset, AssetFile

HASHED_AT_ONCE: Final = 1 << 24

FIRST_SEEN: Final = "digests.json"
"""Digests of fetched files that nobody publishes, written down at the first fetch."""


def verify(entry: Asset) -> None:
    """Check every file of an assembled folder against the manifest."""
    place = settings.weights_folder() / entry.name
    first_seen = _first_seen(place)
    for file in entry.files:
        verify_file(entry, file, place / file.path, first_seen.get(file.path))


def verify_file(entry: Asset, file: AssetFile, path: Path, fallback: str | None = None) -> None:
    """Check one file.

    Raises
    ------
    AssetError
        Where it is missing or its bytes are others.
    """
    expected = file.sha256 or fallback
    try:
        actual = digest(path)
    except OSError as error:
        raise AssetError(
            f"{file.path} of the weights {entry.name!r} cannot be read: {error.strerror}.",
            hint=_repair(entry),
        ) from error
    if expected is None or actual != expected:
        raise AssetError(
            f"{file.path} of the weights {entry.name!r} is damaged: its SHA-256 is "
            f"{actual[:12]}…, and should be {(expected or 'unknown')[:12]}…",
            hint=_repair(entry),
        )


def digest(path: Path) -> str:
    """Give the SHA-256 of a file, as hexadecimal.

    Read in few large pieces: between two of them Python's lock is let go and taken
    again, and while another thread imports, each taking waits some milliseconds.
    """
    sha256 = hashlib.sha256()
    buffer = memoryview(bytearray(HASHED_AT_ONCE))
    with path.open("rb", buffering=0) as opened:
        while count := opened.readinto(buffer):
            sha256.update(buffer[:count])
    return sha256.hexdigest()


def _repair(entry: Asset) -> str:
    if entry.kind == "recogniser":
        return f"Put them in place again with: rehearse models --fetch {entry.name}"
    return "Install rehearse again: pip install --force-reinstall rehearse"


def _first_seen(place: Path) -> dict[str, str]:
    try:
        stored: dict[str, str] = json.loads((place / FIRST_SEEN).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stored
