"""The level of a stream, every 10 ms: fine enough for the edges of pauses, and small to keep."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from rehearse.audio.frames import levels_dbfs
from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    from rehearse.recording import Samples

STEP_S: Final = 0.01
STEP: Final = int(SAMPLE_RATE * STEP_S)
"""Samples a level speaks for."""


class Envelope:
    """Levels of everything fed so far; two hours of them are under 3 MB."""

    def __init__(self) -> None:
        import numpy as np

        self.dbfs = array("f")
        """Root mean square of each 10 ms, from -120 to 0."""
        self._rest: Samples = np.zeros(0, dtype=np.float32)

    def feed(self, samples: Samples) -> None:
        """Take the next samples [float32, shape=(n,), in [-1, 1]]."""
        import numpy as np

        waiting = np.concatenate([self._rest, samples])
        count = len(waiting) // STEP
        self._rest = waiting[count * STEP :]
        levels = levels_dbfs(waiting[: count * STEP].reshape(count, STEP))
        self.dbfs.frombytes(levels.astype(np.float32).tobytes())
