"""How loud a sound is from one end to the other, to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rehearse.errors import SoundError

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

MOST_DB: Final = 45.0
LEAST_DB: Final = 20.0
"""From the loudest column down to nothing, where the quietest do not lie between. Ours: the end of
a breath is seen, a quiet room not, and a loud one does not make a wall of the sound."""

QUIETEST: Final = 5
"""Percentile of the columns that is taken for the room."""

LEAST_DBFS: Final = -60.0
"""What is quieter everywhere is drawn as quiet: a silent file has no peaks."""


def peaks(path: Path, *, count: int = 800) -> list[int]:
    """Measure the loudness of a sound in columns of equal length.

    The scale is that of decibels, below the loudest column, for on a scale of pressure a quiet
    word next to a loud one is a line. One column at a time is in memory.

    Parameters
    ----------
    path
        A sound that libsndfile reads.
    count
        How many columns; fewer where there are fewer samples.

    Returns
    -------
    list of int, in [0, 100]

    Raises
    ------
    SoundError
        Where the file cannot be read.
    """
    import numpy as np
    import soundfile

    try:
        with soundfile.SoundFile(str(path)) as file:
            frames = len(file)
            edges = [frames * place // min(count, frames) for place in range(min(count, frames))]
            lengths = np.diff([*edges, frames])
            powers = np.array(
                [_power(file.read(length, dtype="float32")) for length in lengths.tolist()]
            )
    except (OSError, RuntimeError) as error:
        raise SoundError(
            f"{path.name} cannot be read: {error}.", hint="It may be damaged."
        ) from error
    if not len(powers):
        return []
    levels = 10 * np.log10(np.maximum(powers, 1e-12))
    top = max(float(levels.max()), LEAST_DBFS)
    range_db = np.clip(top - np.percentile(levels, QUIETEST), LEAST_DB, MOST_DB)
    heights = np.clip((levels - top + range_db) / range_db * 100, 0, 100)
    return [int(height) for height in heights.round()]


def _power(samples: NDArray[np.float32]) -> float:
    """Mean square; 0 of no samples."""
    return float((samples**2).mean()) if samples.size else 0.0
