"""A sound that gives way while it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rehearse.recording import Recording, Sound


class Watched:
    """The same sound; something is done before each of its blocks.

    Parameters
    ----------
    sound
        What is read.
    before
        What is done: it may wait, and by raising ends the reading.
    """

    def __init__(self, sound: Sound, before: Callable[[], None]) -> None:
        self._sound, self._before = sound, before

    @property
    def name(self) -> str:
        """As of the sound, like all that follows."""
        return self._sound.name

    @property
    def from_s(self) -> float:
        """Where in its source it begins."""
        return self._sound.from_s

    @property
    def part(self) -> bool:
        """Whether somebody picked this part of a longer recording."""
        return self._sound.part

    @property
    def notes(self) -> Sequence[str]:
        """What its owner should know of how it was read."""
        return self._sound.notes

    def blocks(self) -> Iterator[Recording]:
        """Its sound, in order."""
        blocks = self._sound.blocks()
        try:
            for block in blocks:
                self._before()
                yield block
        finally:
            if (end := getattr(blocks, "close", None)) is not None:
                end()  # or what decodes it would go on
