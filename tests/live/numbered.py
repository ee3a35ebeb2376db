"""Sound that says where it is: every hundredth of a second has a value of its own.

Played without a change of level or rate, it tells to the sample what of it arrived, and
whether anything was left out on the way.
"""

from __future__ import annotations

import subprocess
import threading
from dataclasses import dataclass

import numpy as np
import soundfile

RATE_HZ = 16000
STEP = RATE_HZ // 100
STEP_S = STEP / RATE_HZ
HEADROOM = 100
"""Values begin here: what is below is silence."""


def write(path, seconds):
    """Write so much of it as WAV."""
    values = np.arange(round(seconds / STEP_S), dtype=np.int16) + HEADROOM
    soundfile.write(path, np.repeat(values, STEP), RATE_HZ, subtype="PCM_16")
    return path


def last(samples):
    """The number of the last step in it, None before the first."""
    there = samples[samples >= HEADROOM]
    return int(there.max()) - HEADROOM if len(there) else None


def missing(samples):
    """How many samples were left out between the first of it and the last, or changed."""
    there = samples[samples >= HEADROOM]
    lengths = np.unique(there, return_counts=True)[1][1:-1]
    inside = there.max() - there.min() - 1 if len(there) else 0
    return int(abs(lengths - STEP).sum()) + STEP * max(0, inside - len(lengths))


@dataclass
class Listener:
    """Hears the same microphone at the same time, as a program with the least delay would."""

    microphone: object
    last: int | None = None

    def __enter__(self):
        self._program = subprocess.Popen(
            ["parec", "--device=mic.monitor", "--rate=16000", "--channels=1",
             "--format=s16le", "--latency-msec=10", "--raw"],
            env=self.microphone.environment,
            stdout=subprocess.PIPE,
        )  # fmt: skip
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._program.terminate()
        self._program.wait(10)
        self._thread.join()
        self._program.stdout.close()

    def _listen(self):
        while data := self._program.stdout.read1(320):
            heard = last(np.frombuffer(data[: len(data) // 2 * 2], dtype=np.int16))
            self.last = self.last if heard is None else heard


MARKS = 63
"""Different marks in sound that carries them, each of them a step long."""


def marked(speech, seconds):
    """Sound of somebody who speaks on and on, with marks in its lowest six bits.

    Parameters
    ----------
    speech
        int16 [shape=(n,)], repeated as often as it takes.
    seconds
        How much of it.
    """
    count = round(seconds * RATE_HZ)
    sound = np.resize(speech, count).astype(np.int32)
    marks = (np.arange(count) // STEP) % MARKS + 1
    return (sound // 64 * 64 + marks).clip(-32768, 32767).astype(np.int16)


def out_of_order(samples):
    """How many steps of marked sound follow the wrong one, or are too long or too short.

    What the player left out, and filled with nothing at all, is no mark: it is passed over.
    """
    there = samples[samples != 0] % 64
    edges = np.flatnonzero(np.diff(there)) + 1
    steps, lengths = there[edges][:-1], np.diff(edges)
    follow = np.diff(steps.astype(int)) % MARKS
    return int((follow != 1).sum() + (lengths != STEP).sum())
