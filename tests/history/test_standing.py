"""Where a measure stands: intervals that are exact, and changes that are real."""

from __future__ import annotations

import random
from math import isclose

import pytest
from scipy import stats

from rehearse.history.estimates import LEAST, estimate
from rehearse.history.measures import ALL, MEASURES, Point
from rehearse.history.standing import BEFORE, LEVEL, RECENT, split, standing
from tests.history.speakers import history, improved, take

FILLERS, STEPS, LENGTH = (ALL[name] for name in ("fillers", "steps", "length"))


def test_the_levels_of_all_measures_add_up():
    assert isclose(sum(measure.weight for measure in MEASURES), 1.0)
    assert LEVEL <= 0.05


@pytest.mark.parametrize("counts", [(0, 0), (3, 1, 2), (12, 9, 14, 8)])
def test_the_interval_of_a_count_is_garwoods(counts):
    points = [Point(count, 0.5) for count in counts]
    told = estimate(FILLERS, points)
    total, minutes = sum(counts), 0.5 * len(counts)
    assert told.value == pytest.approx(total / minutes)
    # By the relation of the Poisson to the chi-squared distribution.
    low = stats.chi2.ppf(0.025, 2 * total) / 2 if total else 0.0
    high = stats.chi2.ppf(0.975, 2 * total + 2) / 2
    assert told.low == pytest.approx(low / minutes)
    assert told.high == pytest.approx(high / minutes)


def test_the_interval_of_a_count_is_wider_where_takes_differ_by_more_than_chance():
    steady = estimate(FILLERS, [Point(10, 1.0)] * 6)
    moody = estimate(FILLERS, [Point(count, 1.0) for count in (1, 19, 2, 18, 20, 0)])
    assert steady.value == moody.value
    assert moody.high - moody.low > 2 * (steady.high - steady.low)


@pytest.mark.parametrize("there", [0, 3, 8])
def test_the_interval_of_a_share_is_clopper_and_pearsons(there):
    told = estimate(STEPS, [Point(there / 2, 4), Point(there / 2, 4)])
    exact = stats.binomtest(there, 8).proportion_ci(0.95, method="exact")
    assert (told.low, told.high) == (
        pytest.approx(4 * exact.low),
        pytest.approx(4 * exact.high),
    )
    assert told.value == pytest.approx(there / 2)


def test_the_interval_of_a_length_is_students():
    values = [42.0, 55.0, 61.0, 48.0]
    told = estimate(LENGTH, [Point(value) for value in values])
    low, high = stats.t.interval(0.95, 3, loc=sum(values) / 4, scale=stats.sem(values))
    assert (told.low, told.high) == (pytest.approx(low), pytest.approx(high))


def test_of_two_takes_a_length_has_no_interval():
    assert estimate(LENGTH, [Point(40.0), Point(60.0)]).low is None


@pytest.mark.parametrize(
    ("takes", "before", "recent"),
    [(1, 0, 1), (5, 0, 5), (6, 3, 3), (7, 4, 3), (20, 10, 10), (35, 25, 10), (90, 40, 10)],
)
def test_the_newer_takes_are_compared_with_those_before(takes, before, recent):
    older, newer = split(list(range(takes)))
    assert (len(older), len(newer)) == (before, recent)
    assert [*older, *newer] == list(range(takes))[-before - recent :]
    assert before <= BEFORE
    assert recent <= RECENT


def test_with_few_takes_it_says_how_many_are_missing():
    told = standing(FILLERS, [Point(4, 1.0)] * 2)
    assert (told.verdict, told.more, told.before) == ("too few", 2 * LEAST - 2, None)
    assert told.recent.takes == 2


def test_fewer_fillers_are_better_and_more_are_worse():
    many, few = [Point(9, 1.0)] * 10, [Point(3, 1.0)] * 10
    assert standing(FILLERS, [*many, *few]).verdict == "improved"
    assert standing(FILLERS, [*few, *many]).verdict == "worse"
    assert standing(FILLERS, [*many, *many]).verdict == "no change"


def test_more_steps_are_better():
    two, four = [Point(2, 4)] * 10, [Point(4, 4)] * 10
    assert standing(STEPS, [*two, *four]).verdict == "improved"
    assert standing(STEPS, [*four, *two]).verdict == "worse"


def test_a_length_gets_better_by_coming_within_its_bounds():
    rng = random.Random(1)
    long = [Point(rng.gauss(120, 8)) for _ in range(8)]
    good = [Point(rng.gauss(55, 5)) for _ in range(8)]
    short = [Point(rng.gauss(12, 2)) for _ in range(8)]
    assert standing(LENGTH, [*long, *good]).verdict == "improved"
    assert standing(LENGTH, [*short, *good]).verdict == "improved"
    assert standing(LENGTH, [*good, *long]).verdict == "worse"
    # From one good length to another nothing is better or worse.
    other = [Point(rng.gauss(40, 3)) for _ in range(8)]
    assert standing(LENGTH, [*good, *other]).verdict == "no change"


def test_ten_that_all_lie_inside_are_no_change_from_forty_that_nearly_do():
    before = [Point(60.0)] * 37 + [Point(90.0)] * 3
    assert standing(LENGTH, [*before, *[Point(60.0)] * 10]).verdict == "no change"


def test_one_bad_take_is_no_change():
    assert standing(FILLERS, [*[Point(4, 1.0)] * 11, Point(15, 1.0)]).verdict == "no change"


def test_pitch_is_told_and_never_judged():
    told = standing(ALL["pitch"], [Point(1.0)] * 10 + [Point(5.0)] * 10)
    assert told.verdict == "told"
    assert (told.before.value, told.recent.value) == (1.0, 5.0)


def test_how_many_more_takes_would_tell_is_about_right():
    """Who goes on like that has improved, in most cases, after as many as are named."""
    named = told = 0
    for seed in range(300):
        rng = random.Random(seed)
        rates = [max(1.0, 9.0 - 0.3 * number) for number in range(60)]
        takes = [take(rng, fillers=rate, spread=0.0)["fillers"] for rate in rates]
        first = standing(FILLERS, takes[:10])
        if first.more is None or first.verdict != "no change":
            continue
        named += 1
        told += standing(FILLERS, takes[: 10 + first.more]).verdict == "improved"
    print(f"named in {named} of 300 histories, told after as many in {told}")
    assert named > 150
    assert told / named > 0.6


def false_alarms(count):
    """Share of histories without any change in which something has improved, by kind."""
    return {
        (spread, takes): sum(
            bool(improved(history(f"{spread}/{takes}/{seed}", takes, spread=spread)))
            for seed in range(count)
        )
        / count
        for spread in (0.0, 0.3, 0.6)
        for takes in (6, 12, 20, 50)
    }


def power(count, spread):
    """Share of histories with ten takes at 8 fillers a minute, and then ten at 4, that tell."""
    hits = 0
    for seed in range(count):
        rng = random.Random(seed)
        takes = [take(rng, fillers=rate, spread=spread) for rate in (8.0, 4.0) for _ in range(10)]
        hits += "fillers" in improved(takes)
    return hits / count


def test_without_a_change_nothing_has_improved():
    assert max(false_alarms(100).values()) <= 0.09
    assert sum(false_alarms(100).values()) / 12 <= 0.05


def test_half_as_many_fillers_are_noticed():
    assert power(200, 0.0) >= 0.8
    assert power(200, 0.2) >= 0.8


@pytest.mark.soak
def test_without_a_change_nothing_has_improved_in_many_histories():
    shares = false_alarms(4000)
    print({key: f"{share:.1%}" for key, share in shares.items()})
    assert max(shares.values()) <= 0.05


@pytest.mark.soak
def test_half_as_many_fillers_are_noticed_in_many_histories():
    shares = {spread: power(4000, spread) for spread in (0.0, 0.2, 0.3, 0.4)}
    print({key: f"{share:.1%}" for key, share in shares.items()})
    assert shares[0.0] >= 0.85
    assert shares[0.3] >= 0.8
