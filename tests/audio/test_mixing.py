"""Several channels into one."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.audio.mixing import Mixer
from rehearse.errors import SoundError
from rehearse.recording import SAMPLE_RATE
from tests.audio.sounds import noise, opposite, silence, tone


def mixed(*planes):
    """What a mixer makes of planes that come one after the other."""
    mixer = Mixer("sound.wav")
    for each in planes:
        mixer.take(np.atleast_2d(each))
    return mixer.rest()


def loudness(samples):
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))


def at_rate(make, *args, **named):
    return make(*args, rate=SAMPLE_RATE, **named)


def test_one_channel_stays_as_it_is():
    sound = at_rate(tone)
    np.testing.assert_array_equal(mixed(sound), sound)


def test_equal_channels_give_that_channel():
    sound = at_rate(tone)
    np.testing.assert_allclose(mixed(np.stack([sound, sound])), sound, atol=1e-6)


def test_channels_in_opposite_phase_are_not_silent():
    sound = at_rate(tone)
    assert loudness(mixed(opposite(sound))) == pytest.approx(loudness(sound), rel=1e-6)


def test_nearly_opposite_channels_are_not_silent():
    sound = at_rate(tone)
    planes = np.stack([sound, -0.8 * sound])
    assert loudness(mixed(planes)) == pytest.approx(loudness(sound), rel=1e-6)


def test_opposite_phase_is_noticed_after_a_silent_beginning():
    beginning = np.stack([at_rate(silence, 1.0)] * 2)
    sound = at_rate(tone, seconds=1.0)
    assert loudness(mixed(beginning, opposite(sound))[SAMPLE_RATE:]) > 0.9 * loudness(sound)


def test_a_silent_second_channel_leaves_the_first_to_be_heard():
    sound = at_rate(tone)
    heard = mixed(np.stack([sound, np.zeros_like(sound)]))
    np.testing.assert_allclose(heard, sound / 2, atol=1e-6)


def test_unrelated_channels_are_both_heard():
    low, high = at_rate(tone, 200.0), at_rate(tone, 1000.0)
    np.testing.assert_allclose(mixed(np.stack([low, high])), (low + high) / 2, atol=1e-6)


def test_what_is_too_loud_is_clipped():
    assert np.abs(mixed(3 * at_rate(tone))).max() == 1.0


def test_the_planes_that_were_given_are_left_alone():
    planes = np.atleast_2d(3 * at_rate(tone))
    before = planes.copy()
    mixed(planes)
    np.testing.assert_array_equal(planes, before)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_sample_that_is_no_number_is_refused_with_its_time(value):
    planes = np.stack([at_rate(noise, 5.0)] * 2)
    planes[1, 3 * SAMPLE_RATE] = value
    with pytest.raises(SoundError, match=r"sound\.wav holds samples that are not numbers.* 0:03"):
        mixed(planes)


def test_blocks_come_out_in_the_length_that_was_asked_for():
    sound = at_rate(noise, 1.0)
    mixer = Mixer("sound.wav")
    given = []
    for piece in np.array_split(sound, 7):
        mixer.take(piece[None])
        while (block := mixer.give(1000)) is not None:
            given.append(block)
    assert {len(block) for block in given} == {1000}
    np.testing.assert_array_equal(np.concatenate([*given, mixer.rest()]), sound)


def test_nothing_taken_in_leaves_nothing():
    assert len(Mixer("sound.wav").rest()) == 0


def test_a_track_that_turns_from_mono_to_stereo_is_one_sound():
    sound = at_rate(tone, seconds=1.0)
    np.testing.assert_allclose(
        mixed(sound, np.stack([sound, sound]), sound), np.tile(sound, 3), atol=1e-6
    )
