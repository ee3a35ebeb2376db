"""The findings and what they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehearse.criterion import Answered, Planned, Recalled
    from rehearse.delivery import Delivery, FillerWord
    from rehearse.exchange import Exchange
    from rehearse.quality import Quality
    from rehearse.speakers import Voices
    from rehearse.transcript import Span, Transcript

MOST_FIXES: Final = 3
"""A speaker changes a few things at a time: at most this many come first."""


@dataclass(frozen=True, slots=True)
class Ear:
    """Which engine and which weights wrote the words."""

    name: str
    model: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that is told about one close.

    Parameters
    ----------
    source
        The file, as it was named.
    engine
        What wrote the words; None where they were typed.
    steps
        For each of the four steps, the words that prove it; empty if it is absent.
    facets
        What else was there.
    findings
        In the order of the checks.
    filler_words
        Words that fill time, such as "like".
    notes
        What was done with the input that its owner should know.
    voices
        Who speaks when; None where it was typed.
    quality
        What the recording is like; None where there is none.
    exchanges
        The interviewer's answers to the concerns question, and the responses to them.
    criteria
        What the job asks for, the most important first; None where no job was given.
    recalled
        What was discussed before; None where no notes were given.
    planned
        What was to be said; None where there is no plan.
    to
        Whom it is for, as in `rehearse.interview.audience.NAMES`; None where nobody said.
    """

    source: str
    engine: Ear | None
    transcript: Transcript
    delivery: Delivery
    steps: Mapping[str, tuple[Span, ...]]
    facets: Mapping[str, bool]
    findings: tuple[Finding, ...]
    filler_words: tuple[FillerWord, ...] = ()
    notes: tuple[str, ...] = ()
    voices: Voices | None = None
    quality: Quality | None = None
    exchanges: tuple[Exchange, ...] = ()
    criteria: tuple[Answered, ...] | None = None
    recalled: tuple[Recalled, ...] | None = None
    planned: tuple[Planned, ...] | None = None
    to: str | None = None

    @property
    def fixes(self) -> tuple[int, ...]:
        """The indexes of the at most three findings that come first."""
        return first_fixes(self.findings)

    @property
    def steps_present(self) -> int:
        """How many of the four steps were there."""
        return sum(bool(spans) for spans in self.steps.values())


def first_fixes(findings: Sequence[Finding]) -> tuple[int, ...]:
    """Choose what comes first: fixes before tips, the weightier first, three at most."""
    order = {Level.FIX: 0, Level.TIP: 1}
    chosen = sorted(
        (number for number, finding in enumerate(findings) if finding.level in order),
        key=lambda number: (order[findings[number].level], -findings[number].weight, number),
    )
    return tuple(chosen[:MOST_FIXES])
