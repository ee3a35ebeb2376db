"""A whole history as one archive, and back."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from rehearse.errors import HistoryError, NoExportError, TooLargeError, UploadError
from rehearse.history.exporting import LINES, SOUNDS, TABLE, export
from rehearse.history.importing import Brought, bring
from rehearse.history.plan_lines import LINES as PLANS
from rehearse.outputs.shape import require_report

if TYPE_CHECKING:
    from pathlib import Path

    from rehearse.history import History

NAME: Final = "rehearse"
"""The folder inside."""

MOST_FILES: Final = 100_000
MOST_BYTES: Final = 50_000_000_000
"""What an archive may hold. Ours: ten thousand sessions with a minute of sound have ten GB."""

COPIED: Final = 1 << 20
"""Bytes that are unpacked at a time."""


def pack(history: History, folder: Path) -> Path:
    """Write what `rehearse export` writes into one file in an empty folder.

    Raises
    ------
    HistoryError
        Where it cannot be written.
    """
    export(history, folder / NAME)
    try:
        # As they are: FLAC does not become smaller.
        with zipfile.ZipFile(folder / "all.zip", "x") as archive:
            for path in sorted((folder / NAME).rglob("*")):
                archive.write(path, path.relative_to(folder).as_posix())
    except OSError as error:
        raise HistoryError(
            f"The archive cannot be written: {error.strerror or error} ({folder}).",
            hint="Make room there.",
        ) from error
    return folder / "all.zip"


def unpack(history: History, archive: Path, folder: Path) -> Brought:
    """Add what an archive holds to a history, all of it or nothing.

    Parameters
    ----------
    history
        To which it is added.
    archive
        What `pack` has written, or what somebody says is that.
    folder
        An empty one, to unpack it into.

    Raises
    ------
    UploadError
        Where it is no such archive, or holds too much.
    NoExportError
        Where what it holds is no export.
    HistoryError
        Where it cannot be added.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            _extract(opened, folder)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise UploadError(
            f"This is no archive that can be read: {error}.",
            hint="Choose the file that “everything with the sounds” gave.",
        ) from error
    except OSError as error:
        raise UploadError(
            f"It cannot be unpacked: {error.strerror or error} ({folder}).",
            hint="Make room there, and try again.",
        ) from error
    try:
        return bring(history, folder, require_report)
    except NoExportError as error:
        # Where it was unpacked is nothing to its owner.
        said = error.message.replace(f"{folder}/", "").replace(str(folder), "This archive")
        raise NoExportError(
            said, hint="Choose the file that “everything with the sounds” gave. Nothing was added."
        ) from error


def _extract(opened: zipfile.ZipFile, folder: Path) -> None:
    """Unpack the files that an export has, by names of our own; whatever else is in it is not."""
    if len(opened.infolist()) > MOST_FILES:
        raise TooLargeError(f"The archive holds more than {MOST_FILES} files.")
    (folder / SOUNDS).mkdir()
    left = min(MOST_BYTES, shutil.disk_usage(folder).free)
    for entry in opened.infolist():
        parts = PurePosixPath(entry.filename).parts
        # One that was unpacked and packed again may have lost its folder.
        inside = parts[1:] if parts[:1] == (NAME,) else parts
        if inside in {(LINES,), (PLANS,), (TABLE,)}:
            path = folder / inside[0]
        elif len(inside) == 2 and inside[0] == SOUNDS and inside[1] not in {".", ".."}:
            path = folder / SOUNDS / inside[1]
        else:
            continue
        if entry.is_dir():
            continue
        with opened.open(entry) as packed, path.open("wb") as file:
            while data := packed.read(COPIED):
                left -= len(data)
                if left < 0:
                    raise TooLargeError(
                        "The archive holds more than there is room for.", hint="Make room."
                    )
                file.write(data)
