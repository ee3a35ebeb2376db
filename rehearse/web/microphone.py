"""The microphone of a browser, whose sound comes over a network."""

from __future__ import annotations

import queue
import sys
from typing import TYPE_CHECKING

from rehearse.audio.resampling import ToRate
from rehearse.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray


class BrowserMicrophone:
    """The microphone of a browser, as `rehearse.live` wants one.

    Parameters
    ----------
    rate_hz
        Of what comes.
    """

    def __init__(self, rate_hz: int) -> None:
        self.drops = 0
        self.arrived_s = 0.0
        """Seconds of sound that have come."""
        self.failed = ""
        """Why no more comes, where that is not its owner's wish."""
        self._rate_hz = rate_hz
        self._arrived: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def bring(self, data: bytes) -> None:
        """Take the next bytes."""
        whole = data[: len(data) // 2 * 2]
        if whole:
            self.arrived_s += len(whole) / 2 / self._rate_hz
            self._arrived.put(whole)

    def read(self) -> Iterator[NDArray[np.int16]]:
        """The sound as it comes, int16 [shape=(n,)] at `SAMPLE_RATE`, until `stop`.

        Raises
        ------
        DeviceError
            At its end, where it `failed`.
        """
        import numpy as np

        to_rate = ToRate(self._rate_hz)
        while data := self._arrived.get():
            if sys.byteorder == "big":
                data = np.frombuffer(data, np.int16).byteswap().tobytes()
            if len(samples := to_rate(data)):
                yield samples
        if len(samples := to_rate.rest()):
            yield samples
        if self.failed:
            raise DeviceError(self.failed)

    def stop(self) -> None:
        """Take no more."""
        self._arrived.put(b"")
