"""A real terminal that a test can type into and look at: tmux, with a server of its own."""

from __future__ import annotations

import itertools
import shlex
import subprocess
import time
from pathlib import Path

COUNT = itertools.count()


class Terminal:
    """A program in a terminal, for as long as it is entered.

    Parameters
    ----------
    environment
        Of the program.
    folder
        Where it is started; tmux keeps its socket there as well.
    """

    def __init__(self, environment, folder, *arguments, width=90, height=40):
        self._environment = {**environment, "TMUX_TMPDIR": str(folder)}
        self._environment.pop("TMUX", None)
        self._arguments = arguments
        # A server of its own each time: one that ends may still take the next for its own.
        self._socket = f"it-{next(COUNT)}"
        self._size = ("-x", str(width), "-y", str(height))

    def __enter__(self):
        # The shell stays, so that the screen is still there when the program has ended.
        command = shlex.join(map(str, self._arguments)) + "; echo left with $?; exec cat"
        self._tmux("-f", "/dev/null", "new-session", "-d", "-s", "it", *self._size, command)
        self._tmux("set-option", "-g", "history-limit", "5000")
        return self

    def __exit__(self, *_):
        self._tmux("kill-server")

    def press(self, *keys):
        """Press keys, by the names that tmux gives them."""
        self._tmux("send-keys", "-t", "it", *keys)

    def process(self):
        """The number of the program's process."""
        shell = self._tmux("display-message", "-p", "-t", "it", "#{pane_pid}").stdout.strip()
        children = Path(f"/proc/{shell}/task/{shell}/children").read_text()
        return int(children.split()[0])

    def screen(self, *, colours=False, all_of_it=False):
        """What is seen now; with `all_of_it` also what has moved up out of sight."""
        options = (["-e"] if colours else []) + (["-S", "-"] if all_of_it else [])
        shown = self._tmux("capture-pane", "-p", "-t", "it", *options).stdout
        return "\n".join(line.rstrip() for line in shown.splitlines()).rstrip()

    def until(self, seen, within_s=30.0, every_s=0.05, **options):
        """Wait for a text, or for what a function says of the screen, and give the screen."""
        found = seen if callable(seen) else lambda screen: seen in screen
        until = time.monotonic() + within_s
        while not found(screen := self.screen(**options)):
            assert time.monotonic() < until, f"not seen within {within_s} s: {seen}\n{screen}"
            time.sleep(every_s)
        return screen

    def _tmux(self, *arguments):
        return subprocess.run(
            ["tmux", "-L", self._socket, *arguments],
            env=self._environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
