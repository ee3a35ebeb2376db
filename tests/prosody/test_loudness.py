"""Loudness during speech."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.audio.frames import FRAME_S
from rehearse.prosody.loudness import loudness_dbfs, loudness_range_db


def levels_of(clip):
    return loudness_dbfs(clip)[1]


def test_a_full_sine_is_three_decibels_below_full_scale(tone, clip):
    assert np.median(levels_of(clip(tone(500, height=1.0)))) == pytest.approx(-3.01, abs=0.05)


def test_half_the_height_is_six_decibels_less(tone, clip):
    loud, quiet = (np.median(levels_of(clip(tone(500, height=h)))) for h in (0.8, 0.4))
    assert loud - quiet == pytest.approx(6.02, abs=0.05)


def test_only_speech_is_measured(tone, clip):
    assert loudness_dbfs(clip(tone(500), voice=0.1)) == ([], [])


def test_each_level_has_its_time(tone, clip):
    times, levels = loudness_dbfs(clip(tone(500)))
    assert len(times) == len(levels)
    assert np.diff(times) == pytest.approx(FRAME_S)


def test_silence_has_a_floor(clip):
    assert set(levels_of(clip(np.zeros(16_000, dtype=np.float32)))) == {-120.0}


def test_the_range_is_the_distance_between_loud_and_quiet(tone, clip):
    levels = levels_of(clip(tone(500, height=0.8), tone(500, height=0.08)))
    assert loudness_range_db(levels) == pytest.approx(20, abs=0.1)


def test_one_loud_frame_does_not_make_a_range():
    assert loudness_range_db([-30.0] * 50 + [-3.0]) == 0


def test_nothing_is_said_of_a_voice_that_was_not_heard():
    assert loudness_range_db([]) is None
