"""Closes as checks show them: text, with the pace and the pauses of its sound in brackets.

"[150 wpm] I'd like this job. [1.5 s] Thank you." is spoken at 150 words a minute, with a
pause of 1.5 s. Without brackets it is typed.
"""

from __future__ import annotations

import re

import numpy as np

from rehearse.audio.envelope import STEP_S
from rehearse.audio.frames import FRAME_S
from rehearse.prosody import Loudness
from rehearse.transcript import Spoken, Transcript

MARK = re.compile(r"\[(\d+(?:\.\d+)?) (wpm|s)\]")
DEFAULT_WPM = 150.0
LEAD_S = 0.5


def spoken(text: str) -> tuple[Transcript, Loudness] | None:
    """The transcript and the sound of a marked text, or None where it has no mark."""
    if not MARK.search(text):
        return None
    at_s, a_word_s, words, speech = LEAD_S, 60.0 / DEFAULT_WPM, [], []
    for part in re.findall(r"\[[^]]+\]|\S+", text):
        mark = MARK.fullmatch(part)
        if mark and mark[2] == "wpm":
            a_word_s = 60.0 / float(mark[1])
        elif mark:
            at_s += float(mark[1])
        else:
            words.append(Spoken(part, round(at_s, 3), round(at_s + a_word_s, 3)))
            speech.append((at_s, at_s + 0.85 * a_word_s))
            at_s += a_word_s
    return Transcript.of_speech(words), loudness(speech, at_s + LEAD_S)


def loudness(speech: list[tuple[float, float]], length_s: float) -> Loudness:
    """Sound that is loud in each stretch of speech."""
    steps = np.arange(round(length_s / STEP_S)) * STEP_S
    frames = np.arange(int(length_s / FRAME_S) + 1) * FRAME_S
    loud, voiced = (
        np.any([(times >= start) & (times < end) for start, end in speech], axis=0)
        for times in (steps, frames)
    )
    return Loudness.of(0.0, np.where(loud, -20.0, -60.0)[:, None], voiced.tolist())
