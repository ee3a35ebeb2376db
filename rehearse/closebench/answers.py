"""What this program says of a labelled close, in the words of the labels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.finding import Level

if TYPE_CHECKING:
    from rehearse.closebench.items import Item
    from rehearse.report import Report

CHECKS: Final = {
    "cheesy": "wording.cheesy",
    "arrogant": "wording.arrogant",
    "hedging": "wording.hedging",
}
"""Which check answers for which lines."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Parameters
    ----------
    steps
        The words that are taken for each step that is found.
    lines
        The words that are flagged as cheesy, arrogant or hedging.
    facets
        What else is found.
    text
        The words that were judged: the item's own, or what was heard of its recording.
    refused
        Why nothing could be said; empty otherwise.
    """

    steps: dict[str, tuple[str, ...]]
    lines: dict[str, tuple[str, ...]]
    facets: frozenset[str]
    text: str
    refused: str = ""


def of(report: Report) -> Answer:
    """The answer that a report gives."""
    text = report.transcript.text
    lines: dict[str, list[str]] = {name: [] for name in CHECKS}
    for name, check in CHECKS.items():
        for finding in report.findings:
            # A note says that a phrase is worn; the labels call that borderline.
            if finding.check == check and finding.at and finding.level is not Level.NOTE:
                lines[name].append(text[finding.at.start : finding.at.end])
    return Answer(
        {
            step: tuple(text[span.start : span.end] for span in spans)
            for step, spans in report.steps.items()
            if spans
        },
        {name: tuple(found) for name, found in lines.items()},
        frozenset(name for name, there in report.facets.items() if there),
        text,
    )


def none(item: Item, why: str) -> Answer:
    """The answer for what could not be analysed: nothing was found."""
    return Answer({}, dict.fromkeys(CHECKS, ()), frozenset(), item.text or "", why)
