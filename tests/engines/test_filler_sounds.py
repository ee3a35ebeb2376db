"""Where one filler sound ends and the next begins."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.engines.filler_sounds import events_in


def probabilities(*stretches):
    """So many states of one probability each, with nothing before and after."""
    parts = [np.full(count, value) for count, value in ((20, 0.0), *stretches, (20, 0.0))]
    return np.concatenate(parts).astype(np.float32)


def test_a_sound_is_found_where_it_is():
    (event,) = events_in(probabilities((30, 0.9)))
    assert event.first == pytest.approx(20, abs=2)
    assert event.last == pytest.approx(50, abs=2)
    assert event.probability == pytest.approx(0.9)


@pytest.mark.parametrize("count", [0, 1])
def test_a_moment_is_no_sound(count):
    assert events_in(probabilities((count, 0.9))) == []


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few_states_give_nothing(count):
    assert events_in(np.ones(count, dtype=np.float32)) == []


def test_two_sounds_with_a_dip_between_them_are_two():
    first, second = events_in(probabilities((30, 0.97), (5, 0.4), (36, 0.95)))
    assert first.first == pytest.approx(20, abs=2)
    assert second.last == pytest.approx(91, abs=2)
    assert 50 <= first.last == second.first <= 55
    assert first.probability == pytest.approx(0.97)
    assert second.probability == pytest.approx(0.95)


def test_three_sounds_are_three():
    found = events_in(probabilities((30, 0.9), (5, 0.4), (30, 0.9), (5, 0.4), (30, 0.9)))
    assert len(found) == 3


@pytest.mark.parametrize(
    "stretches",
    [
        ((30, 0.97), (5, 0.7), (36, 0.95)),
        ((30, 0.97), (5, 0.4), (4, 0.95)),
        ((30, 0.97), (5, 0.4), (36, 0.75)),
    ],
    ids=["shallow", "short", "unsure"],
)
def test_a_wavering_sound_is_one(stretches):
    assert len(events_in(probabilities(*stretches))) == 1
