"""What somebody means to say in a close: the role, what matters most, a proof for each, a question.

A plan is kept with what it is for.  Its parts are held against what was said, and its cue words
are what one may glance at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from rehearse.errors import PlanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

LONGEST: Final = 300
"""Characters of an answer. Ours: a sentence or two; what is longer is read out."""

LONGEST_CUE: Final = 40
"""Characters of a cue. Ours: several have to fit into a line."""

MOST_POINTS: Final = 3
"""Ours: with the interest, the question and the thanks they fill a minute."""

QUESTION: Final = "Do you have any concerns or reservations about hiring me for this role?"
"""What is asked unless somebody chooses other words."""


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that the job needs, and one thing that somebody did about such a need."""

    criterion: str
    proof: str


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or two that bring back a part of a plan.

    Parameters
    ----------
    part
        Which, as in `Plan.parts`; "role" as well.
    text
        As somebody wrote it: "St Bride's".
    short
        Its first letters, or its number: "St B…".
    rank
        0 is the most telling of its part.
    """

    part: str
    text: str
    short: str
    rank: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be said in a close.

    Parameters
    ----------
    role
        What the job is called.
    why
        Why they want it; empty where nobody said.
    points
        One to `MOST_POINTS`, the most important first.
    question
        With which they ask for concerns.
    cues
        In the order of the text; empty while none are chosen.

    Raises
    ------
    PlanError
        Where something is missing or too long.
    """

    role: str
    why: str
    points: tuple[Point, ...]
    question: str = QUESTION
    cues: tuple[Cue, ...] = ()

    def __post_init__(self) -> None:
        require("The role", self.role)
        if self.why:
            require("The reason", self.why)
        if not 1 <= len(self.points) <= MOST_POINTS:
            raise PlanError(
                f"A plan has 1 to {MOST_POINTS} criteria, and this one has {len(self.points)}.",
                hint="Name what matters most to them, and for each one thing that you did.",
            )
        for number, point in enumerate(self.points, start=1):
            require(f"Criterion {number}", point.criterion)
            require(f"Proof {number}", point.proof)
        require("The question", self.question)

    def parts(self) -> tuple[tuple[str, str], ...]:
        """The name and text of everything that is to be said, in the order of the plan.

        >>> Plan("Baker", "", (Point("early hours", "two years' nights"),), "Doubts?").parts()
        (('criterion 1', 'early hours'), ('proof 1', "two years' nights"), ('question', 'Doubts?'))
        """
        why = (("why", self.why),) if self.why else ()
        points = tuple(
            part
            for number, point in enumerate(self.points, start=1)
            for part in (
                (f"criterion {number}", point.criterion),
                (f"proof {number}", point.proof),
            )
        )
        return (*why, *points, ("question", self.question))

    def cued(self, words: Callable[[str], Iterable[tuple[str, str, int]]]) -> Plan:
        """The same with its cue words.

        Parameters
        ----------
        words
            Chooses them from a text, in its order: text, short form and rank, as in `Cue`.
        """
        cues = [
            Cue(part, text, short, rank)
            for part, answer in (("role", self.role), *self.parts())
            for text, short, rank in words(answer)
        ]
        return replace(self, cues=tuple(cues))


def require(what: str, text: str) -> None:
    """Refuse an answer that has no words, or is too long.

    Parameters
    ----------
    what
        How a sentence about it begins: "Proof 1".
    text
        The answer.

    Raises
    ------
    PlanError
        With what to do.
    """
    if not any(each.isalnum() for each in text):
        raise PlanError(f"{what} is missing.", hint="A few words are enough.")
    if len(text) > LONGEST:
        raise PlanError(
            f"{what} has {len(text)} characters, and {LONGEST} are the most.",
            hint="Shorten it: a plan is what you remember, not what you read out.",
        )
