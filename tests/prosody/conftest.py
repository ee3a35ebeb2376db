"""Clips of sounds whose measures are known."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.audio.clips import Clip
from rehearse.audio.frames import FRAME
from rehearse.recording import SAMPLE_RATE, Recording


@pytest.fixture(scope="session")
def tone():
    """A function that makes a sine of some hertz, seconds and height."""

    def made(hz, seconds=1.0, height=0.5):
        time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
        return (height * np.sin(2 * np.pi * hz * time)).astype(np.float32)

    return made


@pytest.fixture(scope="session")
def clip():
    """A function that makes a clip in which somebody speaks throughout, or as told."""

    def made(*sounds, voice=1.0):
        samples = np.concatenate(sounds)
        frames = -(-len(samples) // FRAME)
        return Clip(Recording(samples), np.full(frames, voice, dtype=np.float32))

    return made
