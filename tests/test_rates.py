"""Counts a minute, and how far chance moves them: against the exact limits."""

from __future__ import annotations

import pytest
from scipy.stats import chi2

from rehearse.rates import Rate, poisson_interval


@pytest.mark.parametrize("count", [*range(12), 20, 50, 200])
def test_the_interval_is_the_exact_one(count):
    low, high = poisson_interval(count)
    exact_low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    assert low == pytest.approx(exact_low, abs=0.1)
    assert high == pytest.approx(chi2.ppf(0.975, 2 * count + 2) / 2, abs=0.1)


def test_five_in_a_minute_may_be_less_than_two_and_more_than_eleven():
    rate = Rate.of(5, 60.0)
    assert (rate.value, round(rate.low, 1), round(rate.high, 1)) == (5.0, 1.6, 11.7)


def test_a_rate_is_a_minutes():
    assert Rate.of(3, 30.0).value == 6.0
    assert Rate.of(3, 30.0).high == pytest.approx(2 * Rate.of(3, 60.0).high)


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="-1"):
        poisson_interval(-1)
