"""Filler sounds, heard in what Whisper's encoder makes of a clip.

Whisper's decoder leaves most of "um" and "uh" out, but its encoder has heard them: a
network of one hidden layer and one convolution over the encoder's states says for each
20 ms whether it is inside a filler sound.  The states are there anyway, so that this
costs next to nothing.  `models/fillers/` holds the recipe, the weights and their card.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rehearse.arrays import read_arrays, unknown_arrays

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

SMOOTHED: Final = 5
"""States over which probabilities are averaged."""

SURE: Final = 0.35
LEAST: Final = 4
"""An event is at least so many states above this probability. Chosen on the voices that the
network was trained on."""

PARTED: Final = 0.6
PART: Final = 10
PART_SURE: Final = 0.8
"""Two sounds run into one event where the smoothed probability falls below the first, at least
so many states from both ends, and comes above the last on both sides. Ours: it parts a "hm, hm"
of the real recordings, and changes nothing in 60 recordings of twelve synthetic closes; .75 and
.9 do the same."""


@dataclass(frozen=True, slots=True)
class Event:
    """States `first` up to, not with, `last`, and the highest probability among them."""

    first: int
    last: int
    probability: float


def events_in(probabilities: NDArray[np.float32]) -> list[Event]:
    """Find filler sounds in what the network says of each state of a clip.

    Parameters
    ----------
    probabilities
        float32 [shape=(n,)], in [0, 1], each for 20 ms.
    """
    import numpy as np

    if len(probabilities) < SMOOTHED:
        return []
    smooth = np.convolve(probabilities, np.ones(SMOOTHED) / SMOOTHED, "same")
    edges = np.flatnonzero(np.diff(np.concatenate([[0], smooth > SURE, [0]]).astype(int)))
    return [
        Event(begin, end, float(probabilities[begin:end].max()))
        for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
        if last - first >= LEAST
        for begin, end in _parted(first, last, probabilities, smooth)
    ]


def _parted(
    first: int, last: int, probabilities: NDArray[np.float32], smooth: NDArray[np.floating]
) -> Iterator[tuple[int, int]]:
    """An event in as many parts as there are sounds in it, in order."""
    inside = smooth[first + PART : last - PART]
    at = first + PART + int(inside.argmin()) if len(inside) else last
    peaks = (probabilities[a:b].max(initial=0.0) for a, b in ((first, at), (at, last)))
    if at < last and smooth[at] < PARTED and min(peaks) >= PART_SURE:
        yield from _parted(first, at, probabilities, smooth)
        yield from _parted(at, last, probabilities, smooth)
    else:
        yield first, last


@dataclass(frozen=True, slots=True, eq=False)
class FillerSounds:
    """The network for the states of one set of weights; others mean other things by theirs.

    Parameters
    ----------
    first, first_bias
        float32 [shape=(width, hidden)] and [shape=(hidden,)].
    across, across_bias
        float32 [shape=(reach, hidden, hidden)], over `reach` neighbouring states, and
        [shape=(hidden,)].
    last, last_bias
        float32 [shape=(hidden,)] and [shape=()].
    """

    first: NDArray[np.float32]
    first_bias: NDArray[np.float32]
    across: NDArray[np.float32]
    across_bias: NDArray[np.float32]
    last: NDArray[np.float32]
    last_bias: NDArray[np.float32]

    @classmethod
    def read(cls, path: Path) -> FillerSounds:
        """Read a file that `models/fillers/train.py` wrote.

        Raises
        ------
        ModelError
            Where it is something else.
        """
        stored = read_arrays(path)
        try:
            return cls(**{name: stored[name] for name in cls.__slots__})
        except KeyError as error:
            raise unknown_arrays(path) from error

    def listen(self, states: NDArray[np.float32]) -> NDArray[np.float32]:
        """Tell filler sounds from everything else.

        Parameters
        ----------
        states
            float32 [shape=(n, width)], of the clip without what fills its window up.

        Returns
        -------
        float32 [shape=(n,)], in [0, 1], each for 20 ms
        """
        import numpy as np
        from numpy.lib.stride_tricks import sliding_window_view

        hidden = np.maximum(states @ self.first + self.first_bias, 0.0)
        reach, width = self.across.shape[:2]
        around = np.pad(hidden, ((reach // 2, reach // 2), (0, 0)))
        views = sliding_window_view(around, reach, axis=0).transpose(0, 2, 1)
        flat = self.across.reshape(reach * width, -1)
        hidden = np.maximum(views.reshape(len(states), -1) @ flat + self.across_bias, 0.0)
        logits = hidden @ self.last + self.last_bias
        probabilities: NDArray[np.float32] = 1.0 / (1.0 + np.exp(-np.clip(logits, -30.0, 30.0)))
        return probabilities.astype(np.float32)
