"""What a recording is like, on sounds whose level, noise and bandwidth are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from rehearse.audio.clips import Cutter, cut
from rehearse.audio.decode import SoundFile
from rehearse.prosody import Loudness
from rehearse.quality import Quality, QualityMeter
from rehearse.recording import SAMPLE_RATE, Recording
from rehearse.transcript import Spoken, Transcript
from tests.audio.sounds import sample

GOOD = Quality(-24.0, 40.0, 0.0, 7500.0, 0.0)


@pytest.fixture(scope="module")
def speech():
    samples = np.concatenate([b.samples for b in SoundFile(sample("strong-close")).blocks()])
    return samples / np.abs(samples).max() * 0.5


def measured(samples, words=()):
    cutter, meter = Cutter(), QualityMeter()
    for clip in cut([Recording(samples.astype(np.float32))], cutter):
        meter.listen(clip)
    sound = Loudness.of(0.0, cutter.envelope.bands_dbfs, cutter.voiced_frames)
    transcript = Transcript.of_speech(Spoken(*word) for word in words)
    return meter.sum_up(sound.dbfs, sound.voiced, 0.0, transcript)


def test_half_the_height_is_six_decibels_less(speech):
    loud, quiet = measured(speech).level_dbfs, measured(speech / 2).level_dbfs
    assert loud - quiet == pytest.approx(6.0, abs=0.2)


@pytest.mark.parametrize("snr_db", [5, 10, 20])
def test_noise_is_measured_against_speech(speech, snr_db):
    chance = np.random.default_rng(1)
    power = (speech[: len(speech) // 160 * 160].reshape(-1, 160) ** 2).mean(axis=1)
    loud = np.sqrt(np.percentile(power[power > power.max() * 1e-3], 85))
    noise = chance.standard_normal(len(speech)) * loud * 10 ** (-snr_db / 20)
    assert measured(speech + noise).snr_db == pytest.approx(snr_db, abs=3.0)


def test_what_is_cut_off_at_full_scale_is_clipped(speech):
    assert measured(speech).clipped == 0
    assert measured(np.clip(speech * 12, -1, 1)).clipped > 0.3


def test_a_sound_that_was_clipped_and_turned_down_is_not_known_to_be(speech):
    assert measured(np.clip(speech * 12, -1, 1) * 0.5).clipped == 0


def test_a_telephone_is_narrow(speech):
    filtered = sosfilt(butter(8, 3400, fs=SAMPLE_RATE, output="sos"), speech)
    assert measured(speech).bandwidth_hz > 6000
    assert measured(filtered).bandwidth_hz < 4200


def test_speech_without_words_is_a_share(speech):
    assert measured(speech).wordless == 1.0
    length_s = len(speech) / SAMPLE_RATE
    assert measured(speech, [("All", 0.0, length_s)]).wordless == 0.0
    assert measured(speech, [("Half", 0.0, length_s / 2)]).wordless == pytest.approx(0.5, abs=0.15)


def test_of_silence_nothing_is_known():
    assert measured(np.zeros(SAMPLE_RATE * 3)) == Quality(None, None, None, None, None)


def test_over_a_telephone_the_figures_hold_and_words_may_not():
    narrow = replace(GOOD, bandwidth_hz=3400.0)
    assert narrow.distrust() == {}
    (advice,) = narrow.advice()
    assert "3.4 kHz" in advice


def test_a_good_recording_is_trusted():
    assert GOOD.distrust() == {}
    assert GOOD.advice() == []


@pytest.mark.parametrize(
    ("worse", "lost"),
    [
        ({"snr_db": 4.0}, {"pauses", "fillers", "pitch", "loudness"}),
        ({"snr_db": 9.0}, {"pitch", "loudness"}),
        ({"clipped": 0.4}, {"loudness"}),
        ({"wordless": 0.4}, {"pace", "fillers"}),
    ],
)
def test_below_the_bar_numbers_are_not_trusted_and_what_to_do_is_said(worse, lost):
    quality = replace(GOOD, **worse)
    assert set(quality.distrust()) == lost
    assert all(quality.distrust().values())
    assert len(quality.advice()) == 1


def test_a_little_noise_and_clipping_cost_a_little():
    assert set(replace(GOOD, snr_db=16.0).distrust()) == {"loudness"}
    assert replace(GOOD, snr_db=16.0).advice() == []
    assert replace(GOOD, clipped=0.1).distrust() == {}
    assert "clipped in 10%" in replace(GOOD, clipped=0.1).advice()[0]


def test_a_quiet_recording_is_told_and_still_trusted():
    quality = replace(GOOD, level_dbfs=-58.0)
    assert quality.distrust() == {}
    assert "-58 dBFS" in quality.advice()[0]
