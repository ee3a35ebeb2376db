"""`kill -9` at any moment: what was spoken until then is on disk."""

from __future__ import annotations

import random
import signal
import statistics
import time

import numpy as np
import pytest

from rehearse.takes.journal import Written
from tests.live import numbered

LOST_S = 0.5
"""The most that one kill may cost."""

OFTEN, SELDOM = 50, 4


def killed(microphone, wav, after_s):
    """Kill a take while somebody speaks: (seconds lost, what the journal holds)."""
    running = microphone.recording("--stop-after", "0")
    with numbered.Listener(microphone) as listener:
        speaking = microphone.say(wav)
        time.sleep(after_s)
        running.send_signal(signal.SIGKILL)
        heard = listener.last
        running.wait()
        speaking.kill()
        speaking.wait()
    for stream in (running.stdin, running.stdout, running.stderr):
        stream.close()
    (journal,) = microphone.takes.glob("*.au")
    samples = np.concatenate(list(Written.at(journal).blocks()))
    journal.unlink()
    there = numbered.last(samples)
    assert numbered.missing(samples) == 0
    return (heard - there) * numbered.STEP_S


@pytest.mark.parametrize(
    "times", [SELDOM, pytest.param(OFTEN, marks=pytest.mark.soak)], ids=["some", "many"]
)
def test_kill_9_costs_no_more_than_a_breath(microphone, tmp_path, times, record_property):
    chance = random.Random(times)
    wav = numbered.write(tmp_path / "numbered.wav", 30)
    lost = [killed(microphone, wav, chance.uniform(1.0, 8.0)) for _ in range(times)]
    record_property("lost_s", f"median {statistics.median(lost):.2f}, most {max(lost):.2f}")
    print(f"lost: median {statistics.median(lost):.2f} s, most {max(lost):.2f} s of {times}")
    assert max(lost) <= LOST_S


def test_the_numbers_would_show_what_is_missing(tmp_path):
    import soundfile

    samples, _ = soundfile.read(numbered.write(tmp_path / "n.wav", 2), dtype="int16")
    assert numbered.missing(samples) == 0
    assert numbered.missing(np.delete(samples, slice(5000, 5160))) == 160
    assert numbered.missing(np.delete(samples, 5000)) == 1


def test_a_take_that_was_killed_is_offered_and_recovered(microphone, spoken):
    running = microphone.recording()
    microphone.say(spoken("thin-close.opus")).wait()
    time.sleep(0.5)
    running.kill()
    running.communicate()
    told = microphone.program("analyze", "samples/thin-close.txt").communicate()[1]
    assert "cut short, and nothing of it is lost: `rehearse recover`" in told
    listed = microphone.program("recover", "--list").communicate()[0]
    assert "of sound" in listed
    recovering = microphone.program("recover", "--json")
    out, err = recovering.communicate(timeout=60)
    assert recovering.returncode == 0, err
    assert '"thanks":{"present":true' in out.replace(" ", "")
    assert [path.suffix for path in microphone.takes.iterdir()] == [".flac"]
    assert "No take was cut short." in microphone.program("recover").communicate()[0]


def test_a_take_that_was_killed_can_be_thrown_away(microphone, spoken):
    running = microphone.recording()
    microphone.say(spoken("thin-close.opus", to_s=3.0)).wait()
    running.kill()
    running.communicate()
    assert "Deleted." in microphone.program("recover", "--discard").communicate()[0]
    assert list(microphone.takes.iterdir()) == []
