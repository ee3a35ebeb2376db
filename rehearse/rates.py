"""Rates of things that are counted, and how far chance alone can move them."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Final

Z_95: Final = 1.96


@dataclass(frozen=True, slots=True)
class Rate:
    """How often a minute, >= 0, and its 95 % interval."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, count: int, seconds: float) -> Rate:
        """Take a count in so many seconds, > 0."""
        minutes = seconds / 60.0
        low, high = poisson_interval(count)
        return cls(count / minutes, low / minutes, high / minutes)


def poisson_interval(count: int) -> tuple[float, float]:
    """95 % interval of the mean of a Poisson count.

    Byar's approximation of the exact limits (Breslow and Day, "Statistical Methods in
    Cancer Research" II, 1987, p. 69); off by under 0.1 for every count.

    Parameters
    ----------
    count
        How often it happened, >= 0.

    Returns
    -------
    (low, high), 0 <= low <= count < high
    """
    if count < 0:
        raise ValueError(f"a count is not negative: {count}")
    above = count + 1
    high = above * (1 - 1 / (9 * above) + Z_95 / (3 * sqrt(above))) ** 3
    if count == 0:
        return 0.0, high
    low = count * (1 - 1 / (9 * count) - Z_95 / (3 * sqrt(count))) ** 3
    return max(0.0, low), high
