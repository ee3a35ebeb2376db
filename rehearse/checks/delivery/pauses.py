"""# Pause on purpose

## What it looks for

Silence of a quarter of a second and more between your first and your last sound, measured
on the sound itself. One to 2.5 seconds between sentences or clauses is good. Over 1.2
seconds inside a clause is a hesitation, over 2.5 is long, and five and more is dead air.
The pause after the concerns question is never held against you: there, one to three
seconds are a strength.

## Why it matters

A pause between two thoughts lets the first one land. A pause in the middle of one shows
that you are looking for it. And whoever asks for concerns and then talks on has not asked.

## Known limits

Where a clause ends is told by the recogniser's punctuation, which it gets wrong at times.
In loud noise the end of a pause is less sure. Somebody else's words in your pause end it.

## Source

Pauses fall under 0.2 s, from 0.2 to 1 s and over 1 s, the last in spontaneous speech alone
(Campione and Véronis, 2002, as others cite it). The borders are ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.checks.check import check
from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close
    from rehearse.delivery import Pause

GOOD_S: Final = (1.0, 2.5)
HESITATION_S: Final = 1.2
DEAD_AIR_S: Final = 5.0
WAITED_S: Final = 1.0
HESITATIONS: Final = 3
"""So many are told; one or two happen to everybody."""


@check(
    "Did you pause between thoughts, and not inside them?",
    good=(
        "I'd like this job. [1.5 s] You need someone for nights, and I ran nights for years.",
        "Do you have any concerns about hiring me for this role? [4 s] Thank you for your time.",
    ),
    bad=(
        "I'd like this job. [6 s] You need someone for nights, and I ran nights for years.",
        "I'd like [1.5 s] this job, since I [1.6 s] have done it for [1.4 s] years and years.",
    ),
)
def pauses(close: Close) -> Iterator[Finding]:
    """Judge the pauses, each by where it falls."""
    found = close.delivery.pauses or ()
    others = [each for each in found if each.where != "after-question"]
    yield from _after_question([each for each in found if each.where == "after-question"])
    dead = [each for each in others if each.length_s >= DEAD_AIR_S]
    if dead:
        longest = max(dead, key=lambda each: each.length_s)
        yield Finding(
            Level.TIP,
            f"You fell silent for {longest.length_s:.1f} s at {longest.start_s:.0f} s; they will "
            "think that you have finished.",
            "Know the first three words of each step, and you always have a way on.",
            weight=7,
        )
    yield from _hesitations([each for each in others if HESITATION_S < each.length_s < DEAD_AIR_S])
    good = [
        each
        for each in others
        if each.where == "boundary" and GOOD_S[0] <= each.length_s <= GOOD_S[1]
    ]
    if len(good) > 1 and not dead:
        yield Finding(
            Level.STRENGTH, f"You paused {len(good)} times between thoughts; that lets them land."
        )


def _after_question(found: list[Pause]) -> Iterator[Finding]:
    waited = [each for each in found if each.length_s >= WAITED_S]
    if waited:
        yield Finding(
            Level.STRENGTH,
            f"You waited {waited[0].length_s:.1f} s after asking for their concerns; that is how "
            "an honest answer gets its room.",
        )


def _hesitations(found: list[Pause]) -> Iterator[Finding]:
    inside = [each for each in found if each.where == "mid-clause" or each.length_s > GOOD_S[1]]
    if len(inside) < HESITATIONS:
        return
    longest = max(inside, key=lambda each: each.length_s)
    yield Finding(
        Level.TIP,
        f"You hesitated {len(inside)} times, the longest {longest.length_s:.1f} s at "
        f"{longest.start_s:.0f} s; it sounds as if you were looking for words.",
        "Say it three times aloud before you record it: what has been said once comes faster.",
        weight=4,
    )
