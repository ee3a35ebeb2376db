"""What is compared from take to take: each measure, and how it is read from a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from rehearse.bars import LENGTH_S, PACE_WPM, RATE_LEAST_S
from rehearse.steps import STEPS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Kind = Literal["count", "share", "length"]
Better = Literal["less", "more", "inside", "none"]

JUST_BEFORE_S: Final = 1.5
"""A filler so long before a step is what the step begins with. Ours."""


class Point(NamedTuple):
    """One measure of one take.

    Parameters
    ----------
    amount
        How many, >= 0, or how much.
    exposure
        In so many minutes, hundreds of words or chances, > 0; 1 for a length.
    """

    amount: float
    exposure: float = 1.0

    @property
    def value(self) -> float:
        """In the unit of the measure."""
        return self.amount / self.exposure


@dataclass(frozen=True, slots=True)
class Measure:
    """Something that can be better or worse from take to take.

    Parameters
    ----------
    name
        In the database, and on the command line.
    title, unit
        For people.
    kind
        A count of something that happens, a share of so many chances, or a length.
    better
        Which way is better; "inside" is within `bounds`, "none" is information only.
    read
        Takes it from a report; None where that take cannot tell.
    weight
        Its share of the chance of a false "improved" that is allowed for all together.
    bounds
        Where a length is as it should be: low and high, as the checks have them.
    """

    name: str
    title: str
    unit: str
    kind: Kind
    better: Better
    read: Callable[[Mapping[str, Any]], Point | None]
    weight: float = 0.0
    bounds: tuple[float, float] | None = None


def _steps(report: Mapping[str, Any]) -> Point:
    steps = report["steps"].values()
    return Point(sum(bool(each["present"]) for each in steps), len(steps))


def _minutes(report: Mapping[str, Any]) -> float | None:
    span_s = report["measures"]["span_s"]
    return None if span_s is None or span_s < RATE_LEAST_S else span_s / 60


def _fillers(report: Mapping[str, Any]) -> Point | None:
    minutes, fillers = _minutes(report), report["measures"]["fillers"]
    return None if minutes is None or fillers is None else Point(len(fillers), minutes)


def _hesitations(report: Mapping[str, Any]) -> Point | None:
    minutes, pauses = _minutes(report), report["measures"]["pauses"]
    if minutes is None or pauses is None:
        return None
    inside = [each for each in pauses if each["where"] == "mid-clause"]
    return Point(len(inside), minutes)


def _length(report: Mapping[str, Any]) -> Point | None:
    span_s = report["measures"]["span_s"]
    return None if span_s is None else Point(span_s)


def _pace(report: Mapping[str, Any]) -> Point | None:
    minutes, pace_wpm = _minutes(report), report["measures"]["pace_wpm"]
    return None if minutes is None or pace_wpm is None else Point(pace_wpm)


def _pitch(report: Mapping[str, Any]) -> Point | None:
    pitch_sd_st = report["measures"]["pitch_sd_st"]
    return None if pitch_sd_st is None else Point(pitch_sd_st)


def _found(check: str) -> Callable[[Mapping[str, Any]], Point]:
    def count(report: Mapping[str, Any]) -> Point:
        there = [
            each
            for each in report["findings"]
            if each["check"] == check and each["level"] in ("fix", "tip")
        ]
        return Point(len(there))

    return count


def _there(step: str) -> Callable[[Mapping[str, Any]], Point]:
    def share(report: Mapping[str, Any]) -> Point:
        return Point(bool(report["steps"][step]["present"]))

    return share


def _filler_before(step: str) -> Callable[[Mapping[str, Any]], Point | None]:
    def share(report: Mapping[str, Any]) -> Point | None:
        fillers, evidence = report["measures"]["fillers"], report["steps"][step]["evidence"]
        if fillers is None or not evidence or evidence[0]["start_s"] is None:
            return None
        start_s = evidence[0]["start_s"]
        near = [
            each
            for each in fillers
            if each["start_s"] is not None and start_s - JUST_BEFORE_S <= each["start_s"] <= start_s
        ]
        return Point(bool(near))

    return share


MEASURES: Final = (
    Measure("steps", "steps", "of 4", "share", "more", _steps, weight=0.12),
    Measure("cheesy", "cheesy lines", "a take", "count", "less", _found("wording.cheesy"), 0.05),
    Measure("length", "length", "s", "length", "inside", _length, 0.05, LENGTH_S),
    Measure("fillers", "fillers", "/min", "count", "less", _fillers, 0.65),
    Measure("hesitations", "mid-sentence pauses", "/min", "count", "less", _hesitations, 0.08),
    Measure("pace", "pace", "wpm", "length", "inside", _pace, 0.05, PACE_WPM),
    Measure("pitch", "pitch variation", "st", "length", "none", _pitch),
)
"""In the order in which they are shown.  The weights add up to one: fillers have most, as
they are what most takes differ in and what most people work on."""

EACH_STEP: Final = tuple(
    Measure(f"step.{step}", step, "of takes", "share", "none", _there(step)) for step in STEPS
)
"""How often each step was there: shown, and judged by all of them together."""

BEFORE_STEPS: Final = tuple(
    Measure(f"filler.{step}", step, "of takes", "share", "none", _filler_before(step))
    for step in STEPS
)
"""How often a filler came just before a step that was there: what habits are made of."""

ALL: Final = {each.name: each for each in (*MEASURES, *EACH_STEP, *BEFORE_STEPS)}


def measured(report: Mapping[str, Any]) -> dict[str, Point]:
    """Every measure that a report tells, by name.

    Raises
    ------
    KeyError, TypeError
        Where it is no report of this format.
    """
    read = {each.name: each.read(report) for each in ALL.values()}
    return {name: point for name, point in read.items() if point is not None}
