"""Levels in bands of frequency, every 10 ms."""

from __future__ import annotations

import numpy as np
import pytest

from rehearse.audio.envelope import EDGES_HZ, STEP, Envelope
from rehearse.recording import SAMPLE_RATE


def levels(samples, size=None):
    """What an envelope gives for a sound, fed in blocks of this size."""
    envelope = Envelope()
    size = size or max(1, len(samples))
    for start in range(0, len(samples), size):
        envelope.feed(samples[start : start + size].astype(np.float32))
    envelope.finish()
    return envelope.bands_dbfs


def tone(hz, seconds=1.0, height=0.5):
    return height * np.sin(2 * np.pi * hz * np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE)


@pytest.mark.parametrize("count", [0, 1, 159, 160, 161, 400, 16_000, 16_123])
def test_there_is_a_level_for_each_whole_step(count):
    assert levels(np.full(count, 0.1)).shape == (count // STEP, len(EDGES_HZ) - 1)


@pytest.mark.parametrize("band", range(len(EDGES_HZ) - 1))
def test_a_tone_is_in_its_band_at_its_level(band):
    hz = (EDGES_HZ[band] + EDGES_HZ[band + 1]) / 2
    inside = levels(tone(hz))[10:-10].mean(axis=0)
    assert inside[band] == pytest.approx(20 * np.log10(0.5 / np.sqrt(2)), abs=1)
    assert max(inside[:band].tolist() + inside[band + 1 :].tolist()) < inside[band] - 12


def test_all_bands_together_are_the_level():
    noise = np.random.default_rng(0).normal(0, 0.1, SAMPLE_RATE)
    power = (10 ** (levels(noise) / 10)).sum(axis=1).mean()
    share = (EDGES_HZ[-1] - EDGES_HZ[0]) / (SAMPLE_RATE / 2)
    assert 10 * np.log10(power) == pytest.approx(-20 + 10 * np.log10(share), abs=0.3)


def test_silence_has_a_floor():
    assert (levels(np.zeros(SAMPLE_RATE)) == -120).all()


@pytest.mark.parametrize("size", [1, 37, 160, 1000])
def test_it_does_not_matter_how_sound_comes(size):
    sound = np.random.default_rng(1).normal(0, 0.1, 4000)
    np.testing.assert_allclose(levels(sound, size), levels(sound), atol=0.13)


def test_a_sound_begins_where_it_begins():
    loud = levels(np.concatenate([np.zeros(8000), tone(800, 0.5), np.zeros(8000)]))[:, 2] > -30
    begin, end = np.flatnonzero(loud)[[0, -1]]
    assert begin == pytest.approx(8000 / STEP, abs=1)
    assert end + 1 == pytest.approx(16_000 / STEP, abs=1)
