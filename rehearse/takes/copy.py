"""The sound of a file that is analysed, written down while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rehearse.recording import Recording, Samples, Sound
    from rehearse.takes.journal import Journal, Pcm


class Copied:
    """A source of sound that goes into a journal while it is read.

    What the sound is read for weighs more than the copy: where that cannot be written,
    reading goes on, and the journal's `failed` says why.
    """

    def __init__(self, source: Sound, journal: Journal) -> None:
        self._source, self._journal = source, journal

    @property
    def name(self) -> str:
        """That of the source, like all that follows."""
        return self._source.name

    @property
    def from_s(self) -> float:
        """Where in its source it begins."""
        return self._source.from_s

    @property
    def part(self) -> bool:
        """Whether somebody picked this part of a longer recording."""
        return self._source.part

    @property
    def notes(self) -> Sequence[str]:
        """What its owner should know of how it was read."""
        return self._source.notes

    def blocks(self) -> Iterator[Recording]:
        """Its sound, in order."""
        for block in self._source.blocks():
            # A journal that cannot write keeps what comes in memory, and a file may be long.
            if self._journal.failed is None:
                self._journal.write(pcm(block.samples))
            yield block


def pcm(samples: Samples) -> Pcm:
    """To 16 bits, so that what was read from 16 bits comes out as it was."""
    import numpy as np

    rounded: Pcm = np.clip(np.rint(samples * 32768.0), -32768, 32767).astype(np.int16)
    return rounded
