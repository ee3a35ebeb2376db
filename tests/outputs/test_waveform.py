"""How loud a sound is from one end to the other."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from rehearse.errors import SoundError
from rehearse.outputs.waveform import peaks

RATE = 16000


def written(tmp_path, samples):
    path = tmp_path / "sound.flac"
    soundfile.write(path, samples, RATE, subtype="PCM_16", format="FLAC")
    return path


def tone(seconds, amplitude):
    return amplitude * np.sin(2 * np.pi * 200 * np.arange(int(seconds * RATE)) / RATE)


def test_columns_are_of_equal_length_and_as_high_as_their_sound_is_loud(tmp_path):
    sound = np.concatenate([tone(1, 0.5), tone(1, 0.005), np.zeros(RATE), tone(1, 0.5)])
    found = np.array(peaks(written(tmp_path, sound), count=40))
    assert found.shape == (40,)
    assert (found[:10] == 100).all()
    assert (abs(found[10:20] - 11) <= 1).all()  # 40 dB below the loudest, of 45
    assert (found[20:30] == 0).all()
    assert (found[30:] == 100).all()


def test_a_quiet_recording_is_drawn_like_a_loud_one(tmp_path):
    sound = np.concatenate([tone(1, 0.5), tone(1, 0.05)])
    loud = peaks(written(tmp_path, sound), count=20)
    assert peaks(written(tmp_path, sound / 100), count=20) == pytest.approx(loud, abs=2)


def test_silence_has_no_peaks(tmp_path):
    assert peaks(written(tmp_path, np.zeros(RATE)), count=8) == [0] * 8
    assert max(peaks(written(tmp_path, tone(1, 1e-4)), count=8)) < 60


def test_there_are_no_more_columns_than_samples(tmp_path):
    assert len(peaks(written(tmp_path, tone(0.002, 0.5)))) == 32
    soundfile.write(tmp_path / "empty.wav", np.zeros(0), RATE)
    assert peaks(tmp_path / "empty.wav") == []


def test_what_cannot_be_read_is_told(tmp_path):
    (tmp_path / "text.flac").write_text("no sound")
    with pytest.raises(SoundError, match=r"text\.flac cannot be read"):
        peaks(tmp_path / "text.flac")


def test_a_loud_room_does_not_make_a_wall_of_the_sound(tmp_path):
    noise = np.random.default_rng(1).normal(0, 0.02, 4 * RATE)
    sound = noise + np.concatenate([tone(1, 0.2), np.zeros(RATE), tone(1, 0.2), np.zeros(RATE)])
    found = np.array(peaks(written(tmp_path, sound), count=40))
    assert found[10:20].max() < 25
    assert found[:10].min() > 90
