"""What is wrong with a take, said while it can be mended."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from rehearse.audio.decode import SoundFile
from rehearse.audio.meter import Meter
from rehearse.recording import SAMPLE_RATE

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
BLOCK = SAMPLE_RATE // 20
IN_TIME_S = 3.0


@pytest.fixture(scope="module")
def close():
    """Ten seconds of a sample, float32."""
    blocks = SoundFile(SAMPLES / "strong-close.wav", to_s=10.0).blocks()
    return np.concatenate([block.samples for block in blocks])


def told(samples):
    """Each trouble with the second at which it was told; None where it was taken back."""
    meter, changes, last = Meter(), [], None
    for start in range(0, len(samples), BLOCK):
        meter.feed(samples[start : start + BLOCK])
        if meter.trouble != last:
            last = meter.trouble
            changes.append((last, (start + BLOCK) / SAMPLE_RATE))
    return changes


def at_gain(samples, gain_db):
    loud = np.round(samples * 10 ** (gain_db / 20) * 32768).clip(-32768, 32767)
    return (loud / 32768).astype(np.float32)


def test_a_good_take_has_no_trouble(close):
    assert told(close) == []


def test_digital_silence_is_a_dead_microphone(close):
    ((trouble, at_s),) = told(np.zeros(5 * SAMPLE_RATE, dtype=np.float32))
    assert (trouble, at_s <= IN_TIME_S) == ("dead", True)


def test_a_microphone_that_is_muted_while_one_speaks_is_noticed(close):
    muted = np.concatenate([close[: 5 * SAMPLE_RATE], 0 * close[: 4 * SAMPLE_RATE]])
    ((trouble, at_s),) = told(muted)
    assert (trouble, at_s - 5 <= IN_TIME_S) == ("dead", True)


def test_it_is_taken_back_when_sound_comes(close):
    changes = told(np.concatenate([0 * close[: 4 * SAMPLE_RATE], close]))
    troubles = [trouble for trouble, _ in changes]
    assert (troubles[0], troubles[-1]) == ("dead", None)


def test_a_room_without_a_voice_is_no_dead_microphone():
    noise = np.random.default_rng(1).normal(0, 0.002, 5 * SAMPLE_RATE).astype(np.float32)
    assert [trouble for trouble, _ in told(noise)] == ["no voice"]


@pytest.mark.parametrize("gain_db", [-35, -45, -55])
def test_speech_far_too_quiet_is_said_at_once_and_once(close, gain_db):
    ((trouble, at_s),) = told(at_gain(close, gain_db))
    assert (trouble, at_s <= IN_TIME_S) == ("quiet", True)


@pytest.mark.parametrize("gain_db", [-20, -10, 0])
def test_speech_that_is_loud_enough_is_not_called_quiet(close, gain_db):
    assert told(at_gain(close, gain_db)) == []


def test_clipping_is_said_at_once(close):
    trouble, at_s = told(at_gain(close, 20))[0]
    assert (trouble, at_s <= IN_TIME_S) == ("clipped", True)


def test_a_pause_between_sentences_is_no_trouble(close):
    room = np.random.default_rng(1).normal(0, 0.0005, 6 * SAMPLE_RATE).astype(np.float32)
    assert told(np.concatenate([close, room])) == []


def test_does_not_depend_on_the_blocks(close):
    one, other = Meter(), Meter()
    for start in range(0, len(close), 160):
        one.feed(close[start : start + 160])
    other.feed(close)
    assert (one.spoken_s, one.begun_s, one.speech_s) == (
        other.spoken_s,
        other.begun_s,
        other.speech_s,
    )


def test_tells_when_speech_began_and_ended(close):
    room = np.zeros(2 * SAMPLE_RATE, dtype=np.float32)
    meter = Meter()
    meter.feed(np.concatenate([room, close[: 3 * SAMPLE_RATE], room]))
    assert 1.9 < meter.begun_s < 2.6
    assert 4.0 < meter.spoken_s < 5.4
    assert meter.silence_s == pytest.approx(7.0 - meter.spoken_s, abs=0.1)


def test_nothing_was_spoken_before_anything_has_come():
    meter = Meter()
    assert (meter.begun_s, meter.spoken_s, meter.trouble, meter.level_dbfs) == (
        None, 0.0, None, -120.0,
    )  # fmt: skip
