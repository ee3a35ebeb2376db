"""Where somebody speaks, by the Silero network that faster-whisper ships.

Silero VAD, https://github.com/snakers4/silero-vad (MIT); version 6 comes inside
the faster-whisper package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.audio.band import UpperBand
from rehearse.audio.frames import FRAME
from rehearse.audio.level import Leveller

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from rehearse.recording import Samples

_CONTEXT: Final = 64
"""Samples of the frame before that the network wants to see again."""


class VoiceActivity:
    """The network, run over a levelled stream: what it gives does not depend on the blocks."""

    def __init__(self) -> None:
        import numpy as np
        from faster_whisper.vad import get_vad_model

        self._session = get_vad_model().session
        self._leveller = Leveller(FRAME)
        self._band = UpperBand(FRAME)
        self._h = np.zeros((1, 1, 128), dtype=np.float32)
        self._c = np.zeros((1, 1, 128), dtype=np.float32)
        self._before = np.zeros(_CONTEXT, dtype=np.float32)
        self._rest = np.zeros(0, dtype=np.float32)

    def feed(self, samples: Samples) -> NDArray[np.float32]:
        """Probabilities of speech for each whole frame that has come together.

        Parameters
        ----------
        samples
            float32 [shape=(n,)], in [-1, 1], the continuation of the last block.

        Returns
        -------
        float32 [shape=(frames,)], in [0, 1]
        """
        import numpy as np

        waiting = np.concatenate([self._rest, samples])
        count = len(waiting) // FRAME
        self._rest = waiting[count * FRAME :]
        if count == 0:
            return np.zeros(0, dtype=np.float32)
        whole = waiting[: count * FRAME].reshape(count, FRAME)
        frames = self._band.filled(self._leveller.level(whole), whole)
        before = np.concatenate([self._before[None], frames[:-1, -_CONTEXT:]])
        self._before = frames[-1, -_CONTEXT:].copy()
        output, self._h, self._c = self._session.run(
            None,
            {
                "input": np.concatenate([before, frames], axis=1),
                "h": self._h,
                "c": self._c,
            },
        )
        probabilities: NDArray[np.float32] = np.asarray(output, dtype=np.float32).reshape(-1)
        return probabilities

    def finish(self) -> NDArray[np.float32]:
        """The probability of the frame that is left, filled up with silence."""
        import numpy as np

        if not len(self._rest):
            return np.zeros(0, dtype=np.float32)
        return self.feed(np.zeros(FRAME - len(self._rest), dtype=np.float32))
