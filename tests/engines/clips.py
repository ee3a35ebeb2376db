"""Clips whose voice, words and filler sounds are set, as an engine would have heard them."""

from __future__ import annotations

import numpy as np

from rehearse.audio.clips import Clip
from rehearse.audio.frames import FRAME, FRAME_S
from rehearse.engines import STATE_S, HeardClip
from rehearse.recording import SAMPLE_RATE, Recording
from rehearse.transcript import Spoken


def heard(*words, voice=((0.5, 4.0, 0.99),), length_s=6.0, like=None, **said):
    """A clip with voice in (start, end, probability) and noise at -40 dBFS under all of it."""
    frames = np.full(int(length_s / FRAME_S), 0.02, dtype=np.float32)
    sound = np.random.default_rng(0).normal(0, 0.001, int(length_s * SAMPLE_RATE))
    for start, end, probability in voice:
        frames[int(start / FRAME_S) : int(end / FRAME_S)] = probability
        low, high = int(start * SAMPLE_RATE), int(end * SAMPLE_RATE)
        sound[low:high] += 0.2 * np.sin(np.arange(high - low) / 20)
    sounds = None
    if like is not None:
        sounds = np.zeros(int(length_s / STATE_S), dtype=np.float32)
        for start, end, probability in like:
            sounds[int(start / STATE_S) : int(end / STATE_S)] = probability
    clip = Clip(Recording(sound[: len(frames) * FRAME].astype(np.float32)), frames)
    spoken = tuple(Spoken(*word) for word in words)
    return HeardClip(clip, spoken, {}, **{"logprob": -0.2, **said}, like_filler=sounds)
