"""One thing worth telling the speaker."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rehearse.transcript import Span


class Level(StrEnum):
    """How much a finding matters, most first."""

    FIX = "fix"
    TIP = "tip"
    NOTE = "note"
    STRENGTH = "strength"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was noticed, where, and what to do about it.

    Parameters
    ----------
    level
        How much it matters.
    message
        What was noticed and why it matters, to the speaker, in one breath.
    suggestion
        What to say or do instead; empty for what is only praise or information.
    at
        The words it is about, or None where it is about all of them.
    weight
        Orders findings of one level: the higher, the sooner it is told.
    check
        The name of the check that found it; filled in by the check itself.
    """

    level: Level
    message: str
    suggestion: str = ""
    at: Span | None = None
    weight: float = 0.0
    check: str = ""
