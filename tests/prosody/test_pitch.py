"""Pitch: sounds with a known answer, and librosa's."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.decode import SoundFile
from rehearse.audio.frames import FRAME
from rehearse.prosody.pitch import (
    HIGHEST_HZ,
    LEAST_VOICED,
    LOWEST_HZ,
    PERIODIC,
    WINDOW,
    pitch_st,
    spread_st,
    yin_hz,
)
from rehearse.recording import SAMPLE_RATE

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

CLEARLY_PERIODIC = 0.1
"""The threshold of YIN's own paper."""


def semitones_apart(one, other):
    return np.abs(12 * np.log2(one / other))


def semitones_of(clip):
    return pitch_st(clip)[1]


def librosa_yin(samples):
    import librosa

    return librosa.yin(
        samples,
        fmin=LOWEST_HZ,
        fmax=HIGHEST_HZ,
        sr=SAMPLE_RATE,
        frame_length=WINDOW,
        hop_length=FRAME,
        trough_threshold=PERIODIC,
    )[: len(samples) // FRAME]


def test_an_octave_is_twelve_semitones(tone, clip):
    low, high = semitones_of(clip(tone(110))), semitones_of(clip(tone(220)))
    assert np.median(high) - np.median(low) == pytest.approx(12, abs=0.05)


def test_two_tones_a_fifth_apart_range_over_seven_semitones(tone, clip):
    _, range_st = spread_st(semitones_of(clip(tone(200), tone(300))))
    assert range_st == pytest.approx(7.02, abs=0.1)


def test_a_voice_that_never_moves_has_no_range(tone, clip):
    assert spread_st(semitones_of(clip(tone(150, 3)))) == pytest.approx((0, 0), abs=0.05)


@pytest.mark.parametrize("hz", [80, 110, 220, 330, 440])
def test_a_tone_has_its_pitch(hz, tone):
    pitch, aperiodicity = yin_hz(tone(hz))
    inner = slice(3, -3)
    assert semitones_apart(pitch[inner], hz).max() < 0.05
    assert aperiodicity[inner].max() < CLEARLY_PERIODIC


def test_loudness_does_not_change_the_pitch(tone):
    loud, quiet = yin_hz(tone(180, height=0.9))[0], yin_hz(tone(180, height=0.01))[0]
    assert semitones_apart(loud, quiet).max() < 0.01


def test_silence_has_no_pitch(clip):
    assert pitch_st(clip(np.zeros(16_000, dtype=np.float32))) == ([], [])


def test_noise_has_hardly_any_pitch(clip):
    noise = np.random.default_rng(1).normal(0, 0.1, 32_000).astype(np.float32)
    assert len(semitones_of(clip(noise))) <= 3


def test_sound_in_which_nobody_speaks_has_no_pitch(tone, clip):
    assert pitch_st(clip(tone(150), voice=0.1)) == ([], [])


def test_sound_shorter_than_a_frame_has_no_pitch():
    pitch, aperiodicity = yin_hz(np.zeros(FRAME - 1, dtype=np.float32))
    assert len(pitch) == len(aperiodicity) == 0


def test_a_second_of_voice_is_needed_to_speak_of_its_spread():
    assert spread_st([12.0] * (LEAST_VOICED - 1)) == (None, None)
    assert spread_st([12.0] * LEAST_VOICED) == (0, 0)


def test_an_octave_error_does_not_pass_for_expression():
    assert spread_st([12.0] * 100 + [24.0] * 15 + [0.0] * 15) == (0, 0)


@pytest.mark.parametrize("hz", [90, 140, 220, 350])
def test_librosa_hears_the_same_tone(hz, tone):
    sound = tone(hz)
    assert semitones_apart(yin_hz(sound)[0], librosa_yin(sound))[3:-3].max() < 0.3


def test_librosa_hears_the_same_voice():
    sound = SoundFile(SAMPLES / "strong-close.wav", to_s=12.0)
    samples = np.concatenate([block.samples for block in sound.blocks()])
    pitch, aperiodicity = yin_hz(samples)
    apart = semitones_apart(pitch, librosa_yin(samples))
    clear, voiced = aperiodicity < CLEARLY_PERIODIC, aperiodicity < PERIODIC
    assert clear.sum() > 100
    assert apart[clear].max() < 0.3
    # Where a frame is hardly periodic the two may take different periods for the first.
    assert (apart[voiced] < 0.3).mean() > 0.95
