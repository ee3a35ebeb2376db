"""A file from a stranger, decoded in a process of its own, so that it takes nothing else down.

Decoders are large, are written in C, and a file may be made to break them.  Whatever a file
does to the process that decodes it, here it becomes a `SoundError`.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from rehearse.audio import handing
from rehearse.audio.child import Child, GoneError, SilentError
from rehearse.audio.decode import BLOCK_S
from rehearse.audio.handing import UnframedError
from rehearse.audio.refusals import broken, silent, stopped, wearing
from rehearse.audio.regular import regular
from rehearse.recording import SAMPLE_RATE, Recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rehearse.errors import RehearseError
    from rehearse.recording import Samples


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take.

    Parameters
    ----------
    longest_s
        Seconds of sound, in the part that was picked.
    memory_bytes
        Address space of its process. The program itself takes 250 MB of it, and files
        hardly more.
    processor_s
        Seconds of a processor until the first sound; each second of sound allows a tenth more.
    silence_s
        Seconds by the clock that are waited for the next second of sound.
    """

    longest_s: float = 2 * 3600.0
    memory_bytes: int = 1 << 30
    processor_s: float = 30.0
    silence_s: float = 30.0


LIMITS: Final = Limits()


class SoundApart:
    """The first audio track of a file, as `SoundFile` gives it, decoded in another process.

    One reader reads it at a time.  The process ends when the reader is done with `blocks`,
    closes it, or ends itself, by whatever means.

    Parameters
    ----------
    path
        A regular file; a link is refused.
    name
        What reports and errors call it; a folder before it is left out.
    from_s, to_s
        Which part to decode, in seconds from its start; `to_s` None is its end.
    limits
        What it may take.

    Raises
    ------
    InputError
        From `blocks`, where it cannot be decoded, takes more than it may, or was cancelled.
    """

    def __init__(
        self,
        path: Path,
        name: str,
        *,
        from_s: float = 0.0,
        to_s: float | None = None,
        limits: Limits = LIMITS,
    ) -> None:
        self.path = path
        self.name = PurePath(name).name or path.name
        self.from_s = from_s
        self.to_s = to_s
        self.limits = limits
        self.notes: list[str] = []
        self.stated_s: float | None = None
        self.decoded_s = 0.0
        """Seconds of the source that were decoded so far, from its start."""
        self._child: Child | None = None
        self._cancelled = threading.Event()

    @property
    def part(self) -> bool:
        """Whether a part was picked."""
        return self.from_s > 0 or self.to_s is not None

    def cancel(self) -> None:
        """Let `blocks` raise, now and later; any thread may call it, while another waits there."""
        self._cancelled.set()
        if (child := self._child) is not None:
            child.kill()

    def blocks(self) -> Iterator[Recording]:
        """Its sound, a second at a time, no faster than it is taken."""
        if self._cancelled.is_set():
            raise stopped(self.name)
        self.notes.clear()
        self._child = child = Child(self._command(), regular(self.path, self.name))
        try:
            yield from self._received(child)
        except GoneError as error:
            raise self._gone(error) from error
        except SilentError as error:
            raise silent(self.name, self.limits.silence_s) from error
        except UnframedError as error:
            raise broken(self.name) from error
        finally:
            child.close()

    def _received(self, child: Child) -> Iterator[Recording]:
        order = _Order(self.from_s, self.to_s, self.limits.longest_s)
        while True:
            if self._cancelled.is_set():
                raise stopped(self.name)
            kind, body = child.next(self.limits.silence_s)
            if kind == handing.BLOCK:
                block = order.block(body)
                self.decoded_s = block.end_s
                yield block
            elif kind == handing.PASSED:
                self.decoded_s = order.passed()
            elif kind == handing.STATED:
                self.stated_s = handing.read_stated(body)
            elif kind == handing.REFUSED:
                raise handing.read_refusal(body)
            else:
                self.notes.extend(handing.read_notes(body))
                return

    def _gone(self, error: GoneError) -> RehearseError:
        if self._cancelled.is_set():
            return stopped(self.name)
        return wearing(self.name) if error.overworked else broken(self.name, error.reason)

    def _command(self) -> list[str]:
        task = {
            "parent": os.getpid(),
            "path": self.path.name,
            "name": self.name,
            "from_s": self.from_s,
            "to_s": self.to_s,
            "longest_s": self.limits.longest_s,
            "memory_bytes": self.limits.memory_bytes,
            "processor_s": self.limits.processor_s,
        }
        # -P and -s: nothing is imported from the folder in which the program happens to run.
        return [sys.executable, "-P", "-s", "-B", "-m", PROCESS, json.dumps(task)]


PROCESS: Final = "rehearse.audio.apart_process"


class _Order:
    """What may come from the process, in which order: it may have been taken over."""

    def __init__(self, from_s: float, to_s: float | None, longest_s: float) -> None:
        self._position = self._first = round(from_s * SAMPLE_RATE)
        most = from_s + longest_s
        self._last = round(min(most, most if to_s is None else to_s) * SAMPLE_RATE)
        self._passed = 0
        self._short = 0

    def passed(self) -> float:
        """Another second before the part: how many there were."""
        self._passed += 1
        if self._passed * BLOCK_S > self._first / SAMPLE_RATE:
            raise UnframedError
        return self._passed * BLOCK_S

    def block(self, body: bytes) -> Recording:
        """The next block of the part."""
        import numpy as np

        if not body or len(body) % 4:
            raise UnframedError
        samples: Samples = np.frombuffer(bytearray(body), dtype=np.float32)
        # The first and the last may be shorter; many short ones would never end.
        self._short += len(samples) < round(BLOCK_S * SAMPLE_RATE)
        start_s = self._position / SAMPLE_RATE
        self._position += len(samples)
        if self._short > 2 or self._position > self._last or not (np.abs(samples) <= 1).all():
            raise UnframedError
        return Recording(samples, start_s)
