"""# Remind them of what you talked about

## What it looks for

With `--discussed`: which sentences of yours recall something that was talked about before, and
which claims about yourself are new. Without notes, "as you said" and "like the outage we talked
about" are seen as such.

## Why it matters

Time is short. What they have heard already needs one sentence and is believed; what is new needs
proof, and the last minute has no room for it.

## Known limits

It compares your words with your notes, and a line of three words holds little to recognise. What
was discussed and is not in your notes counts as new.

## Source

The recruiter's column "Interviews: 4 Steps to Closing Strong!", step two: it should remind them
of something already discussed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.checks.check import Example, check
from rehearse.checks.steps.evidence import proofs
from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close

_NOTES = "their last sous left over the rota\nthe roof, no money before April\n"


@check(
    "Did you remind them of something that was talked about?",
    good=(
        Example(
            "You said your last sous left because of the rota. I wrote the rota at the Anchor for "
            "three years, and it went up on the first of the month. Thank you.",
            notes=_NOTES,
        ),
    ),
    bad=(
        Example(
            "I ran a section of four at the Anchor for three years. I would love to work here.",
            notes=_NOTES,
        ),
    ),
)
def discussed(close: Close) -> Iterator[Finding]:
    """Say what recalls the notes, and which claims are new."""
    if close.recalled is None:
        return
    recalling = [each for each in close.recalled if each.at]
    if not recalling:
        yield Finding(
            Level.TIP,
            "Nothing that was talked about comes back in this close.",
            "Take one line of your notes into why you: “You said …; at … I …”. If they are notes "
            "of another interview, give the right ones.",
            weight=10,
        )
        return
    yield Finding(
        Level.STRENGTH,
        f"You brought back “{recalling[0].note}”; what they know already needs no proof.",
        at=recalling[0].at[0],
    )
    known = {span for each in recalling for span in each.at}
    places = [n for n, each in enumerate(close.sentences) if each.span in known]
    # A sentence beside one that recalls something belongs to it.
    beside = {place + step for place in places for step in (-1, 0, 1)}
    tied = {sentence.span for number, sentence in enumerate(close.sentences) if number in beside}
    for claim in proofs(close, "fit"):
        if claim.span not in tied:
            yield Finding(
                Level.NOTE,
                "This claim is new to them; keep it only if it answers what matters most.",
                at=claim.span,
            )
