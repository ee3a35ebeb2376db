"""The one thing for the next take: chosen from the last takes, and judged in the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.bars import FILLERS_A_MINUTE, LENGTH_S, PACE_WPM
from rehearse.history.measures import ALL
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehearse.history.measures import Point

LOOKED_AT: Final = 5
"""Takes that a goal is chosen from: what was wrong long ago is no goal."""

OFTEN: Final = 0.4
"""A step that is missing in this share of them is the goal, even if it was there just now. Ours."""

HESITANT: Final = 3.0
"""Pauses in mid-sentence, a minute, that need no goal. Ours: the check names three in a close."""

LESS: Final = 0.75
"""A goal asks for a quarter less: to be reached in one take. Ours."""

FEWER: Final = {"fillers": FILLERS_A_MINUTE, "hesitations": HESITANT}
"""Measures of which there should be fewer, and how many need no goal."""

TEXTS: Final[dict[str, str]] = {
    "step.interest": "Say that you want the job",
    "step.fit": "Say why you fit: one of their needs, and what you did about it",
    "step.concerns": "Ask whether they have any concerns",
    "step.thanks": "Thank them at the end",
    "steps": "All four steps once more, in other words",
    "cheesy": "Leave out the cheesy lines",
    "length": "Keep it between {:.0f} and {:.0f} seconds".format(*LENGTH_S),
    "fillers": "At most {:.0f} fillers a minute: breathe instead",
    "hesitations": "At most {:.0f} pauses a minute in mid-sentence: finish, then breathe",
    "pace": "Speak at {:.0f} to {:.0f} words a minute".format(*PACE_WPM),
}
"""What is asked for, by the measure that tells whether it was done."""


@dataclass(frozen=True, slots=True)
class Goal:
    """One thing to do.

    Parameters
    ----------
    measure
        What tells whether it was done, a name in `TEXTS`.
    target
        At most so much of it, for those in `FEWER`; None for the others.
    """

    measure: str
    target: float | None = None

    @property
    def text(self) -> str:
        """For people, as an order: "Ask whether they have any concerns"."""
        text = TEXTS[self.measure]
        return text if self.target is None else text.format(self.target)

    def reached(self, points: Mapping[str, Point]) -> bool | None:
        """Whether a take reached it; None where that take cannot tell."""
        if (point := points.get(self.measure)) is None:
            return None
        if self.target is not None:
            return point.value <= self.target
        measure = ALL[self.measure]
        if measure.bounds is not None:
            return measure.bounds[0] <= point.value <= measure.bounds[1]
        return point.amount == 0 if measure.better == "less" else point.value == 1


def chosen(takes: Sequence[Mapping[str, Point]]) -> Goal:
    """Choose the one thing for the next take.

    What is missing comes before what is wrong, and what is said before how it is said: a
    step, a cheesy line, the length, fillers, pauses, pace.

    Parameters
    ----------
    takes
        Measures of the last takes by name, the oldest first; at least one.
    """
    near = takes[-LOOKED_AT:]
    if (step := _missing(near)) is not None:
        return Goal(f"step.{step}")
    if near[-1]["cheesy"].amount:
        return Goal("cheesy")
    if _outside("length", near):
        return Goal("length")
    for name, bar in FEWER.items():
        values = [take[name].value for take in near if name in take]
        if values and (mean := sum(values) / len(values)) > bar:
            # Whole numbers: what people can count.
            return Goal(name, max(float(round(bar)), float(int(mean * LESS))))
    if _outside("pace", near):
        return Goal("pace")
    return Goal("steps")


def _missing(near: Sequence[Mapping[str, Point]]) -> str | None:
    """The step that is missing most often, if it is missing in the last take or often."""
    misses = {step: sum(1 - take[f"step.{step}"].amount for take in near) for step in STEPS}
    now = {step for step in STEPS if not near[-1][f"step.{step}"].amount}
    often = {step for step in STEPS if misses[step] >= OFTEN * len(near)}
    among = [step for step in STEPS if step in now | often]
    return max(among, key=lambda step: misses[step], default=None)


def _outside(name: str, near: Sequence[Mapping[str, Point]]) -> bool:
    """Whether the last take and half of all are out of bounds."""
    bounds = ALL[name].bounds
    values = [take[name].value for take in near if name in take]
    if bounds is None or not values:
        return False
    out = [not bounds[0] <= value <= bounds[1] for value in values]
    return out[-1] and 2 * sum(out) >= len(out)
