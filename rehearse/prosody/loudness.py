"""Loudness during speech, as root mean square in dBFS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.audio.clips import ON
from rehearse.audio.frames import FRAME_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.audio.clips import Clip


def loudness_dbfs(clip: Clip) -> tuple[list[float], list[float]]:
    """Loudness of each 32 ms of a clip in which somebody speaks.

    Returns
    -------
    (times, levels)
        When each begins, in seconds from the start of the source; dBFS, <= 0.
    """
    import numpy as np

    levels = clip.levels_dbfs()
    spoken = np.flatnonzero(clip.voice >= ON)
    times = clip.recording.start_s + spoken * FRAME_S
    return times.tolist(), levels[spoken].round(2).tolist()


def loudness_range_db(levels: Sequence[float]) -> float | None:
    """Distance from the 10th to the 90th percentile, in dB, >= 0; None without speech."""
    import numpy as np

    if not levels:
        return None
    low, high = np.percentile(levels, [10, 90])
    return round(float(high - low), 2)
