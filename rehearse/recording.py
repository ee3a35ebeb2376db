"""Sound as every part of the program sees it: mono, float32, at one rate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

SAMPLE_RATE: Final = 16_000
"""Samples a second, everywhere: what Whisper and the Silero network expect."""


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A stretch of sound and where in its source it begins.

    Parameters
    ----------
    samples
        float32 [shape=(n,)], in [-1, 1], mono at `SAMPLE_RATE`.
    start_s
        Seconds from the start of the source to the first sample.
    """

    samples: Samples
    start_s: float = 0.0

    @property
    def duration_s(self) -> float:
        """Length in seconds, >= 0."""
        return len(self.samples) / SAMPLE_RATE

    @property
    def end_s(self) -> float:
        """Seconds from the start of the source to just after the last sample."""
        return self.start_s + self.duration_s


class Source(Protocol):
    """What a report tells of where its sound came from: a file, or a take."""

    @property
    def name(self) -> str:
        """How a report and an error call it."""

    @property
    def from_s(self) -> float:
        """Where in its source it begins."""

    @property
    def part(self) -> bool:
        """Whether somebody picked this part of a longer recording."""

    @property
    def notes(self) -> Sequence[str]:
        """What its owner should know of how it was read."""


class Sound(Source, Protocol):
    """The same with its sound."""

    def blocks(self) -> Iterator[Recording]:
        """Its sound, in order."""
