"""The value of a measure over some takes, and how far chance alone can move it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.history.measures import Measure, Point

LEAST: Final = 3
"""Takes below which the scatter of a speaker is not known. Ours."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value over some takes, with its 95 % interval; None where one take cannot tell."""

    value: float
    low: float | None
    high: float | None
    takes: int


def estimate(measure: Measure, points: Sequence[Point]) -> Estimate:
    """The value over some takes, and how far chance can move it."""
    total = sum(point.amount for point in points)
    exposure = sum(point.exposure for point in points)
    value = total / exposure
    low: float | None
    high: float | None
    if measure.kind == "share":
        low, high = binomial_interval(total, exposure)
    elif measure.kind == "count":
        wider = sqrt(dispersion([points]))
        low, high = (
            max(0.0, value + (end / exposure - value) * wider) for end in _poisson_interval(total)
        )
    else:
        low, high = _mean_interval([point.value for point in points])
    # A share of four chances a take is told as so many of four.
    scale = points[0].exposure if measure.kind == "share" else 1.0
    return Estimate(value * scale, _times(low, scale), _times(high, scale), len(points))


def dispersion(groups: Sequence[Sequence[Point]], *, shares: bool = False) -> float:
    """How many times as wide as chance's the scatter from take to take is, >= 1.

    Pearson's statistic within the groups by its degrees of freedom, of counts or of shares.
    """
    squares = df = 0.0
    for group in groups:
        rate = sum(point.amount for point in group) / sum(point.exposure for point in group)
        spread = rate * (1 - rate) if shares else rate
        df += len(group) - 1
        if spread > 0:
            squares += sum(
                (point.amount - rate * point.exposure) ** 2 / (spread * point.exposure)
                for point in group
            )
    return max(1.0, squares / df) if df else 1.0


def _poisson_interval(count: float) -> tuple[float, float]:
    """Exact 95 % interval of a count.

    Garwood 1936, "Fiducial limits for the Poisson distribution", Biometrika 28.
    """
    from scipy.special import gammaincinv

    low = float(gammaincinv(count, 0.025)) if count else 0.0
    return low, float(gammaincinv(count + 1, 0.975))


def binomial_interval(there: float, chances: float) -> tuple[float, float]:
    """Exact 95 % interval of a share.

    Clopper and Pearson 1934, "The use of confidence or fiducial limits illustrated in the case
    of the binomial", Biometrika 26.
    """
    from scipy.special import betaincinv

    rest = chances - there
    low = float(betaincinv(there, rest + 1, 0.025)) if there else 0.0
    high = float(betaincinv(there + 1, rest, 0.975)) if rest else 1.0
    return low, high


def _mean_interval(values: Sequence[float]) -> tuple[float | None, float | None]:
    """95 % interval of a mean by the speaker's own spread (Student's t)."""
    from scipy.special import stdtrit

    if len(values) < LEAST:
        return None, None
    mean = sum(values) / len(values)
    variance = sum((value - mean) ** 2 for value in values) / (len(values) - 1)
    half = float(stdtrit(len(values) - 1, 0.975)) * sqrt(variance / len(values))
    # No length, pace or spread is below nothing.
    return max(0.0, mean - half), mean + half


def _times(value: float | None, scale: float) -> float | None:
    return None if value is None else value * scale
