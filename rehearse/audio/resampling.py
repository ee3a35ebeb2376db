"""Sound of any rate and number of channels, as it comes from a device, to ours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from av import AudioFrame
    from numpy.typing import NDArray

    Pcm = NDArray[np.int16]


class ToRate:
    """Interleaved bytes to mono at `SAMPLE_RATE`, int16 [shape=(n,)], block by block.

    Parameters
    ----------
    rate_hz, channels
        Of the bytes, which are 16-bit in the order of this machine; one or two channels.
    """

    def __init__(self, rate_hz: int, channels: int = 1) -> None:
        self._rate_hz, self._channels = rate_hz, channels
        self._inner: Any = None
        if (rate_hz, channels) != (SAMPLE_RATE, 1):
            import av

            self._inner = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)

    def __call__(self, data: bytes) -> Pcm:
        """What these bytes complete."""
        import numpy as np

        samples = np.frombuffer(data, dtype=np.int16)
        if self._inner is None:
            return samples
        import av

        layout = "mono" if self._channels == 1 else "stereo"
        frame = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout=layout)
        frame.sample_rate = self._rate_hz
        return self._resampled(frame)

    def rest(self) -> Pcm:
        """What it still holds when no more comes."""
        import numpy as np

        return np.zeros(0, dtype=np.int16) if self._inner is None else self._resampled(None)

    def _resampled(self, frame: AudioFrame | None) -> Pcm:
        import numpy as np

        done = [each.to_ndarray().reshape(-1) for each in self._inner.resample(frame)]
        resampled: Pcm = np.concatenate([np.zeros(0, dtype=np.int16), *done])
        return resampled
