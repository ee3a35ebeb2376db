"""What two sessions have in common and what not: steps, measures, lines and words."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from rehearse.history.measures import MEASURES, measured
from rehearse.outputs.telling import told
from rehearse.steps import STEP_NAMES, STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehearse.session import Session

WORDED: Final = "wording."
"""What the names of the checks begin with that are about single lines."""

ALIKE: Final = 0.5
"""Share of words in common (as `difflib` has it) below which marks would be everywhere. Ours."""

OWN: Final = ("‹", "›")
"""Around words that the other session has not."""

Change = Literal["new", "gone", ""]


@dataclass(frozen=True, slots=True)
class Step:
    """Whether a step is there in the first and in the second, and what that changes."""

    title: str
    first: bool
    second: bool

    @property
    def change(self) -> Change:
        """What the second is to the first; empty where both are alike."""
        if self.first == self.second:
            return ""
        return "new" if self.second else "gone"


@dataclass(frozen=True, slots=True)
class Told:
    """A measure of both, as it is said; "–" where a session cannot tell."""

    title: str
    unit: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that were flagged, in the order in which they were said."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    both: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.first or self.second or self.both)


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other; `own` where the other session has them not."""

    text: str
    own: bool


@dataclass(frozen=True, slots=True)
class Words:
    """What was said in both.

    Parameters
    ----------
    first, second
        Runs of words with a blank between; one run where nothing is marked.
    same
        Whether both are the same, letter by letter.
    marked
        Whether they have enough in common for the rest to be marked.
    """

    first: tuple[Run, ...]
    second: tuple[Run, ...]
    same: bool
    marked: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sessions side by side, the first as it was compared with the second."""

    steps: tuple[Step, ...]
    measures: tuple[Told, ...]
    lines: Lines
    words: Words


def compare(first: Session, second: Session) -> Comparison:
    """Put two sessions side by side.

    Raises
    ------
    KeyError, TypeError
        Where one has no report of this format; `rehearse.outputs.kept` says so for people.
    """
    one, other = first.report, second.report
    return Comparison(
        steps=tuple(
            Step(STEP_NAMES[step], *(bool(each["steps"][step]["present"]) for each in (one, other)))
            for step in STEPS
        ),
        measures=_measures(one, other),
        lines=_lines(_flagged(one), _flagged(other)),
        words=_words(one["transcript"]["text"], other["transcript"]["text"]),
    )


def _measures(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[Told, ...]:
    points = measured(one), measured(other)
    return tuple(
        Told(measure.title, measure.unit, *(told(each, measure.name) for each in points))
        for measure in MEASURES
        if measure.name != "steps" and any(measure.name in each for each in points)
    )


def _lines(first: Sequence[str], second: Sequence[str]) -> Lines:
    return Lines(
        first=tuple(text for text in first if text not in second),
        second=tuple(text for text in second if text not in first),
        both=tuple(text for text in first if text in second),
    )


def _flagged(report: Mapping[str, Any]) -> list[str]:
    return [
        finding["at"]["text"]
        for finding in report["findings"]
        if finding["check"].startswith(WORDED)
        and finding["level"] in {"fix", "tip"}
        and finding["at"] is not None
    ]


def _words(first: str, second: str) -> Words:
    """Both texts, with what only one has marked, except where that is nearly all."""
    whole = Words(
        (Run(first, own=False),), (Run(second, own=False),), first == second, marked=False
    )
    if whole.same:
        return whole
    words = first.split(), second.split()
    matcher = difflib.SequenceMatcher(
        None, [_bare(word) for word in words[0]], [_bare(word) for word in words[1]], autojunk=False
    )
    if matcher.ratio() < ALIKE:
        return whole
    runs: tuple[list[Run], list[Run]] = ([], [])
    for tag, a, b, c, d in matcher.get_opcodes():
        for side, said in zip(runs, (words[0][a:b], words[1][c:d]), strict=True):
            if said:
                side.append(Run(" ".join(said), own=tag != "equal"))
    return Words(tuple(runs[0]), tuple(runs[1]), same=False, marked=True)


def _bare(word: str) -> str:
    """A word without what a recogniser may write one way or the other."""
    return re.sub(r"[^\w’']", "", word).lower()
