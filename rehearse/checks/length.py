"""# Keep it under a minute or so

## What it looks for

How long you speak, from your first sound to your last: 30 to 75 seconds is right, under
20 is thin, over 75 is getting long and over 90 is long. A typed close is judged by its
words: about 70 to 180.

## Why it matters

You have the last minute, not the last five. Under twenty seconds there is hardly room for
the four steps; over ninety, the step that matters is buried.

## Settings

None yet.

## Known limits

The interviewer's words are left out where their voice can be told from yours: it needs some
seconds of it, and two voices that are much alike are taken for one.

## Source

No study of the length of a close was found; the thresholds are ours. They lie within what
is advised: one coach says to aim for 45 s and stop by 75 s (bigamehunter), an interview
guide puts the ceiling of any answer at 90 s (interview-edge), and Toastmasters clubs show
lights at 45, 60 and 75 s for a one-minute talk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.bars import LENGTH_S
from rehearse.checks.check import check
from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close

THIN_S: Final = 20.0
SHORT_S, FULL_S = LENGTH_S
LONG_S: Final = 90.0

WORDS_A_SECOND: Final = 2.4
"""What makes seconds of words: 144 a minute, within what listeners prefer."""


@check(
    "Was it long enough to say it, and short enough to be heard?",
    good=(
        (
            "Thank you for the hour. You said the wards lose half their new nurses within a "
            "year, and that you want someone who has turned that around. At St Bride's I ran the "
            "preceptor scheme, and in two years we went from losing nine of twenty to losing "
            "two. I would love to do that here, with you. Before I go, is there anything about "
            "me that you are not sure of, that I could clear up now?"
        ),
    ),
    bad=("Thanks. I'd like the job.", "I want this job and I have done this work before. " * 24),
)
def length(close: Close) -> Iterator[Finding]:
    """Judge the length."""
    spoken, count = _own_turn(close)
    seconds = spoken if spoken is not None else count / WORDS_A_SECOND
    up_to = " up to their answer" if close.exchanges else ""
    took = (
        f"Your close{up_to} is {count} words"
        if spoken is None
        else f"You spoke for {seconds:.0f} s{up_to}"
    )
    if seconds < THIN_S:
        yield Finding(
            Level.TIP,
            f"{took}; that is thin for four steps.",
            "Take 30 to 75 s: a sentence each for interest, concerns and thanks, two for why you.",
            weight=5,
        )
    elif seconds < SHORT_S:
        yield Finding(Level.NOTE, f"{took}; there is room for one more sentence about why you.")
    elif seconds <= FULL_S:
        yield Finding(Level.STRENGTH, f"{took}, which is a good length.")
    else:
        long = seconds > LONG_S
        yield Finding(
            Level.FIX if long else Level.TIP,
            f"{took}; {'that is too long to be remembered' if long else 'it is getting long'}.",
            "Stop before 75 s: keep one need of theirs and one result of yours.",
            weight=18 if long else 4,
        )


def _own_turn(close: Close) -> tuple[float | None, int]:
    """Seconds and words before the interviewer answers; their answer and yours do not count."""
    if not close.exchanges:
        return close.delivery.span_s, close.delivery.words
    end = close.exchanges[0].said.start
    words = [word for word in close.transcript.own_words if word.span.start < end]
    if not words or close.delivery.span_s is None:
        return None, len(words)
    first_s, last_s = words[0].start_s, words[-1].end_s
    if first_s is None or last_s is None:
        return None, len(words)
    return last_s - first_s, len(words)
