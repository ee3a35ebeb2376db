"""Several channels into one, without cancelling what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.errors import SoundError
from rehearse.recording import SAMPLE_RATE
from rehearse.timecode import clock

if TYPE_CHECKING:
    from rehearse.recording import Samples

CANCELLED: Final = 0.1
"""Below this share of the louder channel's energy a mean has cancelled itself.

Ours: equal channels give 1, one silent channel .25, unrelated ones about .5, and
channels in opposite phase 0.
"""


class Mixer:
    """Collects planes of sound and gives out mono blocks.

    The mean of the channels is what comes out, unless that cancels: a stereo
    recording with one channel wired the wrong way round is silent in the mean.
    Then the louder channel speaks for both.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._waiting: list[Samples] = []
        self._count = 0
        self._position = 0
        self._mean_energy = 0.0
        self._energies: Samples | None = None

    def take(self, planes: Samples) -> None:
        """Add float32 [shape=(channels, n)].

        Raises
        ------
        SoundError
            Where a sample is not a number.
        """
        import numpy as np

        if planes.shape[-1] == 0:
            return
        bad = ~np.isfinite(planes)
        if bad.any():
            at = (self._position + int(bad.any(axis=0).argmax())) / SAMPLE_RATE
            raise SoundError(
                f"{self._name} holds samples that are not numbers (NaN or infinite) "
                f"at {clock(at)}.",
                hint="Export it again as 16-bit WAV, or record it again.",
            )
        mono = self._mix(planes).astype(np.float32, copy=False)
        np.clip(mono, -1.0, 1.0, out=mono)
        self._waiting.append(mono)
        self._count += len(mono)
        self._position += len(mono)

    def _mix(self, planes: Samples) -> Samples:
        import numpy as np

        if len(planes) == 1:
            only: Samples = planes[0].copy()
            return only
        mean: Samples = planes.mean(axis=0)
        energies = (planes.astype(np.float64) ** 2).sum(axis=1)
        if self._energies is None or len(self._energies) != len(energies):
            self._energies = np.zeros_like(energies)
            self._mean_energy = 0.0
        self._energies += energies
        self._mean_energy += float((mean.astype(np.float64) ** 2).sum())
        if self._mean_energy < CANCELLED * self._energies.max():
            loudest: Samples = planes[int(self._energies.argmax())].copy()
            return loudest
        return mean

    def give(self, count: int) -> Samples | None:
        """The next `count` samples, or None while there are fewer."""
        if self._count < count:
            return None
        everything = self.rest()
        self._waiting = [everything[count:]]
        self._count = len(everything) - count
        return everything[:count]

    def rest(self) -> Samples:
        """All that is left."""
        import numpy as np

        left: Samples = (
            np.concatenate(self._waiting) if self._waiting else np.zeros(0, dtype=np.float32)
        )
        self._waiting = []
        self._count = 0
        return left
