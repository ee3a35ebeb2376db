"""# Say thank you

## What it looks for

Thanks or plain gratitude to the people who interviewed you, for anything in the process.
A bare "thank you" at the end counts. Thanks to others, "thanks to" as a cause, "no thanks",
and "it was a pleasure" alone do not. A "thank you" that only the speech recogniser wrote,
with no sound of speech under it, is not counted.

## Why it matters

It is the last thing they hear, and it is noticed when it is missing. It comes again within
a day, by e-mail.

## Known limits

Gratitude that shows only in the tone of voice is not heard.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!", step four. What counts
is set out in docs/labels.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.checks.check import check
from rehearse.checks.steps.evidence import judged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close
    from rehearse.finding import Finding


@check(
    "Did you thank them?",
    good=(
        "Thank you for your time today.",
        "I'm grateful to you both for such a frank conversation.",
        "I appreciate you fitting me in.",
    ),
    bad=(
        "Thanks to the program I set up, sales doubled.",
        "I can't thank my old manager enough for what she taught me.",
        "I appreciate that the budget is tight.",
    ),
)
def thanks(close: Close) -> Iterator[Finding]:
    """Look for thanks to the interviewers."""
    yield from judged(
        close,
        "thanks",
        there="You thanked them.",
        absent="You did not thank them; it is the last thing they hear, and noticed when it "
        "is missing.",
        suggestion="End with thanks for something particular: “Thank you for your time, and "
        "for …”. Write again within a day.",
        weight=25,
    )
