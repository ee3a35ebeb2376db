"""Values over time, and the middle one of a stretch of them."""

from __future__ import annotations

import pytest

from rehearse.prosody.tracks import Track


@pytest.fixture
def track():
    """Ten values, one each tenth of a second."""
    made = Track()
    made.add([number / 10 for number in range(10)], [0, 9, 1, 8, 2, 7, 3, 6, 4, 5])
    return made


def test_the_median_is_of_the_values_from_the_start_up_to_the_end(track):
    assert track.median(0.05, 0.35, 3) == 8.0
    assert track.median(0.0, 1.0, 10) == 4.5


@pytest.mark.parametrize(("start_s", "end_s"), [(0.05, 0.25), (2.0, 3.0), (0.5, 0.5)])
def test_too_few_values_have_no_median(track, start_s, end_s):
    assert track.median(start_s, end_s, 3) is None


def test_values_inside_a_stretch_are_left_out(track):
    assert track.outside([(0.05, 0.85)]) == [0.0, 5.0]
