"""A measure over time: when each value was taken, and what it is."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Track:
    """Values in order of time; two hours of one for each 32 ms are under 2 MB."""

    def __init__(self) -> None:
        self._times_s = array("f")
        self._values = array("f")

    def add(self, times_s: Iterable[float], values: Iterable[float]) -> None:
        """Take values, each with its time in seconds from the start of the source."""
        self._times_s.extend(times_s)
        self._values.extend(values)

    def outside(self, stretches_s: Sequence[tuple[float, float]]) -> list[float]:
        """The values that lie in none of some stretches."""
        if not stretches_s:
            return self._values.tolist()
        import numpy as np

        times = np.asarray(self._times_s)
        kept = np.ones(len(times), dtype=bool)
        for start_s, end_s in stretches_s:
            kept &= (times < start_s) | (times >= end_s)
        values: list[float] = np.asarray(self._values)[kept].tolist()
        return values

    def median(self, start_s: float, end_s: float, least: int) -> float | None:
        """The middle one of the values from `start_s` up to `end_s`; None of fewer than `least`."""
        import numpy as np

        first, last = (bisect_left(self._times_s, each) for each in (start_s, end_s))
        if last - first < max(1, least):
            return None
        return float(np.median(np.asarray(self._values[first:last])))
