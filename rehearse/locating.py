"""Where in a longer recording the close begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.steps import STEPS
from rehearse.timecode import clock

if TYPE_CHECKING:
    from rehearse.close import Close, Sentence

LONG_S: Final = 300.0
"""A recording longer than this is taken for a whole interview."""

REACH_S: Final = 120.0
"""A close lasts at most about this long. Ours: the longest that is not too long, and
half a minute for the interviewer's answer."""


def proposed_start(close: Close, duration_s: float) -> list[str]:
    """Say where the close seems to begin, if the recording is longer than five minutes.

    The two minutes with the most different steps in them are taken, the later ones
    where several have as many, and the first step in them begins the close.
    """
    if duration_s <= LONG_S:
        return []
    marked = [
        (start, sentence)
        for sentence in close.sentences
        if (start := close.transcript.time_of(sentence.span)[0]) is not None
        and any(sentence.holds(step) for step in STEPS)
    ]
    if not marked:
        return [
            (
                f"This recording lasts {clock(duration_s)}; no close was found in it. "
                "Pick the part with --from and --to."
            )
        ]
    start = max((time for time, _ in marked), key=lambda time: (_richness(marked, time), time))
    return [
        (
            f"This recording lasts {clock(duration_s)}, which is more than a close. The close "
            f"seems to begin at {clock(start)}: analyze it alone with --from {clock(int(start))}."
        )
    ]


def _richness(marked: list[tuple[float, Sentence]], time: float) -> int:
    inside = [sentence for start, sentence in marked if time <= start < time + REACH_S]
    return len({step for step in STEPS for sentence in inside if sentence.holds(step)})
