"""# Ask what speaks against you

## What it looks for

A question or a request, direct or indirect, that asks the interviewer for doubts about
*you*: "Do you have any concerns or reservations about hiring me for this role?", or
"be blunt with me: where do I fall short?". Asking what happens next, how you compare
with others, or whether there are any more questions is something else, and so are your
own doubts about the job.

## Why it matters

A doubt that stays unsaid cannot be answered. If there is none, they have heard
themselves say so; if there is one, you now have something to work with, and it may rest
on a misunderstanding.

## Known limits

Opinions differ: several coaches call this question essential, while others (Ask a Manager,
2011, among them) find blunt forms of it too pushy. Softer wording counts just as well.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!", step three. What counts
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
    "Did you ask for concerns about you?",
    good=(
        "Do you have any concerns or reservations about hiring me for this role?",
        "Be blunt with me: where do I fall short?",
        "Is there something in what I told you that worries you?",
    ),
    bad=(
        "Is there anything about the team I should be worried about?",
        "When do you expect to decide? Thank you for your time.",
        "My only concern is the commute.",
    ),
)
def concerns(close: Close) -> Iterator[Finding]:
    """Look for the concerns question."""
    yield from judged(
        close,
        "concerns",
        there="You asked for their concerns, so that they can be answered.",
        absent="You did not ask whether anything speaks against you; a doubt that stays unsaid "
        "cannot be answered.",
        suggestion="Ask, and then wait: “Do you have any concerns or reservations about hiring "
        "me for this role?” Softer: “Is there anything you would like me to clear up?”",
        weight=20,
    )
