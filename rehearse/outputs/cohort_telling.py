"""How the figures of a cohort are told, wherever they are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.bars import LENGTH_S
from rehearse.outputs.telling import counted, heading, interval, value
from rehearse.steps import STEP_NAMES

if TYPE_CHECKING:
    from rehearse.cohort import Cohort, Share
    from rehearse.cohort.summary import Told


def percent(share: Share) -> str:
    """A share as it is said: "61 %"."""
    return f"{share.value:.0%}".replace("%", " %")


def between(share: Share) -> str:
    """Its interval: "52 to 69 %"."""
    low, high = share.interval
    return f"{100 * low:.0f} to {100 * high:.0f} %"


def of(share: Share) -> str:
    """So many of so many: "12 of 40"."""
    return f"{share.count} of {share.among}"


def measure(told: Told) -> tuple[str, str, str, str]:
    """A measure: its title with its unit, its mean, the interval of that, and its median."""
    each = told.measure
    return (
        heading(each),
        value(each, told.estimate.value),
        interval(each, told.estimate),
        value(each, told.median),
    )


def title(cohort: Cohort) -> str:
    """The whole in one line."""
    failed = f", {len(cohort.failures)} failed" if cohort.failures else ""
    return counted(cohort.recordings, "recording") + failed


def missing(cohort: Cohort) -> str:
    """The step that most leave out; empty where nobody leaves any."""
    if not (steps := cohort.commonest_missing):
        return ""
    share = cohort.steps[steps[0]]
    names = " and ".join(STEP_NAMES[step] for step in steps)
    each = " each" if len(steps) > 1 else ""
    return (
        f"Most often missing: {names},{each} in {share.among - share.count} of "
        f"{share.among} recordings."
    )


def lengths(cohort: Cohort) -> str:
    """How many were too short, right and too long; empty where nothing was measured."""
    if not cohort.inside.among:
        return ""
    low, high = LENGTH_S
    return (
        f"{percent(cohort.inside)} were between {low:.0f} and {high:.0f} s long, "
        f"{percent(cohort.short)} shorter, {percent(cohort.long)} longer."
    )
