"""The level of a stream in bands of frequency, every 10 ms: fine enough for the ends of pauses.

In noise the end of a word is heard in one band long after the whole has sunk into it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from rehearse.audio.frames import SILENCE_DBFS
from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.recording import Samples

STEP_S: Final = 0.01
STEP: Final = int(SAMPLE_RATE * STEP_S)
"""Samples a level speaks for."""

WINDOW: Final = 400
"""Samples a level is taken from, with the step in their middle: 25 ms, as is usual for speech."""

BESIDE: Final = (WINDOW - STEP) // 2

EDGES_HZ: Final = (100, 300, 600, 1000, 1500, 2200, 3200, 4500, 6500)
"""The bands: hum lies below them, and above them hardly any speech. Ours."""

POINTS: Final = 512
"""Of the Fourier transform."""


class Envelope:
    """Levels of everything fed so far; two hours of them are under 12 MB."""

    def __init__(self) -> None:
        import numpy as np

        self._found: list[NDArray[np.float16]] = []
        self._rest: Samples = np.zeros(BESIDE, dtype=np.float32)
        self._window = np.hanning(WINDOW).astype(np.float32)
        hz = np.fft.rfftfreq(POINTS, 1 / SAMPLE_RATE)
        inside = [(hz >= low) & (hz < high) for low, high in pairwise(EDGES_HZ)]
        # So that all bands together are the mean square of what was fed.
        scale = 2 / POINTS / (self._window.astype(np.float64) ** 2).sum()
        self._bands = (np.array(inside).T * scale).astype(np.float32)

    def feed(self, samples: Samples) -> None:
        """Take the next samples [float32, shape=(n,), in [-1, 1]]."""
        import numpy as np

        waiting = np.concatenate([self._rest, samples])
        if len(waiting) < WINDOW:
            self._rest = waiting
            return
        frames = np.lib.stride_tricks.sliding_window_view(waiting, WINDOW)[::STEP]
        self._rest = waiting[len(frames) * STEP :]
        power = np.abs(np.fft.rfft(frames * self._window, POINTS, axis=1)) ** 2 @ self._bands
        levels = 10 * np.log10(np.maximum(power, 10 ** (SILENCE_DBFS / 10)))
        self._found.append(levels.astype(np.float16))

    def finish(self) -> None:
        """Take the end of the sound."""
        import numpy as np

        self.feed(np.zeros(BESIDE, dtype=np.float32))

    @property
    def bands_dbfs(self) -> NDArray[np.float16]:
        """Root mean square of each whole 10 ms in each band: float16 [shape=(n, 8)], >= -120."""
        import numpy as np

        return np.concatenate([np.zeros((0, len(EDGES_HZ) - 1), dtype=np.float16), *self._found])
