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


def microphone_file(path, sample, **part):
    """Write a sample as Chromium wants its fake microphone: WAV, 48 kHz, mono."""
    blocks = SoundFile(SAMPLES / sample, **part).blocks()
    sound = np.concatenate([block.samples for block in blocks])
    spoken = soxr.resample(sound, 16_000, RATE)
    silence = [np.zeros(round(seconds * RATE), np.float32) for seconds in (BEFORE_S, AFTER_S)]
    soundfile.write(path, np.concatenate([silence[0], spoken, silence[1]]), RATE, subtype="PCM_16")


@contextlib.contextmanager
def speaking(playwright, chromium, folder, sample, **part):
    """The first page of a browser that speaks."""
    wav = folder / "microphone.wav"
    microphone_file(wav, sample, **part)
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
