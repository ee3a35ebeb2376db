"""What goes wrong with a microphone: said in a line, in time, and nothing is lost."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import threading
import time

import pytest
import soundfile

from rehearse.outputs.taking import TROUBLE
from rehearse.takes.journal import Written
from tests.disks import disk

IN_TIME_S = 3.0

WITHOUT_PORTAUDIO = """
import ctypes.util, sys

ctypes.util.find_library = lambda name: None
from rehearse.cli import main

sys.argv = ["rehearse", *sys.argv[1:]]
main()
"""
"""The program where the system has no PortAudio to be found."""


def lines_of(stream):
    """The lines of a stream as they come, each with its time."""
    lines = queue.Queue()

    def read():
        for line in stream:
            lines.put((time.monotonic(), line.rstrip()))

    threading.Thread(target=read, daemon=True).start()
    return lines


def told_at(lines, text, within_s=15.0):
    """When a line was written that holds `text`."""
    while True:
        at, line = lines.get(timeout=within_s)
        if text in line:
            return at


class TestWhileItCanBeMended:
    @pytest.fixture
    def begun(self, microphone):
        """A take that has begun: the lines it writes, and when it began."""
        running = microphone.recording("--stop-after", "0")
        yield lines_of(running.stderr), time.monotonic()
        running.kill()
        running.wait()
        for stream in (running.stdin, running.stdout, running.stderr):
            stream.close()

    def test_silence_alone(self, begun):
        lines, began = begun
        assert told_at(lines, TROUBLE["dead"]) - began <= IN_TIME_S

    def test_a_microphone_that_is_muted_while_one_speaks(self, microphone, begun, spoken):
        lines, _ = begun
        speaking = microphone.say(spoken("strong-close.wav"))
        time.sleep(6)
        while not lines.empty():
            lines.get()
        microphone.pactl("set-source-mute", "mic.monitor", "1")
        muted = time.monotonic()
        assert told_at(lines, TROUBLE["dead"]) - muted <= IN_TIME_S
        speaking.kill()
        speaking.wait()

    @pytest.mark.parametrize(("volume", "trouble"), [("12%", "quiet"), ("400%", "clipped")])
    def test_a_level_that_is_far_off(self, microphone, begun, spoken, volume, trouble):
        lines, _ = begun
        microphone.pactl("set-source-volume", "mic.monitor", volume)
        speaking = microphone.say(spoken("strong-close.wav", from_s=0.4))
        spoke = time.monotonic()
        assert told_at(lines, TROUBLE[trouble]) - spoke <= IN_TIME_S
        speaking.kill()
        speaking.wait()


def test_a_microphone_that_is_pulled_out_leaves_its_take(microphone, spoken):
    running = microphone.recording("--json")
    speaking = microphone.say(spoken("strong-close.wav"))
    time.sleep(10)
    microphone.pull_out()
    out, err = running.communicate(timeout=60)
    speaking.wait()
    report = json.loads(out)
    assert running.returncode == 0, err
    assert report["steps"]["interest"]["present"]
    assert any("gives no sound any more" in note for note in report["notes"])
    (flac,) = microphone.takes.glob("*.flac")
    assert soundfile.info(flac).duration >= 9.0
    assert err == "Kept as session 1.\n"


class TestBeforeATake:
    def refused(self, microphone, *arguments, command=None):
        """The two lines that a call ends with."""
        done = subprocess.run(
            [*(command or microphone.command), "record", *arguments],
            env=microphone.environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )
        assert (done.returncode, done.stdout) == (2, "")
        what, hint = done.stderr.splitlines()
        assert what.startswith("error: ")
        assert hint.startswith("       ")
        assert not microphone.takes.exists() or not list(microphone.takes.iterdir())
        return what, hint

    def test_no_portaudio(self, microphone):
        what, hint = self.refused(microphone, command=(sys.executable, "-c", WITHOUT_PORTAUDIO))
        assert "PortAudio" in what
        assert "libportaudio2" in hint
        assert "rehearse analyze" in hint

    def test_no_microphone(self, microphone, monkeypatch):
        monkeypatch.setitem(microphone.environment, "PULSE_SERVER", "unix:/nowhere/at/all")
        what, hint = self.refused(microphone)
        assert "no microphone" in what
        assert "rehearse devices" in hint

    def test_one_that_is_gone(self, microphone):
        microphone.pull_out()
        what, _ = self.refused(microphone)
        assert "default" in what

    def test_a_sound_server_that_hangs(self, microphone):
        with microphone.hanging():
            what, hint = self.refused(microphone)
        assert "has not answered for 10 s" in what
        assert "Start it again" in hint

    def test_a_name_that_none_has(self, microphone):
        what, hint = self.refused(microphone, "--device", "harp")
        assert "'harp'" in what
        assert "rehearse devices" in hint

    def test_weights_that_do_not_exist(self, microphone):
        what, _ = self.refused(microphone, "--model", "enormous")
        assert "enormous" in what

    def test_a_folder_that_cannot_be_made(self, microphone):
        microphone.takes.parent.parent.mkdir(parents=True, exist_ok=True)
        microphone.takes.parent.write_text("in the way")
        try:
            what, hint = self.refused(microphone)
        finally:
            microphone.takes.parent.unlink()
        assert str(microphone.takes) in what
        assert "REHEARSE_HOME" in hint

    def test_devices_says_the_same(self, microphone, monkeypatch):
        monkeypatch.setitem(microphone.environment, "PULSE_SERVER", "unix:/nowhere/at/all")
        running = microphone.program("devices")
        _, err = running.communicate(timeout=30)
        assert running.returncode == 2
        assert len(err.splitlines()) == 2


def test_a_disk_that_fills_up_while_one_speaks(microphone, spoken):
    with disk(microphone.takes.parent, "200k"):
        code, out, err = microphone.take(spoken("thin-close.opus"), "--json")
        report = json.loads(out.splitlines()[0])
        assert code == 2
        # The report is about all that was said, the disk holds what it had room for.
        assert report["steps"]["thanks"]["present"]
        assert any("could be written" in note for note in report["notes"])
        assert "No space left on device" in err
        (journal,) = microphone.takes.glob("*.au")
        assert Written.at(journal).duration_s > 3
