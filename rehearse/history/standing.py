"""Where a measure stands, and whether it has changed by more than chance moves it.

The newer takes, ten at most, are compared with those before them, forty at most.  A measure
is said to have improved only where a test at its level says so; the levels of all measures
add up to `LEVEL`, so that without any true change "improved" stands anywhere in at most so
many histories (Bonferroni; Dunn 1961, "Multiple comparisons among means", JASA 56).

A count is compared as a rate: the ratio by its likelihood, and with the scatter from take to
take where that is wider than chance's (quasi-likelihood; McCullagh and Nelder, "Generalized
Linear Models", 1989, section 9.2), and never beyond what the exact conditional test of two
Poisson counts allows (Przyborowski and Wilenski 1940, "Homogeneity of results in testing
samples from Poisson series", Biometrika 31).  A share is compared by Fisher's exact test.
A length is compared by how far it lies outside its bounds, with Student's t test (1908, "The
probable error of a mean", Biometrika 6).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import copysign, exp, inf, lgamma, log, sqrt
from typing import TYPE_CHECKING, Final, Literal

from rehearse.history.estimates import LEAST, Estimate, dispersion, estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rehearse.history.measures import Measure, Point

Verdict = Literal["improved", "worse", "no change", "too few", "told"]
"""What is said of a measure; "told" is shown for information and never judged."""

LEVEL: Final = 0.05
"""Chance of a false "improved" anywhere, and of a false "worse", at most."""

RECENT: Final = 10
BEFORE: Final = 40
"""Takes that are compared, at most."""

MOST_MORE: Final = 40
"""Further takes that are worth naming. Ours."""

SURE: Final = 0.8
"""The power that the number of further takes is worked out for."""

TIGHT: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a measure stands.

    Parameters
    ----------
    measure
        Its name.
    recent, before
        The newer takes, and those before them; None while there are too few.
    verdict
        What may be said.
    more
        So many more takes would tell, if it goes on like this; None where that cannot be said.
    """

    measure: str
    recent: Estimate
    before: Estimate | None
    verdict: Verdict
    more: int | None = None


@dataclass(frozen=True, slots=True)
class _Difference:
    """How far two groups lie apart, as a t statistic: > 0 is better now.

    `p` of each direction is the chance of this much without any change.
    """

    t: float
    df: float
    p_better: float
    p_worse: float


def standing(measure: Measure, points: Sequence[Point]) -> Standing:
    """Compare the newer takes with those before.

    Parameters
    ----------
    measure
        Which.
    points
        Of it, the oldest take first; at least one.
    """
    before, recent = split(points)
    now = estimate(measure, recent)
    if measure.better == "none":
        return Standing(measure.name, now, estimate(measure, before) if before else None, "told")
    if len(before) < LEAST:
        # Then all are one group.
        missing = 2 * LEAST - len(points)
        return Standing(measure.name, estimate(measure, points), None, "too few", missing)
    apart = _apart(measure, before, recent)
    level = LEVEL * measure.weight
    verdict: Verdict = (
        "improved"
        if apart.p_better <= level
        else "worse"
        if apart.p_worse <= level
        else "no change"
    )
    more = _more(apart, level, len(points)) if verdict == "no change" else None
    return Standing(measure.name, now, estimate(measure, before), verdict, more)


def split(points: Sequence[Point]) -> tuple[Sequence[Point], Sequence[Point]]:
    """Those before, and the newer ones: half of them, and `RECENT` at most."""
    if len(points) < 2 * LEAST:
        return (), points
    newer = min(RECENT, len(points) // 2)
    return points[:-newer][-BEFORE:], points[-newer:]


def _apart(measure: Measure, before: Sequence[Point], recent: Sequence[Point]) -> _Difference:
    if measure.kind == "share":
        return _shares(before, recent, more=measure.better == "more")
    if measure.kind == "count":
        return _counts(before, recent)
    low, high = measure.bounds or (-inf, inf)
    outside = [
        [max(low - point.value, point.value - high, 0.0) for point in group]
        for group in (before, recent)
    ]
    return _lengths(*outside)


def _counts(before: Sequence[Point], recent: Sequence[Point]) -> _Difference:
    """Two rates; fewer is better."""
    from scipy.special import bdtr, bdtrc, stdtr

    counts = [sum(point.amount for point in group) for group in (before, recent)]
    exposures = [sum(point.exposure for point in group) for group in (before, recent)]
    total = sum(counts)
    df = len(before) + len(recent) - 2
    if not total:
        return _Difference(0.0, df, 1.0, 1.0)
    share = exposures[1] / sum(exposures)
    expected = [total * (1 - share), total * share]
    # Of the likelihood of one rate against that of two, the signed root.
    ratio = sum(c * log(c / e) for c, e in zip(counts, expected, strict=True) if c)
    t = copysign(sqrt(max(0.0, 2 * ratio)), expected[1] - counts[1])
    t /= sqrt(dispersion([before, recent]))
    exact_better = float(bdtr(counts[1], int(total), share))
    exact_worse = float(bdtrc(counts[1] - 1, int(total), share)) if counts[1] else 1.0
    return _Difference(
        t, df, max(exact_better, float(stdtr(df, -t))), max(exact_worse, float(stdtr(df, t)))
    )


def _shares(before: Sequence[Point], recent: Sequence[Point], *, more: bool) -> _Difference:
    """Two shares of so many chances each."""
    from scipy.special import stdtr

    there = [round(sum(point.amount for point in group)) for group in (before, recent)]
    chances = [round(sum(point.exposure for point in group)) for group in (before, recent)]
    p_more, p_less = _fisher(there[1], chances[1], there[0], chances[0])
    shares = [k / n for k, n in zip(there, chances, strict=True)]
    pooled = sum(there) / sum(chances)
    spread = sqrt(pooled * (1 - pooled) * sum(1 / n for n in chances))
    df = len(before) + len(recent) - 2
    if not spread:
        return _Difference(0.0, df, 1.0, 1.0)
    # Who leaves out one step leaves out others: takes differ by more than chances do.
    t = (shares[1] - shares[0]) / spread / sqrt(dispersion([before, recent], shares=True))
    p_more, p_less = max(p_more, float(stdtr(df, -t))), max(p_less, float(stdtr(df, t)))
    return _Difference(t, df, p_more, p_less) if more else _Difference(-t, df, p_less, p_more)


def _fisher(k1: int, n1: int, k2: int, n2: int) -> tuple[float, float]:
    """Chance of at least, and of at most, `k1` of `n1` where all margins stand."""
    total = k1 + k2
    lowest, highest = max(0, total - n2), min(total, n1)
    ways = {
        k: _log_choose(n1, k) + _log_choose(n2, total - k) - _log_choose(n1 + n2, total)
        for k in range(lowest, highest + 1)
    }
    at_least = sum(exp(way) for k, way in ways.items() if k >= k1)
    at_most = sum(exp(way) for k, way in ways.items() if k <= k1)
    return min(1.0, at_least), min(1.0, at_most)


def _log_choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _lengths(before: Sequence[float], recent: Sequence[float]) -> _Difference:
    """Two means; less is better."""
    from scipy.special import stdtr

    means = [sum(group) / len(group) for group in (before, recent)]
    df = len(before) + len(recent) - 2
    squares = sum(
        (value - mean) ** 2
        for group, mean in zip((before, recent), means, strict=True)
        for value in group
    )
    # One spread for both, and not one for each: ten takes that all lie inside have none, and
    # the few of forty that do not would look like a change.
    error = squares / df * (1 / len(before) + 1 / len(recent))
    if error < TIGHT:
        # All alike in each group, as where none is outside: nothing tells of chance.
        return _Difference(0.0, df, 1.0, 1.0)
    t = (means[0] - means[1]) / sqrt(error)
    return _Difference(t, df, float(stdtr(df, -t)), float(stdtr(df, t)))


def _more(apart: _Difference, level: float, takes: int) -> int | None:
    """How many more takes would tell, if it goes on like this: by the same step from take to take.

    The groups move apart as their middles do, and their difference is known better the more
    takes they have.
    """
    from scipy.special import ndtri, stdtrit

    if apart.t <= 0:
        return None
    size = apart.t / _telling(takes)
    for more in range(1, MOST_MORE + 1):
        needed = -float(stdtrit(takes + more - 2, level)) + float(ndtri(SURE))
        if size * _telling(takes + more) >= needed:
            return more
    return None


def _telling(takes: int) -> float:
    """What the t statistic of a steady change grows with."""
    newer = min(RECENT, takes // 2)
    before = min(BEFORE, takes - newer)
    return (newer + before) / 2 / sqrt(1 / newer + 1 / before)
