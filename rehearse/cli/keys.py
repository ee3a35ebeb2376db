"""The Enter key, while something else goes on."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import Any, Final, Self

TICK_S: Final = 0.02


class Keys:
    """Waits for Enter without showing what is typed; a context manager.

    Where standard input is a pipe, a line in it counts as Enter, and its end as nothing.
    """

    def __init__(self) -> None:
        self._open = sys.stdin is not None and not sys.stdin.closed
        self._before: Any = None

    def __enter__(self) -> Self:
        if self._open and sys.stdin.isatty() and os.name == "posix":
            import termios
            import tty

            with contextlib.suppress(termios.error):
                self._before = termios.tcgetattr(sys.stdin)
                tty.setcbreak(sys.stdin)
        return self

    def __exit__(self, *_: object) -> None:
        if self._before is not None:
            import termios

            with contextlib.suppress(termios.error):
                # What was typed ahead is no answer to the shell.
                termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, self._before)

    def forget(self) -> None:
        """Drop what was typed so far: it was not meant for what begins now."""
        if self._before is not None:
            import termios

            with contextlib.suppress(termios.error):
                termios.tcflush(sys.stdin, termios.TCIFLUSH)

    def enter(self, within_s: float) -> bool:
        """Wait so long for Enter; tell whether it was pressed."""
        if not self._open:
            time.sleep(within_s)
            return False
        return self._in_windows(within_s) if os.name == "nt" else self._selected(within_s)

    def _selected(self, within_s: float) -> bool:
        import select

        try:
            ready, _, _ = select.select([sys.stdin], [], [], within_s)
        except (OSError, ValueError):
            ready = []
        if not ready:
            return False
        with contextlib.suppress(OSError):
            # Byte by byte: a second line in a pipe ends the next take.
            if typed := os.read(sys.stdin.fileno(), 1):
                return b"\n" in typed or b"\r" in typed
        self._open = False
        return False

    def _in_windows(self, within_s: float) -> bool:
        import msvcrt

        keys: Any = msvcrt
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            if keys.kbhit() and keys.getwch() in "\r\n":
                return True
            time.sleep(TICK_S)
        return False
