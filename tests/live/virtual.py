"""A microphone without hardware: a PulseAudio server of our own, with a sink that is heard.

What `paplay` plays into the null sink `mic`, a program that records through PortAudio and
ALSA hears from its monitor. Nothing of the machine's own sound is touched.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
NEEDED = ("pulseaudio", "pactl", "paplay", "parec", "tmux")
STARTS_S = 10.0

SINK = "sink_name=mic rate=16000 channels=1"

ASOUNDRC = """
pcm.!default { type pulse }
ctl.!default { type pulse }
"""


def missing():
    """What a test of the microphone needs and this machine has not; empty where it has all."""
    return [program for program in NEEDED if shutil.which(program) is None]


class VirtualMicrophone:
    """The server, for as long as it is entered.

    Everything that programs keep lies in `home`, whose path is short, for its sockets.
    """

    command = (sys.executable, "-m", "rehearse")

    def __init__(self):
        self.home = Path(tempfile.mkdtemp(prefix="mic-", dir="/tmp"))
        self._run = run = self.home / "run"
        run.mkdir(mode=0o700)
        (self.home / ".asoundrc").write_text(ASOUNDRC)
        self.environment = {
            **os.environ,
            "HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(run),
            "XDG_CONFIG_HOME": str(self.home / "config"),
            "XDG_DATA_HOME": str(self.home / "data"),
            "PULSE_SERVER": f"unix:{run}/native",
            "PYTHONUTF8": "1",
            "PYTHONPATH": str(TOP),
            "TERM": "xterm-256color",
        }
        # The data folder is XDG's, so that the weights of the checkout are still found.
        self.environment.pop("REHEARSE_HOME", None)
        self._server = None

    @property
    def takes(self):
        """Where the program keeps its takes."""
        return self.home / "data" / "rehearse" / "takes"

    def __enter__(self):
        run = self._run
        self._server = subprocess.Popen(
            [
                "pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1",
                "--log-target=file:" + str(self.home / "log"),
                f"--load=module-native-protocol-unix auth-anonymous=1 socket={run}/native",
                f"--load=module-null-sink {SINK}",
            ],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + STARTS_S
        while self.pactl("set-default-source", "mic.monitor").returncode:
            assert self._server.poll() is None, (self.home / "log").read_text()
            assert time.monotonic() < until, "the sound server does not answer"
            time.sleep(0.1)
        self._assert_heard()
        return self

    def _assert_heard(self):
        """Say in one place, before any test, that PortAudio does not find the microphone."""
        listed = subprocess.run(
            [
                sys.executable,
                "-c",
                "import sounddevice; print(sounddevice.query_devices(kind='input'))",
            ],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert listed.returncode == 0, (listed.stderr, (self.home / "log").read_text())

    def __exit__(self, *_):
        self._server.terminate()
        self._server.wait(10)
        shutil.rmtree(self.home, ignore_errors=True)

    def pactl(self, *arguments):
        """Tell the server something."""
        return subprocess.run(
            ["pactl", *arguments], env=self.environment, capture_output=True, check=False
        )

    def restore(self):
        """Plug it in where it was pulled out, switch it on, and put its level back."""
        if b"mic.monitor" not in self.pactl("list", "short", "sources").stdout:
            self.pactl("load-module", "module-null-sink", *SINK.split())
            self.pactl("set-default-source", "mic.monitor")
        self.pactl("set-source-mute", "mic.monitor", "0")
        self.pactl("set-source-volume", "mic.monitor", "100%")

    @contextlib.contextmanager
    def running_as(self, *command):
        """Let another command stand for the program."""
        before, self.command = self.command, command
        try:
            yield
        finally:
            self.command = before

    @contextlib.contextmanager
    def hanging(self):
        """Let the server answer nobody."""
        self._server.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._server.send_signal(signal.SIGCONT)

    def pull_out(self):
        """Take it away while it is in use."""
        assert self.pactl("unload-module", "module-null-sink").returncode == 0

    def say(self, path):
        """Begin to speak a file."""
        command = ["paplay", "--device=mic", str(path)]
        return subprocess.Popen(command, env=self.environment, stderr=subprocess.DEVNULL)

    def program(self, *arguments, **options):
        """Begin to run the program."""
        return subprocess.Popen(
            # A suite that runs in the background has Ctrl-C ignored; the program must not.
            ["env", "--default-signal=INT", *self.command, *map(str, arguments)],
            env=self.environment,
            cwd=TOP,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            **options,
        )

    def recording(self, *arguments):
        """Begin a take, and wait until it is one."""
        running = self.program("record", *arguments)
        self.until_told(running, "Recording")
        return running

    def until_told(self, running, beginning, within_s=30.0):
        """Wait for a line on its standard error; one that does not come in time ends it."""
        watch = threading.Timer(within_s, running.kill)
        watch.start()
        try:
            for line in running.stderr:
                if line.startswith(beginning):
                    return
        finally:
            watch.cancel()
        raise AssertionError(f"{beginning!r} was not told: {running.communicate()}")

    def take(self, path, *arguments, after_s=1.0):
        """Speak a file into a take and end it with Enter: (exit code, output, errors)."""
        running = self.recording(*arguments)
        self.say(path).wait()
        time.sleep(after_s)
        out, err = running.communicate("\n", timeout=120)
        return running.returncode, out, err
