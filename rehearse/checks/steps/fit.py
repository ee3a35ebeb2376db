"""# Say why you, for this job

## What it looks for

Something *you* did, learned or achieved, put beside what this job needs. The need may
be named or plain from the context, and thin but true experience counts. "I'm a perfect
fit" does not: it asks to be believed. Nor do traits, shared values, other people's work,
or feats that have no bearing on the job.

## Why it matters

There is a minute left. One need of theirs and one result of yours are what they will
remember, and it works best where it reminds them of something already discussed.

## Known limits

The program knows the job only from what you say of it, so that it cannot tell whether
you chose the need that matters most.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!", step two. What counts
is set out in docs/labels.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.checks.check import check
from rehearse.checks.steps.evidence import judged, proofs
from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close


@check(
    "Did you tie something you have done to what this job needs?",
    good=(
        (
            "You need someone who can calm a full waiting room. At a two-doctor practice I ran a "
            "front desk that saw ninety patients a day."
        ),
        "If weekends matter, I ran the till on Saturdays and served three hundred people a day.",
    ),
    bad=(
        "I'm a perfect fit for this role, and I really want it.",
        "I'm hard-working and I learn quickly. Thank you for your time.",
        "You need someone who can calm a full waiting room. I would love to work here.",
    ),
)
def fit(close: Close) -> Iterator[Finding]:
    """Look for own experience that answers a need."""
    needs = close.holding("criterion")
    named = needs[0].text if needs and not proofs(close, "fit") else None
    yield from judged(
        close,
        "fit",
        there="You answered a need of theirs with something you have done.",
        absent="You named nothing that you have done; a claim without an example asks to be "
        "believed."
        if named is None
        else "You named what they need, and nothing that you have done about it.",
        suggestion="Take their most important need and answer it with one thing you did and "
        "what came of it: “You need …; at … I …, and …”."
        if named is None
        else "Go on with one thing you did that answers it, and what came of it.",
        weight=40,
    )
    if proofs(close, "fit") and not close.holding("quantified"):
        yield Finding(
            Level.TIP,
            "Your experience has no result in it that they could repeat to someone else.",
            "Add one number if you have an honest one: how many, how much, how fast.",
            proofs(close, "fit")[0].span,
            weight=1,
        )
