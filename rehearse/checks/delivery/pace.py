"""# Speak at a pace that can be followed

## What it looks for

Words a minute from your first sound to your last, pauses included, and the same for every
stretch of ten seconds. 130 to 165 is right; nothing is said from 115 to 180; below 110 is
slow and above 185 is fast. The pace without pauses stands beside it, as information.

## Why it matters

Too fast, and the result that you are proud of goes by unheard; nervous speakers rush the
end most of all. Too slow, and it sounds unsure.

## Known limits

Pace differs between languages, regions and people, and faster speech went with better
ratings in one study of mock interviews: take it as a hint. Nothing is said of a close under
ten seconds. The interviewer's words are not counted where two voices can be told apart.

## Source

Listeners prefer 140 to 160 words a minute (Street and Brady, 1982), and TED talks average
163 (Gallo), both as others cite them; faster speech and better ratings: Naim et al., arXiv
1504.03425. The borders are ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.bars import PACE_WPM
from rehearse.checks.check import check
from rehearse.finding import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.close import Close
    from rehearse.delivery import Window

SLOW_WPM, FAST_WPM = PACE_WPM
GOOD_WPM: Final = (130.0, 165.0)
RUSHED_WPM: Final = 210.0
"""A window faster than this is named, even where the whole is not fast."""

LEAST_SPAN_S: Final = 10.0


@check(
    "Could they follow you without effort?",
    good=("[150 wpm] I'd like this job. You need someone for nights, and I ran nights for years.",),
    bad=(
        (
            "[220 wpm] I'd like this job because you need someone for nights and I ran nights for "
            "three years at the Royal with nine nurses and we lost only two of them in all that "
            "time so I know that I can do it."
        ),
        (
            "[80 wpm] I'd like this job because you need someone for nights and I ran nights for "
            "three years at the Royal."
        ),
    ),
)
def pace(close: Close) -> Iterator[Finding]:
    """Judge the pace of the whole, and of its fastest ten seconds."""
    delivery = close.delivery
    if delivery.pace_wpm is None or (delivery.span_s or 0.0) < LEAST_SPAN_S:
        return
    said = f"{delivery.pace_wpm:.0f} words a minute"
    if delivery.pace_wpm > FAST_WPM:
        yield Finding(
            Level.TIP,
            f"You spoke at {said}; above {FAST_WPM:.0f} much goes by unheard.",
            "Stop for a breath after each step, and say the result you are proud of slowest.",
            weight=6,
        )
    elif delivery.pace_wpm < SLOW_WPM:
        yield Finding(
            Level.TIP,
            f"You spoke at {said}; below {SLOW_WPM:.0f} it can sound unsure.",
            "Say it once more without looking for words: know the first words of each step.",
            weight=4,
        )
    elif GOOD_WPM[0] <= delivery.pace_wpm <= GOOD_WPM[1]:
        yield Finding(Level.STRENGTH, f"You spoke at {said}, which is easy to follow.")
    fastest = _fastest(close)
    if fastest is not None and delivery.pace_wpm <= FAST_WPM:
        yield Finding(
            Level.NOTE,
            f"You rushed from {fastest.start_s:.0f} to {fastest.end_s:.0f} s: "
            f"{fastest.pace_wpm:.0f} words a minute there.",
            "Breathe before that part.",
        )


def _fastest(close: Close) -> Window | None:
    windows = close.delivery.windows or ()
    return max(
        (each for each in windows if each.pace_wpm > RUSHED_WPM),
        key=lambda each: each.pace_wpm,
        default=None,
    )
