"""What a close is held against, and what of it was said: a job, notes, a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rehearse.transcript import Span

Importance = Literal["must", "plus"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that a posting asks of a person.

    Parameters
    ----------
    text
        As the posting has it.
    rank
        Its place among all, >= 1; the most important is the first.
    level
        Whether it must be there, or is a plus.
    """

    text: str
    rank: int
    level: Importance


@dataclass(frozen=True, slots=True)
class Answered:
    """A criterion and what a close says to it.

    Parameters
    ----------
    criterion
        What is asked for.
    evidence
        Sentences in which the candidate answers it with something of their own, the surest first.
    named
        Sentences that only mention, claim or promise it.
    """

    criterion: Criterion
    evidence: tuple[Span, ...] = ()
    named: tuple[Span, ...] = ()

    @property
    def covered(self) -> bool:
        """Whether own experience answers it."""
        return bool(self.evidence)

    @property
    def spoken_of(self) -> bool:
        """Whether it is spoken of at all."""
        return bool(self.evidence or self.named)


@dataclass(frozen=True, slots=True)
class Planned:
    """A part of a plan, and where the close says it.

    Parameters
    ----------
    part, text
        As `rehearse.interview.plan.Plan.parts` gives them.
    at
        The sentences that say it.
    """

    part: str
    text: str
    at: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Recalled:
    """Something that was discussed before, and where the close recalls it.

    Parameters
    ----------
    note
        A line of the notes.
    at
        The sentences that recall it.
    """

    note: str
    at: tuple[Span, ...] = ()
