"""# Take up what they say

## What it looks for

Whether you take the interviewer's concern up as heard before you answer it ("that's fair",
"you're right, I have never run a team of that size"), and whether you ask what is behind it.
Where they have no concern, whether you confirm that briefly.

## Why it matters

Somebody who feels heard listens to the answer. And the concern that is said is often not the one
that is meant: a question costs five seconds, and saves you from answering the wrong one.

## Known limits

A nod or a tone of voice is not heard. To ask what is behind it is not always needed: where it is
plain, its absence is only noted.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!": acknowledge it, and find what is
behind it. So do guides for job seekers (quintcareers, saylor, goreading, totalassist).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.checks.check import Example, check
from rehearse.checks.exchange import ASKED
from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close
    from rehearse.exchange import Exchange


@check(
    "Did you take up what they said before you answered it?",
    good=(
        Example(
            ASKED
            + "You have never run a team as large as ours.\nCandidate: That is fair, it would be "
            "the largest so far. I ran eleven people at the depot for two years, and nobody left. "
            "Does that help?"
        ),
        Example(
            ASKED + "None at all, you have answered everything.\nCandidate: I'm glad to hear that. "
            "Thank you both."
        ),
    ),
    bad=(
        Example(
            ASKED
            + "You have never run a team as large as ours.\nCandidate: I ran eleven people at "
            "the depot for two years and nobody left."
        ),
    ),
)
def hearing(close: Close) -> Iterator[Finding]:
    """Look for acknowledgement and for a question about what is behind it."""
    for each in close.exchanges:
        if each.response is not None:
            yield from _concern(each) if each.reply == "concern" else _none(each)


def _concern(each: Exchange) -> Iterator[Finding]:
    if each.has("acknowledged"):
        yield Finding(
            Level.STRENGTH,
            "You took their concern up before you answered.",
            at=each.marks["acknowledged"][0],
        )
    else:
        yield Finding(
            Level.TIP,
            "You answered their concern without taking it up; it sounds as if you had not heard "
            "it.",
            "Begin with it: “That's fair: I have not … yet”, then your answer.",
            each.response,
            weight=12,
        )
    if each.has("clarified"):
        yield Finding(
            Level.STRENGTH,
            "You asked what is behind their concern, so that you answer the right one.",
            at=each.marks["clarified"][0],
        )
    elif not each.has("evidence"):
        yield Finding(
            Level.TIP,
            "You did not ask what is behind it; the concern that is said is not always the one "
            "meant.",
            "Ask before you answer: “Is it … that worries you, or …?”",
            each.response,
            weight=6,
        )


def _none(each: Exchange) -> Iterator[Finding]:
    if each.has("acknowledged"):
        yield Finding(
            Level.STRENGTH,
            "They have no concern, and you confirmed it; now they have said so themselves.",
            at=each.marks["acknowledged"][0],
        )
    elif not (each.has("defensive") or each.has("dwelling") or each.has("evasive")):
        yield Finding(
            Level.NOTE,
            "They have no concern, and you passed over it; a few words make it theirs: “I'm glad "
            "to hear that.”",
            at=each.response,
        )
