"""Speech that a recogniser left without words, and words that were found for it.

Beside loud words Whisper passes over a quiet "thank you", which it understands when it
hears it alone.  What it leaves without words is mostly the rest of a word whose times are
too tight; so only whole phrases count, and only those that were likely passed over.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rehearse.audio.clips import OFF, ON
from rehearse.audio.frames import FRAME_S, SILENCE_DBFS, phrases
from rehearse.transcript import filler_sound

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.engines import HeardClip

LEAST_S: Final = 0.2
LONG_S: Final = 1.0
QUIETER_DB: Final = 10.0
"""A phrase without words is heard again from `LONG_S` on; where the loudest of it is so much
quieter than the loudest of the clip, from `LEAST_S` on. Ours."""

COVERED: Final = 0.3
"""A phrase is without words if less of it than this lies under any. Ours."""

SMEARED_S: Final = 2.0
"""Ours: of the words of 38 real and 90 synthetic recordings, those that were written rightly lie
over up to 1.3 s of speech, laughter and words sounded out over up to 1.8 s, and "Can I" after a
sentence that was passed over, 2.5 and 2.7 s."""

PAD_S: Final = 0.35
"""Sound kept on both sides of what is heard again."""


def smeared(heard: HeardClip) -> bool:
    """Whether a word lies over more speech than any word takes: a sentence was passed over.

    The alignment has to put words somewhere, and stretches those that come next over it.
    """
    clip = heard.clip
    return any(
        filler_sound(word.text) is None
        and (clip.voice[clip.frame_at(word.start_s) : clip.frame_at(word.end_s) + 1] >= OFF).sum()
        * FRAME_S
        >= SMEARED_S
        for word in heard.words
    )


def without_words(heard: HeardClip) -> list[tuple[int, int]]:
    """Find the phrases of a clip that were passed over.

    Returns
    -------
    Pairs of frame numbers in the clip, the second just after the last, widened by `PAD_S`.
    """
    import numpy as np

    clip = heard.clip
    under = _under_words(heard)
    levels = clip.levels_dbfs()
    loudest = float(levels.max(initial=SILENCE_DBFS))
    pad = round(PAD_S / FRAME_S)
    return [
        (max(0, int(run[0]) - pad), min(len(clip.voice), int(run[-1]) + 1 + pad))
        for run in phrases(np.flatnonzero(clip.voice >= OFF))
        if under[run].mean() < COVERED
        and (clip.voice[run] >= ON).sum() * FRAME_S
        >= (LEAST_S if levels[run].max() <= loudest - QUIETER_DB else LONG_S)
    ]


def merged(heard: HeardClip, found: Sequence[HeardClip]) -> HeardClip:
    """Put words that were found later among the words of a clip, in the order of time."""
    if not found:
        return heard
    words = sorted(
        (*heard.words, *(word for each in found for word in each.words)),
        key=lambda word: word.start_s,
    )
    return replace(heard, words=tuple(words))


def _under_words(heard: HeardClip) -> NDArray[np.bool_]:
    """For each frame of a clip, whether a word lies over it."""
    import numpy as np

    under = np.zeros(len(heard.clip.voice), dtype=bool)
    for word in heard.words:
        under[heard.clip.frame_at(word.start_s) : heard.clip.frame_at(word.end_s) + 1] = True
    return under
