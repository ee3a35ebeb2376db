"""What turns sound into words.

An engine takes clips and gives back their words.  It takes a verified folder,
never the name of a model, and lets nothing of its library through.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    from rehearse.audio.clips import Clip
    from rehearse.transcript import FillerSound, Spoken


STATE_S: Final = 0.02
"""Seconds that a state of Whisper's encoder, and a value made from it, speaks for."""


@dataclass(frozen=True, slots=True, eq=False)
class HeardClip:
    """What an engine made of one clip.

    Parameters
    ----------
    clip
        The clip itself.
    words
        Its words in order, timed from the start of the source.
    languages
        The engine's probability for each language code, or empty where it
        cannot tell.
    no_speech
        The engine's own probability, in [0, 1], that nobody speaks.
    logprob
        Mean log-probability of what it wrote, <= 0.
    fillers
        Filler sounds that are not among the words, in order.
    like_filler
        float32 [shape=(n,)], in [0, 1]: how surely each `STATE_S` from the start of the
        clip sounds like "um" or "uh"; None where the engine cannot tell.
    """

    clip: Clip
    words: tuple[Spoken, ...]
    languages: Mapping[str, float]
    no_speech: float = 0.0
    logprob: float = 0.0
    fillers: tuple[FillerSound, ...] = ()
    like_filler: NDArray[np.float32] | None = None

    def state_at(self, at_s: float) -> int:
        """Which value of `like_filler` begins nearest to a time of the source, from 0."""
        return max(0, round((at_s - self.clip.recording.start_s) / STATE_S))


class Engine(Protocol):
    """Anything that hears clips."""

    @property
    def name(self) -> str:
        """What a report calls it."""

    @property
    def model(self) -> str:
        """The name of its weights."""

    @property
    def sha256(self) -> str:
        """The digest of its largest weight file."""

    def hear(self, clips: Iterable[Clip]) -> Iterator[HeardClip]:
        """Recognise clips in order.

        It may read a few clips ahead to work on them together; it never drops
        one, and never keeps more than it works on.
        """
