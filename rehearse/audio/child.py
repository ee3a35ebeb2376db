"""A process whose frames are read one at a time, each when it is asked for."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rehearse.audio.handing import UnframedError, receive

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

CLOSING_S: Final = 5.0
"""How long an end is waited for; a process that was killed needs some milliseconds."""

_LOADER: Final = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")
"""Variables of the environment without which some systems start nothing."""

_OVERWORKED: Final = getattr(signal, "SIGXCPU", None)
"""What ends a process that took too much of a processor, where there is a limit."""


class GoneError(Exception):
    """It ended before it said that it was done, or could not be started.

    `reason` is for a person, and may be empty; `overworked` whether it took too much of a
    processor.
    """

    def __init__(self, reason: str = "", *, overworked: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.overworked = overworked


class SilentError(Exception):
    """It sent nothing for too long."""


class Child:
    """Another Python that is handed an open file and sends frames.

    A thread of its own starts it, reads from it and waits for its end, so that no matter which
    thread asks for the frames, the process lives as long as that one thread, and nobody ever
    waits for a pipe.

    Parameters
    ----------
    command
        The program with its arguments.
    file
        Its standard input; it is closed here.
    """

    def __init__(self, command: Sequence[str], file: BinaryIO) -> None:
        self._command = command
        self._file = file
        self._frames: queue.SimpleQueue[tuple[bytes, bytes] | Exception] = queue.SimpleQueue()
        self._wanted = threading.Semaphore(0)
        self._killed = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._tend, name="rehearse-apart", daemon=True)
        self._thread.start()

    def next(self, patience_s: float) -> tuple[bytes, bytes]:
        """The next frame; the process works ahead by no more than what a pipe holds.

        Raises
        ------
        GoneError, SilentError, UnframedError
            Where none comes, or none in `patience_s` seconds, or what comes is none.
        """
        self._wanted.release()
        try:
            frame = self._frames.get(timeout=patience_s)
        except queue.Empty:
            raise SilentError from None
        if isinstance(frame, Exception):
            raise frame
        return frame

    def kill(self) -> None:
        """End the process at once, from any thread."""
        with self._lock:
            self._killed.set()
            if self._process is not None:
                self._process.kill()
        self._wanted.release()

    def close(self) -> None:
        """End the process, and wait until nothing of it is left."""
        self.kill()
        self._thread.join(CLOSING_S)

    def _tend(self) -> None:
        try:
            process = self._started()
        except (OSError, ValueError) as error:
            self._frames.put(GoneError(f"no process can be started: {error}"))
        else:
            self._frames.put(self._read(process))

    def _started(self) -> subprocess.Popen[bytes]:
        with self._file as file, self._lock:
            self._process = subprocess.Popen(
                self._command,
                stdin=file,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            if self._killed.is_set():
                self._process.kill()
            return self._process

    def _read(self, process: subprocess.Popen[bytes]) -> Exception:
        """Pass on what is asked for, until the end: why it ended."""
        out = process.stdout
        end: Exception | None = None
        try:
            while out is not None and self._wanted.acquire() and not self._killed.is_set():
                if (frame := receive(out)) is None:
                    break
                self._frames.put(frame)
        except (UnframedError, OSError) as error:
            end = error
        finally:
            process.kill()
            if out is not None:
                out.close()
            code = process.wait()
        return end or GoneError(overworked=_OVERWORKED is not None and code == -_OVERWORKED)


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _LOADER if name in os.environ}
    # This very package, wherever it was loaded from, and no more threads than are needed.
    top = str(Path(__file__).resolve().parents[2])
    return {**kept, "PYTHONPATH": top, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
