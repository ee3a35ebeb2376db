"""`rehearse play`, heard where it comes out."""

from __future__ import annotations

import signal
import subprocess
import time

import numpy as np
import pytest
import soundfile

from rehearse.history import History
from rehearse.takes.flac import write
from tests.history.reports import entry

RATE = 16000


@pytest.fixture
def kept(microphone):
    """A session whose sound is a tone of four seconds, rising in its second half."""
    times = np.arange(4 * RATE) / RATE
    pitch_hz = np.where(times < 2, 440, 880)
    samples = (8000 * np.sin(2 * np.pi * pitch_hz * times)).astype(np.int16)
    microphone.takes.mkdir(parents=True, exist_ok=True)
    write(microphone.takes / "tone.flac", [samples])
    with History(microphone.takes.parent) as history:
        return history.add(entry(1, sound="tone.flac", span_s=3.0)).number


class Heard:
    """What comes out of the loudspeaker while this is entered."""

    def __init__(self, microphone, path):
        self._command = [
            "parec", "--device=mic.monitor", "--file-format=wav", f"--rate={RATE}", "--channels=1",
            str(path),
        ]  # fmt: skip
        self._environment, self._path = microphone.environment, path

    def __enter__(self):
        self._running = subprocess.Popen(self._command, env=self._environment)
        time.sleep(0.5)
        return self

    def __exit__(self, *_):
        time.sleep(0.5)
        self._running.send_signal(signal.SIGINT)
        self._running.wait(10)

    def tones_s(self):
        """For how many seconds each of the two tones is heard."""
        samples, _ = soundfile.read(self._path)
        frames = samples[: len(samples) // 800 * 800].reshape(-1, 800)
        spectra = np.abs(np.fft.rfft(frames * np.hanning(800)))
        loud = spectra.max(axis=1) > 1.0
        loudest_hz = np.argmax(spectra, axis=1) * RATE / 800
        return [0.05 * np.sum(loud & (abs(loudest_hz - hz) < 30)) for hz in (440, 880)]


@pytest.fixture
def heard(microphone, tmp_path):
    microphone.pactl("set-default-sink", "mic")
    return Heard(microphone, tmp_path / "heard.wav")


def test_the_whole_is_heard(microphone, heard, kept):
    with heard:
        done = microphone.program("play", str(kept))
        _, err = done.communicate(timeout=60)
    assert done.returncode == 0, err
    assert heard.tones_s() == pytest.approx([2.0, 2.0], abs=0.3)


def test_from_the_middle_only_the_rest_is_heard(microphone, heard, kept):
    with heard:
        done = microphone.program("play", str(kept), "--from", "0:03")
        done.communicate(timeout=60)
    first, second = heard.tones_s()
    assert first == 0
    assert second == pytest.approx(1.0, abs=0.3)


def test_ctrl_c_ends_it(microphone, heard, kept):
    with heard:
        running = microphone.program("play", str(kept))
        time.sleep(1.5)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=30)
    assert running.returncode == 130
    assert err.strip() == "interrupted"


def test_past_the_end(microphone, kept):
    running = microphone.program("play", str(kept), "--from", "0:09")
    _, err = running.communicate(timeout=30)
    assert running.returncode == 2
    assert "lies past the end of session 1, which is 0:04 long" in err


def test_without_a_loudspeaker_it_says_where_the_file_is(microphone, kept):
    microphone.pull_out()
    running = microphone.program("play", str(kept))
    _, err = running.communicate(timeout=30)
    if running.returncode == 0:
        pytest.skip("this sound server plays into nothing")
    assert running.returncode == 2
    assert "tone.flac" in err.splitlines()[1]
    assert len(err.splitlines()) == 2
