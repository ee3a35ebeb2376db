"""The ear that looks for speech gets noise where a telephone leaves nothing, and only there."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.audio.band import NOISE_DBFS, UpperBand

FRAME = 512
RATE_HZ = 16000


def frames(seconds=3.0, top_hz=None, seed=0, level_dbfs=-26.0):
    """Noise that comes and goes like syllables, up to `top_hz` if given."""
    count = int(seconds * RATE_HZ) // FRAME * FRAME
    sound = np.random.default_rng(seed).standard_normal(count)
    if top_hz is not None:
        spectrum = np.fft.rfft(sound)
        spectrum[np.fft.rfftfreq(count, 1 / RATE_HZ) > top_hz] = 0
        sound = np.fft.irfft(spectrum, count)
    sound *= np.abs(np.sin(np.arange(count) * 2 * np.pi * 2 / RATE_HZ)) + 1e-4
    sound *= 10 ** (level_dbfs / 20) / np.sqrt((sound**2).mean())
    return sound.astype(np.float32).reshape(-1, FRAME)


def added_dbfs(given):
    added = UpperBand(FRAME).filled(given, given) - given
    return 10 * np.log10(max(1e-12, float((added[10:].astype(float) ** 2).mean())))


@pytest.mark.parametrize("level_dbfs", [-20.0, -40.0, -60.0])
def test_a_telephone_is_filled_at_any_level(level_dbfs):
    assert added_dbfs(frames(top_hz=3400, level_dbfs=level_dbfs)) == pytest.approx(
        NOISE_DBFS, abs=1
    )


def test_a_microphone_is_left_alone():
    given = frames()
    assert (UpperBand(FRAME).filled(given, given) == given).all()


def test_a_telephone_in_a_quiet_room_is_filled():
    given = frames(top_hz=3400)
    room = frames(seed=1, level_dbfs=-66.0)
    assert added_dbfs(given + room) == pytest.approx(NOISE_DBFS, abs=1)


def test_it_does_not_matter_how_frames_come():
    given = frames(top_hz=3400)
    whole = UpperBand(FRAME).filled(given, given)
    band = UpperBand(FRAME)
    parts = [band.filled(part, part) for part in np.array_split(given, 7)]
    np.testing.assert_array_equal(np.concatenate(parts), whole)


def test_an_empty_band_is_seen_in_time_and_a_full_one_at_once():
    narrow, wide = frames(top_hz=3400), frames(seed=2)
    band = UpperBand(FRAME)
    band.filled(narrow, narrow)
    assert (band.filled(wide, wide)[5:] == wide[5:]).all()
    long = frames(seconds=50.0, top_hz=3400)
    filled = band.filled(long, long) != long
    assert not filled[:600].any()
    assert filled[-60:].all()


def test_silence_is_left_alone():
    silence = np.zeros((20, FRAME), dtype=np.float32)
    assert (UpperBand(FRAME).filled(silence, silence) == 0).all()
