"""What somebody does in most takes, perhaps without knowing it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import exp
from typing import TYPE_CHECKING, Final, Literal

from rehearse.history.measures import JUST_BEFORE_S
from rehearse.history.standing import RECENT
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rehearse.history.measures import Point
    from rehearse.history.phrases import Reference

HabitKind = Literal["phrase", "filler", "step"]

LISTENED: Final = 30
"""Takes in which phrases are looked for: what somebody said before is no habit any more. Ours."""

FORGOTTEN: Final = 0.3
"""A step that is missing in this share of the last `RECENT` takes is forgotten: what was missing
before is no habit any more. Ours."""

BEFORE: Final = 0.5
"""A filler that is before a step in this share of the takes that have it. Ours."""

LEAST_STEPS: Final = 5
"""Takes that have the step. With four, two are half of them. Ours."""

MORE_THAN_CHANCE: Final = 2.0
"""So many times as often as it would be there if fillers fell anywhere. Ours."""


@dataclass(frozen=True, slots=True)
class Habit:
    """One habit.

    Parameters
    ----------
    kind
        A phrase, a filler before a step, or a step that is forgotten.
    what
        The phrase, or the step.
    takes, among
        In how many of how many takes.
    times
        How often in all.
    lift
        How many times as often as others say it; None for fillers and steps.
    """

    kind: HabitKind
    what: str
    takes: int
    among: int
    times: int
    lift: float | None = None


def habits(points: Sequence[Mapping[str, Point]], words: Sequence[str]) -> list[Habit]:
    """Find the habits of the last takes, the oldest first.

    Parameters
    ----------
    points
        The measures of each by name.
    words
        What was said in each.
    """
    from rehearse.history.phrases import LEAST_TAKES, phrases

    if len(points) < LEAST_TAKES:
        return []
    said = [
        Habit("phrase", each.text, each.takes, each.among, each.times, each.lift)
        for each in phrases(words[-LISTENED:], reference())
    ]
    return [*_forgotten(points), *_fillers(points), *said]


@cache
def reference() -> Reference:
    """What others say."""
    from rehearse.history.phrases import Reference
    from rehearse.settings import models_folder

    return Reference.read(models_folder() / "phrases" / "english.tsv.gz")


def _forgotten(points: Sequence[Mapping[str, Point]]) -> Iterator[Habit]:
    near = points[-RECENT:]
    for step in STEPS:
        missing = sum(not take[f"step.{step}"].amount for take in near)
        if missing >= FORGOTTEN * len(near):
            yield Habit("step", step, missing, len(near), missing)


def _fillers(points: Sequence[Mapping[str, Point]]) -> Iterator[Habit]:
    rates = [take["fillers"] for take in points if "fillers" in take]
    if not rates:
        return
    a_minute = sum(each.amount for each in rates) / sum(each.exposure for each in rates)
    by_chance = 1 - exp(-a_minute * JUST_BEFORE_S / 60)
    for step in STEPS:
        there = [take[f"filler.{step}"] for take in points if f"filler.{step}" in take]
        before = round(sum(each.amount for each in there))
        least = max(BEFORE, MORE_THAN_CHANCE * by_chance) * len(there)
        if len(there) >= LEAST_STEPS and before >= least:
            yield Habit("filler", step, before, len(there), before)
