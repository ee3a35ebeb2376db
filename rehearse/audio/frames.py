"""Frames of a sound: how loud each is, and which of them lie together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FRAME: Final = 512
"""Samples in a frame: what a probability of speech speaks for, 32 ms."""

FRAME_S: Final = FRAME / SAMPLE_RATE

SILENCE_DBFS: Final = -120.0
"""What digital silence is said to have."""

FULL_SCALE: Final = 0.985
"""Where a converter is at its end, a little below 1: some leave room."""

BRIDGED_S: Final = 0.25
"""Gaps in voice activity up to this are inside a phrase: stops and breaths. Ours."""


def levels_dbfs(frames: NDArray[np.float32]) -> NDArray[np.float64]:
    """Root mean square of each frame.

    Parameters
    ----------
    frames
        float32 [shape=(count, length)], in [-1, 1].

    Returns
    -------
    float64 [shape=(count,)], in [-120, 0]
    """
    import numpy as np

    power = (frames.astype(np.float64) ** 2).mean(axis=1)
    levels: NDArray[np.float64] = 10 * np.log10(np.maximum(power, 10 ** (SILENCE_DBFS / 10)))
    return levels


def clipped(frames: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Whether each frame holds three samples in a row at full scale: a peak cut off flat.

    Parameters
    ----------
    frames
        float32 [shape=(count, length)], in [-1, 1].

    Returns
    -------
    bool [shape=(count,)]
    """
    import numpy as np

    full = np.abs(frames) >= FULL_SCALE
    found: NDArray[np.bool_] = np.any(full[:, :-2] & full[:, 1:-1] & full[:, 2:], axis=1)
    return found


def phrases(frames: NDArray[np.intp]) -> list[NDArray[np.intp]]:
    """Split ascending numbers of frames of `FRAME` where more than `BRIDGED_S` is missing."""
    import numpy as np

    if not len(frames):
        return []
    return np.split(frames, np.flatnonzero(np.diff(frames) > BRIDGED_S / FRAME_S) + 1)
