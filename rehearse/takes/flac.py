"""A take as FLAC: what it becomes when it is finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rehearse.recording import SAMPLE_RATE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rehearse.takes.journal import Pcm


def write(path: Path, blocks: Iterable[Pcm]) -> None:
    """Write 16-bit samples at `SAMPLE_RATE`, over a file that is there.

    The same samples make the same file, by which they are known again; the file has no date.

    Raises
    ------
    OSError, RuntimeError
        Where that fails; the second is soundfile's.
    """
    import soundfile

    with soundfile.SoundFile(str(path), "w", SAMPLE_RATE, 1, "PCM_16", format="FLAC") as flac:
        flac.software = "rehearse"
        for block in blocks:
            flac.write(block)


def require_same(path: Path, blocks: Iterable[Pcm], *, more: bool = False) -> None:
    """Read a file that was just written, before what it was made of is deleted.

    Raises
    ------
    OSError, RuntimeError
        Where it does not hold these samples, and no others unless there may be `more`.
    """
    import numpy as np
    import soundfile

    with soundfile.SoundFile(str(path)) as flac:
        same = all(np.array_equal(flac.read(len(b), dtype="int16"), b) for b in blocks)
        if not same or (not more and len(flac.read(1))):
            raise OSError("what was written does not read back as it was")
