"""Both cores busy, and not a sample is dropped."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import soundfile

from rehearse.audio.decode import SoundFile
from tests.live import numbered
from tests.live.conftest import SAMPLES

SOME_S, LONG_S = 20, 600

BUSY = "while True: pass"


def speech():
    """What is spoken again and again, at 16 kHz."""
    blocks = [block.samples for block in SoundFile(SAMPLES / "rambling.flac").blocks()]
    return np.round(np.concatenate(blocks) * 32767).astype(np.int16)


def dropped(microphone, folder, seconds):
    """Speak so long beside two busy programs: (steps out of order, the report)."""
    shutil.rmtree(microphone.takes, ignore_errors=True)
    wav = folder / "marked.wav"
    soundfile.write(wav, numbered.marked(speech(), seconds), numbered.RATE_HZ, subtype="PCM_16")
    busy = [subprocess.Popen([sys.executable, "-c", BUSY]) for _ in range(2)]
    try:
        code, out, err = microphone.take(wav, "--json", "--stop-after", "0")
    finally:
        for each in busy:
            each.kill()
            each.wait()
    assert code == 0, err
    (flac,) = microphone.takes.glob("*.flac")
    samples, _ = soundfile.read(flac, dtype="int16")
    spoken_s = np.count_nonzero(samples) / numbered.RATE_HZ
    assert spoken_s == pytest.approx(seconds, abs=0.5)
    return numbered.out_of_order(samples), json.loads(out)


@pytest.mark.parametrize(
    "seconds",
    [SOME_S, pytest.param(LONG_S, marks=pytest.mark.soak)],
    ids=["some", "ten minutes"],
)
def test_busy_cores_cost_no_sound(microphone, tmp_path, seconds):
    out_of_order, report = dropped(microphone, tmp_path, seconds)
    assert out_of_order == 0
    assert not any("dropped" in note for note in report["notes"])


def test_the_marks_would_show_what_is_missing():
    sound = numbered.marked(speech(), 3)
    assert numbered.out_of_order(sound) == 0
    assert numbered.out_of_order(np.delete(sound, 20000)) > 0
    assert numbered.out_of_order(np.delete(sound, slice(20000, 20160))) > 0


def test_a_program_that_was_suspended_has_lost_nothing(microphone, tmp_path):
    wav = numbered.write(tmp_path / "numbered.wav", 10)
    running = microphone.recording("--stop-after", "0")
    speaking = microphone.say(wav)
    time.sleep(3)
    running.send_signal(signal.SIGSTOP)
    time.sleep(4)
    running.send_signal(signal.SIGCONT)
    speaking.wait()
    time.sleep(0.5)
    running.communicate("\n", timeout=60)
    (flac,) = microphone.takes.glob("*.flac")
    samples, _ = soundfile.read(flac, dtype="int16")
    assert numbered.missing(samples) == 0
    assert numbered.last(samples) == 999
