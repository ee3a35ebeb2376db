"""Word times that hold on the sound, from an alignment that only guesses them.

Whisper's cross-attention spreads a word over the silence beside it.  The voice
activity of the clip says where the silence is: a word is drawn in to the speech
that it covers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rehearse.audio.clips import OFF
from rehearse.audio.frames import BRIDGED_S, FRAME_S, phrases
from rehearse.transcript import Spoken

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.audio.clips import Clip

PREPENDED: Final = "\"'“¿([{-"
APPENDED: Final = "\"'.。,，!！?？:：”)]}、"
"""Punctuation that belongs to the word after or before it: faster-whisper's lists."""


def timed_words(alignment: list[dict[str, Any]], clip: Clip) -> tuple[Spoken, ...]:
    """Turn one clip's alignment into words timed from the start of the source."""
    from faster_whisper.transcribe import merge_punctuations

    merge_punctuations(alignment, PREPENDED, APPENDED)
    words: list[Spoken] = []
    speech = clip.voice >= OFF
    for entry in alignment:
        if not entry["word"].strip():
            continue
        start_s, end_s = _drawn_in(float(entry["start"]), float(entry["end"]), speech)
        words.append(
            Spoken(
                entry["word"],
                round(clip.recording.start_s + start_s, 3),
                round(clip.recording.start_s + end_s, 3),
                round(float(entry["probability"]), 4),
            )
        )
    return tuple(words)


def _drawn_in(start_s: float, end_s: float, speech: NDArray[np.bool_]) -> tuple[float, float]:
    """A word's times, drawn in to the speech under it."""
    end_s = max(end_s, start_s + FRAME_S)
    inside = _speech_frames(speech, start_s, end_s)
    if not len(inside):
        return start_s, end_s
    # Of several stretches of speech under one word, the longest is the word's.
    run = max(phrases(inside), key=len)
    first, last = float(run[0]) * FRAME_S, float(run[-1] + 1) * FRAME_S
    if first - start_s > BRIDGED_S:
        start_s = first
    if end_s - last > BRIDGED_S:
        end_s = last
    return start_s, end_s


def _speech_frames(speech: NDArray[np.bool_], start_s: float, end_s: float) -> NDArray[np.intp]:
    import numpy as np

    low = max(0, int(start_s / FRAME_S))
    high = min(len(speech), int(np.ceil(end_s / FRAME_S)))
    return np.flatnonzero(speech[low:high]) + low
