"""Files that their owner alone may read, and that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HALF: Final = ".part"


@contextlib.contextmanager
def whole_or_absent(path: Path) -> Iterator[Path]:
    """Give another name to write to; what is there afterwards takes the place of `path`.

    Raises
    ------
    OSError
        Where it cannot be written; nothing is left behind then.
    """
    half = path.with_name(path.name + HALF)
    half.unlink(missing_ok=True)
    os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        yield half
        with half.open("rb+") as file:
            os.fsync(file.fileno())
        half.replace(path)
        sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Force the names in a folder onto the disk, where the system can do that."""
    if os.name != "posix":
        return
    # Not every network drive can do that, and then there is nothing better.
    with contextlib.suppress(OSError):
        entry = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(entry)
        finally:
            os.close(entry)
