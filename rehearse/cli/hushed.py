"""Keep what C libraries write to standard error out of what a person reads."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD_ERROR: Final = 2


@contextlib.contextmanager
def hushed() -> Iterator[None]:
    """Let only Python write to standard error.

    ALSA and PortAudio tell every failure there, in a dozen lines that name their own source
    files; the one line that the program makes of it would be lost between them, and the view
    of a take would be torn.
    """
    own = sys.stderr
    if not _goes_there(own):
        yield
        return
    own.flush()
    kept = os.dup(STANDARD_ERROR)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, STANDARD_ERROR)
    os.close(nowhere)
    sys.stderr = open(  # noqa: SIM115 - it is closed below
        kept, "w", encoding=own.encoding, errors=own.errors, buffering=1, closefd=False
    )
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            sys.stderr.flush()
        sys.stderr = own
        os.dup2(kept, STANDARD_ERROR)
        os.close(kept)


def _goes_there(stream: object) -> bool:
    try:
        return stream.fileno() == STANDARD_ERROR  # type: ignore[attr-defined,no-any-return]
    except (OSError, ValueError, AttributeError):
        return False
