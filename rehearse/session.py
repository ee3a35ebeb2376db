"""A report that was kept."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from datetime import datetime

Origin = Literal["record", "analyze", "recover"]

ANY: Final = ""
"""The label of what was for nothing in particular."""


@dataclass(frozen=True, slots=True)
class Session:
    """A report that was kept.

    Parameters
    ----------
    number
        What its owner calls it, >= 1.
    held_at
        When it was kept, in UTC.
    origin
        By which command.
    label
        What it was for; `ANY` for nothing in particular.
    source
        The file, as it was named.
    sound
        The name of its FLAC file in the folder of takes; None where it was typed.
    from_s
        Seconds of the source before its sound begins; times in the report are the source's.
    sha256
        Of that file; of the words where it was typed.
    repeats
        An earlier session of the same sound or words: it is shown, and counts once.
    line
        The report, as `rehearse analyze --json` writes it.
    """

    number: int
    held_at: datetime
    origin: Origin
    label: str
    source: str
    sound: str | None
    from_s: float
    sha256: str
    repeats: int | None
    line: str

    @property
    def report(self) -> dict[str, Any]:
        """The report, read."""
        read: dict[str, Any] = json.loads(self.line)
        return read
