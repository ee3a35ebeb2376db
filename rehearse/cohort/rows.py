"""What a cohort keeps of one report."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from rehearse.history.measures import Point, measured
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping

CHANGE = frozenset(("fix", "tip"))
"""The levels of findings that ask for a change."""


@dataclass(frozen=True, slots=True)
class Row:
    """One report in short.

    Parameters
    ----------
    steps
        For each step whether it was there.
    points
        Every measure that it tells, by name.
    words
        How many.
    checks
        The checks of what is to be changed first.
    cheesy
        Each line that is flagged, and why.
    """

    steps: Mapping[str, bool]
    points: Mapping[str, Point]
    words: int
    checks: tuple[str, ...]
    cheesy: tuple[tuple[str, str], ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The steps that were not there."""
        return tuple(step for step in STEPS if not self.steps[step])

    def kept(self) -> dict[str, Any]:
        """As JSON has it."""
        return asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Row:
        """The other way round."""
        return cls(
            kept["steps"],
            {name: Point(*each) for name, each in kept["points"].items()},
            kept["words"],
            tuple(kept["checks"]),
            tuple((line, why) for line, why in kept["cheesy"]),
        )


def row_of(report: Mapping[str, Any]) -> Row:
    """What is kept of a report, as `rehearse.outputs.json` writes it.

    Raises
    ------
    KeyError, TypeError
        Where it is no report of this format.
    """
    asking = [each for each in report["findings"] if each["level"] in CHANGE]
    return Row(
        {step: bool(report["steps"][step]["present"]) for step in STEPS},
        measured(report),
        report["measures"]["words"],
        tuple(dict.fromkeys(report["findings"][index]["check"] for index in report["fixes"])),
        tuple(
            (each["at"]["text"] if each["at"] else "", _why(each["message"]))
            for each in asking
            if each["check"] == "wording.cheesy"
        ),
    )


def _why(message: str) -> str:
    """Why a line is flagged, without the line.

    >>> _why("“So, when do I start?”: it takes the offer for granted.")
    'it takes the offer for granted'
    >>> _why("“I was born for this.” sounds like a line: it claims more than anybody can believe.")
    'it claims more than anybody can believe'
    """
    return re.sub(r"^“.*”[^:”]*: ", "", message, flags=re.DOTALL).rstrip(".")
