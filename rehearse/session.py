"""A report that was kept."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from datetime import datetime

Origin = Literal["record", "analyze", "recover"]

ANY: Final = ""
"""The label of what was for nothing in particular."""

LONGEST_LABEL: Final = 200
"""Characters: it has to fit into a line. Ours."""

_JOINER: Final = "\u200d"
"""Holds an emoji of several together."""


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
    report
        The same, read.
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
    report: dict[str, Any]


def readable(text: str) -> str:
    """What a line may show of a label or a name, whatever it was made of.

    Bytes that were no UTF-8 are marked, and characters left out that would move the cursor or
    turn the line around.
    """
    whole = "".join("\ufffd" if "\ud800" <= each <= "\udfff" else each for each in text)
    return "".join(
        each
        for each in " ".join(whole.split())
        if each == _JOINER or unicodedata.category(each) not in {"Cc", "Cf", "Co", "Cn"}
    )
