"""Something that was handed over: what is to be done with it, and how far it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from rehearse.session import ANY

State = Literal["waiting", "working", "done", "failed"]

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

NAME: Final = re.compile(r"\d{20}-[0-9a-f]{8}")
"""The id of a job: the moment at which it was accepted, in ns, and something by chance."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be done.

    Parameters
    ----------
    name
        The file, as its owner calls it.
    label
        What it is for.
    speaker
        Whose close it is, where several speak; None takes the one who speaks most.
    from_s, to_s
        Which part, in seconds.
    keep
        Whether it goes into the history.
    take
        A take on this machine that is to be recovered; None where bytes were sent.
    job, discussed, to
        What it is held against, as it was given; empty where it was not.
    turns
        Whether it is a typed conversation.
    """

    name: str
    label: str = ANY
    speaker: int | None = None
    from_s: float = 0.0
    to_s: float | None = None
    keep: bool = True
    take: str | None = None
    job: str = ""
    discussed: str = ""
    to: str = ""
    turns: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """One of them, and how far it is.

    Parameters
    ----------
    id
        Names it; see `NAME`.
    wish
        What is to be done.
    state
        How far it is.
    heard_s, length_s
        How much was recognised, of how much, in seconds; None while that is not known.
    session
        Under which number it was kept.
    line
        The report as JSON, where it is in no history.
    error
        Why there is no report, or why it is in no history: (message, hint).
    copied
        The copy of its sound in the folder of takes, once it is there.
    """

    id: str
    wish: Wish
    state: State = "waiting"
    heard_s: float | None = None
    length_s: float | None = None
    session: int | None = None
    line: str | None = None
    error: tuple[str, str] | None = None
    copied: str | None = None

    @property
    def accepted(self) -> datetime:
        """When it came: the moment under which it is kept, by which it is known again."""
        return EPOCH + timedelta(microseconds=int(self.id.partition("-")[0]) // 1000)

    @property
    def over(self) -> bool:
        """Whether nothing more will be done."""
        return self.state in {"done", "failed"}
