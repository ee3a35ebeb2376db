"""A voice for the interviewer, where the machine has one."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from typing import Final

from rehearse.facing import LONGEST_S

_PROGRAMS: Final = (
    ("say",),
    ("espeak-ng", "-s", "150"),
    ("espeak", "-s", "150"),
    ("spd-say", "--wait"),
)
"""Programs that read aloud on this machine, each with what it is given before the words."""

_WINDOWS: Final = (
    "Add-Type -AssemblyName System.Speech; "
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)


ENDS_S: Final = 1.0
"""So long a program may take to end when it is told to. Ours."""


class Voice:
    """Reads one thing at a time aloud; nothing where there is no program for it.

    Parameters
    ----------
    aloud
        Whether it may.
    """

    def __init__(self, *, aloud: bool) -> None:
        self._command = _command() if aloud else None
        self._speaking: subprocess.Popen[bytes] | None = None
        self._until = 0.0

    @property
    def there(self) -> bool:
        """Whether anything can be heard."""
        return self._command is not None

    @property
    def speaking(self) -> bool:
        """Whether it is still at it."""
        if self._speaking is None or self._speaking.poll() is not None:
            return False
        if time.monotonic() > self._until:
            self.stop()
            return False
        return True

    def say(self, text: str) -> bool:
        """Begin to read aloud; tell whether that is heard."""
        self.stop()
        if self._command is None:
            return False
        self._until = time.monotonic() + LONGEST_S
        try:
            self._speaking = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            if self._speaking.stdin is not None:
                self._speaking.stdin.write(text.encode())
                self._speaking.stdin.close()
        except OSError:
            self._command = None
            return False
        return True

    def stop(self) -> None:
        """End it."""
        if self._speaking is not None:
            if self._speaking.poll() is None:
                self._speaking.terminate()
            try:
                self._speaking.wait(ENDS_S)
            except subprocess.TimeoutExpired:
                self._speaking.kill()
                self._speaking.wait()
            self._speaking = None


def _command() -> list[str] | None:
    """What reads its standard input aloud."""
    if sys.platform == "win32":
        found = shutil.which("powershell")
        return [found, "-NoProfile", "-Command", _WINDOWS] if found else None
    for name, *rest in _PROGRAMS:
        if found := shutil.which(name):
            reading = ["-f", "-"] if name == "say" else ["-e"] if name == "spd-say" else ["--stdin"]
            return [found, *rest, *reading]
    return None
