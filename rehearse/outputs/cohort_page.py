"""What a cohort says together, as one HTML file that opens without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rehearse.outputs.cohort_telling import between, lengths, measure, missing, of, percent, title
from rehearse.outputs.harmless import harmless
from rehearse.outputs.one_file import page
from rehearse.steps import STEP_NAMES, STEPS

if TYPE_CHECKING:
    from rehearse.cohort import Cohort, Share

PART: Final = "parts/cohort.html"
STYLES: Final = ("page.css", "cohort.css")

LISTED: Final = 200
"""Failures that are listed; all of them are in the table."""


def html(cohort: Cohort, *, made: str, anonymous: bool) -> str:
    """Write the page.

    Parameters
    ----------
    cohort
        What was counted.
    made
        With what: the version and the weights.
    anonymous
        Whether no recording is to be named.
    """
    holds = "It holds no names" if anonymous else "It names no recording but those that failed"
    return page(
        PART,
        fields(cohort, made=made),
        title=f"A cohort: {title(cohort)}",
        styles=STYLES,
        holds=f"{holds}, and of what was said only lines that several people said.",
    )


def fields(cohort: Cohort, *, made: str) -> dict[str, Any]:
    """What the template is given."""
    named = [(STEP_NAMES[step], cohort.steps[step]) for step in STEPS]
    named.append(("all four", cohort.all_steps))
    told: dict[str, Any] = harmless(
        {
            "heading": title(cohort),
            "made": made,
            "recordings": cohort.recordings,
            "steps": [_bar(name, share) for name, share in named],
            "missing": missing(cohort),
            "measures": [
                dict(zip(("title", "mean", "interval", "median"), measure(each), strict=True))
                for each in cohort.measures
            ],
            "lengths": lengths(cohort),
            "practices": [
                {
                    "title": each.exercise.title,
                    "how": each.exercise.how,
                    "check": each.check,
                    "share": f"{percent(each.share)} of the recordings, {of(each.share)}",
                    "interval": between(each.share),
                }
                for each in cohort.practices
            ],
            "cheesy": [
                {
                    "why": each.why,
                    "said": each.said,
                    "share": of(each.share),
                    "interval": between(each.share),
                }
                for each in cohort.cheesy
            ],
            "failures": [
                {"name": each.name, "error": each.error, "hint": each.hint}
                for each in cohort.failures[:LISTED]
            ],
            "failures_left": max(0, len(cohort.failures) - LISTED),
        }
    )
    return told


def _bar(name: str, share: Share) -> dict[str, Any]:
    low, high = share.interval
    return {
        "title": name,
        "share": percent(share),
        "count": of(share),
        "interval": between(share),
        "width": round(100 * share.value, 1),
        "low": round(100 * low, 1),
        "high": round(100 * high, 1),
    }
