"""Files that a command writes where its user says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from rehearse.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path


def write_file(path: Path, text: str) -> None:
    """Write a file, readable by its owner alone: what somebody said is in it.

    Raises
    ------
    OutputError
        Where it cannot be written.
    """
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "w", encoding="utf-8", newline="\n") as written:
            written.write(text)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror}.",
            hint="Name a file in a folder of yours, with room on its disk.",
        ) from error
