"""`rehearse record`, spoken to through a real device."""

from __future__ import annotations

import json
import signal
import stat
import sys
import time

import pytest
import soundfile

from rehearse.history import History
from tests.live import numbered
from tests.live.conftest import SAMPLES
from tests.test_privacy import WATCHED

STEPS = ("interest", "fit", "concerns", "thanks")


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def kept(microphone, suffix=".flac"):
    return sorted(microphone.takes.glob("*" + suffix))


def analysed(program, microphone, path):
    """What `rehearse analyze --json` says of a file."""
    command = ("-m", "rehearse", "analyze", "--json", "--no-keep", path)
    done = program(*command, **microphone.environment)
    return json.loads(done.stdout)


def test_a_sample_that_is_spoken_has_the_report_of_its_file(microphone, spoken, program):
    code, out, err = microphone.take(spoken("strong-close.wav"), "--json")
    report = json.loads(out)
    assert code == 0, err
    assert all(report["steps"][step]["present"] for step in STEPS)
    length_s = analysed(program, microphone, SAMPLES / "strong-close.wav")["measures"]["span_s"]
    assert report["measures"]["span_s"] == pytest.approx(length_s, abs=0.5)
    (flac,) = kept(microphone)
    assert report["source"] == flac.name
    assert analysed(program, microphone, flac) | {"source": flac.name} == report


def test_what_is_kept_is_its_owners_alone(microphone, spoken):
    _, out, err = microphone.take(spoken("thin-close.opus", to_s=4.0), "--json", "--for", "Acme")
    (flac,) = microphone.takes.iterdir()
    history = microphone.takes.parent / "history.sqlite"
    assert mode(microphone.takes.parent) == mode(microphone.takes) == 0o700
    assert mode(flac) == mode(history) == 0o600
    assert "Kept as session 1." in err
    with History(microphone.takes.parent) as opened:
        session = opened.session(1)
        assert opened.sound_of(session) == flac
    assert session.line + "\n" == out
    assert (session.label, session.origin) == ("Acme", "record")
    info = soundfile.info(flac)
    assert (info.samplerate, info.channels, info.subtype) == (16000, 1, "PCM_16")


def test_nothing_is_kept_that_should_not_be(microphone, spoken):
    code, out, _ = microphone.take(spoken("thin-close.opus", to_s=8.0), "--no-keep")
    assert code == 0
    assert "✓ interest" in out
    assert list(microphone.takes.iterdir()) == []


def test_ctrl_c_ends_the_take_and_not_the_program(microphone, spoken):
    running = microphone.recording()
    microphone.say(spoken("thin-close.opus", to_s=8.0)).wait()
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert "✓ interest" in out
    assert "interrupted" not in err


def test_a_silence_after_speech_ends_it(microphone, spoken):
    running = microphone.recording("--stop-after", "2", "--json")
    microphone.say(spoken("thin-close.opus")).wait()
    out, err = running.communicate(timeout=60)
    report = json.loads(out)
    assert report["steps"]["thanks"]["present"], err
    # Told by the take's own clock: the machine's runs on while the player drains.
    (flac,) = kept(microphone)
    silence_s = soundfile.info(flac).duration - report["transcript"]["words"][-1]["end_s"]
    # The recogniser ends a word a little early or late; and before the take ends, what was said
    # last has to be understood, for the concerns question would be waited after: on busy cores,
    # some seconds.
    assert 1.8 < silence_s < 8


def test_silence_before_speech_and_after_the_concerns_question_does_not(microphone, spoken):
    running = microphone.recording("--stop-after", "1", "--json")
    time.sleep(3)
    assert running.poll() is None
    microphone.say(spoken("strong-close.wav", 30.2, 35.0)).wait()
    time.sleep(5)
    assert running.poll() is None
    out, _ = running.communicate("\n", timeout=60)
    assert json.loads(out)["steps"]["concerns"]["present"]


def test_silence_ends_nothing_where_it_should_not(microphone, spoken):
    running = microphone.recording("--stop-after", "0")
    microphone.say(spoken("thin-close.opus", to_s=5.0)).wait()
    time.sleep(8)
    assert running.poll() is None
    running.communicate("\n", timeout=60)


def test_again_says_what_has_changed(microphone, spoken):
    running = microphone.recording("--again", "--stop-after", "0")
    microphone.say(spoken("thin-close.opus")).wait()
    time.sleep(0.5)
    running.stdin.write("\n")
    running.stdin.flush()
    microphone.until_told(running, "Recording")
    microphone.say(spoken("strong-close.wav", 8.9, 24.5)).wait()
    time.sleep(0.5)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    after = out.split("Since the take before")[1]
    assert "✓ fit: there now" in after
    assert "✗ thanks: was there, and is missing now" in after
    assert len(kept(microphone)) == 2


def test_again_is_left_by_saying_nothing(microphone, spoken):
    running = microphone.recording("--again", "--stop-after", "0")
    microphone.say(spoken("thin-close.opus", to_s=8.0)).wait()
    running.stdin.write("\n")
    running.stdin.flush()
    microphone.until_told(running, "Recording")
    time.sleep(1)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 0
    assert len(kept(microphone)) == 1


def test_silence_alone_is_said_to_be_that(microphone):
    running = microphone.recording()
    time.sleep(3)
    _, err = running.communicate("\n", timeout=60)
    assert running.returncode == 2
    assert "no sound at all" in err
    assert "No speech was heard" in err
    assert "Traceback" not in err


def test_devices_lists_the_microphone_and_its_level(microphone, spoken):
    speaking = microphone.say(spoken("strong-close.wav"))
    running = microphone.program("devices")
    out, err = running.communicate(timeout=30)
    speaking.kill()
    speaking.wait()
    assert running.returncode == 0, err
    assert "default" in out
    level_dbfs = int(out.splitlines()[-1].split(": ")[1].split(" dBFS")[0])
    assert -60 < level_dbfs <= 0


def test_no_socket_is_asked_for_while_recording(microphone, spoken, monkeypatch):
    # The sound server is spoken to by ALSA, and on this machine alone; Python asks for nothing.
    monkeypatch.setattr(microphone, "command", (sys.executable, "-c", WATCHED))
    code, out, err = microphone.take(spoken("thin-close.opus", to_s=8.0), "--json")
    report, told = map(json.loads, out.splitlines())
    assert (code, told) == (0, {"code": 0, "seen": []}), err
    assert report["error"] is None


LATE = """
import atexit, json, sys
from rehearse.live import Take

stop, before = Take.stop, set()

def stopped(take):
    before.update(sys.modules)
    stop(take)

Take.stop = stopped
atexit.register(lambda: print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr))

from rehearse.cli import main

sys.argv = ["rehearse", *sys.argv[1:]]
main()
"""
"""Records, and says in the end what was imported after the take had ended."""


def test_nothing_is_loaded_between_the_end_of_speech_and_the_report(microphone, spoken):
    command = (sys.executable, "-c", LATE)
    with microphone.running_as(*command):
        _, out, err = microphone.take(spoken("thin-close.opus"))
    assert "✓ interest" in out, err
    late = json.loads(err.splitlines()[-1])
    assert [name for name in late if name.partition(".")[0] not in {"rich", "importlib"}] == []
    assert len(late) < 10


@pytest.mark.parametrize("apart_s", [0.05, pytest.param(0.3, marks=pytest.mark.soak), 0.6])
def test_ctrl_c_twice_costs_nothing(microphone, spoken, apart_s):
    running = microphone.recording("--json")
    microphone.say(spoken("thin-close.opus", to_s=8.0)).wait()
    running.send_signal(signal.SIGINT)
    time.sleep(apart_s)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    # The second comes while the take is closed, while the rest of it is recognised, or after.
    assert running.returncode in {0, 130}, err
    assert "Traceback" not in err
    assert err.splitlines()[-1] == "interrupted" or running.returncode == 0
    assert len(kept(microphone)) == 1
    assert kept(microphone, ".au") == []


def test_what_is_said_as_enter_is_pressed_is_kept(microphone, tmp_path):
    wav = numbered.write(tmp_path / "numbered.wav", 10)
    running = microphone.recording("--stop-after", "0")
    with numbered.Listener(microphone) as listener:
        speaking = microphone.say(wav)
        while (listener.last or 0) < 300:
            time.sleep(0.005)
        running.stdin.write("\n")
        running.stdin.flush()
        heard = listener.last
        running.communicate(timeout=60)
        speaking.kill()
        speaking.wait()
    (flac,) = kept(microphone)
    samples, _ = soundfile.read(flac, dtype="int16")
    assert numbered.last(samples) >= heard
