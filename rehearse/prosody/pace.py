"""Words a minute: over the whole, and over every ten seconds."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final

from rehearse.delivery import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.transcript import Transcript

WINDOW_S: Final = 10.0
STEP_S: Final = 5.0


def per_minute(count: int, seconds: float | None) -> float | None:
    """So many in so many seconds, a minute; None where there are no seconds."""
    return None if not seconds else 60.0 * count / seconds


def windows_in(
    transcript: Transcript,
    span: tuple[float, float],
    others_s: Sequence[tuple[float, float]] = (),
) -> tuple[Window, ...]:
    """The pace of every whole ten seconds of a span in which nobody else speaks.

    A word counts where its middle lies.
    """
    middles = sorted(
        (word.start_s + word.end_s) / 2
        for word in transcript.own_words
        if word.start_s is not None and word.end_s is not None
    )
    found = []
    start_s = span[0]
    while start_s + WINDOW_S <= span[1] + 1e-6:
        if any(start < start_s + WINDOW_S and end > start_s for start, end in others_s):
            start_s += STEP_S
            continue
        count = bisect_left(middles, start_s + WINDOW_S) - bisect_left(middles, start_s)
        found.append(
            Window(round(start_s, 3), round(start_s + WINDOW_S, 3), 60.0 * count / WINDOW_S)
        )
        start_s += STEP_S
    return tuple(found)
