"""A browser whose microphone speaks a sample, once for each recording that it is asked for."""

from __future__ import annotations

import contextlib

import numpy as np
import soundfile
import soxr

from rehearse.audio.decode import SoundFile
from tests.web.serving import SAMPLES

RATE = 48_000
BEFORE_S, AFTER_S = 1.0, 60.0
QUIET = 2e-4


def microphone_file(path, *pieces):
    """Write what is said as Chromium wants its fake microphone: WAV, 48 kHz, mono.

    A piece is the name of a sample, one with its part (`from_s`, `to_s`), or seconds of silence.
    """
    sound = [_sound(piece) for piece in (BEFORE_S, *pieces, AFTER_S)]
    soundfile.write(path, np.concatenate(sound), RATE, subtype="PCM_16")


def _sound(piece):
    if isinstance(piece, float):
        # A microphone that gives nothing at all is taken for a dead one.
        hiss = np.random.default_rng(1).normal(0.0, QUIET, round(piece * RATE))
        return hiss.astype(np.float32)
    sample, part = (piece, {}) if isinstance(piece, str) else piece
    blocks = SoundFile(SAMPLES / sample, **part).blocks()
    return soxr.resample(np.concatenate([block.samples for block in blocks]), 16_000, RATE)


@contextlib.contextmanager
def speaking(playwright, chromium, folder, *pieces):
    """The first page of a browser that speaks."""
    wav = folder / "microphone.wav"
    microphone_file(wav, *pieces)
    context = playwright.chromium.launch_persistent_context(
        str(folder / "profile"),
        executable_path=chromium,
        viewport={"width": 1000, "height": 900},
        args=[
            "--no-sandbox",
            "--mute-audio",
            "--use-fake-ui-for-media-stream",
            "--use-fake-device-for-media-stream",
            f"--use-file-for-fake-audio-capture={wav}%noloop",
        ],
    )
    try:
        yield context.pages[0]
    finally:
        context.close()
