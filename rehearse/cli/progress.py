"""What the program is doing, and how far it is, on standard error while it works."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Self

from rehearse.timecode import clock

if TYPE_CHECKING:
    from rehearse.audio.decode import SoundFile


class Progress:
    """A line that says what happens, gone when it is done.

    Parameters
    ----------
    label
        What is worked on.
    shown
        False is for programs that read the output; nothing is shown either where
        standard error is no terminal.
    """

    def __init__(self, label: str, *, shown: bool) -> None:
        self._label = label
        self._shown = shown and sys.stderr.isatty()
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Self:
        if self._shown:
            from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

            from rehearse.cli.console import live_console

            self._bar = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}", markup=False),
                BarColumn(bar_width=20),
                TextColumn("{task.fields[where]}", markup=False),
                console=live_console(sys.stderr),
                transient=True,
            )
            self._task = self._bar.add_task(self._label, total=None, where="")
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def say(self, what: str) -> None:
        """Say what is being done."""
        if self._bar is not None:
            self._bar.update(self._task, where=what)

    def listen(self, sound: SoundFile) -> None:
        """Say that the sound is being recognised."""
        self._sound = sound
        self.say("listening")

    def at(self, seconds: float) -> None:
        """Say how far the recogniser is, in seconds of the source."""
        if self._bar is None:
            return
        end = self._sound.to_s or self._sound.stated_s
        where = f"heard {clock(seconds)}" + (f" of {clock(end)}" if end else "")
        self._bar.update(self._task, total=end, completed=seconds, where=where)

    def count(self, done: int, of: int) -> None:
        """Say how many of a number of things are done."""
        if self._bar is not None:
            self._bar.update(self._task, total=of, completed=done, where=f"{done} of {of}")
