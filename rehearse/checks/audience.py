"""# Close with everybody, each in their way

## What it looks for

With `--to`: what a hiring manager, a recruiter, a future colleague, an executive or a panel needs
to hear from you. A peer is not asked for reservations about hiring you; an executive wants the
result first; a recruiter is asked for the next steps; a panel is thanked as a whole.

## Why it matters

Everybody you meet is asked about you afterwards, and each looks for something else.

## Known limits

What is expected of each is advice of ours, one small file each in `rehearse/interview/audiences`,
and people differ more than their titles do.

## Source

That one closes with everyone, not only the hiring manager, and that the approach varies with
their position is from the recruiter's column "Interviews: 4 Steps to Closing Strong!". What each
needs is ours.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from rehearse.checks.check import Example, check
from rehearse.checks.steps.evidence import proofs
from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close
    from rehearse.interview.audience import Audience

FIRST_SENTENCES: Final = 2
"""A result in one of so many comes first. Ours, as the advice for an executive says."""

_ALL: Final = re.compile(
    r"\b(?:all|both|each|every(?:one|body)|the (?:panel|three|two|four)|you (?:two|three|four)|you "
    r"guys)\b",
    re.IGNORECASE,
)


@check(
    "Was it right for whom you spoke to?",
    good=(
        Example(
            "We cut returns by a third in a year; I ran the team that did it. I want this role.",
            to="executive",
        ),
        Example("Thank you all for your time today.", to="panel"),
    ),
    bad=(
        Example("Do you have any reservations about hiring me for this role?", to="peer"),
        Example(
            "Thank you for seeing me. It was a long way and worth it. I like what you said about "
            "the market. I ran a team that cut returns by a third in a year.",
            to="executive",
        ),
        Example("Thank you for your time, Anna. I would like this job.", to="panel"),
    ),
)
def audience(close: Close) -> Iterator[Finding]:
    """Hold the close against what its listener needs."""
    to = close.audience
    if to is None:
        return
    for step, why in to.unfit.items():
        if found := proofs(close, step):
            yield Finding(Level.TIP, f"You spoke to {to.title}.", why, found[-1].span, weight=14)
    yield from (
        Finding(Level.TIP, f"You spoke to {to.title}; {what}.", to.advice[want], weight=9)
        for want, what in _missing(close, to)
    )


def _missing(close: Close, to: Audience) -> Iterator[tuple[str, str]]:
    if "result_first" in to.advice and _buried(close):
        yield "result_first", "your result came late"
    if "next_steps" in to.advice and not close.holding("next_steps"):
        yield "next_steps", "you did not ask what comes next"
    thanks = proofs(close, "thanks")
    if "all_thanked" in to.advice and thanks and not any(_ALL.search(each.text) for each in thanks):
        yield "all_thanked", "you thanked one of them"


def _buried(close: Close) -> bool:
    """Whether a result is there, and not at the beginning."""
    results = [each for each in proofs(close, "fit") if each.holds("quantified")] or [
        *proofs(close, "fit")
    ]
    return bool(results) and results[0] not in close.sentences[:FIRST_SENTENCES]
