"""A take on disk while it is spoken: each block is written as it arrives.

The file is a Sun/NeXT `.au` stream: a short header that may leave the length open, and
then 16-bit PCM. Whatever cuts the writing short, all that was written can be read, by
this program and by any player. (A FLAC file that was not finished cannot.)
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rehearse.recording import SAMPLE_RATE
from rehearse.takes.files import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Pcm = NDArray[np.int16]

SUFFIX: Final = ".au"
MAGIC: Final = b".snd"
HEADER: Final = struct.Struct(">4s5I")
OPEN_LENGTH: Final = 0xFFFFFFFF
PCM_16: Final = 3
"""What the format calls 16-bit linear PCM; its samples are big-endian."""

MOST_NOTED: Final = 4096
"""Bytes of annotation that are believed."""

SYNC_S: Final = 0.5
"""How often what was written is forced onto the disk: a power cut costs no more."""

BLOCK: Final = 10 * SAMPLE_RATE
"""Samples read at a time."""


class Journal:
    """Writes a take.

    Once writing fails, as on a full disk, what comes later is kept in memory, so that the
    take can still be analysed; `failed` says why.

    Parameters
    ----------
    path
        A file that is not there yet; its owner alone may read it.
    about
        What to note in the header: strings by name.

    Raises
    ------
    OSError
        Where it cannot be made.
    """

    def __init__(self, path: Path, about: Mapping[str, str]) -> None:
        self.path = path
        self.failed: OSError | None = None
        self.samples = 0
        """How many were handed over."""
        self.unwritten: list[bytes] = []
        """What could not be written, in order."""
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
        self._closed = threading.Event()
        self._syncing = threading.Thread(target=self._sync, name="sync", daemon=True)
        try:
            _write_all(self._file, _header(about))
            os.fsync(self._file)
            sync_folder(path.parent)
        except (OSError, _Short) as error:
            os.close(self._file)
            path.unlink(missing_ok=True)
            raise getattr(error, "error", error) from None
        self._syncing.start()

    def write(self, samples: Pcm) -> None:
        """Take the next samples: int16 [shape=(n,)]."""
        self.samples += len(samples)
        data = samples.astype(">i2").tobytes()
        if self.failed is None:
            try:
                data = data[_write_all(self._file, data) :]
            except _Short as short:
                # Half a sample on the disk is passed over when it is read.
                self.failed, data = short.error, data[short.written // 2 * 2 :]
        if data:
            self.unwritten.append(data)

    def close(self) -> None:
        """Force everything onto the disk and let go of the file."""
        if self._file < 0:
            return
        self._closed.set()
        self._syncing.join()
        try:
            os.fsync(self._file)
        except OSError as error:
            self.failed = self.failed or error
        finally:
            os.close(self._file)
            self._file = -1

    def _sync(self) -> None:
        # In a thread of its own: a disk may take seconds, and the next block must be written.
        while not self._closed.wait(SYNC_S):
            with contextlib.suppress(OSError):  # the one when it is closed is told of
                os.fsync(self._file)


_BINARY: Final = getattr(os, "O_BINARY", 0)


class _Short(Exception):  # noqa: N818 - it never leaves this file
    """So many bytes could be written, and then no more."""

    def __init__(self, written: int, error: OSError) -> None:
        super().__init__(written)
        self.written = written
        self.error = error


def _write_all(file: int, data: bytes) -> int:
    """Write all of it; a disk that fills up takes a part first."""
    written = 0
    while written < len(data):
        try:
            written += os.write(file, data[written:])
        except OSError as error:
            raise _Short(written, error) from error
    return written


def _header(about: Mapping[str, str]) -> bytes:
    noted = json.dumps(dict(about)).encode() + b"\0"
    noted += b"\0" * (-len(noted) % 8)
    return HEADER.pack(MAGIC, HEADER.size + len(noted), OPEN_LENGTH, PCM_16, SAMPLE_RATE, 1) + noted


@dataclass(frozen=True, slots=True)
class Written:
    """A journal that somebody wrote, perhaps not to its end.

    Parameters
    ----------
    path
        The file.
    about
        What its header notes; empty where that is damaged.
    start
        At which byte its samples begin.
    samples
        How many are there whole.
    """

    path: Path
    about: Mapping[str, str]
    start: int
    samples: int

    @classmethod
    def at(cls, path: Path) -> Written | None:
        """Look at a file; None where it is no journal, or was cut off inside its header.

        Raises
        ------
        OSError
            Where it cannot be read.
        """
        with path.open("rb") as file:
            head = file.read(HEADER.size)
            if len(head) < HEADER.size:
                return None
            magic, start, _, encoding, rate, channels = HEADER.unpack(head)
            if (magic, encoding, rate, channels) != (MAGIC, PCM_16, SAMPLE_RATE, 1):
                return None
            noted = file.read(min(start - HEADER.size, MOST_NOTED)) if start > HEADER.size else b""
            size = os.fstat(file.fileno()).st_size
        return cls(path, _about(noted), start, max(0, size - start) // 2)

    @property
    def duration_s(self) -> float:
        """Length in seconds, >= 0."""
        return self.samples / SAMPLE_RATE

    def blocks(self) -> Iterator[Pcm]:
        """Its samples, int16 [shape=(n,)], `BLOCK` at a time."""
        import numpy as np

        left = self.samples
        with self.path.open("rb") as file:
            file.seek(self.start)
            while left and (data := file.read(2 * min(left, BLOCK))):
                block = np.frombuffer(data[: len(data) // 2 * 2], dtype=">i2").astype(np.int16)
                left -= len(block)
                yield block


def _about(noted: bytes) -> dict[str, str]:
    try:
        told: Any = json.loads(noted.split(b"\0")[0])
    except ValueError:
        return {}
    pairs = told.items() if isinstance(told, dict) else ()
    return {str(name): str(value) for name, value in pairs}
