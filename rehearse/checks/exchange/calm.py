"""# Stay on their side of the table

## What it looks for

Answers that fight the concern instead of answering it: that call it wrong or unfair, argue, take
offence, or put the blame on somebody else; politely too.

## Why it matters

They told you a doubt because you asked. Who is met with an argument does not tell the next one,
and takes the argument for the answer to how you would be to work with.

## Known limits

To put a misunderstanding right with facts is not defensive, and the line between the two is fine.
Tone of voice is not heard.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!": strong is not cocky, and a
concern is "something to work with". What counts is ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.checks.check import Example, check
from rehearse.checks.exchange import ASKED
from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close


@check(
    "Did you answer their concern without fighting it?",
    good=(
        Example(
            ASKED
            + "I wasn't sure that you had used our software.\nCandidate: I can see why, I did "
            "not say so. I used it every day for two years at the clinic."
        ),
    ),
    bad=(
        Example(
            ASKED
            + "You left your last two jobs within a year.\nCandidate: With respect, I don't see "
            "what that has to do with anything. Both managers were impossible, and I already "
            "explained that."
        ),
    ),
)
def calm(close: Close) -> Iterator[Finding]:
    """Look for defensiveness."""
    for each in close.exchanges:
        if each.has("defensive"):
            yield Finding(
                Level.FIX,
                "This fights what they said, and they will not tell you the next doubt.",
                "Grant what is true in it first: “I can see why you'd wonder”; then give the fact "
                "that answers it.",
                each.marks["defensive"][0],
                weight=38,
            )
