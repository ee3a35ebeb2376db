"""# Say that you want it

## What it looks for

Words in which you say that you want this role, this team or this company, in any
form: "count me in" is as good as "I am very interested in this position". Enjoying
the talk, looking forward to an answer, liking the field, or wanting *a* job do not
count, and neither does interest that is past, denied, reported or taken back.

## Why it matters

An interviewer who is not told is left to guess, and may guess that you are
lukewarm. It costs one sentence.

## Known limits

Irony is hard to hear in words alone; what you mean as a joke may be counted. Interest
that shows only in what you know about the company is not seen.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!", step one. What counts
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
    "Did you say that you want this job?",
    good=(
        "I would really like to work here. Thank you for the tour.",
        "Honestly, this is the job I would leave my current one for.",
        "I couldn't be more interested in this job.",
    ),
    bad=(
        "I really enjoyed talking with you today, and I look forward to hearing from you.",
        "I'd be interested to know how the team is organised.",
        "My sister was thrilled to get this job. Thank you for your time.",
    ),
)
def interest(close: Close) -> Iterator[Finding]:
    """Look for interest in this job."""
    yield from judged(
        close,
        "interest",
        there="You said that you want it.",
        absent="You never said that you want this job; an interviewer who is not told may "
        "take you for lukewarm.",
        suggestion="Say it plainly and say why: “I'd like this job, because …” and the one thing "
        "you heard today that drew you in.",
        weight=30,
    )
