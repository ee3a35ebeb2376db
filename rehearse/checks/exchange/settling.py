"""# Check that it helped, and move on

## What it looks for

A question whether your answer helped ("does that ease it?"), and the opposite of moving on:
apologising again and again, adding weaknesses that nobody asked for, or, where they have no
concern, selling on or fishing for one.

## Why it matters

Without the question you do not know whether the concern is still there when you leave. And what
you dwell on is what they remember.

## Known limits

A question about something else ("any other questions?") may be taken for the check at times, and
a long honest answer for dwelling.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!": check that the answer helped;
where they have none, confirm it and move on. Guides for job seekers warn of dwelling on a
weakness (quintcareers, saylor, goreading, totalassist).
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
    "Did you check that your answer helped, and move on?",
    good=(
        Example(
            ASKED
            + "You have never run a team as large as ours.\nCandidate: That is fair. I ran eleven "
            "people at the depot for two years, and nobody left. Does that answer it?"
        ),
        Example(ASKED + "No, none.\nCandidate: That's good to hear. Thank you."),
    ),
    bad=(
        Example(
            ASKED
            + "You have no experience with our system.\nCandidate: I know, I'm so sorry. It's "
            "embarrassing really, I'm hopeless with new systems. And I'm not good on the phone "
            "either, I suppose I should have told you that. Sorry."
        ),
    ),
)
def settling(close: Close) -> Iterator[Finding]:
    """Look for the check, and for dwelling."""
    for each in close.exchanges:
        if each.response is not None:
            yield from _judged(each)


def _judged(each: Exchange) -> Iterator[Finding]:
    if each.has("dwelling"):
        concern = each.reply == "concern"
        yield Finding(
            Level.FIX,
            "You dwelt on it; what you dwell on is what they remember."
            if concern
            else "They had no concern, and you went on; every further word can make one.",
            "One sentence for the weakness, two for the answer, and then back to what you bring."
            if concern
            else "Confirm it in a few words and go on to your thanks.",
            each.marks["dwelling"][0],
            weight=26,
        )
    if each.reply != "concern":
        return
    if each.has("checked"):
        yield Finding(
            Level.STRENGTH, "You checked that your answer helped.", at=each.marks["checked"][0]
        )
    elif each.has("evidence"):
        yield Finding(
            Level.NOTE,
            "You did not ask whether it helped; without that, you leave and do not know: “Does "
            "that answer it?”",
            at=each.response,
        )
