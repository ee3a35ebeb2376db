"""How measures, habits and bests are told, wherever a history is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.history.bests import RATES, ROW
from rehearse.history.measures import ALL
from rehearse.steps import STEP_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rehearse.history.estimates import Estimate
    from rehearse.history.habits import Habit
    from rehearse.history.measures import Measure, Point
    from rehearse.history.overview import Overview
    from rehearse.history.standing import Standing

SPARKS: Final = "▁▂▃▄▅▆▇█"


def value(measure: Measure, number: float) -> str:
    """A value as it is said: "4.2", "47"."""
    return f"{number:.0f}" if measure.kind == "length" and number >= 10 else f"{number:.1f}"


def shown(measure: Measure, point: Point) -> float:
    """A value in the unit that people read: of four steps three, not 0.75."""
    return point.amount if measure.kind == "share" else point.value


def heading(measure: Measure) -> str:
    """What a measure is called, with its unit: "length, s"."""
    return f"{measure.title}{' ' if measure.unit[0] in 'o/' else ', '}{measure.unit}"


def verdict(standing: Standing) -> tuple[str, str, str]:
    """What may be said of a measure: a mark, its style, and words."""
    more = standing.more
    if standing.verdict == "improved":
        return "✓", "level.strength", "improved"
    if standing.verdict == "worse":
        return "✗", "level.fix", "worse"
    if standing.verdict == "told":
        return " ", "quiet", ""
    if standing.verdict == "too few":
        return " ", "quiet", "too few takes yet"
    if more is None:
        return "·", "quiet", "no change"
    return "·", "quiet", f"no change yet, {takes(more, 'more')} would tell"


def sparkline(numbers: Sequence[float | None], *, low: float = 0.0) -> str:
    """A row of bars from `low` to the highest; a blank where there is nothing to tell."""
    known = [number for number in numbers if number is not None]
    high = max(known, default=low)
    steps = len(SPARKS) - 1
    return "".join(
        " "
        if number is None
        else SPARKS[round((number - low) / (high - low) * steps) if high > low else 0]
        for number in numbers
    )


def told(points: Mapping[str, Point], name: str, unit: str = "") -> str:
    """A measure of one take; "–" where that take cannot tell."""
    if (point := points.get(name)) is None:
        return "–"
    return f"{point.value:.{digits(name)}f}{unit}"


def digits(name: str) -> int:
    """How many digits after the point a measure of one take has: it has no half of a line."""
    return 1 if name in (*RATES, "pitch") else 0


def takes(count: int, between: str = "") -> str:
    """So many takes: "1 take", "3 more takes"."""
    return counted(count, f"{between} take" if between else "take")


def counted(count: int, what: str) -> str:
    """So many of something: "1 session", "3 sessions"."""
    return f"{count} {what}" + ("" if count == 1 else "s")


def interval(measure: Measure, estimate: Estimate) -> str:
    """The interval of a value; empty where takes are too few to tell."""
    if estimate.low is None or estimate.high is None:
        return ""
    return f"{value(measure, estimate.low)} to {value(measure, estimate.high)}"


def share(estimate: Estimate) -> str:
    """In how many takes a step was there."""
    return f"{round(estimate.value * estimate.takes)} of {estimate.takes}"


def habit(each: Habit) -> str:
    """A habit in a line."""
    often = f"in {each.takes} of {each.among} takes"
    if each.kind == "step":
        return f"You forget the step “{STEP_NAMES[each.what]}”: missing {often}."
    if each.kind == "filler":
        return f"A filler comes just before the step “{STEP_NAMES[each.what]}”: {often}."
    last = f"in {each.takes} of your last {each.among} takes"
    return f"“{each.what}”: {last}, {each.lift or 0:.0f} times as often as others say it."


def best(history: Overview) -> list[str]:
    """The personal bests, a line each."""
    lines = []
    for each in history.bests.values():
        if each.measure == ROW:
            lines.append(f"all four steps in {each.value:.0f} takes in a row")
        else:
            measure = ALL[each.measure]
            lines.append(
                f"{measure.title}: {value(measure, each.value)} {measure.unit}, in session "
                f"{each.session}"
            )
    return lines
