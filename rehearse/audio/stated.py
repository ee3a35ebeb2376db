"""How long a file says that it is, which tells whether it was cut off.

FFmpeg's own figure cannot always be taken: it guesses where a stream states
nothing, and shortens what a WAV file states to what is there.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import Any, BinaryIO

PLACEHOLDER: Final = 2**31 - 2**16
"""A WAV file that states so many bytes or more, and holds fewer, was written to a pipe."""

MOST_CHUNKS: Final = 1000
"""How many parts of a WAV file are looked at: files have a handful, zeros have millions."""

LONGEST_S: Final = 24 * 3600.0
"""A stated length above this is a placeholder that streaming writers leave."""


def stated_length(opened: Any, file: BinaryIO) -> float | None:
    """The length in seconds that the file states of its track, where that can be relied on.

    MPEG and ADTS streams state none: FFmpeg guesses from their size, so that
    they count only with a Xing, Info or VBRI frame.

    Parameters
    ----------
    opened
        PyAV's container.
    file
        What it reads from; its position is left as it was.
    """
    position = file.tell()
    try:
        return _stated_length(opened, file)
    finally:
        file.seek(position)


def _stated_length(opened: Any, file: BinaryIO) -> float | None:
    track = opened.streams.audio[0]
    names = set(opened.format.name.split(","))
    if names & {"aac", "mpeg", "mpegts", "h264", "ac3", "amr"}:
        return None
    if "mp3" in names and not _has_length_frame(file):
        return None
    stated: float | None = None
    # FFmpeg shortens what a WAV file states to what is there.
    factor = _stated_of_wav(file) if "wav" in names else 1.0
    if track.duration is not None and track.time_base is not None:
        stated = float(track.duration * track.time_base)
    elif opened.duration is not None and len(opened.streams) == 1:
        stated = opened.duration / 1_000_000
    if stated is None:
        return None
    return stated * factor if 0 < stated * factor < LONGEST_S else None


def _stated_of_wav(file: BinaryIO) -> float:
    """How many times more sound a WAV file states than it holds, >= 1."""
    size = file.seek(0, os.SEEK_END)
    file.seek(12)
    for _ in range(MOST_CHUNKS):
        if len(head := file.read(8)) < 8:
            break
        length = int.from_bytes(head[4:], "little")
        there = size - file.tell()
        if head[:4] == b"data":
            # What writes to a pipe leaves a placeholder near 2 or 4 GB.
            return length / there if 0 < there < length < PLACEHOLDER else 1.0
        file.seek(length + length % 2, os.SEEK_CUR)
    return 1.0


def _has_length_frame(file: BinaryIO) -> bool:
    file.seek(0)
    head = file.read(10)
    start = 0
    if head[:3] == b"ID3" and len(head) == 10:
        start = 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9])
    file.seek(start)
    frame = file.read(4096)
    return any(mark in frame for mark in (b"Xing", b"Info", b"VBRI"))
